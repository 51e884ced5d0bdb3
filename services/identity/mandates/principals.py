"""Acting for another person (HPA): within a visit, or asked by the system itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode
from uuid import uuid4

from services.identity.domain.codes import personal_code
from services.identity.mandates import answers
from services.identity.mandates.answers import Principal
from services.identity.mandates.wire import Step, Wire
from shared.contracts.identity import PersonalCodeInvalid


@dataclass(frozen=True, slots=True)
class Principals:
    """What Suomi.fi says of people who act for people. *principal* and *delegate* are personal codes."""

    wire: Wire

    async def chosen(self, session_id: str, token: str) -> tuple[Principal, ...]:
        """
        Everybody whom the person of the visit chose to act for.

        Raises:
            Refusal: the visit is over, nobody was chosen, or Suomi.fi does not answer.
        """
        target = f"/service/hpa/api/delegate/{quote(session_id, safe='')}{_asked()}"
        return answers.principals(await self.wire.signed(Step.ASK, target, bearer=token))

    async def may_act(self, session_id: str, token: str, principal: str, issues: Sequence[str] = ()) -> bool:
        """
        Whether the person of the visit may act for *principal*, in all matters or in each of *issues*.

        Raises:
            Refusal: Suomi.fi does not say.
        """
        path = f"/service/hpa/api/authorization/{quote(session_id, safe='')}/{quote(principal, safe='+')}"
        asked = _asked(("issues", one) for one in issues)
        return answers.allowed(await self.wire.signed(Step.ASK, path + asked, bearer=token))

    async def themes(self, session_id: str, token: str, principal: str) -> tuple[str, ...]:
        """
        The matters in which the person of the visit may act for *principal*.

        Raises:
            Refusal: Suomi.fi does not say.
        """
        path = f"/service/hpa/api/authorizationlist/{quote(session_id, safe='')}/{quote(principal, safe='+')}"
        return answers.themes(await self.wire.signed(Step.ASK, path + _asked(), bearer=token))

    async def may_act_at_all(self, delegate: str, principal: str, *, asker: str, issue: str = "") -> bool:
        """
        Whether *delegate* may act for *principal*, asked without either of them being here.

        *asker* is who in our house wants to know; a personal code would be written into logs elsewhere.

        Raises:
            ValueError: *asker* is a personal code.
            Refusal: Suomi.fi does not say.
        """
        if _is_personal_code(asker):
            raise ValueError("whoever asks is not named by a personal code")
        path = f"/service/rest/hpa/authorization/{self.wire.us.client_id}"
        path += f"/{quote(delegate, safe='+')}/{quote(principal, safe='+')}"
        about = {"issue": issue} if issue else {}
        path += f"?{urlencode(about | {'requestId': str(uuid4())})}"
        key = self.wire.us.rest_key
        return answers.allowed(await self.wire.signed(Step.CHECK, path, key=key, user=asker))


def _asked(about: Iterable[tuple[str, str]] = ()) -> str:
    return f"?{urlencode([('requestId', str(uuid4())), *about])}"


def _is_personal_code(text: str) -> bool:
    try:
        personal_code(text)
    except PersonalCodeInvalid:
        return False
    return True
