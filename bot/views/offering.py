"""The form of an offer."""

from collections.abc import Sequence
from datetime import date

from bot.views.text import Block, Blocks, bare, field, modal, option, plain, plain_text, section, select
from bot.words import say
from shared.contracts.base import Language, Refusal
from shared.contracts.identity import OrganisationUnknown, OrganisationView, PersonUnknown
from shared.contracts.roles import RoleText
from shared.contracts.roles_refusals import (
    EndsInThePast,
    EndsTooFarAway,
    GrantExists,
    HolderOfAnotherOrganisation,
    InductionMissing,
    NotMainUser,
    RoleNotGrantable,
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
    RoleNotGrantable: ROLE,
    GrantExists: ROLE,
    EndsInThePast: UNTIL,
    EndsTooFarAway: UNTIL,
    InductionMissing: INDUCTED,
}


def offer_form(
    organisations: Sequence[OrganisationView], roles: Sequence[RoleText], today: date, language: Language
) -> Block:
    """Who gets which role, for whom, until when; and that they were inducted."""
    alone = organisations[0] if len(organisations) == 1 else None
    blocks: Blocks = [
        _organisation(organisations, language)
        if alone is None
        else section(say("offering.for_organisation", language, organisation=plain(alone.name, 200))),
        field(
            say("offering.person_label", language),
            PERSON,
            {
                "type": "external_select",
                "action_id": "grant.person",
                "min_query_length": 0,
                "placeholder": plain_text(say("offering.person_placeholder", language), 150),
            },
            hint=say("offering.person_hint", language),
        ),
        field(
            say("offering.role_label", language),
            ROLE,
            select(
                ROLE,
                [option(bare(role.title, 75), role.role.value) for role in roles],
                placeholder=say("offering.role_placeholder", language),
            ),
        ),
        field(
            say("offering.until_label", language),
            UNTIL,
            {"type": "datepicker", "action_id": UNTIL, "initial_date": in_a_year(today).isoformat()},
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
    ]
    return modal(
        say("offering.form_title", language),
        blocks,
        close=say("common.cancel_button", language),
        submit=say("offering.form_submit", language),
        form="grant.offer",
        about=str(alone.id) if alone else "",
    )


def in_a_year(today: date) -> date:
    """The same day next year; from 29 February, the day before it."""
    try:
        return today.replace(year=today.year + 1)
    except ValueError:
        return today.replace(year=today.year + 1, day=28)


def _organisation(organisations: Sequence[OrganisationView], language: Language) -> Block:
    options = [option(bare(each.name, 75), str(each.id)) for each in organisations]
    return field(
        say("offering.organisation_label", language),
        ORGANISATION,
        select(ORGANISATION, options, placeholder=say("offering.organisation_placeholder", language)),
    )
