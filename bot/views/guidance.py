"""How answers from the guidance look."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.sender import Said
from bot.views.spoken import message
from bot.views.text import (
    Block,
    Blocks,
    actions,
    bare,
    button,
    context,
    field,
    modal,
    plain,
    plain_text,
    section,
)
from bot.words import say
from bot.words.dates import dated
from shared.contracts.base import Language

if TYPE_CHECKING:
    from bot.guidance.articles import Article
    from bot.guidance.index import Answer, Hit

QUESTION = "question"
LONGEST_QUESTION = 1000
USEFUL, USELESS = "yes", "no"


def answer(found: "Answer", language: Language) -> Said:
    """The best article, buttons for the two nearest, and whether it helped."""
    best, *near = found.answers
    return message(
        language,
        *_article(best.article, language),
        *_near(near, language),
        feedback(best.topic, language),
    )


def article_of(article: "Article", language: Language) -> Said:
    """An article, with where it comes from and how sure it is."""
    return message(language, *_article(article, language), feedback(article.topic, language))


def unknown(language: Language) -> Said:
    """We do not know, and say who does."""
    buttons = actions(
        button(say("help.why_button", language), "why.begin"),
        button(say("help.person_button", language), "person.show"),
        button(say("help.help_button", language), "help.show"),
    )
    return message(language, section(say("guidance.unknown", language)), buttons)


def thanks(*, useful: bool, language: Language) -> Said:
    """What is said to somebody who told whether an answer helped; where it did not, a way to a person."""
    if useful:
        return message(language, section(say("guidance.thanks", language)))
    return message(
        language,
        section(say("guidance.sorry", language)),
        actions(button(say("help.person_button", language), "person.show")),
    )


def question_form(language: Language) -> Block:
    """One question in one's own words."""
    element: Block = {
        "type": "plain_text_input",
        "action_id": QUESTION,
        "multiline": True,
        "max_length": LONGEST_QUESTION,
        "placeholder": plain_text(say("guidance.question_placeholder", language), 150),
    }
    hint = say("guidance.question_hint", language)
    return modal(
        say("guidance.question_title", language),
        [field(say("guidance.question_label", language), QUESTION, element, hint=hint)],
        close=say("common.cancel_button", language),
        submit=say("guidance.question_submit", language),
        form="ask.question",
    )


def answer_modal(found: "Answer", language: Language) -> Block:
    """An answer in the place of the question; a modal has no room for Slack's own feedback buttons."""
    if found.known:
        best, *near = found.answers
        blocks: Blocks = [
            *_article(best.article, language),
            *_near(near, language),
            actions(
                button(say("guidance.useful_button", language), "feedback.yes", f"{USEFUL}:{best.topic}"),
                button(say("guidance.useless_button", language), "feedback.no", f"{USELESS}:{best.topic}"),
            ),
        ]
    else:
        blocks = [dict(block) for block in unknown(language).blocks]
    return modal(say("guidance.answer_title", language), blocks, close=say("common.close_button", language))


def where_from(source: str, as_of: str, language: Language) -> str:
    """Where something is known from, and how old that is."""
    date = dated(as_of, language)
    if date is None:
        return say("guidance.source_undated", language, source=plain(source, 600))
    return say("guidance.source", language, source=plain(source, 600), date=date)


def prompts(names: Sequence[str], language: Language) -> Sequence[tuple[str, str]]:
    """Questions to begin with, each under a name of ours; Slack shows four."""
    return [
        (say(f"guidance.prompt_{name}", language), say(f"guidance.prompt_{name}", language))
        for name in names[:4]
    ]


def feedback(topic: str, language: Language) -> Block:
    """Slack's own pair of buttons under an answer: did it help?"""
    helped, did_not = say("guidance.useful_button", language), say("guidance.useless_button", language)
    return {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "feedback.answer",
                "positive_button": {
                    "text": plain_text(helped, 75),
                    "value": f"{USEFUL}:{topic}",
                    "accessibility_label": helped,
                },
                "negative_button": {
                    "text": plain_text(did_not, 75),
                    "value": f"{USELESS}:{topic}",
                    "accessibility_label": did_not,
                },
            }
        ],
    }


def _article(article: "Article", language: Language) -> Blocks:
    blocks: Blocks = [section(f"*{plain(article.title, 200)}*\n{plain(article.body, 2500)}")]
    if not article.confirmed:
        blocks.append(context(say("guidance.unconfirmed", language)))
    return [*blocks, context(where_from(article.source, article.as_of, language))]


def _near(near: "Sequence[Hit]", language: Language) -> Blocks:
    if not near:
        return []
    buttons = [
        button(bare(hit.title, 75), f"guidance.near_{number}", hit.topic)
        for number, hit in enumerate(near[:2], start=1)
    ]
    return [section(say("guidance.near", language)), actions(*buttons)]
