"""The tables of the roles service."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from shared.contracts.assurance import Level
from shared.contracts.identity import OrganisationKind, RegisterName, RegisterState
from shared.contracts.legacy import KatsoStatus
from shared.contracts.roles import GrantStatus, Ground, Role
from shared.storage.tables import metadata
from shared.storage.types import UtcDateTime, words

METADATA = metadata()

GRANTS = Table(
    "grants",
    METADATA,
    Column("id", Uuid, primary_key=True),
    # The number of the fact that announced the offer: unique, and in the order in which offers were made.
    Column("number", BigInteger, nullable=False, unique=True),
    Column("organisation", Uuid, nullable=False),
    Column("holder", Uuid, nullable=False),
    Column("role", words(Role), nullable=False),
    Column("granted_by", Uuid, nullable=False),
    Column("inducted_by", Uuid, nullable=False),
    Column("offered_at", UtcDateTime, nullable=False),
    Column("offer_ends_at", UtcDateTime, nullable=False),
    Column("valid_until", Date, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("status", words(GrantStatus), nullable=False),
    Column("version", Integer, nullable=False),
    Column("closed_at", UtcDateTime),
    Column("closed_by", Uuid),
    Column("reason", String(1000)),
    Column("accepted_at", UtcDateTime),
    Column("text_version", Integer),
    Column("text_hash", String(64)),
    Column("language", String(2)),
    Column("identified_at", UtcDateTime),
    Column("method", String(200)),
    Column("level", words(Level)),
    Column("renews", Uuid),
    Column("ground", words(Ground, checked=False), nullable=False, server_default=Ground.GRANTED.value),
    Column("proved_at", UtcDateTime),
    Column("named_at", UtcDateTime),
    # Set while the grant is open: one open grant for each organisation, holder and role, and one offer that
    # renews it. Emptied when a grant is closed, or when another takes its place.
    Column("open_key", String(120), unique=True),
    Index("ix_grants_holder", "holder"),
    Index("ix_grants_organisation", "organisation", "number"),
    Index("ix_grants_due", "status", "ends_at"),
)

DECISIONS = Table(
    "decisions",
    METADATA,
    Column("grant_id", Uuid, ForeignKey("grants.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("status", words(GrantStatus), nullable=False),
    Column("decided_at", UtcDateTime, nullable=False),
    Column("person", Uuid, nullable=False),
    Column("program", String(20), nullable=False),
    Column("token_id", String(36), nullable=False),
    Column("identified_at", UtcDateTime),
    Column("method", String(200), nullable=False),
    Column("level", words(Level)),
    Column("evidence", Text, nullable=False),
)

ORGANISATIONS = Table(
    "organisations",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("business_id", String(9), nullable=False),
    Column("oid", String(80)),
    Column("name", String(300), nullable=False),
    Column("kind", words(OrganisationKind), nullable=False),
    Column("state", words(RegisterState), nullable=False),
    Column("valid_from", Date),
    Column("valid_until", Date),
    Column("fetched_at", UtcDateTime),
    Column("state_since", UtcDateTime),
    Column("trouble", String(60), nullable=False, server_default=""),
    Column("parent_state", words(RegisterState, checked=False)),
    Column("parent_valid_from", Date),
    Column("parent_valid_until", Date),
    Column(
        "register_name", words(RegisterName, checked=False), nullable=False, server_default="organisations"
    ),
)

# Up to when identity's copy of each register has been read, the organisations in it and all others.
REGISTER_READS = Table(
    "register_reads",
    METADATA,
    Column("name", String(40), primary_key=True),
    Column("as_of", UtcDateTime, nullable=False),
)

MEMBERS = Table(
    "members",
    METADATA,
    Column("organisation", Uuid, primary_key=True),
    Column("person", Uuid, primary_key=True),
    # Named by an operator's first file, and not yet given a grant: older versions gave none.
    Column("main_user", Boolean(create_constraint=False), nullable=False),
    UniqueConstraint("person", "organisation"),
)

STANDINGS = Table(
    "standings",
    METADATA,
    Column("person", Uuid, primary_key=True),
    Column("identified_at", UtcDateTime),
    Column("linked_at", UtcDateTime),
    Column("void_before", BigInteger),
)

LEGACY_GRANTS = Table(
    "legacy_grants",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("organisation", Uuid, nullable=False),
    # What makes a line of the Katso listing the same line on another day: holder, role, receiver, first day.
    Column("line_key", String(64), nullable=False),
    Column("holder_key", String(64), nullable=False),
    Column("katso_id", String(80)),
    Column("holder", String(200), nullable=False),
    Column("katso_role", String(200), nullable=False),
    Column("status", words(KatsoStatus), nullable=False),
    Column("valid_from", Date),
    Column("valid_until", Date),
    Column("receiver", String(9)),
    Column("person", Uuid),
    Column("imported_at", UtcDateTime, nullable=False),
    Column("wave", Integer),
    UniqueConstraint("organisation", "line_key"),
    Index("ix_legacy_grants_person", "person"),
)

# What main users said of legacy grants; a row is never changed.
LEGACY_SAYINGS = Table(
    "legacy_sayings",
    METADATA,
    Column("legacy_id", Uuid, ForeignKey("legacy_grants.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("needed", Boolean(create_constraint=False), nullable=False),
    Column("reason", String(1000)),
    Column("person", Uuid, nullable=False),
    Column("said_at", UtcDateTime, nullable=False),
    Column("program", String(20), nullable=False),
    Column("token_id", String(36), nullable=False),
    Column("identified_at", UtcDateTime),
    Column("method", String(200), nullable=False),
)

# Which offers were made by inviting the holder of which legacy grant.
LEGACY_OFFERS = Table(
    "legacy_offers",
    METADATA,
    Column("legacy_id", Uuid, ForeignKey("legacy_grants.id"), primary_key=True),
    Column("grant_id", Uuid, ForeignKey("grants.id"), primary_key=True),
)

WAVES = Table(
    "waves",
    METADATA,
    Column("organisation", Uuid, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("day", Date, nullable=False),
    Column("opened_at", UtcDateTime),
)

# What Suomi.fi vouched for, as identity told it. The rights are JSON lists; the organisation may be unknown.
MANDATES = Table(
    "mandates",
    METADATA,
    Column("person", Uuid, primary_key=True),
    Column("business_id", String(9), primary_key=True),
    Column("by_register", Text, nullable=False),
    Column("by_mandate", Text, nullable=False),
    Column("how", String(40), nullable=False),
    Column("proved_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Index("ix_mandates_business_id", "business_id"),
)

# What an operator decided on main users, and why they overrode a rule.
MAIN_USER_DECISIONS = Table(
    "main_user_decisions",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("organisation", Uuid, nullable=False, index=True),
    Column("person", Uuid, nullable=False),
    Column("what", String(20), nullable=False),
    Column("forced", Boolean(create_constraint=False), nullable=False),
    Column("reason", String(1000), nullable=False),
    Column("evidence", String(300), nullable=False),
    Column("program", String(20), nullable=False),
    Column("token_id", String(36), nullable=False),
    Column("decided_at", UtcDateTime, nullable=False),
)

# Written by whoever removes a main user: of two who do so at once the second sees what the first left.
REMOVALS = Table(
    "main_user_removals",
    METADATA,
    Column("organisation", Uuid, primary_key=True),
    Column("latest", Uuid, nullable=False),
)
