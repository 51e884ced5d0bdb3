"""What identity answers on the bus, one method for each request."""

from dataclasses import dataclass, field
from datetime import timedelta

from services.identity import keys, login, registrar
from services.identity.assurance import assurance_table
from services.identity.assurance import shown as shown_assurance
from services.identity.domain import codes
from services.identity.domain.mandates import shown
from services.identity.domain.rights import RightsTable
from services.identity.linking import LinkHandlers
from services.identity.mandates.table import rights_table
from services.identity.register_desk import RegisterDesk
from services.identity.storage import chats, mandates, organisations, people, refused_logins, workspaces
from shared.contracts.assurance import Level
from shared.contracts.base import Done, NotAllowed
from shared.contracts.health import GetIdentityHealth, Health
from shared.contracts.identity import (
    ActorToken,
    Affiliations,
    Assurance,
    BeginIdentification,
    BindWorkspace,
    BusinessIdInvalid,
    ChatAccount,
    ChatAccountNotLinked,
    ChatIdentity,
    ClaimWorkspace,
    DescribeOrganisations,
    DescribePeople,
    DescribeWorkspace,
    FindOrganisations,
    FindPeople,
    GetAffiliations,
    GetAssurance,
    GetChatIdentity,
    GetSigningKeys,
    IdentificationLink,
    LanguageSet,
    ListMandates,
    ListRefusedLogins,
    ListWorkspaces,
    Mandates,
    MintCommandToken,
    MintReadToken,
    Organisations,
    OrganisationUnknown,
    People,
    RefusedLogins,
    SearchPeople,
    SetLanguage,
    SigningKeys,
    UnbindWorkspace,
    Workspaces,
    WorkspaceView,
)
from shared.contracts.roles import PlaceChanged
from shared.messaging.accounts import Account
from shared.messaging.actors import LIFETIME, Actor
from shared.messaging.handling import answers, decides, hears, reads
from shared.runtime.health import health_of
from shared.storage.transaction import Transaction

