"""The whole simulated Slack: one app, and the workspaces that it may be in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from simulator.app import App
from simulator.clock import Clock
from simulator.delivery.record import Deliveries
from simulator.manifest import Manifest
from simulator.seed import Channel, User, Workspace, apart
from simulator.stage import Stage
from simulator.timing import Timing
from simulator.tokens import Token, Tokens
from simulator.wire import Json, SlackError
from simulator.workspace.journal import Journal

# Arguments that name something which is in one workspace only.
_PLACES = ("channel", "channel_id", "user", "user_id")


@dataclass
class Slack:
    """Every workspace by its team id, the first one first."""

    app: App
    stages: dict[str, Stage]

    @classmethod
    def of(
        cls,
        workspaces: Sequence[Workspace],
        manifest: Manifest,
        timing: Timing,
        journal: Journal,
        clock: Clock,
        record: Deliveries,
    ) -> "Slack":
        """Set all stages, let rooms reach from one to another, and put back what the journal remembers."""
        each = apart(workspaces)
        app = App.of(manifest, timing, clock, journal, record, Tokens.of(each, clock.now))
        slack = cls(app, {one.team_id: Stage.of(one, app) for one in each})
        app.delivery.expire = slack._expire
        for stage in slack.stages.values():
            stage.neighbours = tuple(other for other in slack.stages.values() if other is not stage)
            for channel in stage.workspace.channels:
                if channel.shared_with:
                    slack._share(stage, channel)
        for kind, data in list(journal.read()):
            slack._recall(kind, data)
        return slack

    @property
    def first(self) -> Stage:
        return next(iter(self.stages.values()))

    def of_user(self, user: object) -> Stage | None:
        """The workspace that *user* is at home in."""
        everywhere = self.stages.values()
        return next((stage for stage in everywhere if user in stage.people.everybody), None)

    def chosen(self, team: object = None, user: object = None) -> Stage:
        """The workspace named *team*, or else that of *user*, or else the first."""
        if team:
            if not isinstance(team, str) or team not in self.stages:
                raise SlackError("team_not_found")
            return self.stages[team]
        return self.of_user(user) or self.first

    def answered_at(self, secret: str) -> Stage:
        """The workspace that gave out the response address with this *secret*."""
        everywhere = self.stages.values()
        return next((stage for stage in everywhere if stage.response_urls.knows(secret)), self.first)

    def opened_by(self, token: Token, given: Json) -> Stage:
        """
        The workspace in which a call with *token* acts.

        An organisation's token opens several: the call names one, or something that is in one only.
        """
        if token.kind == "app":
            return self.first
        open_ones = [stage for stage in self.stages.values() if token.opens(stage.workspace)]
        if team := given.get("team_id"):
            open_ones = [stage for stage in open_ones if stage.team_id == team]
        if not open_ones:
            raise SlackError("team_access_not_granted")
        named = {given[name] for name in _PLACES if isinstance(given.get(name), str)}
        return next((stage for stage in open_ones if any(map(stage.has, named))), open_ones[0])

    def _expire(self, trigger: object) -> None:
        for stage in self.stages.values():
            stage.triggers.expire(trigger)

    def _share(self, home: Stage, channel: Channel) -> None:
        """Let *channel* of *home* reach into the workspaces that it is shared with."""
        teams = (home.team_id, *channel.shared_with)
        organisations = {self.stages[team].workspace.enterprise_id for team in teams}
        outside = len(organisations) > 1 or None in organisations
        room = replace(home.rooms.rooms[channel.id], teams=teams, is_ext_shared=outside)
        for team in teams:
            self.stages[team].rooms.rooms[room.id] = room
            for other in teams:
                if other != team:
                    self.stages[team].meet(self.stages[other], room, strangers=outside)

    def _recall(self, kind: str, data: Json) -> None:
        match kind:
            case "message" | "delete":
                self.app.messages.recall(kind, data)
            case "home":
                self.app.views.recall({"team": self.first.team_id} | data)
            case "read":
                self.chosen(user=data["user"]).rooms.reads[data["user"], data["channel"]] = data["ts"]
            case "conversation" | "room":
                self.chosen(data.get("team")).rooms.recall(data)
            case "user":
                self.chosen(data["team"]).people.put(User(**data["user"]), remember=False)
            case _:
                raise ValueError(f"the journal speaks of {kind}, which this simulator does not know")
