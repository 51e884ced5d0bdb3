"""Every sentence that the login pages say, in Finnish, Swedish and English."""

from services.identity.mandates.words import WORDS as OF_MANDATES
from services.identity.refusing_words import WORDS as OF_REFUSALS
from services.identity.saml.words import WORDS as OF_SAML
from shared.contracts.base import Language

LANGUAGES: tuple[Language, ...] = ("fi", "sv", "en")

WORDS: dict[str, dict[Language, str]] = {
    "service": {"fi": "Kanta Ekstranet", "sv": "Kanta Extranät", "en": "Kanta Extranet"},
    "code": {"fi": "Koodi", "sv": "Kod", "en": "Code"},
    "next": {"fi": "Mitä teen nyt?", "sv": "Vad gör jag nu?", "en": "What do I do now?"},
    "confirm.title": {
        "fi": "Onko tämä Slack-tunnus sinun?",
        "sv": "Är det här Slack-kontot ditt?",
        "en": "Is this Slack account yours?",
    },
    "confirm.text": {
        "fi": "Tunnistauduit vahvasti. Kun vahvistat tunnuksen omaksesi, toimit siitä lähtien Slackissa "
        "omana itsenäsi.",
        "sv": "Du har identifierat dig starkt. När du bekräftar att kontot är ditt agerar du hädanefter som "
        "dig själv i Slack.",
        "en": "You have identified yourself strongly. Once you confirm that the account is yours, you act "
        "as yourself in Slack from now on.",
    },
    "confirm.account": {"fi": "Slack-tunnus", "sv": "Slack-konto", "en": "Slack account"},
    "confirm.person": {
        "fi": "Tunnistautunut henkilö",
        "sv": "Identifierad person",
        "en": "Identified person",
    },
    "confirm.warning": {
        "fi": "Vastaa kyllä vain, jos avasit linkin omasta Slackistasi. Jos joku muu lähetti sen "
        "sinulle, vastaa ei.",
        "sv": "Svara ja bara om du öppnade länken i ditt eget Slack. Om någon annan skickade den till dig, "
        "svara nej.",
        "en": "Answer yes only if you opened the link in your own Slack. If somebody else sent it to you, "
        "answer no.",
    },
    "confirm.yes": {
        "fi": "Kyllä, tunnus on minun",
        "sv": "Ja, kontot är mitt",
        "en": "Yes, it is mine",
    },
    "confirm.no": {
        "fi": "Ei, tunnus ei ole minun",
        "sv": "Nej, kontot är inte mitt",
        "en": "No, it is not mine",
    },
    "done.title": {
        "fi": "Valmista, palaa Slackiin",
        "sv": "Klart, gå tillbaka till Slack",
        "en": "Done, go back to Slack",
    },
    "done.text": {
        "fi": "Tunnistauduit nimellä {name}. Slackissa jatkat siitä, mihin jäit.",
        "sv": "Du identifierade dig som {name}. I Slack fortsätter du där du var.",
        "en": "You identified yourself as {name}. In Slack you go on where you were.",
    },
    "done.next": {
        "fi": "Täällä ei tarvitse tehdä enää mitään. Voit sulkea tämän sivun.",
        "sv": "Ingenting mer behöver göras här. Du kan stänga sidan.",
        "en": "Nothing more is needed here. You can close this page.",
    },
    "not_mine.title": {
        "fi": "Mitään ei yhdistetty",
        "sv": "Ingenting kopplades",
        "en": "Nothing was linked",
    },
    "not_mine.text": {
        "fi": "Kiitos, että tarkistit. Slack-tunnusta ei yhdistetty sinuun, ja linkki on nyt käytetty.",
        "sv": "Tack för att du kontrollerade. Slack-kontot kopplades inte till dig, och länken är nu använd.",
        "en": "Thank you for checking. The Slack account was not linked to you, and the link is used up now.",
    },
    "not_mine.next": {
        "fi": "Jos joku lähetti linkin sinulle, kerro siitä organisaatiosi pääkäyttäjälle. Oman linkkisi "
        "saat omasta Slackistasi.",
        "sv": "Om någon skickade länken till dig, berätta det för organisationens huvudanvändare. Din egen "
        "länk får du i ditt eget Slack.",
        "en": "If somebody sent you the link, tell your organisation's main user. You get your own link in "
        "your own Slack.",
    },
    "identity.link_spent.title": {
        "fi": "Linkki ei ole enää voimassa",
        "sv": "Länken gäller inte längre",
        "en": "This link is no longer valid",
    },
    "identity.link_spent.text": {
        "fi": "Linkki toimii kerran ja vain hetken aikaa. Mitään ei muuttunut.",
        "sv": "Länken fungerar en gång och bara en kort stund. Ingenting ändrades.",
        "en": "The link works once, and only for a short while. Nothing has changed.",
    },
    "identity.link_spent.next": {
        "fi": "Palaa Slackiin ja paina samaa painiketta uudelleen. Saat uuden linkin.",
        "sv": "Gå tillbaka till Slack och tryck på samma knapp igen. Du får en ny länk.",
        "en": "Go back to Slack and press the same button again. You will get a new link.",
    },
    "identity.somebody_else.title": {
        "fi": "Slack-tunnus on toisen henkilön",
        "sv": "Slack-kontot är någon annans",
        "en": "This Slack account is somebody else's",
    },
    "identity.somebody_else.text": {
        "fi": "Linkki avattiin Slack-tunnuksella, joka kuuluu toiselle henkilölle. Mitään ei muuttunut.",
        "sv": "Länken öppnades från ett konto som tillhör en annan person än du. Ingenting ändrades.",
        "en": "The link was opened from an account that belongs to another person. Nothing has changed.",
    },
    "identity.somebody_else.next": {
        "fi": "Pyydä linkki omassa Slackissasi. Jos tämä on sinun tunnuksesi, ota yhteyttä palvelun "
        "ylläpitoon.",
        "sv": "Be om länken i ditt eget Slack. Om det här är ditt konto, kontakta tjänstens administratör.",
        "en": "Ask for the link in your own Slack. If this is your account, contact the service's operator.",
    },
    "identity.person_unknown.title": {
        "fi": "Emme vielä tunne sinua",
        "sv": "Vi känner dig inte ännu",
        "en": "We do not know you yet",
    },
    "identity.person_unknown.text": {
        "fi": "Tunnistautuminen onnistui, mutta sinua ei ole lisätty tähän palveluun. Mitään ei tallennettu.",
        "sv": "Identifieringen lyckades, men du har inte lagts till i tjänsten. Ingenting sparades.",
        "en": "The login succeeded, but you have not been added to this service. Nothing was stored.",
    },
    "identity.person_unknown.next": {
        "fi": "Pyydä organisaatiosi pääkäyttäjää huolehtimaan, että sinut lisätään, ja yritä sitten "
        "uudelleen.",
        "sv": "Be organisationens huvudanvändare se till att du läggs till, och försök sedan igen.",
        "en": "Ask your organisation's main user to have you added, then try again.",
    },
    "page.not_found.title": {
        "fi": "Täällä ei ole mitään",
        "sv": "Här finns ingenting",
        "en": "There is nothing here",
    },
    "page.not_found.text": {
        "fi": "Osoite on ehkä katkennut matkalla.",
        "sv": "Adressen kan ha brutits på vägen.",
        "en": "The address may have been cut on its way.",
    },
    "page.not_found.next": {
        "fi": "Avaa linkki suoraan Slackista.",
        "sv": "Öppna länken direkt i Slack.",
        "en": "Open the link directly in Slack.",
    },
    "page.crashed.title": {
        "fi": "Jokin meni meillä vikaan",
        "sv": "Något gick fel hos oss",
        "en": "Something went wrong on our side",
    },
    "page.crashed.text": {
        "fi": "Vika ei ole sinun. Kirjasimme sen, ja alla oleva koodi auttaa meitä löytämään sen.",
        "sv": "Felet är inte ditt. Vi har antecknat det, och koden nedan hjälper oss att hitta det.",
        "en": "It is not your fault. We have noted it, and the code below helps us find it.",
    },
    "page.crashed.next": {
        "fi": "Odota hetki ja avaa linkki Slackista uudelleen. Jos vika toistuu, kerro koodi palvelun "
        "ylläpidolle.",
        "sv": "Vänta en stund och öppna länken i Slack igen. Om felet upprepas, berätta koden för "
        "tjänstens administratör.",
        "en": "Wait a moment, and open the link in Slack again. If it happens again, tell the code to the "
        "service's operator.",
    },
}

EVERYTHING = WORDS | OF_REFUSALS | OF_MANDATES | OF_SAML


def say(key: str, language: Language, **parts: str) -> str:
    """The sentence *key* in *language*, with *parts* put in."""
    return EVERYTHING[key][language].format(**parts)


def problem(code: str, why: str) -> str:
    """The key under which the sentences about a refusal are: the closest that there is."""
    closer = f"{code}.{why}"
    if f"{closer}.title" in EVERYTHING:
        return closer
    return code if f"{code}.title" in EVERYTHING else "page.crashed"
