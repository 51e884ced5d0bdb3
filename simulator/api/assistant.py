"""What an app shows while it thinks, and what it suggests: assistant.threads.*."""

from simulator.api.arguments import Arguments, invalid
from simulator.api.conversations import visible
from simulator.api.method import Methods
from simulator.stage import Stage
from simulator.wire import Json, SlackError

PROMPTS_MOST = 4
LOADING_MOST = 10
TITLE_MOST = 200


def set_status(stage: Stage, args: Arguments) -> Json:
    room = visible(stage, args, "channel_id")
    thread = args.needed("thread_ts")
    if not stage.messages.has(room.id, thread):
        raise SlackError("invalid_thread_ts")
    loading = args.get("loading_messages")
    if loading is not None and not (isinstance(loading, list) and len(loading) <= LOADING_MOST):
        raise invalid(f"no more than {LOADING_MOST} items allowed", "/loading_messages")
    stage.set_status(room, thread, args.text("status") or "", [str(each) for each in loading or ()])
    return {}


def set_suggested_prompts(stage: Stage, args: Arguments) -> Json:
    room = visible(stage, args, "channel_id")
    prompts = args.get("prompts")
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= PROMPTS_MOST:
        raise invalid(f"no more than {PROMPTS_MOST} items allowed", "/prompts")
    if not all(isinstance(each, dict) and each.get("title") and each.get("message") for each in prompts):
        raise invalid("each prompt needs a title and a message", "/prompts")
    # An agent's prompts belong to the Messages tab; with thread_ts Slack says yes and shows nothing.
    if stage.manifest.features.agent_view is None or args.text("thread_ts") is None:
        user = room.other(stage.bot)
        stage.prompts[user] = [{"title": each["title"], "message": each["message"]} for each in prompts]
        stage.feed.publish({"type": "prompts", "channel": room.id, "prompts": stage.prompts[user]}, {user})
    return {}


def set_title(stage: Stage, args: Arguments) -> Json:
    room = visible(stage, args, "channel_id")
    title = args.needed("title")
    args.within("title", TITLE_MOST)
    thread = args.needed("thread_ts")
    stage.titles[room.id, thread] = title
    news = {"type": "session", "channel": room.id, "thread_ts": thread, "title": title}
    stage.feed.publish(news, room.members)
    return {}


METHODS: Methods = {
    "assistant.threads.setStatus": set_status,
    "assistant.threads.setSuggestedPrompts": set_suggested_prompts,
    "assistant.threads.setTitle": set_title,
}
