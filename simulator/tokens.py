"""The tokens that the app holds, and what each of them opens."""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from simulator.seed import Workspace
from simulator.wire import APP_TOKEN, SlackError

LIVES_FOR = 43_200


@dataclass(frozen=True)
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
    expires_at: float | None = None
    ended: str = ""

    def opens(self, workspace: Workspace) -> bool:
        """Tell whether the app is in *workspace* by this token."""
        if self.kind != "bot" or self.ended:
            return False
        if self.enterprise is not None:
            return workspace.enterprise_id == self.enterprise
        return workspace.team_id == self.team

    def is_for(self, other: "Token") -> bool:
        """Tell whether both are for the same place."""
        return (self.kind, self.team, self.enterprise) == (other.kind, other.team, other.enterprise)


@dataclass
class Tokens:
    """All that were ever given out; *now* is Slack's time of day."""

    now: Callable[[], float]
    held: dict[str, Token] = field(default_factory=dict)
    _refreshing: dict[str, Token] = field(default_factory=dict)

    @classmethod
    def of(cls, workspaces: Iterable[Workspace], now: Callable[[], float]) -> "Tokens":
        tokens = cls(now, {APP_TOKEN: Token(APP_TOKEN, "app")})
        for each in workspaces:
            if each.installed:
                tokens.put(Token(each.bot_token, "bot", team=each.team_id))
        return tokens

    def put(self, token: Token) -> None:
        self.held[token.value] = token

    def find(self, value: str) -> Token:
        """
        Find the token *value*.

        Raises: invalid_auth, token_expired, token_revoked, account_inactive.
        """
        token = self.held.get(value)
        if token is None:
            raise SlackError("invalid_auth")
        if token.ended:
            raise SlackError(token.ended)
        if token.expires_at is not None and token.expires_at <= self.now():
            raise SlackError("token_expired")
        return token

    def into(self, workspace: Workspace) -> Token | None:
        """The token by which the app is in *workspace*, if it is; an organisation's goes first."""
        opening = [token for token in self.held.values() if token.opens(workspace)]
        return min(opening, key=lambda token: token.enterprise is None, default=None)

    def issue(self, place: Token, *, rotating: bool) -> tuple[Token, str | None]:
        """
        Give out a token for *place*; with *rotating* one that expires, and what it is refreshed with.

        Without, the app keeps the token that it holds there, and gains scopes.
        """
        if rotating:
            value = f"xoxe.xoxb-1-simulator-{secrets.token_urlsafe(18)}"
            token = replace(place, value=value, expires_at=self.now() + LIVES_FOR)
            refresh = f"xoxe-1-simulator-{secrets.token_urlsafe(18)}"
            self._refreshing[refresh] = token
            self.put(token)
            return token, refresh
        before = next((each for each in self.held.values() if each.is_for(place) and not each.ended), None)
        if before is None:
            token = replace(place, value=f"xoxb-simulator-{secrets.token_urlsafe(18)}")
        else:
            token = replace(before, scopes=(before.scopes or frozenset()) | (place.scopes or frozenset()))
        self.put(token)
        return token, None

    def refresh(self, secret: str) -> tuple[Token, str | None]:
        """
        Give out the next token; the one before stays good until it expires.

        Raises: invalid_refresh_token.
        """
        before = self._refreshing.pop(secret, None)
        if before is None or self.held[before.value].ended:
            raise SlackError("invalid_refresh_token")
        return self.issue(before, rotating=True)

    def end(self, place: Token, why: str) -> None:
        """End all tokens for the same place, with Slack's word for it."""
        for value, each in list(self.held.items()):
            if each.is_for(place) and not each.ended:
                self.held[value] = replace(each, ended=why)
