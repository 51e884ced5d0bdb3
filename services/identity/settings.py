"""Identity's knobs."""

from pydantic import Field, SecretStr

from shared.runtime.settings import ServiceSettings


class IdentitySettings(ServiceSettings):
    """Where the login pages are, and which identity provider is trusted."""

    identity_host: str = Field("127.0.0.1", description="The address that the login pages are served on.")
    identity_port: int = Field(8401, description="The port that the login pages are served on.")
    public_url: str | None = Field(
        None,
        description="The login pages as browsers reach them (https://login.example); by default the port.",
    )
    oidc_issuer: str = Field("http://127.0.0.1:8402", description="The OpenID Connect provider's issuer.")
    oidc_client_id: str = Field("kanta-ekstranet", description="Who we are to the provider.")
    oidc_client_secret: SecretStr = Field(
        SecretStr("known-to-everybody"),
        description="Our secret at the provider; empty if it gave none. The default is for the demo town.",
    )
    oidc_code_claim: str = Field(
        "national_id_num", description="The claim that holds the personal identity code."
    )
    oidc_acr_values: str = Field(
        "",
        description="The levels of assurance that are strong enough, with spaces between; empty takes any.",
    )
    link_minutes: int = Field(10, ge=1, le=60, description="How long a login link may be opened.")

    @property
    def login_url(self) -> str:
        """Where browsers reach the login pages, without a slash at the end."""
        return (self.public_url or f"http://127.0.0.1:{self.identity_port}").rstrip("/")

    @property
    def acr_values(self) -> tuple[str, ...]:
        return tuple(self.oidc_acr_values.split())
