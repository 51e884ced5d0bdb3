"""Through which workspace Slack tells us something, and that we are in one no more."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]


def home(body: Json) -> str:
    """
    Read through which workspace we were told: whose token we answer with.

    A stranger's act in a shared channel is told through the workspace that we are in, not through theirs;
    what an organisation's app is told may name only the person's workspace.
    """
    view, team = body.get("view") or {}, body.get("team") or {}
    told: Json = next(iter(body.get("authorizations") or ()), {})
    user = body.get("user") if isinstance(body.get("user"), dict) else {}
    found = (
        view.get("app_installed_team_id"),
        team.get("id") if isinstance(team, dict) else team,
        told.get("team_id"),
        body.get("context_team_id"),
        body.get("team_id"),
        (user or {}).get("team_id"),
    )
    return next((str(each) for each in found if str(each or "").startswith("T")), "")


def nowhere(body: Json) -> bool:
    """Tell whether *body* names neither a workspace nor an organisation: nobody can be answered."""
    told: Json = next(iter(body.get("authorizations") or ()), {})
    organisation = body.get("enterprise") or body.get("enterprise_id") or told.get("enterprise_id")
    return not (home(body) or organisation)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """We were thrown out of *place*, or our token there was taken, *at* that moment."""

    place: str
    at: datetime


def gone(body: Json) -> Gone | None:
    """Read an event that says that we are not in a workspace any more."""
    event = body.get("event") or {}
    told: Json = next(iter(body.get("authorizations") or ()), {})
    match event.get("type"):
        case "app_uninstalled":
            pass
        case "tokens_revoked" if (event.get("tokens") or {}).get("bot"):
            pass
        case _:
            return None
    org_wide = bool(told.get("is_enterprise_install"))
    place = (told.get("enterprise_id") or body.get("enterprise_id")) if org_wide else home(body)
    if not place:
        return None
    # Slack tells whole seconds: it was before the end of that one.
    return Gone(place=str(place), at=datetime.fromtimestamp(int(body.get("event_time") or 0) + 1, UTC))
