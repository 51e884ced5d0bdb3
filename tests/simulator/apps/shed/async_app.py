"""The tool shed, with Bolt for Python and asyncio."""

import asyncio
import os
import re

from picture import PICTURE
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from views import (
    borrow_modal,
    found,
    helper_modal,
    home,
    list_blocks,
    loan_blocks,
    rules_modal,
    rules_read_modal,
)

app = AsyncApp(
    client=AsyncWebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"]),
    signing_secret=os.environ.get("SLACK_SIGNING_SECRET"),
)


@app.command("/shed")
async def shed(ack, respond, client, command):
    match command["text"]:
        case "help":
            await ack("Try `/shed list` or `/shed borrow`.")
        case "list":
            await ack()
            await respond(text="The shed holds four tools", blocks=list_blocks(), response_type="in_channel")
        case "picture":
            await ack()
            await client.files_upload_v2(
                channel=command["channel_id"],
                filename="shed.png",
                title="The shed",
                content=PICTURE,
                initial_comment="This is the shed",
            )
        case _:
            await ack()
            await client.views_open(trigger_id=command["trigger_id"], view=borrow_modal())


@app.options("tool")
async def tools(ack, options):
    await ack(options=found(options["value"]))


@app.action("choose_size")
async def size_chosen(ack, action, body, client):
    await ack()
    view = body["view"]
    size = action["selected_option"]["value"]
    await client.views_update(view_id=view["id"], hash=view["hash"], view=borrow_modal(size))


@app.action("read_rules")
async def read_rules(ack, body, client):
    await ack()
    await client.views_push(trigger_id=body["trigger_id"], view=rules_modal())


@app.view("rules")
async def rules_read(ack):
    await ack(response_action="update", view=rules_read_modal())


@app.view("borrow")
async def borrowed(ack, body, view, client):
    values = view["state"]["values"]
    tool = values["tool"]["tool"]["selected_option"]["value"]
    if "now" in (values["note"]["note"]["value"] or ""):
        await ack(response_action="errors", errors={"note": "Please ask kindly."})
        return
    if tool == "ladder":
        await ack(response_action="push", view=helper_modal(tool))
        return
    await ack()
    until = values["until"]["until"]["selected_date"]
    text = f"You have borrowed the {tool} ({view['private_metadata']}) until {until}"
    await client.chat_postMessage(channel=body["user"]["id"], text=text, blocks=loan_blocks(text, tool))


@app.view("helper")
async def helper_found(ack, body, view, client):
    await ack(response_action="clear")
    helper = view["state"]["values"]["helper"]["helper"]["selected_user"]
    tool = view["private_metadata"]
    opened = await client.conversations_open(users=[body["user"]["id"], helper])
    text = f"<@{helper}> holds the {tool} for you"
    await client.chat_postMessage(channel=opened["channel"]["id"], text=text, blocks=loan_blocks(text, tool))


@app.view_closed("borrow")
async def changed_their_mind(ack, body, client):
    await ack()
    await client.chat_postMessage(channel=body["user"]["id"], text="Another time, perhaps.")


@app.action("give_back")
async def given_back(ack, action, body, client):
    await ack()
    text = f"The {action['value']} is back, thanks to <@{body['user']['id']}>"
    await client.chat_update(
        channel=body["channel"]["id"],
        ts=body["message"]["ts"],
        text=text,
        blocks=[{"type": "section", "text": {"type": "mrkdwn", "text": text}}],
    )


@app.action("extend")
async def extended(ack, action, respond):
    await ack()
    longer = action["selected_option"]["value"]
    await respond(text=f"Keep it for a {longer} more.", replace_original=False)


@app.shortcut("borrow_anywhere")
async def borrow_anywhere(ack, shortcut, client):
    await ack()
    await client.views_open(trigger_id=shortcut["trigger_id"], view=borrow_modal())


@app.shortcut("note_message")
async def note_message(ack, shortcut, client, say):
    await ack()
    channel, ts = shortcut["channel"]["id"], shortcut["message"]["ts"]
    await client.reactions_add(channel=channel, timestamp=ts, name="eyes")
    await client.chat_postEphemeral(
        channel=channel, user=shortcut["user"]["id"], text=f"Noted: {shortcut['message']['text']}"
    )


@app.event("app_home_opened")
async def home_opened(event, client):
    if event["tab"] != "home":
        return
    person = await client.users_info(user=event["user"])
    await client.views_publish(user_id=event["user"], view=home(person["user"]["real_name"]))


@app.action("home_borrow")
async def home_borrow(ack, body, client):
    await ack()
    await client.views_open(trigger_id=body["trigger_id"], view=borrow_modal())


@app.event("app_mention")
async def mentioned(event, say):
    await say(text=f"You called, <@{event['user']}>?", thread_ts=event["ts"])


@app.event("reaction_added")
async def reacted(event, client):
    item = event["item"]
    await client.chat_postMessage(
        channel=item["channel"],
        thread_ts=item["ts"],
        text=f"<@{event['user']}> likes it: {event['reaction']}",
    )


@app.message("hello")
async def greeted(message, say):
    await say(f"Hello <@{message['user']}>!")


@app.message(re.compile("^(?!hello)"))
async def said(message, client):
    history = await client.conversations_history(channel=message["channel"], limit=1)
    newest = history["messages"][0]["text"]
    await client.chat_postMessage(channel=message["channel"], text=f"I do not know what “{newest}” means.")


@app.event("message")
async def changed(event):
    pass


async def main():
    if "SLACK_APP_TOKEN" in os.environ:
        await AsyncSocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).start_async()
    else:
        from aiohttp import web

        runner = web.AppRunner(app.web_app())
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", int(os.environ["PORT"])).start()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
