"""Messages that wait for their time."""

from dataclasses import dataclass

from simulator.wire import Json


@dataclass(frozen=True)
class Scheduled:
    """One message that will be said at *post_at*, in seconds since 1970."""

    id: str
    channel: str
    post_at: int
    created: int
    text: str
    blocks: list[Json] | None = None
    attachments: list[Json] | None = None
    thread_ts: str | None = None
    metadata: Json | None = None

    def as_slack(self) -> Json:
        return {
            "id": self.id,
            "channel_id": self.channel,
            "post_at": self.post_at,
            "date_created": self.created,
            "text": self.text,
        }
