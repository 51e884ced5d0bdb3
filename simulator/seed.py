"""Who lives in the workspaces: read from YAML, checked, frozen."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path
from typing import Annotated, Self

from pydantic import BeforeValidator, ConfigDict, model_validator
from pydantic.dataclasses import dataclass

from simulator.reading import Unusable, mapping_in, read
from simulator.wire import BOT_ID, BOT_TOKEN, BOT_USER_ID

APP_MEMBER = "@app"
DEFAULT_SEED = Path(__file__).with_name("default_seed.yaml")

# The seed is the simulator's own format: a field that it does not know is a slip of the pen.
_EXACT = ConfigDict(extra="forbid")


def _text(value: object) -> object:
    return str(value) if isinstance(value, int) else value


Name = Annotated[str, BeforeValidator(_text)]


@dataclass(frozen=True, config=_EXACT)
class User:
    """
    One account: a member, a guest (*is_restricted*; *is_ultra_restricted* in one channel only), or from
    another workspace (*is_stranger*).

    *title* is what they do, in their own words. *team_id* is empty for those of the workspace itself.
    """

    id: str
    name: Name
    real_name: str
    email: str
    title: str = ""
    locale: str = "en-GB"
    tz: str = "Europe/Helsinki"
    is_admin: bool = False
    deleted: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    is_bot: bool = False
    team_id: str = ""


@dataclass(frozen=True, config=_EXACT)
class Channel:
    """
    A room for many; `@app` among the members means that the app has been invited.

    *shared_with* names the other workspaces that the room reaches into (Slack Connect); its members may be
    of any of them. *is_ext_shared* alone shares it with strangers whose workspace is not played.
    """

    id: str
    name: Name
    members: tuple[str, ...] = ()
    is_private: bool = False
    shared_with: tuple[str, ...] = ()
    is_archived: bool = False
    is_ext_shared: bool = False
    is_general: bool = False
    is_read_only: bool = False
    topic: str = ""
    purpose: str = ""


@dataclass(frozen=True)
class Usergroup:
    """People who are mentioned together, by a *handle*."""

    id: str
    handle: Name
    name: str
    members: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True, config=_EXACT)
class Workspace:
    """
    One workspace, and the app's place in it unless it is not *installed*.

    *enterprise_id* is that of the organisation (Enterprise Grid) which the workspace is a part of.
    """

    team_id: str
    domain: str
    name: str
    users: tuple[User, ...]
    channels: tuple[Channel, ...] = ()
    usergroups: tuple[Usergroup, ...] = ()
    emoji: Mapping[str, str] = field(default_factory=dict)
    enterprise_id: str | None = None
    enterprise_name: str | None = None
    installed: bool = True
    bot_user_id: str = BOT_USER_ID
    bot_id: str = BOT_ID
    bot_token: str = BOT_TOKEN

    @model_validator(mode="after")
    def _check(self) -> Self:
        known = {user.id for user in self.users}
        if len(known) != len(self.users):
            raise ValueError("two users share an id")
        if len({channel.id for channel in self.channels}) != len(self.channels):
            raise ValueError("two channels share an id")
        for channel in self.channels:
            strangers = set(channel.members) - known - {APP_MEMBER, self.bot_user_id}
            if strangers and not channel.shared_with:
                raise ValueError(f"{channel.name} has unknown members: {sorted(strangers)}")
        for group in self.usergroups:
            if strangers := set(group.members) - known:
                raise ValueError(f"{group.handle} has unknown members: {sorted(strangers)}")
        return self


@dataclass(frozen=True, config=_EXACT)
class _Several:
    workspaces: tuple[Workspace, ...]


def load_seed(path: Path) -> Workspace:
    """
    Read the workspace, or the first of several, from the YAML file at *path*.

    Raises:
        Unusable: it is not there, cannot be read, or a field of it is wrong.
    """
    return load_seeds(path)[0]


def load_seeds(path: Path) -> tuple[Workspace, ...]:
    """
    Read one workspace, or several under `workspaces`, from the YAML file at *path*.

    Raises:
        Unusable: it is not there, cannot be read, or a field of it is wrong.
    """
    several = "workspaces" in mapping_in(path)
    workspaces = read(path, _Several).workspaces if several else (read(path, Workspace),)
    try:
        return apart(workspaces)
    except ValueError as failure:
        raise Unusable("file_wrong", file=path, reason=failure) from failure


def apart(workspaces: Sequence[Workspace]) -> tuple[Workspace, ...]:
    """
    Give each workspace a bot of its own, and check that nothing is confused between them.

    Raises:
        ValueError: an id is used twice, or a shared room names somebody or some workspace that is not there.
    """
    if not workspaces:
        raise ValueError("there is no workspace")
    first, *others = workspaces
    each = (first, *(_with_own_bot(other) for other in others))
    _once("workspace", (one.team_id for one in each))
    _once("person", (user.id for one in each for user in one.users))
    _once("bot", (one.bot_user_id for one in each))
    _once("token", (one.bot_token for one in each))
    _once("channel", (channel.id for one in each for channel in one.channels))
    people = {one.team_id: {user.id for user in one.users} | {one.bot_user_id} for one in each}
    for one in each:
        for channel in one.channels:
            if unknown := set(channel.shared_with) - set(people):
                raise ValueError(f"{channel.name} is shared with unknown workspaces: {sorted(unknown)}")
            welcome = set().union(*(people[team] for team in (one.team_id, *channel.shared_with)))
            if lost := set(channel.members) - welcome - {APP_MEMBER}:
                raise ValueError(f"{channel.name} has unknown members: {sorted(lost)}")
    return each


def _with_own_bot(workspace: Workspace) -> Workspace:
    def own(given: str, shared: str, mark: str) -> str:
        return shared + mark if given == shared else given

    team = workspace.team_id
    return replace(
        workspace,
        bot_user_id=own(workspace.bot_user_id, BOT_USER_ID, team[1:]),
        bot_id=own(workspace.bot_id, BOT_ID, team[1:]),
        bot_token=own(workspace.bot_token, BOT_TOKEN, f"-{team}"),
    )


def _once(what: str, ids: Iterable[str]) -> None:
    twice = [name for name, times in Counter(ids).items() if times > 1]
    if twice:
        raise ValueError(f"two workspaces share a {what}: {sorted(twice)}")
