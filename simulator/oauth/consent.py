"""What an app may ask for at the consent page, and the code that it is given when a person says yes."""

import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from shared.slackapp import SCOPES
from simulator.manifest import Manifest
from simulator.tokens import Token, Tokens
from simulator.wire import SlackError

CODE_SECONDS = 600


@dataclass(frozen=True)
class Credentials:
    """How the app proves to Slack that it is the app."""

    client_id: str = "100.200"
    client_secret: str = "simulator-client-secret"  # noqa: S105 - a fixed fake, good only on this machine

    def check(self, client_id: str | None, client_secret: str | None) -> None:
        """Raises: invalid_client_id, bad_client_secret."""
        if client_id != self.client_id:
            raise SlackError("invalid_client_id")
        if not hmac.compare_digest((client_secret or "").encode(), self.client_secret.encode()):
            raise SlackError("bad_client_secret")


@dataclass(frozen=True)
class Asked:
    """What the app asks of a person; *given_uri* is empty when the app left the address to its settings."""

    scopes: tuple[str, ...]
    user_scopes: tuple[str, ...]
    state: str
    redirect_uri: str
    given_uri: str

    def back(self, **answer: str) -> str:
        """The address in the app that the person's browser is sent to with *answer*."""
        joint = "&" if urlsplit(self.redirect_uri).query else "?"
        return f"{self.redirect_uri}{joint}{urlencode(answer | {'state': self.state})}"


@dataclass
class _Code:
    """A person's yes, good for one exchange."""

    place: Token
    user: str
    asked: Asked
    since: float
    used: bool = False


@dataclass(frozen=True)
class Granted:
    """What an exchange comes to: a token, what it is refreshed with, and who said yes."""

    token: Token
    refresh: str | None
    user: str
    user_scopes: tuple[str, ...] = ()


@dataclass
class Consent:
    """The app's side of installing: its credentials, the addresses it may name, the codes given out."""

    credentials: Credentials
    manifest: Manifest
    tokens: Tokens
    now: Callable[[], float]
    redirect_urls: tuple[str, ...] = ()
    _codes: dict[str, _Code] = field(default_factory=dict)

    def ask(self, query: Mapping[str, str]) -> Asked:
        """
        Read what the app asks for.

        Raises: invalid_client_id, bad_redirect_uri, invalid_scope. None of them leads back to the app: the
        address may not be the app's.
        """
        if query.get("client_id") != self.credentials.client_id:
            raise SlackError("invalid_client_id")
        given = query.get("redirect_uri", "")
        known = (*self.manifest.redirect_urls, *self.redirect_urls)
        if given and not any(_lies_below(given, each) for each in known):
            raise SlackError("bad_redirect_uri", given=given)
        if not known:
            raise SlackError("bad_redirect_uri", given="")
        scopes, user_scopes = _listed(query.get("scope", "")), _listed(query.get("user_scope", ""))
        if (not scopes and not user_scopes) or set(scopes) - SCOPES:
            raise SlackError("invalid_scope")
        return Asked(scopes, user_scopes, query.get("state", ""), given or known[0], given)

    def allow(self, asked: Asked, place: Token, user: str) -> str:
        """Take a person's yes; the address that leads back to the app with the code for it."""
        code = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}.{secrets.token_hex(32)}"
        self._codes[code] = _Code(place, user, asked, self.now())
        return asked.back(code=code)

    def exchange(self, code: str | None, redirect_uri: str | None) -> Granted:
        """
        Give a token for *code*.

        Raises: invalid_code, bad_redirect_uri.
        """
        found = self._codes.get(code or "")
        if found is None or found.used or self.now() - found.since > CODE_SECONDS:
            raise SlackError("invalid_code")
        if (redirect_uri or "") != found.asked.given_uri:
            raise SlackError("bad_redirect_uri")
        found.used = True
        token, refresh = self.tokens.issue(found.place, rotating=self.manifest.token_rotation)
        return Granted(token, refresh, found.user, found.asked.user_scopes)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))


def _lies_below(given: str, configured: str) -> bool:
    """Tell whether *given* is the configured address or one under it, as Slack compares them."""
    mine, theirs = urlsplit(given), urlsplit(configured)
    if (mine.scheme, mine.netloc) != (theirs.scheme, theirs.netloc) or mine.fragment or ".." in mine.path:
        return False
    above = theirs.path.rstrip("/")
    return mine.path.rstrip("/") == above or mine.path.startswith(above + "/")
