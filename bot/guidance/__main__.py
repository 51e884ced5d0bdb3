"""The door: `python -m bot.guidance QUESTION [--lang fi|sv|en] [--json]`, which needs nothing that runs."""

import argparse
import json
import sys

from bot.guidance.index import Answer, Guidance
from bot.guidance.language import LANGUAGES, Language, detect_language
from bot.guidance.support import CUSTOMER_SUPPORT

UNKNOWN: dict[Language, str] = {
    "fi": "En tiedä vastausta. Kysy: {name}, {email}, puh. {phone}, {hours}.",
    "sv": "Jag vet inte svaret. Fråga: {name}, {email}, tfn {phone}, {hours}.",
    "en": "I do not know the answer. Ask {name}, {email}, tel. {phone}, {hours}.",
}
SOURCE: dict[Language, str] = {
    "fi": "Lähde: {source}, tiedot ajalta {as_of}.",
    "sv": "Källa: {source}, uppgifterna från {as_of}.",
    "en": "Source: {source}, as of {as_of}.",
}


def main() -> None:
    """Answer one question on standard output."""
    parser = argparse.ArgumentParser(prog="ekstranet guidance ask")
    parser.add_argument("text")
    parser.add_argument("--lang", choices=LANGUAGES)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    answer = Guidance.load().ask(asked.text, lang=asked.lang)
    language: Language = asked.lang or detect_language(asked.text) or "en"
    sys.stdout.write((as_json(answer) if asked.json else as_text(answer, language)) + "\n")


def as_json(answer: Answer) -> str:
    """The answer for programs: whether it is known, and the topics that fit, best first."""
    hits = [{"topic": hit.topic, "title": hit.title, "score": round(hit.score, 4)} for hit in answer.answers]
    return json.dumps({"known": answer.known, "answers": hits}, ensure_ascii=False)


def as_text(answer: Answer, language: Language) -> str:
    """The best answer for people, with its source; or whom to ask."""
    if not answer.known:
        support = CUSTOMER_SUPPORT
        return UNKNOWN[language].format(
            name=support.name[language],
            email=support.email,
            phone=support.phone,
            hours=support.hours[language] if support.hours else "",
        )
    best = answer.answers[0].article
    source = SOURCE[best.language].format(source=best.source, as_of=best.as_of)
    return f"{best.title}\n\n{best.body}\n\n{source}"


if __name__ == "__main__":
    main()
