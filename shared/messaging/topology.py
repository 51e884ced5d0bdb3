"""Who may ask what of whom, and who hears which facts. The one table: accounts and tests are made from it."""

from shared.contracts import contacts, health, identity, legacy, roles
from shared.contracts.base import Event, Request
from shared.messaging.accounts import Account

AnyRequest = type[Request[object]]  # type: ignore[type-var]  # any reply will do here

CALLS: dict[Account, tuple[type[Request], ...]] = {  # type: ignore[type-arg]  # as above
    Account.IDENTITY: (),
    Account.ROLES: (identity.GetSigningKeys,),
    Account.CONTACTS: (identity.GetSigningKeys, roles.CheckAccess),
    Account.BOT: (
        identity.GetChatIdentity,
        identity.MintReadToken,
        identity.MintCommandToken,
        identity.BeginIdentification,
        identity.SetLanguage,
        identity.DescribePeople,
        identity.DescribeOrganisations,
        identity.GetAffiliations,
        identity.SearchPeople,
        identity.DescribeWorkspace,
        identity.ClaimWorkspace,
        identity.UnlinkChatAccount,
        identity.UnlinkColleague,
        identity.SuspendChatAccount,
        identity.ListLinkedAccounts,
        health.GetIdentityHealth,
        roles.GetCatalogue,
        roles.DescribeCoverage,
        roles.DescribeGrant,
        roles.ListDueGrants,
        roles.ListStandingGrants,
        roles.GetMyGrants,
        roles.GetOrganisationGrants,
        roles.GetCoverage,
        roles.ExplainAccess,
        roles.OfferGrant,
        roles.AcceptGrant,
        roles.DeclineGrant,
        roles.WithdrawGrant,
        roles.RevokeGrant,
        roles.RelinquishGrant,
        legacy.GetMigration,
        legacy.GetMyLegacyGrants,
        legacy.InviteHolders,
        legacy.DismissLegacyGrant,
        legacy.ReopenLegacyGrant,
        health.GetRolesHealth,
        contacts.ListContacts,
        contacts.AddContact,
        contacts.ChangeContact,
        contacts.RemoveContact,
        contacts.ConfirmContact,
        health.GetContactsHealth,
    ),
    Account.OPERATOR: (
        health.GetIdentityHealth,
        health.GetRolesHealth,
        health.GetContactsHealth,
        health.GetBotHealth,
        identity.FindPeople,
        identity.FindOrganisations,
        identity.DescribePeople,
        identity.DescribeOrganisations,
        identity.ImportRegisterPage,
        identity.BeginRegisterImport,
        identity.FinishRegisterImport,
        identity.RefreshRegister,
        identity.GetRegisterStatus,
        identity.ShowRegisterEntry,
        identity.AdoptOrganisation,
        identity.ListWorkspaces,
        identity.BindWorkspace,
        identity.UnbindWorkspace,
        identity.ListMandates,
        identity.ListLinks,
        identity.EndLink,
        identity.EndSessions,
        identity.ListRefusedLogins,
        identity.GetAssurance,
        roles.GetCatalogue,
        roles.CheckAccess,
        roles.DescribePolicy,
        roles.DescribeCoverage,
        roles.ListGrants,
        legacy.ImportLegacyGrants,
        legacy.MatchLegacyHolder,
        legacy.PlanWaves,
        legacy.OpenWave,
        legacy.DescribeMigration,
        legacy.ListLegacyGrants,
        roles.ListMainUsers,
        roles.NameMainUser,
        roles.RemoveMainUser,
    ),
}

HEARS: dict[Account, tuple[type[Event], ...]] = {
    # A copy of what identity knows, kept whole and in order: every fact that identity announces.
    Account.ROLES: (
        identity.OrganisationChanged,
        identity.MemberAdded,
        identity.PersonIdentified,
        identity.ChatAccountUnlinked,
        identity.LanguageSet,
        identity.MandateChanged,
        identity.RegisterRead,
        identity.WorkspaceBound,
    ),
    # Whole and in order, too: of all that roles decides, identity takes over who is a main user.
    Account.IDENTITY: (
        roles.GrantOffered,
        roles.GrantNamed,
        roles.GrantAccepted,
        roles.GrantProved,
        roles.GrantDeclined,
        roles.GrantWithdrawn,
        roles.GrantRevoked,
        roles.GrantRelinquished,
        roles.PlaceChanged,
        legacy.WaveOpened,
    ),
    Account.BOT: (
        identity.PersonIdentified,
        identity.ChatAccountUnlinked,
        identity.LanguageSet,
        identity.MemberAdded,
        identity.WorkspaceBound,
        roles.GrantOffered,
        roles.GrantNamed,
        roles.GrantAccepted,
        roles.GrantProved,
        roles.GrantDeclined,
        roles.GrantWithdrawn,
        roles.GrantRevoked,
        roles.GrantRelinquished,
        legacy.WaveOpened,
        contacts.ContactAdded,
        contacts.ContactChanged,
        contacts.ContactRemoved,
    ),
}


def answerer(request: type[Request]) -> Account:  # type: ignore[type-arg]  # any reply will do here
    """The account whose program answers *request*."""
    return Account(request.service().upper())


def callers(request: type[Request]) -> tuple[Account, ...]:  # type: ignore[type-arg]  # as above
    """The accounts that may send *request*."""
    return tuple(account for account, calls in CALLS.items() if request in calls)


def announcers() -> tuple[Account, ...]:
    """The accounts that announce facts."""
    services = {subject.split(".")[1] for subject in Event.known}
    return tuple(account for account in Account if account.lower() in services)


def arriving(request: type[Request], caller: Account) -> str:  # type: ignore[type-arg]  # as above
    """
    The subject under which *request* arrives when *caller* sent it.

    Only that account's imports lead to this subject, so its last word is the server's own testimony
    about who is calling.
    """
    return f"{request.subject}.{caller}"
