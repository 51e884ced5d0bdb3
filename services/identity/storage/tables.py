"""The tables of identity."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    false,
)

from shared.contracts.assurance import Level
from shared.contracts.identity import OrganisationKind, RegisterKeeper, RegisterName, RegisterState
from shared.storage.tables import metadata
from shared.storage.types import UtcDateTime, words

METADATA = metadata()

# *name_key* is the name as it is searched: databases differ in what they think a capital letter is.
ORGANISATIONS = Table(
    "organisations",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("business_id", String(9), nullable=False, unique=True),
    # A practitioner's OID may be told of another business ID one day: it need not be only one organisation's.
    Column("oid", String(100), nullable=True, index=True),
    Column("name", String(300), nullable=False),
    Column("name_key", String(600), nullable=False, index=True),
    Column("kind", words(OrganisationKind), nullable=False),
    Column("kind_by_operator", Boolean(create_constraint=False), nullable=False),
    Column("state", words(RegisterState), nullable=False),
    Column("valid_from", Date, nullable=True),
    Column("valid_until", Date, nullable=True),
    Column("fetched_at", UtcDateTime, nullable=True),
    Column("state_since", UtcDateTime, nullable=True),
    Column("trouble", String(60), nullable=False, server_default=""),
    Column("keeper", words(RegisterKeeper, checked=False), nullable=True),
    Column("parent", String(100), nullable=True),
    Column("parent_state", words(RegisterState, checked=False), nullable=True),
    Column("parent_valid_from", Date, nullable=True),
    Column("parent_valid_until", Date, nullable=True),
    Column(
        "register_name", words(RegisterName, checked=False), nullable=False, server_default="organisations"
    ),
)

# *code_digest* is keyed with a secret that is not in the database; *code_sealed* needs another. What was
# signed before fact *void_before* counts no more.
PEOPLE = Table(
    "people",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("name", String(200), nullable=False),
    Column("name_key", String(400), nullable=False, index=True),
    Column("language", String(2), nullable=False),
    Column("code_digest", String(64), nullable=False, unique=True),
    Column("code_sealed", String(200), nullable=True),
    Column("chat_team", String(40), nullable=True),
    Column("chat_user", String(40), nullable=True),
    Column("identified_at", UtcDateTime, nullable=True),
    Column("method", String(200), nullable=False),
    Column("level", words(Level), nullable=True),
    Column("void_before", BigInteger, nullable=True),
    UniqueConstraint("chat_team", "chat_user"),
)

MEMBERS = Table(
    "members",
    METADATA,
    Column("organisation", Uuid, ForeignKey("organisations.id"), nullable=False),
    Column("person", Uuid, ForeignKey("people.id"), nullable=False, index=True),
    Column("main_user", Boolean(create_constraint=False), nullable=False),
    # Whether roles has decided who they are here: then an operator's file has no say any more.
    Column("by_role", Boolean(create_constraint=False), nullable=False, server_default=false()),
    Column("until", UtcDateTime, nullable=True),
    PrimaryKeyConstraint("organisation", "person"),
)

# *waits* says why the account may not act before its person has identified anew.
CHAT_LINKS = Table(
    "chat_links",
    METADATA,
    Column("chat_team", String(40), nullable=False),
    Column("chat_user", String(40), nullable=False),
    Column("person", Uuid, ForeignKey("people.id"), nullable=False, index=True),
    Column("linked_at", UtcDateTime, nullable=False),
    Column("waits", String(20), nullable=True),
    PrimaryKeyConstraint("chat_team", "chat_user"),
)

# For which organisations a chat workspace may be used. *person* is the main user who said so, or nobody if
# an operator did.
WORKSPACES = Table(
    "workspaces",
    METADATA,
    Column("team", String(40), nullable=False),
    Column("organisation", Uuid, ForeignKey("organisations.id"), nullable=False, index=True),
    Column("person", Uuid, ForeignKey("people.id"), nullable=True),
    Column("bound_at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("team", "organisation"),
)

CHAT_LANGUAGES = Table(
    "chat_languages",
    METADATA,
    Column("chat_team", String(40), nullable=False),
    Column("chat_user", String(40), nullable=False),
    Column("language", String(2), nullable=False),
    PrimaryKeyConstraint("chat_team", "chat_user"),
)

# *browser*, *person*, *identified_at*, *method* and *level* are of a login that waits for its "yes, that is
# mine".
ATTEMPTS = Table(
    "attempts",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("nonce_digest", String(64), nullable=False, unique=True),
    Column("chat_team", String(40), nullable=False),
    Column("chat_user", String(40), nullable=False),
    Column("chat_name", String(200), nullable=False),
    Column("language", String(2), nullable=False),
    Column("intent", Text, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("browser", String(64), nullable=True),
    Column("person", Uuid, ForeignKey("people.id"), nullable=True),
    Column("identified_at", UtcDateTime, nullable=True),
    Column("method", String(200), nullable=False),
    Column("level", words(Level), nullable=True),
    Column("used_at", UtcDateTime, nullable=True),
    Column("katso_id", String(80), nullable=True),
    Column("katso_browser", String(64), nullable=True),
)
Index("ix_attempts_expires_at", ATTEMPTS.c.expires_at)

# What Suomi.fi vouched for. *codes* is a JSON list; the organisation need not be one of ours.
MANDATES = Table(
    "mandates",
    METADATA,
    Column("person", Uuid, ForeignKey("people.id"), nullable=False),
    Column("business_id", String(9), nullable=False),
    Column("name", String(300), nullable=False),
    Column("complete", Boolean(create_constraint=False), nullable=False),
    Column("codes", Text, nullable=False),
    Column("how", String(40), nullable=False),
    Column("proved_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("person", "business_id"),
)

# Who may still ask Suomi.fi after a login, or is there now. *sealed* is a personal code that only the browser
# of that login can open; *session* is of no use without our key, and is kept so that it can be closed.
ERRANDS = Table(
    "mandate_errands",
    METADATA,
    Column("attempt", Uuid, primary_key=True),
    Column("person", Uuid, ForeignKey("people.id"), nullable=False),
    Column("sealed", Text, nullable=True),
    Column("session", Text, nullable=True),
    Column("answered_at", UtcDateTime, nullable=True),
    Column("expires_at", UtcDateTime, nullable=False),
)
Index("ix_mandate_errands_expires_at", ERRANDS.c.expires_at)

# Assertions that were taken in, until they are too old to be taken in again. *sealed* is what one said, for
# the browser that has the *ticket*; it is gone when that browser has come.
SAML_ANSWERS = Table(
    "saml_answers",
    METADATA,
    Column("assertion", String(64), primary_key=True),
    Column("attempt", Uuid, nullable=False),
    Column("ticket", String(64), nullable=False, unique=True),
    Column("sealed", Text, nullable=True),
    Column("expires_at", UtcDateTime, nullable=False),
)
Index("ix_saml_answers_expires_at", SAML_ANSWERS.c.expires_at)

# Logins at Suomi.fi, by the name that each has there alone, so that they can be ended from either side.
SAML_SESSIONS = Table(
    "saml_sessions",
    METADATA,
    Column("attempt", Uuid, primary_key=True),
    Column("person", Uuid, ForeignKey("people.id"), nullable=True),
    Column("browser", String(64), nullable=False, server_default=""),
    Column("name_digest", String(64), nullable=False, index=True),
    Column("name_id", Text, nullable=False),
    Column("qualifier", Text, nullable=False),
    Column("sp_qualifier", Text, nullable=False),
    Column("session_index", String(200), nullable=False),
    Column("identified_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("ended_by", String(20), nullable=False),
    Column("ended_at", UtcDateTime, nullable=True),
)
Index("ix_saml_sessions_expires_at", SAML_SESSIONS.c.expires_at)
