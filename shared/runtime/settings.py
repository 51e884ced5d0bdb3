"""What can be set from outside: environment variables, each with a default that works on one machine."""

from datetime import date
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from shared.contracts.assurance import Level


class Settings(BaseSettings):
    """What every program reads. Relative paths count from the folder it is started in."""

    model_config = SettingsConfigDict(env_prefix="KANTA_", frozen=True, extra="ignore")

    var: Path = Field(Path("var"), description="The folder for databases, keys, the bus's files and logs.")
    nats_url: str = Field(
        "nats://127.0.0.1:4222",
        description="Where the bus is; servers of a cluster with commas. tls:// wants a server with TLS.",
    )
    keys: Path | None = Field(
        None, description="The folder with this program's key; by default `keys` under var."
    )
    log_json: bool = Field(True, description="Write logs as JSON lines; false writes them for eyes.")
    log_level: str = Field("info", description="debug, info, warning or error.")
    freshness_minutes: int = Field(
        15,
        ge=1,
        le=1440,
        description="How old a strong identification may be for acts that want a fresh one.",
    )
    least_level: Level = Field(
        Level.SUBSTANTIAL,
        description="How sure a login and such an act must be: basic, substantial or high.",
    )

    def bus_url(self) -> str:
        """Where the bus is: as set, or as the last start on this machine noted, or the default."""
        noted = self.var / "nats" / "url"
        if "nats_url" not in self.model_fields_set and noted.exists():
            return noted.read_text().strip()
        return self.nats_url

    @property
    def key_folder(self) -> Path:
        return self.keys or self.var / "keys"


def _database(name: str) -> str:
    return f"SQLAlchemy URL of the database of {name}; by default the SQLite file {name}.db under var."


class ServiceSettings(Settings):
    """What a service with a database reads besides."""

    identity_database_url: str | None = Field(None, description=_database("identity"))
    roles_database_url: str | None = Field(None, description=_database("roles"))
    contacts_database_url: str | None = Field(None, description=_database("contacts"))

    register_oldest_hours: int = Field(
        24,
        ge=1,
        le=24 * 90,
        description="How old our copy of the national register may be and still open its gate.",
    )
    katso_roles_until: date = Field(
        date(2020, 12, 31),
        description="The last day on which roles in Katso count behind a login at Suomi.fi, in public bodies "
        "(Kela on replacing Katso). Set, it moves the days of the policy's table.",
    )

    def database(self, service: str) -> str:
        """The URL of *service*'s database."""
        url: str | None = getattr(self, f"{service}_database_url")
        return url or f"sqlite:///{self.var}/{service}.db"


class StreamSettings(ServiceSettings):
    """What making the stream needs besides."""

    stream_replicas: int = Field(
        1, ge=1, le=5, description="On how many servers of a NATS cluster the stream of facts is kept."
    )
    stream_keep_days: int = Field(
        14,
        ge=1,
        le=366,
        description="How long the stream keeps a fact; the databases keep each for good.",
    )
