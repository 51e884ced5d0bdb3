"""Identity's knobs."""

from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr

from services.identity.domain.katso import LOGIN_UNTIL
from services.identity.domain.registers import FORMS, ORGANISATIONS, PRACTITIONERS, Form
from services.identity.provider_settings import ProviderSettings
from services.identity.saml_settings import SamlSettings
from shared.contracts.identity import RegisterName


class IdentitySettings(ProviderSettings, SamlSettings):
    """Where the login pages are, and how sure a login must be."""

    identity_host: str = Field("127.0.0.1", description="The address that the login pages are served on.")
    identity_port: int = Field(8401, description="The port that the login pages are served on.")
    public_url: str | None = Field(
        None,
        description="The login pages as browsers reach them (https://login.example); by default the port.",
    )
    katso_login_until: date = Field(
        LOGIN_UNTIL,
        description="The last day on which people log in with a Katso ID, Finnish time (kanta.fi, early "
        "2020: logins changed to Suomi.fi on 29.1.2020).",
    )
    code_keys: SecretStr = Field(
        SecretStr(""),
        description="Keys that personal identity codes are sealed with (32 bytes in URL-safe base64), commas "
        "between: the current one, then former ones; by default one is made in the key folder.",
    )
    assurance: Path | None = Field(
        None,
        description="YAML of how sure each method of logging in is; by default the project's own table.",
    )
    mandates: bool = Field(
        False,
        description="Offer people, after a strong identification, to ask Suomi.fi for whom they may act.",
    )
    mandates_address: str = Field(
        "http://127.0.0.1:8404", description="Suomi.fi's mandates (the Web API and its selection page)."
    )
    mandates_client_id: str = Field("kantaeks", description="Who we are to Suomi.fi's mandates.")
    mandates_api_key: SecretStr = Field(
        SecretStr("known-to-everybody"),
        description="The key that signs our questions to Suomi.fi. The default is for the demo town.",
    )
    mandates_oauth_password: SecretStr = Field(
        SecretStr("known-to-everybody"),
        description="Our OAuth password at Suomi.fi. The default is for the demo town.",
    )
    mandates_answers: Literal["plain", "signed"] = Field(
        "plain",
        description="In which form Suomi.fi is asked to answer about mandates: plain JSON, or signed (JWT). "
        "Plain is what every public client asks for; signed ones need the two settings below.",
    )
    mandates_signing_key: Path | None = Field(
        None, description="Suomi.fi's public key (PEM) for signed answers; the agency gives it."
    )
    mandates_service: str = Field(
        "", description="The UUID by which Suomi.fi calls our service in signed answers."
    )
    mandates_hours: int = Field(
        24, ge=1, le=8760, description="How long what Suomi.fi vouched for is believed."
    )
    mandate_rights: Path | None = Field(
        None,
        description="YAML of which codes of Suomi.fi give which rights; by default the project's own table.",
    )
    register_address: str = Field(
        "",
        description="The code server (https://koodistopalvelu.kanta.fi/codeserver); empty reads no register.",
    )
    register_version: Literal["v3", "v6"] = Field("v3", description="The version of its interface (csapi).")
    register_classification: str = Field(
        "1.2.246.537.6.202", description="The OID of the SOTE organisation register there."
    )
    register_practitioners: str = Field(
        "1.2.246.537.6.203.2014",
        description="The OID there of Valvira's register of self-employed practitioners; empty reads none.",
    )
    register_practitioners_business_id: str = Field(
        "Y-Tunnus",
        min_length=1,
        description="The attribute that names the business ID there. No page of it was at hand: this is the "
        "project's default, as the SOTE organisation register calls it.",
    )
    register_statuses: str = Field(
        "ACTIVE PROPOSAL DELETED", description="The statuses of entries that are read, with spaces between."
    )
    register_night: str = Field(
        "03:30",
        pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$",
        description="When the whole register is read each night, Finnish time.",
    )
    register_jitter_minutes: int = Field(
        30, ge=0, le=180, description="By up to how much that is put off, differently in each process."
    )
    register_every_hours: int = Field(
        6, ge=1, le=24, description="How often what changed in the register is read between two nights."
    )
    register_retry_minutes: int = Field(
        30, ge=1, le=720, description="When a reading of the register that failed is tried again."
    )
    link_minutes: int = Field(10, ge=1, le=60, description="How long a login link may be opened.")

    @property
    def registers(self) -> dict[RegisterName, str]:
        """The registers that are read, each by its classification at the code server."""
        told = {ORGANISATIONS: self.register_classification, PRACTITIONERS: self.register_practitioners}
        return {name: classification for name, classification in told.items() if classification}

    @property
    def register_forms(self) -> dict[RegisterName, Form]:
        """How each register is written."""
        return {**FORMS, PRACTITIONERS: Form(PRACTITIONERS, self.register_practitioners_business_id)}

    @property
    def login_url(self) -> str:
        """Where browsers reach the login pages, without a slash at the end."""
        return (self.public_url or f"http://127.0.0.1:{self.identity_port}").rstrip("/")

    @property
    def saml_entity(self) -> str:
        """Who we are to Suomi.fi."""
        return self.saml_entity_id or f"{self.login_url}/saml/metadata"
