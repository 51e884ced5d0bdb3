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


class WorkspaceNotBound(Refusal):
    """The chat workspace is not used for this organisation; a main user of it can let it be."""

    code = "identity.workspace_not_bound"


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


class MandatesNotAnswered(Refusal):
    """Suomi.fi did not say for whom the person may act, or not readably. *why* is a stable word."""

    code = "identity.mandates_not_answered"


class MandatesMisconfigured(Refusal):
    """Suomi.fi does not take us for its client. *why*: client, clock, address or request."""

    code = "identity.mandates_misconfigured"


class MandatesRefused(Refusal):
    """Suomi.fi does not let this person act for others."""

    code = "identity.mandates_refused"


class MandatesSessionOver(Refusal):
    """What was begun at Suomi.fi is over. *why*: expired, code_spent, conflict or other_browser."""

    code = "identity.mandates_session_over"


class MandatesNothingChosen(Refusal):
    """The person chose nobody to act for."""

    code = "identity.mandates_nothing_chosen"


class MandatesCancelled(Refusal):
    """The person turned back at Suomi.fi."""

    code = "identity.mandates_cancelled"
