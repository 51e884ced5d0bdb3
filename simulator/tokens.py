"""The tokens that the app holds, and what each of them opens."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from simulator.seed import Workspace
from simulator.wire import APP_TOKEN, SlackError


@dataclass
class Token:
    """
    One token: the app's own, a workspace's (*team*), or that of a whole organisation (*enterprise*).

    *scopes* are those granted with it; None means whatever the manifest asks for. *ended* is Slack's word for
    why it is good no more.
    """

    value: str
    kind: Literal["bot", "app"]
    team: str | None = None
    enterprise: str | None = None
    scopes: frozenset[str] | None = None
    ended: str = ""

    def opens(self, workspace: Workspace) -> bool:
        """Tell whether the app is in *workspace* by this token."""
        if self.kind != "bot" or self.ended:
            return False
        if self.enterprise is not None:
            return workspace.enterprise_id == self.enterprise
        return workspace.team_id == self.team


@dataclass
class Tokens:
    """All that were ever given out."""

    held: dict[str, Token] = field(default_factory=dict)

    @classmethod
    def of(cls, workspaces: Iterable[Workspace]) -> "Tokens":
        tokens = cls({APP_TOKEN: Token(APP_TOKEN, "app")})
        for each in workspaces:
            if each.installed:
                tokens.put(Token(each.bot_token, "bot", team=each.team_id))
        return tokens

    def put(self, token: Token) -> None:
        self.held[token.value] = token

    def find(self, value: str) -> Token:
        token = self.held.get(value)
        if token is None:
            raise SlackError("invalid_auth")
        if token.ended:
            raise SlackError(token.ended)
        return token

    def into(self, workspace: Workspace) -> Token | None:
        """The token by which the app is in *workspace*, if it is."""
        return next((token for token in self.held.values() if token.opens(workspace)), None)
