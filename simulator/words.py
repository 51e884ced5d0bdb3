"""What the simulator itself says to people, in fi, sv and en: as Slack does, and about their files."""

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
    "file_missing": {
        "fi": "Tiedostoa {file} ei voi lukea. Tarkista polku.",
        "sv": "Filen {file} kan inte läsas. Kontrollera sökvägen.",
        "en": "The file {file} cannot be read. Check the path.",
    },
    "file_unreadable": {
        "fi": "Tiedosto {file} ei ole YAMLia eikä JSONia. Katso riviä {line}.",
        "sv": "Filen {file} är varken YAML eller JSON. Se på rad {line}.",
        "en": "The file {file} is neither YAML nor JSON. Look at line {line}.",
    },
    "file_no_mapping": {
        "fi": "Tiedoston {file} ylimmällä tasolla pitää olla nimettyjä kenttiä.",
        "sv": "Filen {file} ska ha namngivna fält på översta nivån.",
        "en": "The file {file} should have named fields at its top level.",
    },
    "file_wrong": {
        "fi": "Tiedostoa {file} ei voi käyttää: {reason}. Korjaa se ja yritä uudelleen.",
        "sv": "Filen {file} kan inte användas: {reason}. Rätta den och försök igen.",
        "en": "The file {file} cannot be used: {reason}. Correct it and try again.",
    },
    "field_missing": {
        "fi": "Tiedostosta {file} puuttuu kenttä {field}. Lisää se.",
        "sv": "I filen {file} saknas fältet {field}. Lägg till det.",
        "en": "The file {file} lacks the field {field}. Please add it.",
    },
    "field_unknown": {
        "fi": "Tiedostossa {file} on tuntematon kenttä {field}. Tarkista kirjoitusasu.",
        "sv": "Filen {file} har det okända fältet {field}. Kontrollera stavningen.",
        "en": "The file {file} has the unknown field {field}. Check the spelling.",
    },
    "field_choice": {
        "fi": "Tiedoston {file} kentän {field} arvon pitää olla jokin näistä: {choices}.",
        "sv": "Fältet {field} i filen {file} ska vara något av följande: {choices}.",
        "en": "The field {field} of the file {file} should be one of these: {choices}.",
    },
    "field_kind": {
        "fi": "Tiedoston {file} kentän {field} pitää olla {kind}.",
        "sv": "Fältet {field} i filen {file} ska vara {kind}.",
        "en": "The field {field} of the file {file} should be {kind}.",
    },
    "field_wrong": {
        "fi": "Tiedoston {file} kenttää {field} ei voi käyttää: {reason}.",
        "sv": "Fältet {field} i filen {file} kan inte användas: {reason}.",
        "en": "The field {field} of the file {file} cannot be used: {reason}.",
    },
    "kind_text": {"fi": "tekstiä", "sv": "en text", "en": "text"},
    "kind_flag": {"fi": "true tai false", "sv": "true eller false", "en": "true or false"},
    "kind_whole": {"fi": "kokonaisluku", "sv": "ett heltal", "en": "a whole number"},
    "kind_list": {"fi": "luettelo", "sv": "en lista", "en": "a list"},
    "kind_mapping": {
        "fi": "joukko nimettyjä kenttiä",
        "sv": "en grupp namngivna fält",
        "en": "a group of named fields",
    },
}


def say(code: str, locale: str, **values: object) -> str:
    """Write the sentence *code* in the language of *locale*, in English where we do not speak it."""
    sentence = SENTENCES[code]
    return sentence.get(locale[:2].lower(), sentence["en"]).format(**values)
