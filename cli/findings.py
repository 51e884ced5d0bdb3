"""What the doctor finds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, whether it is well, by which stable code, and what to do if it is not."""

    subject: str
    well: bool
    code: str
    advice: str = ""
