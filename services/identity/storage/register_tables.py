"""The tables of the national registers' copies, and of their readings."""

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table

from services.identity.domain.registers import Sector
from services.identity.storage.tables import METADATA
from shared.contracts.identity import RegisterName, RegisterState
from shared.storage.types import UtcDateTime, words

# The whole of each register, whoever is in it: that two name one OID must not mix them. *read_at* is when
# this version was first read, *trouble* the code of why the entry is not believed. A digest that is empty
# fits no entry: the next reading writes it anew.
ENTRIES = Table(
    "register_entries",
    METADATA,
    Column("register_name", words(RegisterName, checked=False), primary_key=True),
    Column("oid", String(100), primary_key=True),
    Column("parent", String(100), nullable=True),
    Column("level", Integer, nullable=True),
    Column("business_id", String(9), nullable=False),
    Column("name", String(300), nullable=False),
    Column("sector", words(Sector), nullable=False),
    Column("state", words(RegisterState), nullable=False),
    Column("valid_from", Date, nullable=True),
    Column("valid_until", Date, nullable=True),
    Column("health_operating", Boolean(create_constraint=False), nullable=False),
    Column("social_operating", Boolean(create_constraint=False), nullable=False),
    Column("health_service", Boolean(create_constraint=False), nullable=False),
    Column("social_service", Boolean(create_constraint=False), nullable=False),
    Column("municipality", String(200), nullable=False),
    Column("street_address", String(200), nullable=False),
    Column("post_address", String(200), nullable=False),
    Column("post_number", String(200), nullable=False),
    Column("post_office", String(200), nullable=False),
    Column("telephone", String(200), nullable=False),
    Column("digest", String(32), nullable=False),
    Column("state_since", UtcDateTime, nullable=False),
    Column("read_at", UtcDateTime, nullable=False),
    Column("trouble", String(60), nullable=False),
)
Index("ix_register_entries_parent", ENTRIES.c.parent)
Index("ix_register_entries_business_id", ENTRIES.c.business_id)

# What the reading that goes on has seen so far of its register; empty between readings. *code* says why an
# entry was refused.
SEEN = Table(
    "register_seen",
    METADATA,
    Column("oid", String(140), primary_key=True),
    Column("digest", String(32), nullable=False),
    Column("code", String(60), nullable=False),
    Column("detail", String(100), nullable=False),
)

# Every reading there was, each of one register. *going* is 1 while it goes on and empty after, so that there
# is only one; who reads is *runner*, until *leased_until*. *listing* and *page* are the checkpoint: the last
# page taken, of which listing; *items* and *total* count within that listing.
RUNS = Table(
    "register_runs",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column(
        "register_name", words(RegisterName, checked=False), nullable=False, server_default="organisations"
    ),
    Column("whole", Boolean(create_constraint=False), nullable=False),
    Column("source", String(200), nullable=False),
    Column("as_of", UtcDateTime, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime, nullable=True),
    Column("outcome", String(60), nullable=False),
    Column("detail", String(200), nullable=False),
    Column("listing", Integer, nullable=False),
    Column("page", Integer, nullable=False),
    Column("items", Integer, nullable=False),
    Column("total", Integer, nullable=True),
    Column("read", Integer, nullable=False),
    Column("added", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
    Column("gone", Integer, nullable=False),
    Column("restarts", Integer, nullable=False),
    Column("going", Integer, nullable=True, unique=True),
    Column("runner", String(40), nullable=False),
    Column("leased_until", UtcDateTime, nullable=True),
)

# Entries that were not believed, why, and in which reading that was found; kept when it is over.
FINDINGS = Table(
    "register_findings",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column(
        "register_name", words(RegisterName, checked=False), nullable=False, server_default="organisations"
    ),
    Column("oid", String(140), nullable=False),
    Column("code", String(60), nullable=False),
    Column("detail", String(100), nullable=False),
    Column("run", Integer, nullable=False),
    Column("found_at", UtcDateTime, nullable=False),
    Column("gone_at", UtcDateTime, nullable=True),
)
Index("ix_register_findings_gone_at", FINDINGS.c.gone_at)
