"""The knobs of logging in with Suomi.fi itself, by SAML 2.0."""

from pathlib import Path
from typing import Literal

from pydantic import Field

from shared.runtime.settings import ServiceSettings


class SamlSettings(ServiceSettings):
    """Who Suomi.fi is to us, who we are to it, and which logins we take from it."""

    login: Literal["oidc", "saml"] = Field(
        "oidc",
        description="By which protocol people log in: OpenID Connect, or SAML 2.0 with Suomi.fi itself.",
    )
    saml_provider_metadata: str = Field(
        "http://127.0.0.1:8405/metadata",
        description="The metadata of Suomi.fi e-Identification: a file, or an address (https).",
    )
    saml_metadata_certificate: Path | None = Field(
        None,
        description="The certificate whose key must have signed those metadata; none believes the source.",
    )
    saml_entity_id: str | None = Field(
        None, description="Who we are to Suomi.fi; by default the address of our metadata."
    )
    saml_key: Path | None = Field(
        None, description="Our SAML key (PEM, RSA); by default one is made in the key folder."
    )
    saml_certificate: Path | None = Field(
        None, description="The certificate of that key (PEM), as registered."
    )
    saml_methods: str = Field(
        "http://ftn.ficora.fi/2017/loa2 http://ftn.ficora.fi/2017/loa3",
        description="The ways to log in that are asked for and taken, with spaces between.",
    )
    saml_asked_methods: str = Field(
        "",
        description="The ways to log in that each request names, with spaces between; else those taken.",
    )
    saml_comparison: Literal["exact", "minimum", "maximum", "better", "none"] = Field(
        "exact",
        description="How what is asked for is compared with the login; with none, no request names any, and "
        "Suomi.fi offers what our metadata list. Only KANTA_SAML_METHODS are taken, whatever is asked for.",
    )
    saml_vtj: bool = Field(
        False, description="Whether a login counts only if Suomi.fi looked the person up in the register."
    )
    saml_ciphers: str = Field(
        "aes128-gcm aes192-gcm aes256-gcm aes128-cbc aes192-cbc aes256-cbc",
        pattern=r"^aes(128|192|256)-(gcm|cbc)( aes(128|192|256)-(gcm|cbc))*$",
        description="What assertions may be sealed with, with spaces between; all else is refused. Leave "
        "the three of CBC mode out once Suomi.fi seals with GCM.",
    )
    saml_organisation: str = Field("", description="The organisation that our SAML metadata name.")
    saml_contact: str = Field("", description="The e-mail address of the technical contact in our metadata.")
