"""What the login pages say about acting for others, in Finnish, Swedish and English."""

from shared.contracts.base import Language

_AGAIN: dict[Language, str] = {
    "fi": "Tunnistautumisesi on voimassa. Palaa Slackiin, tai tunnistaudu siellä uudelleen ja yritä "
    "vielä kerran.",
    "sv": "Din identifiering gäller. Gå tillbaka till Slack, eller identifiera dig där på nytt och försök "
    "en gång till.",
    "en": "Your identification stands. Go back to Slack, or identify yourself there again and try once more.",
}

WORDS: dict[str, dict[Language, str]] = {
    "mandates.offer": {
        "fi": "Kenen puolesta asioit?",
        "sv": "För vem uträttar du ärenden?",
        "en": "For whom do you act?",
    },
    "mandates.offer_text": {
        "fi": "Voit pyytää Suomi.fi-valtuuksista vahvistuksen siitä, minkä organisaatioiden puolesta saat "
        "asioida. Suomi.fi kirjaa kyselyn.",
        "sv": "Du kan be Suomi.fi-fullmakter bekräfta för vilka organisationer du får uträtta ärenden. "
        "Suomi.fi antecknar förfrågan.",
        "en": "You can ask Suomi.fi to confirm for which organisations you may act. Suomi.fi keeps a record "
        "of the question.",
    },
    "mandates.ask": {"fi": "Kysy Suomi.fi:ltä", "sv": "Fråga Suomi.fi", "en": "Ask Suomi.fi"},
    "mandates.skip": {
        "fi": "Muussa tapauksessa voit sulkea tämän sivun.",
        "sv": "I annat fall kan du stänga den här sidan.",
        "en": "Otherwise you can close this page.",
    },
    "mandates.found.title": {
        "fi": "Suomi.fi on vastannut",
        "sv": "Suomi.fi har svarat",
        "en": "Suomi.fi has answered",
    },
    "mandates.found.text": {
        "fi": "Näet alla, mitä vastaus merkitsee kussakin organisaatiossa. Roolit, jotka se antaa, tarjotaan "
        "sinulle Slackissa; ne tulevat voimaan, kun hyväksyt ne.",
        "sv": "Nedan ser du vad svaret betyder i varje organisation. Rollerna som det ger erbjuds dig i "
        "Slack; de träder i kraft när du godkänner dem.",
        "en": "Below you see what the answer means in each organisation. The roles that it gives are offered "
        "to you in Slack; they come into force when you accept them.",
    },
    "mandates.found.next": {
        "fi": "Valmista. Palaa Slackiin; voit sulkea tämän sivun.",
        "sv": "Klart. Gå tillbaka till Slack; du kan stänga den här sidan.",
        "en": "Done. Go back to Slack; you can close this page.",
    },
    "mandates.none.title": {
        "fi": "Suomi.fi ei vahvistanut oikeuksia tähän palveluun",
        "sv": "Suomi.fi bekräftade inga rättigheter i den här tjänsten",
        "en": "Suomi.fi confirmed no rights in this service",
    },
    "mandates.none.text": {
        "fi": "Sinulla ei ole valtuutta tähän palveluun, tai jokin rekisteri ei vastannut.",
        "sv": "Du har ingen fullmakt för den här tjänsten, eller så svarade något register inte.",
        "en": "You have no mandate for this service, or a register did not answer.",
    },
    "mandates.none.next": {
        "fi": "Pyydä organisaatiosi edustajaa antamaan valtuus Suomi.fi-valtuuksissa. Palaa Slackiin; "
        "voit sulkea tämän sivun.",
        "sv": "Be organisationens företrädare ge en fullmakt i Suomi.fi. Gå tillbaka till Slack; "
        "du kan stänga den här sidan.",
        "en": "Ask your organisation's representative to grant a mandate in Suomi.fi. Go back to Slack; you "
        "can close this page.",
    },
    "mandates.not_proved": {
        "fi": "Ei vahvistettu: jokin rekisteri ei vastannut. Yritä myöhemmin uudelleen.",
        "sv": "Inte bekräftat: något register svarade inte. Försök igen senare.",
        "en": "Not confirmed: a register did not answer. Try again later.",
    },
    "mandates.gives_nothing": {
        "fi": "Suomi.fi:n tiedot eivät anna oikeuksia tässä palvelussa.",
        "sv": "Uppgifterna från Suomi.fi ger inga rättigheter i den här tjänsten.",
        "en": "What Suomi.fi tells gives no rights in this service.",
    },
    "mandates.not_known_here": {
        "fi": "Organisaatiota ei ole tässä palvelussa.",
        "sv": "Organisationen finns inte i den här tjänsten.",
        "en": "The organisation is not in this service.",
    },
    "right.main_user": {
        "fi": "saa toimia pääkäyttäjänä",
        "sv": "får vara huvudanvändare",
        "en": "may be a main user",
    },
    "right.act_for": {
        "fi": "saa asioida organisaation puolesta",
        "sv": "får uträtta ärenden för organisationen",
        "en": "may act for the organisation",
    },
    "right.administrative_contact": {
        "fi": "hallinnollinen yhteyshenkilö",
        "sv": "administrativ kontaktperson",
        "en": "administrative contact person",
    },
    "right.technical_contact": {
        "fi": "tekninen yhteyshenkilö",
        "sv": "teknisk kontaktperson",
        "en": "technical contact person",
    },
    "right.data_protection_officer": {
        "fi": "tietosuojavastaava",
        "sv": "dataskyddsombud",
        "en": "data protection officer",
    },
    "right.archive_keeper": {"fi": "arkistonhoitaja", "sv": "arkivarie", "en": "archive keeper"},
    "right.implementer": {
        "fi": "tietoliikenteen ja ohjelmistojen toteuttaja",
        "sv": "genomförare av datakommunikation och program",
        "en": "implementer of data communications and software",
    },
    "right.reader": {"fi": "lukija", "sv": "läsare", "en": "reader"},
    "identity.mandates_not_answered.title": {
        "fi": "Suomi.fi ei vastannut",
        "sv": "Suomi.fi svarade inte",
        "en": "Suomi.fi did not answer",
    },
    "identity.mandates_not_answered.text": {
        "fi": "Emme saaneet tietää, kenen puolesta saat asioida. Mitään ei muuttunut.",
        "sv": "Vi fick inte veta för vem du får uträtta ärenden. Ingenting ändrades.",
        "en": "We could not learn for whom you may act. Nothing has changed.",
    },
    "identity.mandates_not_answered.next": _AGAIN,
    "identity.mandates_misconfigured.title": {
        "fi": "Suomi.fi ei tunnista tätä palvelua",
        "sv": "Suomi.fi känner inte igen den här tjänsten",
        "en": "Suomi.fi does not recognise this service",
    },
    "identity.mandates_misconfigured.text": {
        "fi": "Vika on palvelun asetuksissa, ei sinussa. Mitään ei muuttunut.",
        "sv": "Felet finns i tjänstens inställningar, inte hos dig. Ingenting ändrades.",
        "en": "The fault is in how the service is set up, not with you. Nothing has changed.",
    },
    "identity.mandates_misconfigured.next": {
        "fi": "Kerro alla oleva koodi palvelun ylläpidolle. Tunnistautumisesi on voimassa, ja voit palata "
        "Slackiin.",
        "sv": "Berätta koden nedan för tjänstens administratör. Din identifiering gäller, och du kan gå "
        "tillbaka till Slack.",
        "en": "Tell the code below to the service's operator. Your identification stands; you can go back "
        "to Slack.",
    },
    "identity.mandates_refused.title": {
        "fi": "Suomi.fi ei anna sinun asioida muiden puolesta",
        "sv": "Suomi.fi låter dig inte uträtta ärenden för andra",
        "en": "Suomi.fi does not let you act for others",
    },
    "identity.mandates_refused.text": {
        "fi": "Suomi.fi ei kerro meille syytä. Mitään ei muuttunut.",
        "sv": "Suomi.fi berättar inte orsaken för oss. Ingenting ändrades.",
        "en": "Suomi.fi does not tell us why. Nothing has changed.",
    },
    "identity.mandates_refused.next": {
        "fi": "Ota yhteyttä Suomi.fi-asiakaspalveluun, tai pyydä toista henkilöä asioimaan organisaation "
        "puolesta.",
        "sv": "Kontakta kundtjänsten för Suomi.fi, eller be någon annan uträtta organisationens ärenden.",
        "en": "Contact the customer service of Suomi.fi, or ask another person to act for the organisation.",
    },
    "identity.mandates_session_over.title": {
        "fi": "Käynti Suomi.fi:ssä päättyi",
        "sv": "Besöket på Suomi.fi är slut",
        "en": "The visit to Suomi.fi is over",
    },
    "identity.mandates_session_over.text": {
        "fi": "Aika loppui, tai vastaus oli jo käytetty. Mitään ei muuttunut.",
        "sv": "Tiden tog slut, eller så hade svaret redan använts. Ingenting ändrades.",
        "en": "Time ran out, or the answer had been used already. Nothing has changed.",
    },
    "identity.mandates_session_over.next": _AGAIN,
    "identity.mandates_nothing_chosen.title": {
        "fi": "Et valinnut organisaatiota",
        "sv": "Du valde ingen organisation",
        "en": "You chose no organisation",
    },
    "identity.mandates_nothing_chosen.text": {
        "fi": "Suomi.fi kertoo vain niistä organisaatioista, jotka itse valitset.",
        "sv": "Suomi.fi berättar bara om de organisationer som du själv väljer.",
        "en": "Suomi.fi tells only of the organisations that you choose yourself.",
    },
    "identity.mandates_nothing_chosen.next": _AGAIN,
    "identity.mandates_cancelled.title": {
        "fi": "Keskeytit Suomi.fi:ssä",
        "sv": "Du avbröt på Suomi.fi",
        "en": "You turned back at Suomi.fi",
    },
    "identity.mandates_cancelled.text": {
        "fi": "Ei hätää, mitään ei muuttunut.",
        "sv": "Ingen fara, ingenting ändrades.",
        "en": "That is fine. Nothing has changed.",
    },
    "identity.mandates_cancelled.next": _AGAIN,
}