LEAST = Level.SUBSTANTIAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Handlers(LinkHandlers, RegisterDesk):
    """
    Answers with the signature of *signing* where it vouches for people.

    *public_url* is where browsers reach the login pages; a link may be opened for *link_lifetime*. *rights*
    says what Suomi.fi's codes give.
    """

    signing: keys.Signing
    public_url: str
    link_lifetime: timedelta
    rights: RightsTable = field(default_factory=rights_table)
    assurance: Assurance = field(default_factory=lambda: shown_assurance(assurance_table(), None, LEAST))

    # --- proof of who acts ---------------------------------------------------------------------------

    @answers(GetSigningKeys)
    def signing_keys(self, request: GetSigningKeys, actor: Actor) -> SigningKeys:
        return SigningKeys(keys=(keys.public_key(self.signing.key),))

    @answers(GetAssurance)
    def describe_assurance(self, request: GetAssurance, actor: Actor) -> Assurance:
        return self.assurance

    @reads(GetChatIdentity)
    def chat_identity(self, rows: Transaction, request: GetChatIdentity, actor: Actor) -> ChatIdentity:
        return chats.identity(rows, request.chat)

    @reads(MintReadToken)
    def vouch_for_reading(self, rows: Transaction, request: MintReadToken, actor: Actor) -> ActorToken:
        return self._vouch(rows, request.chat, actor.caller, None)

    @reads(MintCommandToken)
    def vouch_for_command(self, rows: Transaction, request: MintCommandToken, actor: Actor) -> ActorToken:
        return self._vouch(rows, request.chat, actor.caller, (request.command, request.body_hash))

    def _vouch(
        self, rows: Transaction, chat: ChatAccount, presenter: Account, command: tuple[str, str] | None
    ) -> ActorToken:
        found = chats.linked(rows, chat)
        if found is None:
            raise ChatAccountNotLinked
        person, identified = found
        now = self.now()
        # Read after the person: whoever knows this much knows all that we vouch for.
        known = rows.revision()
        if chats.linked(rows, chat) is None:
            # Unlinked this very moment: the token would look as if it were signed after that.
            raise ChatAccountNotLinked
        token = self.signing.mint.token(
            person=person,
            presenter=presenter,
            identified_at=identified.at if identified else None,
            method=identified.method if identified else "",
            level=identified.level if identified else None,
            known=known,
            command=command,
            now=now,
        )
        return ActorToken(token=token, person=person, expires_at=now.replace(microsecond=0) + LIFETIME)

    # --- chat accounts -------------------------------------------------------------------------------

    @decides(BeginIdentification)
    def begin_identification(
        self, tx: Transaction, command: BeginIdentification, actor: Actor
    ) -> IdentificationLink:
        secret, expires_at = login.begin(tx, command, lifetime=self.link_lifetime, now=self.now())
        return IdentificationLink(url=f"{self.public_url}/identify/{secret}", expires_at=expires_at)

    @decides(SetLanguage)
    def set_language(self, tx: Transaction, command: SetLanguage, actor: Actor) -> Done:
        chats.speak(tx, command.chat, command.language)
        found = chats.linked(tx, command.chat)
        if found is not None and people.speak(tx, found[0], command.language):
            tx.publish(LanguageSet(person=found[0], language=command.language))
        return Done()

    # --- people and organisations --------------------------------------------------------------------

    @reads(DescribePeople)
    def describe_people(self, rows: Transaction, request: DescribePeople, actor: Actor) -> People:
        return People(people=people.describe(rows, request.ids))

    @reads(FindPeople)
    def find_people(self, rows: Transaction, request: FindPeople, actor: Actor) -> People:
        return People(people=people.find(rows, _searchable(request.text)))

    @reads(DescribeOrganisations)
    def describe_organisations(
        self, rows: Transaction, request: DescribeOrganisations, actor: Actor
    ) -> Organisations:
        return Organisations(organisations=organisations.describe(rows, request.ids))

    @reads(FindOrganisations)
    def find_organisations(
        self, rows: Transaction, request: FindOrganisations, actor: Actor
    ) -> Organisations:
        text = _searchable(request.text)
        try:
            business_id = codes.business_id(text)
        except BusinessIdInvalid:
            business_id = None
        return Organisations(organisations=organisations.find(rows, text, business_id))

    @reads(GetAffiliations)
    def affiliations(self, rows: Transaction, request: GetAffiliations, actor: Actor) -> Affiliations:
        person, now = actor.somebody(), self.now()
        mine = organisations.affiliations(rows, person, now)
        proofs = mandates.of_person(rows, person)
        proved = tuple(shown(proof, where, self.rights, now) for proof, where in proofs if proof.holds(now))
        here = {each.organisation.id for each in mine}
        others = [one.organisation for one in proved if one.organisation and one.organisation not in here]
        return Affiliations(affiliations=mine, mandates=proved, others=organisations.describe(rows, others))

    @reads(ListMandates)
    def list_mandates(self, rows: Transaction, request: ListMandates, actor: Actor) -> Mandates:
        now = self.now()
        proofs = mandates.of_person(rows, request.person)
        return Mandates(mandates=tuple(shown(proof, where, self.rights, now) for proof, where in proofs))

    @reads(ListRefusedLogins)
    def list_refused_logins(
        self, rows: Transaction, request: ListRefusedLogins, actor: Actor
    ) -> RefusedLogins:
        return RefusedLogins(logins=refused_logins.listed(rows, request.since))

    @reads(SearchPeople)
    def search_people(self, rows: Transaction, request: SearchPeople, actor: Actor) -> People:
        if not organisations.membership(rows, request.organisation, actor.somebody(), self.now()):
            raise NotAllowed
        return People(people=people.search(rows, request.organisation, _searchable(request.text)))

    # --- chat workspaces -----------------------------------------------------------------------------

    @reads(DescribeWorkspace)
    def describe_workspace(
        self, rows: Transaction, request: DescribeWorkspace, actor: Actor
    ) -> WorkspaceView:
        return workspaces.describe(rows, request.team)

    @reads(ListWorkspaces)
    def list_workspaces(self, rows: Transaction, request: ListWorkspaces, actor: Actor) -> Workspaces:
        return Workspaces(workspaces=workspaces.listed(rows))

    @decides(BindWorkspace)
    def bind_workspace(self, tx: Transaction, command: BindWorkspace, actor: Actor) -> WorkspaceView:
        if not organisations.describe(tx, (command.organisation,)):
            raise OrganisationUnknown
        registrar.let_workspace(tx, command.team, command.organisation, None, self.now())
        return workspaces.describe(tx, command.team)

    @decides(UnbindWorkspace)
    def unbind_workspace(self, tx: Transaction, command: UnbindWorkspace, actor: Actor) -> WorkspaceView:
        workspaces.unbind(tx, command.team, command.organisation)
        return workspaces.describe(tx, command.team)

    @decides(ClaimWorkspace)
    def claim_workspace(self, tx: Transaction, command: ClaimWorkspace, actor: Actor) -> WorkspaceView:
        person = actor.somebody()
        main_user = organisations.membership(tx, command.organisation, person, self.now())
        if not main_user or not workspaces.is_at_home(tx, command.team, person):
            raise NotAllowed
        registrar.let_workspace(tx, command.team, command.organisation, person, self.now())
        return workspaces.describe(tx, command.team)

    # --- what roles announces ------------------------------------------------------------------------

    @hears(PlaceChanged)
    def note_place(self, tx: Transaction, event: PlaceChanged) -> None:
        registrar.take_in_place(tx, event)

    @reads(GetIdentityHealth)
    def health(self, rows: Transaction, request: GetIdentityHealth, actor: Actor) -> Health:
        return health_of("identity", rows)


def _searchable(text: str) -> str:
    # PostgreSQL takes no zero byte in a text.
    return text.strip().replace("\0", "")
