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
    saml_vtj: bool = Field(
        False, description="Whether a login counts only if Suomi.fi looked the person up in the register."
    )
    saml_cbc: bool = Field(
        True, description="Whether assertions sealed with AES in CBC mode are taken besides those in GCM."
    )
    saml_organisation: str = Field("", description="The organisation that our SAML metadata name.")
    saml_contact: str = Field("", description="The e-mail address of the technical contact in our metadata.")
