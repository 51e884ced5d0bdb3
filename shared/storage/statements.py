"""The house's own statements, made once: making a statement costs more than running it."""

from sqlalchemy import bindparam, func, insert, select, update

from shared.storage.tables import metadata

# The tables are the same in every service; a statement only needs their names.
_TABLES = metadata().tables
_EVENTS, _COUNTERS, _ANSWERS, _SOURCES = (
    _TABLES[name] for name in ("events", "counters", "answers", "sources")
)
_source = _SOURCES.c.name == bindparam("source")

ADD_EVENT = insert(_EVENTS)
LATEST_EVENT = select(_COUNTERS.c.value).where(_COUNTERS.c.name == "events")
TAKE_COUNTER = LATEST_EVENT.with_for_update()
SET_COUNTER = update(_COUNTERS).where(_COUNTERS.c.name == "events").values(value=bindparam("latest"))
UNSENT = select(func.count()).select_from(_EVENTS).where(~_EVENTS.c.sent)

FIND_ANSWERS = select(_ANSWERS.c.request_id, _ANSWERS.c.fingerprint, _ANSWERS.c.reply).where(
    _ANSWERS.c.request_id.in_(bindparam("requests", expanding=True))
)
ADD_ANSWER = insert(_ANSWERS)

FIND_SOURCE = select(_SOURCES.c.revision).where(_source)
ALL_SOURCES = select(_SOURCES.c.name, _SOURCES.c.revision)
TAKE_SOURCE = FIND_SOURCE.with_for_update()
MOVE_SOURCE = update(_SOURCES).where(_source).values(revision=bindparam("to"))
