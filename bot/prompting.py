"""Which questions to suggest to somebody, by where they stand."""

from dataclasses import dataclass

MOST = 4


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a person who opens the conversation."""

    linked: bool = True
    offer_waits: bool = False
    holds_role: bool = False
    main_user: bool = False


def fitting(standing: Standing) -> tuple[str, ...]:
    """Names of questions, the most pressing first; Slack shows four."""
    names: list[str] = []
    if standing.offer_waits:
        names.append("accept")
    if not standing.linked:
        names.append("identify")
    if standing.main_user:
        names += ["grant", "leaver", "contacts"]
    if not standing.holds_role and not standing.main_user:
        names += ["entry", "whom"]
    if standing.holds_role:
        names.append("entry")
    names.append("main_user")
    return tuple(dict.fromkeys(names))[:MOST]
