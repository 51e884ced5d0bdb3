"""Sending and closing modals."""

from simulator.api.blocks import checked_view
from simulator.delivery.envelope import Envelope
from simulator.people.pressing import view_of
from simulator.people.talking import room_of
from simulator.seed import User
from simulator.stage import Stage
from simulator.wire import Json, SlackError
from simulator.words import say
from simulator.workspace.elements import is_empty, merged
from simulator.workspace.views import View


async def submit(stage: Stage, user: User, body: Json) -> Json:
    view = view_of(stage, user, body.get("view_id"))
    if view.body["type"] != "modal":
        raise SlackError("not_found")
    view = stage.views.remember(view, merged(view.known, body.get("state")))
    missing = _incomplete(view, user.locale)
    if missing:
        raise SlackError("form_errors", errors=missing)
    home = stage.of_view(view)
    payload = home.payloads.interaction(
        "view_submission", home.people.known(user.id), home.triggers.issue(user.id)
    )
    payload |= {"view": view.as_slack(home.workspace), "response_urls": _response_urls(home, user, view)}
    label = f"view_submission {view.body.get('callback_id', '')}".strip()
    answer = await stage.delivery.ask(Envelope("interactive", payload, label, accepts=True))
    if not answer.arrived:
        stage.notice(user.id, "no_answer")
        raise SlackError("app_did_not_answer")
    try:
        return _follow(stage, stage.views.find(view.id), answer.body)
    except SlackError as refusal:
        if refusal.code == "form_errors":
            raise
        stage.notice(user.id, "bad_answer")
        raise SlackError("bad_answer", reason=refusal.as_json()) from refusal


def _response_urls(stage: Stage, user: User, view: View) -> list[Json]:
    """Give an address for each chosen conversation whose menu asks for one."""
    urls = []
    for block in view.blocks:
        element = block.get("element")
        if (
            block["type"] != "input"
            or not isinstance(element, dict)
            or not element.get("response_url_enabled")
        ):
            continue
        value = view.values[block["block_id"]][element["action_id"]]
        channel = value.get("selected_conversation") or value.get("selected_channel")
        if channel:
            urls.append(
                {
                    "response_url": stage.response_url(user.id, room_of(stage, user, channel)),
                    "block_id": block["block_id"],
                    "action_id": element["action_id"],
                    "channel_id": channel,
                }
            )
    return urls


def _follow(stage: Stage, view: View, answer: Json) -> Json:
    """Do as the app answered: close, mark errors, write anew, lay another on top, or clear all."""
    match answer.get("response_action"):
        case None:
            stage.views.close(view)
            stage.hide(view)
        case "errors":
            errors = answer.get("errors")
            inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
            if not isinstance(errors, dict) or not errors or errors.keys() - inputs:
                raise SlackError("invalid_errors")
            raise SlackError("form_errors", errors=errors)
        case "update":
            stage.show("view_updated", stage.views.update(view, checked_view(answer.get("view"), "modal")))
        case "push":
            stage.show(
                "view_opened",
                stage.views.push(view.team, view.user, checked_view(answer.get("view"), "modal")),
            )
        case "clear":
            for each in reversed(stage.views.clear(view.user)):
                stage.hide(each)
        case other:
            raise SlackError("invalid_response_action", given=other)
    return {}


def _incomplete(view: View, locale: str) -> Json:
    """List what Slack itself asks for before it sends a modal."""
    errors: Json = {}
    for block in view.blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        value = view.values[block["block_id"]][element["action_id"]]
        if is_empty(value):
            if not block.get("optional"):
                errors[block["block_id"]] = say("required", locale)
            continue
        text = value.get("value")
        if not isinstance(text, str):
            continue
        if len(text) < element.get("min_length", 0):
            errors[block["block_id"]] = say("too_short", locale, count=element["min_length"])
        elif len(text) > element.get("max_length", 3000):
            errors[block["block_id"]] = say("too_long", locale, count=element.get("max_length", 3000))
        elif element["type"] == "email_text_input" and "@" not in text.strip("@"):
            errors[block["block_id"]] = say("bad_email", locale)
    return errors


async def close(stage: Stage, user: User, body: Json) -> Json:
    """Close one modal; with `all`, or where the modal says so, the whole stack."""
    view = view_of(stage, user, body.get("view_id"))
    everything = bool(body.get("all") or view.body.get("clear_on_close"))
    stack = stage.views.stack(user.id)
    position = next((index for index, each in enumerate(stack) if each.id == view.id), None)
    if position is None:
        raise SlackError("not_found")
    gone = stack if everything else stack[position:]
    if everything:
        stage.views.clear(user.id)
    else:
        stage.views.close(view)
    for each in reversed(gone):
        stage.hide(each)
        if each.body.get("notify_on_close"):
            home = stage.of_view(each)
            payload = home.payloads.interaction("view_closed", home.people.known(user.id), "")
            payload.pop("trigger_id")
            payload |= {"view": each.as_slack(home.workspace), "is_cleared": everything}
            label = f"view_closed {each.body.get('callback_id', '')}".strip()
            # Nobody waits for the answer to this: the modal is gone whether the app heard of it or not.
            await stage.delivery.ask(Envelope("interactive", payload, label))
    return {}
