"""No exception leaves a listener: whatever goes wrong is answered with a sentence."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeVar
from uuid import uuid4

import structlog

from bot.identification import Identification
from bot.kit import Kit
from bot.payloads import Told, Turn
from bot.sender import Said, SlackAway, SlackSaysNo
from bot.views.home import troubled_home
from bot.views.refusals import sentence
from bot.words import say
from shared.contracts.base import IdentificationTooOld, IdentificationTooWeak, Refusal, Unavailable
from shared.contracts.identity import ChatAccountNotLinked

log = structlog.get_logger()

T = TypeVar("T")

# The three seconds in which a press may open a modal were over.
TOO_SLOW = {"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"}


class Plainly:
    """
    Turns what goes wrong into words.

    Bolt would forget the acknowledgement if a listener raised within ten milliseconds of it (slack-bolt
    1.30), and Slack would show the person a failure three seconds later.
    """

    def __init__(self, kit: Kit, identification: Identification) -> None:
        self._kit = kit
        self._identification = identification

    async def run(self, turn: Turn, work: Callable[[], Awaitable[T]]) -> T | None:
        """
        Do *work*; if it fails, say so where the person looks, and return nothing.

        Raises:
            SlackAway: not now: Slack takes neither what there was to say nor why it was not said.
        """
        try:
            return await work()
        except SlackAway as error:
            log.warning("answer.not_delivered", error=str(error))
            raise
        except (ChatAccountNotLinked, IdentificationTooOld, IdentificationTooWeak) as error:
            await self._say(turn, error, identify=True)
        except Exception as error:
            # The outermost boundary: the person reads a sentence, the log gets the cause.
            await self._say(turn, error, identify=False)
        finally:
            self._kit.done_with(turn)
        return None

    async def identify_if_needed(self, turn: Turn, error: Exception) -> None:
        """Send the link that *error* asks for, if it asks for one."""
        if isinstance(error, ChatAccountNotLinked | IdentificationTooOld | IdentificationTooWeak):
            with suppress(SlackAway):
                await self.run(turn, lambda: self._identification.ask(turn))

    async def sentence(self, turn: Turn, error: Exception) -> str:
        """What to say of *error*; what nobody expected is logged under the reference in the sentence."""
        reference = uuid4().hex[:8]
        if isinstance(error, Unavailable):
            log.warning("service.unavailable", subject=error.subject, reference=error.reference)
        elif not isinstance(error, Refusal):
            log.error("turn.failed", reference=reference, exc_info=error)
        return sentence(error, await self._kit.language(turn), reference=reference)

    async def _say(self, turn: Turn, error: Exception, *, identify: bool) -> None:
        try:
            if isinstance(error, SlackSaysNo) and error.word in TOO_SLOW:
                await self._kit.answer(turn, Said(say("common.too_slow", await self._kit.language(turn))))
            elif isinstance(error, SlackSaysNo):
                # Slack will not carry our words just now; the event that follows will mend what is shown.
                log.warning("answer.not_delivered", error=str(error))
            elif isinstance(turn, Told) and turn.kind == "app_home_opened":
                # Who looks at the Home tab reads it there, and not in a message elsewhere.
                language = await self._kit.people.language(turn.who)
                view = troubled_home(await self.sentence(turn, error), language)
                await self._kit.sender.publish(turn.who, view)
            elif identify:
                await self._identification.ask(turn)
            else:
                await self._kit.answer(turn, Said(await self.sentence(turn, error)))
        except SlackAway:
            raise
        except Exception:
            # Nothing is left to answer with; raising here would lose the acknowledgement, too.
            log.exception("answer.failed")
