"""What Slack's refusals say, however they come: as JSON, as somebody else's page, or as nothing."""

from slack_sdk.errors import SlackApiError


def word(error: SlackApiError) -> str:
    """Slack's word for what is wrong; what stands before Slack may answer with a page instead."""
    data = getattr(error.response, "data", None)
    found = data.get("error") if isinstance(data, dict) else None
    return str(found) if found else "no_json"


def status(error: SlackApiError) -> int:
    # Of what is no JSON the SDK hands over the bare response of its HTTP client.
    response = error.response
    return int(getattr(response, "status_code", None) or getattr(response, "status", None) or 200)


def asked_to_wait(error: SlackApiError) -> float | None:
    """How many seconds Slack asks to wait before the next try; nothing if it does not ask."""
    if status(error) != 429 and (status(error) >= 500 or word(error) != "ratelimited"):
        return None
    headers = {name.casefold(): value for name, value in error.response.headers.items()}
    return seconds(headers.get("retry-after")) or 1.0


def seconds(text: str | None) -> float | None:
    return float(text) if text and text.isdecimal() else None
