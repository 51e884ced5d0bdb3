"""Our metadata: what Suomi.fi is given to know us by."""

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.identity.drawing import FOLDER
from services.identity.saml import names
from services.identity.saml.wire import Us
from services.identity.words import LANGUAGES, say

ATTRIBUTES = (
    (names.PERSONAL_CODE, "nationalIdentificationNumber"),
    (names.SATU, "electronicIdentificationNumber"),
    (names.COMMON_NAME, "cn"),
    (names.DISPLAY_NAME, "displayName"),
    (names.GIVEN_NAME, "givenName"),
    (names.SURNAME, "sn"),
)
TEMPLATES = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined)


def metadata(us: Us, *, organisation: str, contact: str) -> str:
    """The document that is registered: one certificate, for signatures and seals, and no secrets."""
    return TEMPLATES.get_template("metadata.xml").render(
        entity_id=us.entity_id,
        methods=us.contexts,
        vtj=us.looked_up,
        vtj_name=names.VTJ_REQUIRED,
        languages=LANGUAGES,
        say=say,
        ciphers=[*(names.CIPHERS[one] for one in us.ciphers), *sorted(names.KEYS_WRAPPED_WITH)],
        certificate=us.keys.bare_certificate(),
        logout=us.logout,
        acs=us.acs,
        attributes=ATTRIBUTES,
        organisation=organisation,
        contact=contact,
        address=us.acs.removesuffix("/saml/acs"),
    )
