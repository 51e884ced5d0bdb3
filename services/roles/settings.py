"""The roles service's knobs."""

from pathlib import Path

from pydantic import Field

from shared.runtime.settings import ServiceSettings


class RolesSettings(ServiceSettings):
    """Settings of the roles service."""

    access_matrix: Path | None = Field(
        None, description="A YAML file that says which role may do what; by default the project's own."
    )
    policy: Path | None = Field(
        None,
        description="YAML of by what somebody may be a main user, or act; by default the project's own.",
    )
    katso_roles: Path | None = Field(
        None,
        description="A YAML file that says what roles of Katso come to; by default the project's own.",
    )
    migration_wave_size: int = Field(
        10,
        ge=1,
        le=25,
        description="How many holders of Katso roles are invited at a time, if nobody planned.",
    )
