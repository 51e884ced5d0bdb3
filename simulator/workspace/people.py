"""The accounts of the workspace, as the Web API shows them."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from simulator.seed import User, Workspace
from simulator.wire import APP_ID, Json, SlackError
from simulator.workspace.journal import Journal

ELSEWHERE = "T0ELSEWHERE"


@dataclass(frozen=True)
class People:
    """Everybody in the workspace, the app's own bot user, and *strangers* met in shared rooms."""

    workspace: Workspace
    everybody: dict[str, User]
    journal: Journal
    strangers: dict[str, User] = field(default_factory=dict)

    @classmethod
    def of(cls, workspace: Workspace, bot_name: str, journal: Journal) -> "People":
        bot = User(
            id=workspace.bot_user_id,
            name="".join(bot_name.lower().split()),
            real_name=bot_name,
            email="",
            locale="en-US",
            is_bot=True,
        )
        return cls(workspace, {user.id: user for user in (*workspace.users, bot)}, journal)

    def known(self, user: object) -> User:
        found = self.get(user)
        if found is None:
            raise SlackError("user_not_found")
        return found

    def get(self, user: object) -> User | None:
        """Find somebody of here or of elsewhere, if they are seen here."""
        if not isinstance(user, str):
            return None
        return self.everybody.get(user) or self.strangers.get(user)

    def put(self, user: User, *, remember: bool = True) -> None:
        """Keep an account as it has become, or as it has been made."""
        self.everybody[user.id] = user
        if remember:
            self.journal.write("user", {"team": self.workspace.team_id, "user": asdict(user)})

    def team_of(self, user: User) -> str:
        """The workspace that *user* is of."""
        return user.team_id or (ELSEWHERE if user.is_stranger else self.workspace.team_id)

    def active(self, user: object) -> User:
        """Find a person who can act: no bot, and not deactivated."""
        found = self.everybody.get(user) if isinstance(user, str) else None
        if found is None:
            raise SlackError("user_not_found")
        if found.deleted:
            raise SlackError("account_inactive")
        if found.is_bot:
            raise SlackError("user_is_bot")
        return found

    def by_email(self, email: str) -> User:
        for user in self.everybody.values():
            hidden = user.deleted or user.is_bot or user.is_stranger
            if email and user.email.lower() == email.lower() and not hidden:
                return user
        raise SlackError("users_not_found")

    def profile(self, user: User, *, email: bool) -> Json:
        """Write the profile; the e-mail address of a stranger is never shown."""
        profile: Json = {
            "real_name": user.real_name,
            "real_name_normalized": user.real_name,
            "display_name": user.name,
            "display_name_normalized": user.name,
            "title": user.title,
            "team": self.team_of(user),
        }
        if email and not user.is_bot and not user.is_stranger and not user.team_id:
            profile["email"] = user.email
        if user.id == self.workspace.bot_user_id:
            profile |= {"api_app_id": APP_ID, "bot_id": self.workspace.bot_id}
        return profile

    def as_slack(self, user: User, *, email: bool, locale: bool) -> Json:
        """Write the user object; e-mail and locale stand in it only when they may and are asked for."""
        offset = datetime.now(ZoneInfo(user.tz)).utcoffset()
        shown: Json = {
            "id": user.id,
            "team_id": self.team_of(user),
            "name": user.name,
            "deleted": user.deleted,
            "real_name": user.real_name,
            "tz": user.tz,
            "tz_label": user.tz,
            "tz_offset": int(offset.total_seconds()) if offset else 0,
            "profile": self.profile(user, email=email),
            "is_admin": user.is_admin,
            "is_owner": False,
            "is_primary_owner": False,
            "is_restricted": user.is_restricted or user.is_ultra_restricted,
            "is_ultra_restricted": user.is_ultra_restricted,
            "is_bot": user.is_bot,
            "is_stranger": user.is_stranger,
            "is_app_user": False,
            "is_email_confirmed": not user.is_bot,
            "updated": 1_700_000_000,
        }
        if locale:
            shown["locale"] = user.locale
        if enterprise := self.workspace.enterprise_id:
            shown["enterprise_user"] = {
                "id": user.id,
                "enterprise_id": enterprise,
                "enterprise_name": self.workspace.enterprise_name,
                "is_admin": user.is_admin,
                "is_owner": False,
                "teams": [self.team_of(user)],
            }
        return shown
