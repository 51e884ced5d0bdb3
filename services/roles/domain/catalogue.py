"""What the roles are called and mean.

The Finnish titles are those of kanta.fi, 16.10.2019; the rest is the project's own wording.

Kela's descriptions of the roles were not to be found, so the texts say what the project's default access
matrix lets a holder do, and that it is the project's default. A changed text gets a higher version: an
acceptance holds for the text that was shown.
"""

import hashlib
from functools import cache

from shared.contracts.base import Language
from shared.contracts.roles import Catalogue, Role, RoleText

VERSION = 1

LABELLED: dict[Language, str] = {
    "fi": "Kuvaus on palvelun oma oletus, ei Kelan vahvistama.",
    "sv": "Beskrivningen är tjänstens egen utgångspunkt och har inte bekräftats av FPA.",
    "en": "This description is this service's own default, not confirmed by Kela.",
}

TEXTS: dict[Role, dict[Language, tuple[str, str]]] = {
    Role.MAIN_USER: {
        "fi": (
            "Pääkäyttäjä",
            "Sinulla on kaikkien roolien oikeudet, ja annat rooleja muille. Itsellesi et anna rooleja.",
        ),
        "sv": (
            "Huvudanvändare",
            "Du har alla rollers rättigheter och ger roller åt andra. Åt dig själv ger du inga.",
        ),
        "en": (
            "Main user",
            "You have the rights of all roles, and grant roles to others, but none to yourself.",
        ),
    },
    Role.ADMINISTRATIVE_CONTACT: {
        "fi": (
            "Hallinnollinen yhteyshenkilö",
            "Ylläpidät organisaation perustietoja, laskutustietoja, yhteyshenkilöitä ja hakemuksia. "
            "Muutoksesi näkyvät Kelalle, ja häiriötiedotteet lähtevät yhteyshenkilöille, jotka olet kirjannut.",
        ),
        "sv": (
            "Administrativ kontaktperson",
            "Du sköter organisationens grunduppgifter, faktureringsuppgifter, kontaktpersoner och ansökningar. "
            "Dina ändringar syns för FPA, och störningsmeddelanden går till de kontaktpersoner som du har antecknat.",
        ),
        "en": (
            "Administrative contact person",
            "You keep the organisation's basic data, billing data, contact persons and applications up to date. "
            "Kela sees your changes, and fault notifications go to the contact persons you have entered.",
        ),
    },
    Role.TECHNICAL_CONTACT: {
        "fi": (
            "Tekninen yhteyshenkilö",
            "Ylläpidät järjestelmiä, liityntäpisteitä ja teknisiä yhteyshenkilöitä. "
            "Väärä liityntäpiste voi katkaista yhteyden Kanta-palveluihin.",
        ),
        "sv": (
            "Teknisk kontaktperson",
            "Du sköter system, anslutningspunkter och tekniska kontaktpersoner. "
            "En felaktig anslutningspunkt kan bryta förbindelsen till Kanta-tjänsterna.",
        ),
        "en": (
            "Technical contact person",
            "You look after systems, access points and technical contact persons. "
            "A wrong access point can cut the connection to the Kanta Services.",
        ),
    },
    Role.DATA_PROTECTION_OFFICER: {
        "fi": (
            "Tietosuojavastaava",
            "Ylläpidät tietosuojan yhteystietoja ja omia yhteyshenkilötietojasi ja luet muita asiakastietoja. "
            "Rekisteröidyt ja Kela tavoittavat organisaation näillä tiedoilla.",
        ),
        "sv": (
            "Dataskyddsombud",
            "Du sköter kontaktuppgifterna för dataskydd och dina egna kontaktuppgifter och läser övriga kunduppgifter. "
            "Med dem når de registrerade och FPA organisationen.",
        ),
        "en": (
            "Data protection officer",
            "You look after the data protection contacts and your own contact details, and read the other customer data. "
            "Data subjects and Kela reach the organisation by them.",
        ),
    },
    Role.ARCHIVE_KEEPER: {
        "fi": (
            "Arkistonhoitaja",
            "Ylläpidät arkistoon ja rekisterinpitoon liittyviä tietoja ja arkiston yhteyshenkilöitä. "
            "Tiedot ratkaisevat, kenen rekisteriin asiakirjat kuuluvat.",
        ),
        "sv": (
            "Arkivarie",
            "Du sköter uppgifter om arkivet och personuppgiftsansvaret samt arkivets kontaktpersoner. "
            "Uppgifterna avgör vems register handlingarna hör till.",
        ),
        "en": (
            "Archive keeper",
            "You look after the data on the archive and its controller, and the archive's contact persons. "
            "They decide whose register documents belong to.",
        ),
    },
    Role.IMPLEMENTER: {
        "fi": (
            "Tietoliikenteen ja ohjelmistojen toteuttaja",
            "Ylläpidät järjestelmien ja liityntäpisteiden tietoja organisaation puolesta. "
            "Väärä liityntäpiste voi katkaista yhteyden Kanta-palveluihin.",
        ),
        "sv": (
            "Genomförare av datakommunikation och program",
            "Du sköter uppgifterna om system och anslutningspunkter för organisationens räkning. "
            "En felaktig anslutningspunkt kan bryta förbindelsen till Kanta-tjänsterna.",
        ),
        "en": (
            "Implementer of data communications and software",
            "You look after the data on systems and access points on the organisation's behalf. "
            "A wrong access point can cut the connection to the Kanta Services.",
        ),
    },
    Role.READER: {
        "fi": ("Lukija", "Luet organisaation asiakastietoja. Et voi muuttaa niitä."),
        "sv": ("Läsare", "Du läser organisationens kunduppgifter. Du kan inte ändra dem."),
        "en": ("Reader", "You read the organisation's customer data. You cannot change them."),
    },
}


@cache
def role_text(role: Role, language: Language) -> RoleText:
    """The text of *role* as it is shown in *language* just now."""
    title, text = TEXTS[role][language]
    whole = f"{text} {LABELLED[language]}"
    return RoleText(
        role=role,
        language=language,
        version=VERSION,
        title=title,
        text=whole,
        sha256=hashlib.sha256(f"{title}\n{whole}".encode()).hexdigest(),
    )


@cache
def catalogue() -> Catalogue:
    """Every role in every language."""
    return Catalogue(texts=tuple(role_text(role, language) for role in Role for language in LABELLED))
