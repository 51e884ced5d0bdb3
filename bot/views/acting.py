"""For which of several organisations somebody acts: said wherever it could be mistaken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.sender import Said
from bot.views.spoken import message
from bot.views.text import Block, Blocks, actions, bare, button, context, plain, section
from bot.words import say
from bot.words.dates import FINLAND, day, listed, moment
from shared.contracts.base import Language
from shared.contracts.identity import MandateRight, MandateView, OrganisationView
from shared.contracts.roles import GrantView, Phase, Role, RoleText

CHOOSE, SHOW = "acting.choose", "acting.show"
# The same as the first identification, for somebody who has a link already.
ASK_AGAIN = "identify.again"
# A message holds fifty blocks, and its text, which also names what can be pressed, four thousand characters.
MOST, LONGEST = 20, 2500


@dataclass(frozen=True, slots=True)
class Acts:
    """Somebody's choice: *several* says that there is one to make, *chosen* what they chose, if they did."""

    chosen: OrganisationView | None = None
    several: bool = False


ONE = Acts()


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation of somebody's, and what they are there; only who is a *member* acts for it here."""

    organisation: OrganisationView
    member: bool = True
    main_user: bool = False
    grants: tuple[GrantView, ...] = ()
    mandate: MandateView | None = None


def acting_for(acts: Acts, organisation: OrganisationView | None, language: Language) -> Blocks:
    """For whom one acts in a form or an answer, which is for *organisation* or for none in particular."""
    if not acts.several:
        return []
    chosen = acts.chosen
    if organisation is None and chosen is None:
        return [context(say("acting.not_chosen", language))]
    here = organisation or chosen
    if here is None or chosen is None or here.id == chosen.id:
        return [context(say("acting.for", language, organisation=_named(here)))]
    names = {"organisation": _named(here), "chosen": _named(chosen)}
    return [context(say("acting.for_other", language, **names))]


def about(acts: Acts, organisation: OrganisationView | None, language: Language) -> Blocks:
    """Which organisation a message is about that stays where it is, whatever is chosen later."""
    if not acts.several or organisation is None:
        return []
    chosen = acts.chosen
    if chosen is None or chosen.id == organisation.id:
        return [context(say("acting.about", language, organisation=_named(organisation)))]
    names = {"organisation": _named(organisation), "chosen": _named(chosen)}
    return [context(say("acting.about_other", language, **names))]


def home_header(acts: Acts, language: Language) -> Blocks:
    """What stands first on the Home tab: for whom one acts, and the way to another, if there is one."""
    text = say("acting.choose_here", language)
    if acts.chosen is not None:
        text = say("acting.for", language, organisation=_named(acts.chosen))
    if not acts.several:
        return [context(text)] if acts.chosen else []
    return [section(text, accessory=button(say("acting.switch_button", language), SHOW))]


def organisations_list(
    places: Sequence[Place],
    acts: Acts,
    texts: Mapping[tuple[Role, Language], RoleText],
    language: Language,
    zone: ZoneInfo = FINLAND,
) -> Said:
    """All organisations of somebody's, what they are there, and a button to act for each."""
    ask = button(say("acting.ask_button", language), ASK_AGAIN)
    again: Blocks = [context(say("acting.ask_text", language)), actions(ask)]
    if not places:
        return message(language, section(say("acting.nowhere", language)), *again)
    blocks: Blocks = []
    length = 0
    for place in places[:MOST]:
        name = f"*{_named(place.organisation)}* ({plain(place.organisation.business_id, 20)})"
        mine = acts.chosen is not None and acts.chosen.id == place.organisation.id
        lines = [name, *_standing(place, texts, language, zone)]
        if acts.several and mine:
            lines.append(say("acting.chosen", language))
        free = acts.several and place.member and not mine
        choose = _choose(place.organisation, language) if free else None
        text = "\n".join(lines)
        length += len(text)
        if blocks and length > LONGEST:
            break
        blocks.append(section(text, accessory=choose))
    title = say("acting.several" if acts.several else "acting.one", language)
    left = len(places) - len(blocks)
    more = [section(say("acting.more", language, count=left))] if left else []
    return message(language, section(title), *blocks, *more, *again)


def from_now_on(organisation: OrganisationView, language: Language) -> Said:
    """What follows from a choice."""
    return message(language, section(say("acting.from_now_on", language, organisation=_named(organisation))))


def _standing(
    place: Place, texts: Mapping[tuple[Role, Language], RoleText], language: Language, zone: ZoneInfo
) -> list[str]:
    lines = []
    held = [grant for grant in place.grants if grant.phase is Phase.IN_FORCE]
    if place.main_user:
        by = [grant for grant in held if grant.role is Role.MAIN_USER]
        # Said once: by the grant that makes them one, where there is such.
        last = max((grant.valid_until for grant in by), default=None)
        lines.append(
            say("acting.main_user", language)
            if last is None
            else say("acting.main_user_until", language, until=day(last, language))
        )
        held = [grant for grant in held if grant not in by]
    if held:
        roles = (
            say(
                "acting.role_until",
                language,
                role=plain(texts[grant.role, language].title, 100),
                until=day(grant.valid_until, language),
            )
            for grant in held
        )
        lines.append(say("acting.roles", language, roles=listed(roles, language)))
    if (mandate := place.mandate) is not None and mandate.rights:
        rights = listed((_right(right, language) for right in mandate.rights), language)
        until = moment(mandate.expires_at, language, zone)
        lines.append(say("acting.mandate", language, rights=rights, until=until))
    if place.member and not lines:
        lines.append(say("acting.member", language))
    return lines


def _right(right: MandateRight, language: Language) -> str:
    return say(f"acting.right_{right}", language)


def _choose(organisation: OrganisationView, language: Language) -> Block:
    label = say("acting.choose_label", language, organisation=bare(organisation.name, 45))
    return button(say("acting.choose_button", language), CHOOSE, str(organisation.id), label=label)


def _named(organisation: OrganisationView | None) -> str:
    return plain(organisation.name, 200) if organisation else "-"
