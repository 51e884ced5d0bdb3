"""One broken rule, in the words and the shape that Slack's own blocks.validate uses."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class BlockError:
    """Where a payload breaks which rule: *pointer* is a JSON pointer into the value that was checked."""

    pointer: str
    code: str
    message: str
    constraint: Mapping[str, object] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """Write the error as blocks.validate answers it."""
        return {
            "pointer": self.pointer,
            "code": self.code,
            "message": self.message,
            "constraint": dict(self.constraint),
        }


def failed(pointer: str, message: str, kind: str, **constraint: object) -> BlockError:
    return BlockError(pointer, "failed_constraint", message, {"type": kind, **constraint})
