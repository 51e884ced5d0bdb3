"""Modals and Home tabs: what each person sees on top of the conversation."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace

from simulator.seed import Workspace
from simulator.wire import APP_ID, Json, SlackError
from simulator.workspace.elements import state, with_ids
from simulator.workspace.ids import random_id, view_hash
from simulator.workspace.journal import Journal

STACK_MOST = 3


@dataclass(frozen=True)
class View:
    """One view of the app in *team*, as one person sees it, with what the person has typed so far."""

    id: str
    team: str
    user: str
    body: Json
    hash: str
    root_view_id: str
    previous_view_id: str | None
    known: Json = field(default_factory=dict)

    @property
    def blocks(self) -> list[Json]:
        blocks: list[Json] = self.body["blocks"]
        return blocks

    @property
    def values(self) -> Json:
        return state(self.blocks, self.known)

    def as_slack(self, workspace: Workspace) -> Json:
        body, team_id = self.body, self.team
        return {
            "id": self.id,
            "team_id": team_id,
            "type": body["type"],
            "blocks": body["blocks"],
            "private_metadata": body.get("private_metadata") or "",
            "callback_id": body.get("callback_id") or "",
            "state": {"values": self.values},
            "hash": self.hash,
            "title": body.get("title"),
            "clear_on_close": bool(body.get("clear_on_close")),
            "notify_on_close": bool(body.get("notify_on_close")),
            "close": body.get("close"),
            "submit": body.get("submit"),
            "previous_view_id": self.previous_view_id,
            "root_view_id": self.root_view_id,
            "app_id": APP_ID,
            "external_id": body.get("external_id") or "",
            "app_installed_team_id": team_id,
            "bot_id": workspace.bot_id,
        }


@dataclass
class Views:
    """Home tabs by person, and the stack of open modals of each."""

    journal: Journal
    homes: dict[str, View] = field(default_factory=dict)
    _stacks: dict[str, list[View]] = field(default_factory=dict)

    def stack(self, user: str) -> list[View]:
        return list(self._stacks.get(user, []))

    def top(self, user: str) -> View | None:
        stack = self._stacks.get(user)
        return stack[-1] if stack else None

    def open(self, team: str, user: str, body: Json) -> View:
        """Show a modal of its own; one that stood open gives way."""
        self._refuse_twin(team, body)
        view = _new(team, user, body, None)
        self._stacks[user] = [view]
        return view

    def push(self, team: str, user: str, body: Json) -> View:
        """Lay a modal on the one that is open."""
        stack = self._stacks.get(user, [])
        if not stack:
            raise SlackError("not_found")
        if len(stack) >= STACK_MOST:
            raise SlackError("push_limit_reached")
        self._refuse_twin(team, body)
        view = _new(team, user, body, stack[-1])
        stack.append(view)
        return view

    def update(self, view: View, body: Json, expected_hash: object = None) -> View:
        """Write *body* into the place of *view*; what was typed stays where the same input stays."""
        if expected_hash and expected_hash != view.hash:
            raise SlackError("hash_conflict")
        self._refuse_twin(view.team, body, but=view)
        changed = replace(
            view,
            body={**body, "blocks": with_ids(body["blocks"], steady=body.get("type") == "home")},
            hash=view_hash(),
            known=view.values,
        )
        self._put(changed)
        return changed

    def remember(self, view: View, known: Json) -> View:
        """Keep what the person has typed so far."""
        changed = replace(view, known=known)
        self._put(changed)
        return changed

    def close(self, view: View) -> None:
        """Take *view* away, with whatever lay on it."""
        stack = self._stacks.get(view.user, [])
        for index, each in enumerate(stack):
            if each.id == view.id:
                del stack[index:]
                return

    def clear(self, user: str) -> list[View]:
        return self._stacks.pop(user, [])

    def publish(self, team: str, user: str, body: Json, expected_hash: object = None) -> View:
        before = self.homes.get(user)
        if expected_hash and (before is None or before.hash != expected_hash):
            raise SlackError("hash_conflict")
        self._refuse_twin(team, body, but=before)
        view = _new(team, user, body, None)
        if before is not None:
            view = replace(view, id=before.id, root_view_id=before.id)
        self.homes[user] = view
        self.journal.write("home", asdict(view))
        return view

    def recall(self, data: Json) -> None:
        view = View(**data)
        self.homes[view.user] = view

    def find(self, view_id: object = None, external_id: object = None, *, team: str | None = None) -> View:
        """Find a view, of the app in *team* if one is named."""
        for view in self._everything():
            if team is not None and view.team != team:
                continue
            if view_id and view.id == view_id:
                return view
            if not view_id and external_id and view.body.get("external_id") == external_id:
                return view
        raise SlackError("not_found")

    def _everything(self) -> Iterator[View]:
        yield from self.homes.values()
        for stack in self._stacks.values():
            yield from stack

    def _refuse_twin(self, team: str, body: Json, but: View | None = None) -> None:
        name = body.get("external_id")
        if name and any(
            view.body.get("external_id") == name and view.team == team and (but is None or view.id != but.id)
            for view in self._everything()
        ):
            raise SlackError("duplicate_external_id")

    def _put(self, view: View) -> None:
        if view.body["type"] == "home":
            self.homes[view.user] = view
            return
        stack = self._stacks.get(view.user, [])
        for index, each in enumerate(stack):
            if each.id == view.id:
                stack[index] = view


def _new(team: str, user: str, body: Json, previous: View | None) -> View:
    name = random_id("V")
    return View(
        id=name,
        team=team,
        user=user,
        body={**body, "blocks": with_ids(body["blocks"], steady=body.get("type") == "home")},
        hash=view_hash(),
        root_view_id=previous.root_view_id if previous else name,
        previous_view_id=previous.id if previous else None,
    )
