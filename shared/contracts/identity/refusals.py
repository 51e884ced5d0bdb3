"""Every *no* of identity."""

from shared.contracts.base import (
    Refusal,
)


class PersonUnknown(Refusal):
    """We know nobody by that."""

    code = "identity.person_unknown"


class OrganisationUnknown(Refusal):
    """We know no organisation by that."""

    code = "identity.organisation_unknown"


class ChatAccountNotLinked(Refusal):
    """The chat account is not linked to a person; a strong identification links it."""

    code = "identity.chat_account_not_linked"


class IdentificationLinkSpent(Refusal):
    """The login link was used already, or its time is over."""

    code = "identity.link_spent"


class IdentifiedAsSomebodyElse(Refusal):
    """The chat account belongs to another person than the one who identified."""

    code = "identity.somebody_else"


class IdentificationFailed(Refusal):
    """The identity provider did not confirm who the person is. *why* is a stable word."""

    code = "identity.identification_failed"


class BusinessIdInvalid(Refusal):
    """This is no Finnish business ID."""

    code = "identity.business_id_invalid"


class PersonalCodeInvalid(Refusal):
    """This is no Finnish personal identity code. The code itself is not repeated."""

    code = "identity.personal_code_invalid"


class RegisterEntryInvalid(Refusal):
    """An entry of the register cannot be read. *field* says where."""

    code = "identity.register_entry_invalid"
