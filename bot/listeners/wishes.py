"""People choose when they are told, and of what."""

from datetime import datetime, time

from bot.kit import Kit
from bot.notifications.audience import CHOOSABLE, Kind, Urgency
from bot.notifications.calm import Calm, next_digest
from bot.notifications.herald import Herald
from bot.payloads import Command, Form, Press, Turn
from bot.router import Outcome, Show, Wrong, on_form, on_press, on_word
from bot.sender import Said
from bot.views.common import telling
from bot.views.wishes import DIGEST_AT, QUIET_FROM, QUIET_UNTIL, REST_DAYS, saved, wishes_form
from bot.words import say
from shared.contracts.base import Language
from shared.contracts.identity import ChatAccountNotLinked, PersonView


class WishTurns:
    """One form, with a preview of the next digest."""

    def __init__(self, kit: Kit, herald: Herald) -> None:
        self._kit = kit
        self._herald = herald

    @on_word("notifications")
    async def by_command(self, command: Command) -> None:
        await self._begin(command, command.spoken)

    @on_press("wishes.begin")
    async def by_button(self, press: Press) -> None:
        await self._begin(press)

    async def _begin(self, turn: Turn, heard: Language | None = None) -> None:
        language = await self._kit.language(turn, heard)
        view_id = await self._kit.open(turn, say("wishes.form_title", language), language)
        reader = await self._reader(turn)
        calm = await self._herald.calm_of(reader)
        gathered = await self._herald.gathered(reader)
        view = wishes_form(calm, gathered, await self._next(reader, calm), language)
        await self._kit.sender.update(view_id, view)

    @on_form("wishes.set")
    async def choose(self, form: Form) -> Outcome:
        language = await self._kit.language(form)
        reader = await self._reader(form)
        before = await self._herald.calm_of(reader)
        calm = Calm(
            zone=before.zone,
            quiet_from=_clock(form, QUIET_FROM, before.quiet_from),
            quiet_until=_clock(form, QUIET_UNTIL, before.quiet_until),
            rest_days=form.ticked(REST_DAYS),
            digest_at=_clock(form, DIGEST_AT, before.digest_at),
            urgencies=_urgencies(form),
        )
        if calm.hour_is_quiet(calm.digest_at):
            return Wrong({DIGEST_AT: say("wishes.digest_in_quiet", language)})
        await self._kit.diary.wish(reader.id, calm, self._kit.now())
        await self._herald.tell(reader.id)
        text = saved(calm, await self._next(reader, calm), language)
        return Show(telling(say("wishes.form_title", language), Said(text), language))

    async def _reader(self, turn: Turn) -> PersonView:
        """
        The person whose settings these are.

        Raises:
            ChatAccountNotLinked: we do not know who it is.
        """
        identity = await self._kit.people.identity(turn.who)
        if identity.person is None or not identity.linked:
            raise ChatAccountNotLinked
        return identity.person

    async def _next(self, reader: PersonView, calm: Calm) -> datetime:
        return next_digest(self._kit.now(), calm, await self._kit.diary.last_digest(reader.id))


def _clock(form: Form, name: str, otherwise: time) -> time:
    picked = form.clock(name)
    return time.fromisoformat(picked) if picked else otherwise


def _urgencies(form: Form) -> dict[Kind, Urgency]:
    """What was chosen by kind; who leaves a kind as usual follows the table if that changes."""
    known = {each.value: each for each in Urgency}
    return {kind: known[form.choice(kind.value)] for kind in CHOOSABLE if form.choice(kind.value) in known}
