"""The tool shed, with Bolt for Python and threads."""

import os
import re

from picture import PICTURE
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
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

app = App(
    client=WebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"]),
    signing_secret=os.environ.get("SLACK_SIGNING_SECRET"),
)


@app.command("/shed")
def shed(ack, respond, client, command):
    match command["text"]:
        case "help":
            ack("Try `/shed list` or `/shed borrow`.")
        case "list":
            ack()
            respond(text="The shed holds four tools", blocks=list_blocks(), response_type="in_channel")
        case "picture":
            ack()
            client.files_upload_v2(
                channel=command["channel_id"],
                filename="shed.png",
                title="The shed",
                content=PICTURE,
                initial_comment="This is the shed",
            )
        case _:
            ack()
            client.views_open(trigger_id=command["trigger_id"], view=borrow_modal())


@app.options("tool")
def tools(ack, options):
    ack(options=found(options["value"]))


@app.action("choose_size")
def size_chosen(ack, action, body, client):
    ack()
    view = body["view"]
    size = action["selected_option"]["value"]
    client.views_update(view_id=view["id"], hash=view["hash"], view=borrow_modal(size))


@app.action("read_rules")
def read_rules(ack, body, client):
    ack()
    client.views_push(trigger_id=body["trigger_id"], view=rules_modal())


@app.view("rules")
def rules_read(ack):
    ack(response_action="update", view=rules_read_modal())


@app.view("borrow")
def borrowed(ack, body, view, client):
    values = view["state"]["values"]
    tool = values["tool"]["tool"]["selected_option"]["value"]
    if "now" in (values["note"]["note"]["value"] or ""):
        ack(response_action="errors", errors={"note": "Please ask kindly."})
        return
    if tool == "ladder":
        ack(response_action="push", view=helper_modal(tool))
        return
    ack()
    until = values["until"]["until"]["selected_date"]
    text = f"You have borrowed the {tool} ({view['private_metadata']}) until {until}"
    client.chat_postMessage(channel=body["user"]["id"], text=text, blocks=loan_blocks(text, tool))


@app.view("helper")
def helper_found(ack, body, view, client):
    ack(response_action="clear")
    helper = view["state"]["values"]["helper"]["helper"]["selected_user"]
    tool = view["private_metadata"]
    opened = client.conversations_open(users=[body["user"]["id"], helper])
    text = f"<@{helper}> holds the {tool} for you"
    client.chat_postMessage(channel=opened["channel"]["id"], text=text, blocks=loan_blocks(text, tool))


@app.view_closed("borrow")
def changed_their_mind(ack, body, client):
    ack()
    client.chat_postMessage(channel=body["user"]["id"], text="Another time, perhaps.")


@app.action("give_back")
def given_back(ack, action, body, client):
    ack()
    text = f"The {action['value']} is back, thanks to <@{body['user']['id']}>"
    client.chat_update(
        channel=body["channel"]["id"],
        ts=body["message"]["ts"],
        text=text,
        blocks=[{"type": "section", "text": {"type": "mrkdwn", "text": text}}],
    )


@app.action("extend")
def extended(ack, action, respond):
    ack()
    longer = action["selected_option"]["value"]
    respond(text=f"Keep it for a {longer} more.", replace_original=False)


@app.shortcut("borrow_anywhere")
def borrow_anywhere(ack, shortcut, client):
    ack()
    client.views_open(trigger_id=shortcut["trigger_id"], view=borrow_modal())


@app.shortcut("note_message")
def note_message(ack, shortcut, client, say):
    ack()
    channel, ts = shortcut["channel"]["id"], shortcut["message"]["ts"]
    client.reactions_add(channel=channel, timestamp=ts, name="eyes")
    client.chat_postEphemeral(
        channel=channel, user=shortcut["user"]["id"], text=f"Noted: {shortcut['message']['text']}"
    )


@app.event("app_home_opened")
def home_opened(event, client):
    if event["tab"] != "home":
        return
    person = client.users_info(user=event["user"])
    client.views_publish(user_id=event["user"], view=home(person["user"]["real_name"]))


@app.action("home_borrow")
def home_borrow(ack, body, client):
    ack()
    client.views_open(trigger_id=body["trigger_id"], view=borrow_modal())


@app.event("app_mention")
def mentioned(event, say):
    say(text=f"You called, <@{event['user']}>?", thread_ts=event["ts"])


@app.event("reaction_added")
def reacted(event, client):
    item = event["item"]
    client.chat_postMessage(
        channel=item["channel"],
        thread_ts=item["ts"],
        text=f"<@{event['user']}> likes it: {event['reaction']}",
    )


@app.message("hello")
def greeted(message, say):
    say(f"Hello <@{message['user']}>!")


@app.message(re.compile("^(?!hello)"))
def said(message, client):
    history = client.conversations_history(channel=message["channel"], limit=1)
    newest = history["messages"][0]["text"]
    client.chat_postMessage(channel=message["channel"], text=f"I do not know what “{newest}” means.")


@app.event("message")
def changed(event):
    pass


if __name__ == "__main__":
    if "SLACK_APP_TOKEN" in os.environ:
        SocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).start()
    else:
        app.start(port=int(os.environ["PORT"]))
