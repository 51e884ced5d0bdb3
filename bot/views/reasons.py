"""The form that asks for a reason."""

from bot.views.acting import ONE, Acts, acting_for
from bot.views.grants import named
from bot.views.text import Block, field, modal, plain, plain_text, section
from bot.words import say
from bot.words.dates import day
from shared.contracts.base import Language
from shared.contracts.identity import OrganisationView, PersonView
from shared.contracts.roles import GrantView, RoleText

REASON = "reason"
LONGEST_REASON = 1000
NEEDED = {"decline", "revoke"}


def reason_form(
    verb: str,
    grant: GrantView,
    role: RoleText,
    organisation: OrganisationView | None,
    holder: PersonView | None,
    language: Language,
    told: str = "",
    acts: Acts = ONE,
) -> Block:
    """What will end, and why: one question; *told* says who will hear of it."""
    element: Block = {
        "type": "plain_text_input",
        "action_id": REASON,
        "multiline": True,
        "max_length": LONGEST_REASON,
        "placeholder": plain_text(say("reasons.placeholder", language), 150),
    }
    what = say(
        f"reasons.{verb}",
        language,
        role=plain(role.title, 140),
        organisation=plain(organisation.name, 200) if organisation else "-",
        holder=named(holder),
        until=day(grant.valid_until, language),
    )
    label = say("reasons.reason_label", language)
    hint = say(f"reasons.{verb}_hint", language)
    return modal(
        say(f"reasons.{verb}_title", language),
        [
            *acting_for(acts, organisation, language),
            section(what),
            field(label, REASON, element, hint=hint, optional=verb not in NEEDED),
            *([section(told, block_id="told")] if told else []),
        ],
        close=say("common.cancel_button", language),
        submit=say(f"reasons.{verb}_submit", language),
        form=f"grant.{verb}",
        about=str(grant.id),
    )
