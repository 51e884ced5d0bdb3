"""How answers from the guidance look."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.sender import Said
from bot.views.text import Blocks, actions, bare, button, context, plain, section
from bot.words import say
from shared.contracts.base import Language

if TYPE_CHECKING:
    from bot.guidance.articles import Article
    from bot.guidance.index import Answer


def answer(found: "Answer", language: Language) -> Said:
    """The best article, and buttons for the two nearest."""
    best, *near = found.answers
    said = article_of(best.article, language)
    if not near:
        return said
    buttons = [
        button(bare(hit.title, 75), f"guidance.near_{number}", hit.topic)
        for number, hit in enumerate(near[:2], start=1)
    ]
    return Said(said.text, [*said.blocks, section(say("guidance.near", language)), actions(*buttons)])


def article_of(article: "Article", language: Language) -> Said:
    """An article, with where it comes from and how sure it is."""
    source = say("guidance.source", language, source=plain(article.source, 600), date=bare(article.as_of, 40))
    parts: list[str] = [f"*{plain(article.title, 200)}*", plain(article.body, 2500)]
    blocks: Blocks = [section("\n".join(parts))]
    doubt = "" if article.confirmed else say("guidance.unconfirmed", language)
    if doubt:
        blocks.append(context(doubt))
    blocks.append(context(source))
    return Said("\n".join(part for part in (*parts, doubt, source) if part), blocks)


def unknown(language: Language) -> Said:
    """We do not know, and say who does."""
    text = say("guidance.unknown", language)
    buttons = actions(
        button(say("help.why_button", language), "why.begin"),
        button(say("help.help_button", language), "help.show"),
    )
    return Said(text, [section(text), buttons])


def prompts(language: Language) -> Sequence[tuple[str, str]]:
    """Questions to begin with."""
    return [
        (say(f"guidance.prompt_{number}", language), say(f"guidance.prompt_{number}", language))
        for number in (1, 2, 3)
    ]
