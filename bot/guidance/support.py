"""Whom to ask when the guidance does not know, or when something is broken: contacts with source and date."""

# ruff: noqa: RUF001 - an en dash belongs in a range of hours
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from bot.guidance.language import Language

Matter = Literal[
    "ekstranet", "mandates", "integration", "faults", "operations", "data_protection", "system_notifications"
]
_EKSTRANET_PAGE: Final = "Kanta.fi – Kanta Ekstranet, https://www.kanta.fi/ammattilaiset/kanta-ekstranet"


@dataclass(frozen=True, slots=True)
class Contact:
    """One place to ask, what it is for, and where we know it from."""

    matter: Matter
    name: Mapping[Language, str]
    about: Mapping[Language, str]
    email: str | None
    phone: str | None
    hours: Mapping[Language, str] | None
    source: str
    as_of: str


CUSTOMER_SUPPORT: Final = Contact(
    matter="ekstranet",
    name={"fi": "Kannan asiakastuki", "sv": "Kantas kundsupport", "en": "Kanta customer support"},
    about={
        "fi": "kirjautuminen Ekstranetiin, sen käyttö ja sisältö",
        "sv": "inloggning i Extranätet, användning och innehåll",
        "en": "logging in to the Extranet, using it and its content",
    },
    email="kanta@kanta.fi",
    phone="020 634 7787",
    hours={"fi": "arkisin klo 7–17", "sv": "vardagar kl. 7–17", "en": "weekdays 7–17"},
    source=_EKSTRANET_PAGE,
    as_of="2020",
)

CONTACTS: Final[tuple[Contact, ...]] = (
    CUSTOMER_SUPPORT,
    Contact(
        matter="mandates",
        name={
            "fi": "Digi- ja väestötietovirasto (DVV), organisaatiopalvelu",
            "sv": "Myndigheten för digitalisering och befolkningsdata, organisationstjänst",
            "en": "Digital and Population Data Services Agency, organisation service",
        },
        about={
            "fi": "organisaation Suomi.fi-valtuudet",
            "sv": "organisationens Suomi.fi-fullmakter",
            "en": "an organisation's mandates in Suomi.fi e-Authorizations",
        },
        email=None,
        phone="0295 535 115",
        hours=None,
        source=(
            "Suomi.fi – Replacement of Katso roles with mandate themes, "
            "https://www.suomi.fi/news/replacement-of-katso-roles-with-suomi-fi-e-authorizations-mandate-themes"
        ),
        as_of="2020-07-13",
    ),
    Contact(
        matter="integration",
        name={
            "fi": "DVV, valtuuksien käyttöönotot",
            "sv": "Myndigheten för digitalisering och befolkningsdata, ibruktagande av fullmakter",
            "en": "Digital and Population Data Services Agency, e-Authorizations deployments",
        },
        about={
            "fi": "Suomi.fi-valtuuksien liittäminen omaan palveluun",
            "sv": "anslutning av Suomi.fi-fullmakter till en egen tjänst",
            "en": "connecting Suomi.fi e-Authorizations to a service of one's own",
        },
        email="valtuudet-kayttoonotot@dvv.fi",
        phone=None,
        hours=None,
        source="Suomi.fi for developers, https://kehittajille.suomi.fi/services/e-authorizations",
        as_of="2026",
    ),
    Contact(
        matter="faults",
        name={"fi": "Kelan tekninen tuki", "sv": "FPA:s tekniska stöd", "en": "Kela technical support"},
        about={
            "fi": "Kannan viat; ilmoita ensin omaan tukeesi, joka lähettää vikailmoituksen",
            "sv": "fel i Kanta; anmäl först till er egen helpdesk, som skickar felanmälan",
            "en": "faults in Kanta; tell your own helpdesk first, and it sends the fault form",
        },
        email="tekninentuki@kanta.fi",
        phone=None,
        hours=None,
        source=(
            "Kanta.fi – Instructions for fault situations, "
            "https://kanta.fi/en/professionals/instructions-for-fault-situations"
        ),
        as_of="n.d.",
    ),
    Contact(
        matter="operations",
        name={
            "fi": "Terveyden ja hyvinvoinnin laitos (THL)",
            "sv": "Institutet för hälsa och välfärd (THL)",
            "en": "Finnish Institute for Health and Welfare (THL)",
        },
        about={
            "fi": "toimintatavat ja organisaatiomuutokset",
            "sv": "verksamhetssätt och organisationsändringar",
            "en": "operating practices and organisational changes",
        },
        email="kantapalvelut@thl.fi",
        phone=None,
        hours=None,
        source="Kanta.fi – Käytön laajennus, https://www.kanta.fi/ammattilaiset/kayton-laajennus",
        as_of="n.d.",
    ),
    Contact(
        matter="data_protection",
        name={
            "fi": "Kannan tietosuojavastaava, Kela",
            "sv": "Kantas dataskyddsombud, FPA",
            "en": "Kanta's data protection officer, Kela",
        },
        about={
            "fi": "rekisteröidyn oikeudet Kelan asiakasrekisterissä",
            "sv": "den registrerades rättigheter i FPA:s kundregister",
            "en": "data subjects' rights in Kela's customer register",
        },
        email="tietosuoja@kanta.fi",
        phone=None,
        hours=None,
        source=(
            "Kanta.fi – Asiakkaiden tietosuojaseloste, https://www.kanta.fi/jarjestelmakehittajat/"
            "kanta-palveluja-kayttavien-asiakkaiden-tietosuojaseloste"
        ),
        as_of="2024-01-01",
    ),
    Contact(
        matter="system_notifications",
        name={"fi": "Valvira", "sv": "Valvira", "en": "Valvira"},
        about={
            "fi": "asiakas- ja potilastietojärjestelmien ilmoitukset",
            "sv": "anmälningar av klient- och patientdatasystem",
            "en": "notifications of client and patient systems",
        },
        email="astl-asiat@valvira.fi",
        phone=None,
        hours=None,
        source=(
            "Kanta.fi – Käyttöönoton edellytykset, sosiaalihuolto, "
            "https://www.kanta.fi/fi/ammattilaiset/kayttoonoton-edellytykset-sosiaalihuolto"
        ),
        as_of="2018",
    ),
)


def contact(matter: Matter) -> Contact:
    """The contact for *matter*."""
    return next(found for found in CONTACTS if found.matter == matter)
