"""What roles there are and what they mean, and which of them a person holds."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from bot.sender import Said
from bot.views.acting import ONE, Acts, acting_for
from bot.views.commands import choices, typed
from bot.views.grants import offer_lines, state
from bot.views.spoken import message
from bot.views.text import Block, actions, bare, button, header, plain, section
from bot.words import say
from bot.words.dates import FINLAND
from shared.contracts.base import Language, OrganisationId
from shared.contracts.identity import OrganisationView
from shared.contracts.roles import GrantView, Phase, Role, RoleText

MOST = 10  # A list in a message is read at a glance, or not at all: the Home tab has everything.


def role_list(texts: Sequence[RoleText], language: Language, *, unknown: str = "") -> Said:
    """The roles, each behind a button; *unknown* are words by which none is known."""
    text = say("roles.choose", language)
    if unknown:
        text = f"{say('roles.unknown', language, words=plain(unknown, 100))} {text}"
    lines = [(bare(each.title, 75), typed("roles", language, each.role.value)) for each in texts]
    return choices(text, lines, language)


def role_card(text: RoleText) -> Said:
    """What a role means, and who gives it."""
    language = text.language
    how = "roles.main_user_named" if text.role is Role.MAIN_USER else "roles.granted_by_main_user"
    return message(
        language,
        header(text.title),
        section(plain(text.text, 2500)),
        section(say(how, language)),
        actions(
            button(say("help.grant_button", language), "grant.begin"),
            button(say("help.why_button", language), "why.begin"),
        ),
    )


def my_roles(
    grants: Sequence[GrantView],
    main_user_of: Sequence[OrganisationView],
    texts: Mapping[tuple[Role, Language], RoleText],
    names: Mapping[OrganisationId, OrganisationView],
    language: Language,
    zone: ZoneInfo = FINLAND,
    acts: Acts = ONE,
) -> Said:
    """What waits for a person and what they hold, in short."""
    lines: list[Block] = []
    for grant in grants:
        title = plain(texts[grant.role, language].title, 140)
        found = names.get(grant.organisation)
        name = plain(found.name, 200) if found else "-"
        if grant.phase is Phase.WAITING:
            lines.append(section(offer_lines(title, name, grant, language, zone)))
        elif grant.phase is Phase.IN_FORCE:
            lines.append(
                section(
                    say(
                        "home.my_role",
                        language,
                        role=title,
                        organisation=name,
                        state=state(grant, language, zone),
                    )
                )
            )
    told = {one.organisation for one in grants if one.role is Role.MAIN_USER and one.phase is Phase.IN_FORCE}
    for organisation in (one for one in main_user_of if one.id not in told):
        title = plain(texts[Role.MAIN_USER, language].title, 140)
        lines.append(
            section(
                say("home.main_user_of", language, role=title, organisation=plain(organisation.name, 200))
            )
        )
    shown = lines[:MOST] or [section(say("home.no_roles", language))]
    mine = acting_for(acts, None, language)
    return message(language, *mine, *shown, section(say("roles.all_on_home", language)))
