"""What identity is told about its OpenID Connect provider."""

from datetime import timedelta
from pathlib import Path

from pydantic import Field, SecretStr

from services.identity.domain.claims import ClaimNames
from shared.runtime.settings import ServiceSettings


def _claims(what: str) -> str:
    return f"The claims that may hold {what}, with spaces between; the first that is told counts."


class ProviderSettings(ServiceSettings):
    """Which provider is trusted, what is asked of it, and how it names what it says."""

    oidc_issuer: str = Field("http://127.0.0.1:8402", description="The OpenID Connect provider's issuer.")
    oidc_client_id: str = Field("kanta-ekstranet", description="Who we are to the provider.")
    oidc_client_secret: SecretStr = Field(
        SecretStr("known-to-everybody"),
        description="Our secret at the provider; empty if it gave none. The default is for the demo town.",
    )
    oidc_acr_values: str = Field(
        "",
        description="The methods that are asked for and taken, with spaces between; empty asks for none, and "
        "takes those that are sure enough.",
    )
    oidc_max_age_seconds: int = Field(
        900,
        ge=0,
        le=86400,
        description="How long ago people may have identified at the provider, which must tell (auth_time); 0 "
        "does not ask.",
    )
    oidc_clock_skew_seconds: int = Field(
        60, ge=0, le=300, description="By how much the provider's clock may differ from ours."
    )
    oidc_userinfo: bool = Field(
        False, description="Ask the provider's userinfo, too, for what the ID token does not tell."
    )
    oidc_decryption_key: Path | None = Field(
        None, description="Our private key (PEM), if the provider encrypts ID tokens."
    )
    oidc_code_claim: str = Field(
        "national_id_num urn:oid:1.2.246.21", description=_claims("the personal identity code")
    )
    oidc_satu_claim: str = Field(
        "urn:oid:1.2.246.22", description=_claims("the electronic identification number")
    )
    oidc_eidas_claim: str = Field(
        "http://eidas.europa.eu/attributes/naturalperson/PersonIdentifier",
        description=_claims("the identifier of another country"),
    )
    oidc_katso_claim: str = Field(
        "kid urn:oid:1.2.246.517.3003.113.4", description=_claims("the name of a Katso ID")
    )
    oidc_name_claim: str = Field("name urn:oid:2.5.4.3", description=_claims("the whole name"))
    oidc_given_name_claim: str = Field("given_name urn:oid:2.5.4.42", description=_claims("the given names"))
    oidc_family_name_claim: str = Field(
        "family_name sn urn:oid:2.5.4.4", description=_claims("the family name")
    )

    @property
    def acr_values(self) -> tuple[str, ...]:
        return tuple(self.oidc_acr_values.split())

    @property
    def max_age(self) -> timedelta | None:
        return timedelta(seconds=self.oidc_max_age_seconds) if self.oidc_max_age_seconds else None

    @property
    def claim_names(self) -> ClaimNames:
        """How the provider names what it says."""
        return ClaimNames(
            code=tuple(self.oidc_code_claim.split()),
            satu=tuple(self.oidc_satu_claim.split()),
            eidas=tuple(self.oidc_eidas_claim.split()),
            katso=tuple(self.oidc_katso_claim.split()),
            name=tuple(self.oidc_name_claim.split()),
            given=tuple(self.oidc_given_name_claim.split()),
            family=tuple(self.oidc_family_name_claim.split()),
        )
