"""A person's visit at Suomi.fi on behalf of organisations (YPA): opened, chosen in, asked about, closed."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, urlencode
from uuid import uuid4

from aiohttp import ClientSession, DummyCookieJar

from services.identity.mandates import answers
from services.identity.mandates.answers import Organisations, Session
from services.identity.mandates.signed import Seal, Subject
from services.identity.mandates.wire import Credentials, Step, Wire
from shared.contracts.base import Language, Refusal
from shared.contracts.identity import MandatesCancelled, MandatesNotAnswered, MandatesSessionOver

ORGANISATIONS, PEOPLE = "ypa", "hpa"
# In the order of likelihood; whatever else Suomi.fi may say in the browser is a failure of its own.
CANCELLED = {"access_denied"}


@dataclass(frozen=True, slots=True)
class Visits:
    """
    What we do at Suomi.fi for whoever chose to act for others, and only then: each question is logged there.

    *kind* says for whom they want to act: organisations, or people. With a *seal*, answers must be signed.
    """

    wire: Wire
    kind: str = ORGANISATIONS
    seal: Seal | None = None

    async def open(self, code: str) -> Session:
        """
        Announce the person with this personal *code*.

        Raises:
            Refusal: Suomi.fi does not let them, or us, or does not answer.
        """
        person = quote(code, safe="+")
        path = f"/service/{self.kind}/user/register/{self.wire.us.client_id}/{person}"
        return answers.session(await self.wire.signed(Step.REGISTER, _with_request_id(path)))

    def address(self, session: Session, *, state: str, language: Language) -> str:
        """Where the browser goes, for its person to choose for whom to act."""
        asked = {
            "client_id": self.wire.us.client_id,
            "response_type": "code",
            "redirect_uri": self.wire.us.callback,
            "user": session.user,
            "state": state,
            "lang": language,
        }
        return f"{self.wire.us.address.rstrip('/')}/oauth/authorize?{urlencode(asked)}"

    async def token(self, code: str) -> str:
        """
        What Suomi.fi gives for the *code* that the browser brought. It works once.

        Raises:
            Refusal: the code is spent, or Suomi.fi does not answer.
        """
        if not code:
            raise MandatesSessionOver(why="code_spent")
        return answers.token(await self.wire.exchange(code))

    async def organisations(self, session_id: str, token: str, business_id: str = "") -> Organisations:
        """
        Every organisation that the person chose, or the one of this *business_id*, with all their roles.

        Raises:
            Refusal: the visit is over, nothing was chosen, or Suomi.fi does not answer.
        """
        path = f"/service/ypa/api/organizationRoles/{_word(session_id)}"
        if business_id:
            path += f"/{_word(business_id)}"
        answer = await self.wire.signed(Step.ASK, _with_request_id(path), bearer=token)
        return answers.organisations(answer)

    async def chosen(self, session_id: str, token: str, code: str) -> Organisations:
        """
        Every organisation that the person with this personal *code* chose, in the form that is asked for.

        Raises:
            Refusal: as for either form.
        """
        if self.seal is None:
            return await self.organisations(session_id, token)
        return await self.vouched_for(session_id, token, code, self.seal)

    async def vouched_for(self, session_id: str, token: str, code: str, seal: Seal) -> Organisations:
        """
        The same of the person with this personal *code*, signed by Suomi.fi.

        Raises:
            Refusal: likewise, or what came is not believed.
        """
        path = _with_request_id(f"/service/ypa/api/organizationRoles/jwt/{_word(session_id)}")
        sent = await self.wire.signed(Step.ASK, path, bearer=token, read=bytes.decode)
        now = self.wire.now()
        return answers.organisations(seal.answer(str(sent), Subject.ORGANISATIONS, end_user=code, now=now))

    async def close(self, session_id: str) -> bool:
        """End the visit; whether Suomi.fi says so. Nobody is refused anything for it."""
        path = f"/service/{self.kind}/user/unregister/{_word(session_id)}"
        try:
            return await self.wire.signed(Step.UNREGISTER, path) is True
        except Refusal:
            return False


@asynccontextmanager
async def visiting(
    us: Credentials,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    *,
    patience: float = 10.0,
    seal: Seal | None = None,
) -> AsyncIterator[Visits]:
    """Suomi.fi within reach until the block ends; with a *seal*, believed only if it signs."""
    async with ClientSession(cookie_jar=DummyCookieJar()) as session:
        yield Visits(Wire(us, session, now, patience), seal=seal)


def failed_there(error: str) -> Refusal:
    """What the *error* means that a browser brought back instead of a code."""
    return MandatesCancelled() if error in CANCELLED else MandatesNotAnswered(why="selection")


def _with_request_id(path: str) -> str:
    return f"{path}?requestId={uuid4()}"


def _word(text: str) -> str:
    return quote(text, safe="")
