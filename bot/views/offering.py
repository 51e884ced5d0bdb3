"""The form of an offer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.views.acting import ONE, Acts, acting_for
from bot.views.elsewhere import cannot_see
from bot.views.grants import named
from bot.views.text import Block, Blocks, bare, field, modal, option, plain, search, section
from bot.words import say
from shared.contracts.base import Language, Refusal
from shared.contracts.identity import OrganisationUnknown, OrganisationView, PersonUnknown, PersonView
from shared.contracts.roles import RoleText
from shared.contracts.roles_refusals import (
    EndsInThePast,
    EndsTooFarAway,
    GrantExists,
    HolderOfAnotherOrganisation,
    InductionMissing,
    NotMainUser,
    RoleUnknown,
    SelfGrant,
)

ORGANISATION, PERSON, ROLE, UNTIL, INDUCTED = "organisation", "person", "role", "until", "inducted"

# At which question each refusal is said.
FIELDS: dict[type[Refusal], str] = {
    NotMainUser: ORGANISATION,
    OrganisationUnknown: ORGANISATION,
    SelfGrant: PERSON,
    PersonUnknown: PERSON,
    HolderOfAnotherOrganisation: PERSON,
    RoleUnknown: ROLE,
    GrantExists: ROLE,
    EndsInThePast: UNTIL,
    EndsTooFarAway: UNTIL,
    InductionMissing: INDUCTED,
}


@dataclass(frozen=True, slots=True)
class Draft:
    """
    What is known of an offer while its form is filled in.

    *organisations* are those that the asker may act for. *holder*, *role* and *until* are proposed or chosen;
    *notice* says why something that was proposed was not taken, *told* who hears of it besides the holder;
    *acts* is for which of theirs the asker acts; *out_of_sight* says that the holder could not see the offer.
    """

    organisations: Sequence[OrganisationView]
    organisation: OrganisationView | None = None
    holder: PersonView | None = None
    role: RoleText | None = None
    notice: str = ""
    told: str = ""
    until: date | None = None
    acts: Acts = ONE
    out_of_sight: bool = False

    @property
    def alone(self) -> OrganisationView | None:
        """The only organisation there is, which needs no question."""
        return self.organisations[0] if len(self.organisations) == 1 else None

    @property
    def acting_for(self) -> OrganisationView | None:
        return self.alone or self.organisation


def offer_form(draft: Draft, today: date, language: Language) -> Block:
    """Who gets which role, for whom, until when; that they were inducted; and whom we shall tell."""
    alone, until = draft.alone, draft.until or in_a_year(today)
    blocks: Blocks = acting_for(draft.acts, draft.acting_for, language)
    blocks += [section(draft.notice)] if draft.notice else []
    blocks += [
        _organisation(draft, language)
        if alone is None
        else section(say("offering.for_organisation", language, organisation=plain(alone.name, 200))),
        field(
            say("offering.person_label", language),
            PERSON,
            search(
                "grant.person",
                placeholder=say("offering.person_placeholder", language),
                initial=option(bare(draft.holder.name, 75), str(draft.holder.id)) if draft.holder else None,
            ),
            hint=say("offering.person_hint", language),
            dispatch=True,
        ),
        field(
            say("offering.role_label", language),
            ROLE,
            search(
                "grant.role",
                placeholder=say("offering.role_placeholder", language),
                initial=option(bare(draft.role.title, 75), draft.role.role.value) if draft.role else None,
            ),
        ),
        field(
            say("offering.until_label", language),
            UNTIL,
            {
                "type": "datepicker",
                "action_id": UNTIL,
                "initial_date": until.isoformat(),
            },
            hint=say("offering.until_hint", language),
        ),
        field(
            say("offering.inducted_label", language),
            INDUCTED,
            {
                "type": "checkboxes",
                "action_id": INDUCTED,
                "options": [option(say("offering.inducted_option", language), "yes")],
            },
            hint=say("offering.inducted_hint", language),
        ),
        section(preview(draft, language), block_id="preview"),
    ]
    return modal(
        say("offering.form_title", language),
        blocks,
        close=say("common.cancel_button", language),
        submit=say("offering.form_submit", language),
        form="grant.offer",
        about=str(draft.acting_for.id) if draft.acting_for else "",
    )


def preview(draft: Draft, language: Language) -> str:
    """What sending the form does: for whom one acts, who is offered the role, and who is told of it."""
    heading = say("offering.preview", language)
    organisation, holder = draft.acting_for, draft.holder
    if organisation is None or holder is None:
        return f"{heading}\n{say('offering.preview_missing', language)}"
    lines = [
        heading,
        say(
            "offering.preview_acting",
            language,
            organisation=plain(organisation.name, 200),
            holder=named(holder),
        ),
    ]
    if holder.chat is None:
        lines.append(say("offering.preview_no_chat", language))
    elif draft.out_of_sight:
        lines.append(cannot_see(holder, organisation, language))
    else:
        in_language = say(f"offering.in_{holder.language}", language)
        lines.append(
            say("offering.preview_told", language, holder=plain(holder.name, 100), language=in_language)
        )
        if holder.linked_at is None:
            lines.append(say("offering.preview_not_linked", language))
    lines.append(say("offering.preview_answer", language))
    return "\n".join([*lines, draft.told] if draft.told else lines)


def in_a_year(today: date) -> date:
    """The same day next year; from 29 February, the day before it."""
    try:
        return today.replace(year=today.year + 1)
    except ValueError:
        return today.replace(year=today.year + 1, day=28)


def _organisation(draft: Draft, language: Language) -> Block:
    chosen = draft.organisation
    return field(
        say("offering.organisation_label", language),
        ORGANISATION,
        search(
            "grant.organisation",
            placeholder=say("offering.organisation_placeholder", language),
            initial=option(bare(chosen.name, 75), str(chosen.id)) if chosen else None,
        ),
        dispatch=True,
    )
