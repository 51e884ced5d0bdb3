"""Every *no* of the roles service."""

from shared.contracts.base import Refusal


class GrantNotFound(Refusal):
    """No grant has this id."""

    code = "roles.grant_not_found"


class NotYourGrant(Refusal):
    """The grant was offered to somebody else."""

    code = "roles.not_your_grant"


class NotMainUser(Refusal):
    """Only a main user of the organisation may do this."""

    code = "roles.not_main_user"


class SelfGrant(Refusal):
    """Nobody grants a role to themselves; another main user must."""

    code = "roles.self_grant"


class HolderOfAnotherOrganisation(Refusal):
    """The person does not belong to the organisation."""

    code = "roles.holder_of_another_organisation"


class InductionMissing(Refusal):
    """The main user has not confirmed that the person was inducted."""

    code = "roles.induction_missing"


class RoleUnknown(Refusal):
    """There is no such role."""

    code = "roles.role_unknown"


class EndsInThePast(Refusal):
    """The last day of the role is over."""

    code = "roles.ends_in_the_past"


class EndsTooFarAway(Refusal):
    """The last day of the role is later than *latest*."""

    code = "roles.ends_too_far_away"


class GrantExists(Refusal):
    """The person holds this role, or has been offered it. *grant* says which one it is."""

    code = "roles.grant_exists"


class OfferLapsed(Refusal):
    """The offer ran out before it was answered."""

    code = "roles.offer_lapsed"


class GrantClosed(Refusal):
    """The grant has been decided in another way. *status* says which."""

    code = "roles.grant_closed"


class TextChanged(Refusal):
    """The role's text is not the one that the person was shown."""

    code = "roles.text_changed"


class LastMainUser(Refusal):
    """The organisation would be left without a main user."""

    code = "roles.last_main_user"


class ReasonMissing(Refusal):
    """This needs a reason."""

    code = "roles.reason_missing"


class ActionUnknown(Refusal):
    """There is no such action. *known* lists those there are."""

    code = "roles.action_unknown"


class BehindTheFacts(Refusal):
    """The answer would not know of the revision asked for; ask again in a moment."""

    code = "roles.behind_the_facts"


class LegacyGrantNotFound(Refusal):
    """The organisation had no such grant in Katso."""

    code = "roles.legacy_grant_not_found"


class LegacyGrantSettled(Refusal):
    """What was had in Katso has been accepted anew already."""

    code = "roles.legacy_grant_settled"


class WaveUnknown(Refusal):
    """No wave of this number was planned, or all of it was invited."""

    code = "roles.wave_unknown"
