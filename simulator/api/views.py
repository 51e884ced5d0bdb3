"""Modals and Home tabs: views.*."""

from simulator.api.arguments import Arguments, invalid
from simulator.api.blocks import checked_view
from simulator.api.method import Methods
from simulator.stage import Stage
from simulator.wire import Json, SlackError
from simulator.workspace.views import View


def _answer(stage: Stage, view: View) -> Json:
    return {"view": view.as_slack(stage.workspace)}


def opened(stage: Stage, args: Arguments) -> Json:
    trigger = args.needed("trigger_id")
    user = stage.triggers.check(trigger)
    body = checked_view(args.get("view"), "modal")
    before = stage.views.stack(user)
    view = stage.views.open(stage.team_id, user, body)
    stage.triggers.spend(trigger)
    for old in before:
        stage.hide(old)
    stage.show("view_opened", view)
    return _answer(stage, view)


def pushed(stage: Stage, args: Arguments) -> Json:
    trigger = args.needed("trigger_id")
    user = stage.triggers.check(trigger)
    view = stage.views.push(stage.team_id, user, checked_view(args.get("view"), "modal"))
    stage.triggers.spend(trigger)
    stage.show("view_opened", view)
    return _answer(stage, view)


def updated(stage: Stage, args: Arguments) -> Json:
    before = stage.views.find(args.text("view_id"), args.text("external_id"), team=stage.team_id)
    body = checked_view(args.get("view"), before.body["type"])
    view = stage.views.update(before, body, args.text("hash"))
    stage.show("home" if body["type"] == "home" else "view_updated", view)
    return _answer(stage, view)


def published(stage: Stage, args: Arguments) -> Json:
    if not stage.manifest.features.app_home.home_tab_enabled:
        raise SlackError("not_enabled")
    user = stage.people.get(args.needed("user_id"))
    if user is None:
        raise invalid("must be a user of this workspace", "/user_id")
    body = checked_view(args.get("view"), "home")
    view = stage.views.publish(stage.team_id, user.id, body, args.text("hash"))
    stage.show("home", view)
    return _answer(stage, view)


METHODS: Methods = {
    "views.open": opened,
    "views.push": pushed,
    "views.update": updated,
    "views.publish": published,
}
