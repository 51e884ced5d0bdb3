"""What Slack itself says to a person when an app fails them, in fi, sv and en."""

from collections.abc import Mapping

SENTENCES: Mapping[str, Mapping[str, str]] = {
    "command_failed": {
        "fi": "Komento {command} ei mennyt perille. Yritä hetken päästä uudelleen.",
        "sv": "Kommandot {command} nådde inte appen. Försök igen om en stund.",
        "en": "{command} did not reach the app. Please try again in a moment.",
    },
    "unknown_command": {
        "fi": "Komentoa {command} ei ole. Tarkista kirjoitusasu tai katso komennot merkillä /.",
        "sv": "Kommandot {command} finns inte. Kontrollera stavningen eller se kommandona med /.",
        "en": "There is no command {command}. Check the spelling, or see the commands by typing /.",
    },
    "no_answer": {
        "fi": "Sovellus ei vastannut ajoissa. Tarkista, menikö asia perille, tai yritä uudelleen.",
        "sv": "Appen svarade inte i tid. Kontrollera om det gick fram, eller försök igen.",
        "en": "The app did not answer in time. Check whether it went through, or try again.",
    },
    "bad_answer": {
        "fi": "Sovelluksen vastausta ei voitu näyttää. Yritä uudelleen.",
        "sv": "Appens svar kunde inte visas. Försök igen.",
        "en": "The app's answer could not be shown. Please try again.",
    },
    "required": {
        "fi": "Täytä tämä kohta.",
        "sv": "Fyll i det här fältet.",
        "en": "Please fill this in.",
    },
    "too_short": {
        "fi": "Kirjoita vähintään {count} merkkiä.",
        "sv": "Skriv minst {count} tecken.",
        "en": "Please write at least {count} characters.",
    },
    "too_long": {
        "fi": "Kirjoita enintään {count} merkkiä.",
        "sv": "Skriv högst {count} tecken.",
        "en": "Please write at most {count} characters.",
    },
    "bad_email": {
        "fi": "Tarkista sähköpostiosoite.",
        "sv": "Kontrollera e-postadressen.",
        "en": "Please check the e-mail address.",
    },
}


def say(code: str, locale: str, **values: object) -> str:
    """Write the sentence *code* in the language of *locale*, in English where we do not speak it."""
    sentence = SENTENCES[code]
    return sentence.get(locale[:2].lower(), sentence["en"]).format(**values)
