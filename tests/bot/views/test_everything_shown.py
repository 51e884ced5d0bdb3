"""Whatever the bot shows, Slack takes it, and everybody can read it: with eyes, by ear, without colours."""

import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any

import pytest

import bot.views
from bot.sender import MOST_TEXT, Said
from bot.views.text import Block
from bot.words import LANGUAGES
from shared.blockkit.validation import Surface, validate_blocks, validate_view
from shared.contracts.base import Language
from tests.bot.views.gallery import MESSAGES, VIEWS, every_message, every_view

# Parts of views, and what builds them.
PARTS = {
    "asking",
    "actions",
    "button",
    "context",
    "divider",
    "ending",
    "feedback",
    "field",
    "header",
    "message",
    "modal",
    "offer_buttons",
    "option",
    "plain_text",
    "search",
    "section",
    "select",
}
DESTRUCTIVE = {
    "grant.decline",
    "grant.withdraw",
    "grant.revoke",
    "grant.relinquish",
    "contacts.remove",
    "link.remove",
    "link.remove_colleague",
}
WORD = re.compile(r"\w{2,}")
SIGNS = re.compile(r"[✓✗⚠✅❌\U0001F300-\U0001FAFF]|:[a-z_]+:")


def drawers() -> Iterator[Callable[..., Any]]:
    """Every public function of the views that draws a message, a modal or a Home tab."""
    for found in pkgutil.iter_modules(bot.views.__path__):
        module = import_module(f"bot.views.{found.name}")
        for _, function in inspect.getmembers(module, inspect.isfunction):
            ours = function.__module__ == module.__name__ and not function.__name__.startswith("_")
            if ours and inspect.signature(function).return_annotation in (Said, Block):
                yield function


def elements(blocks: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Everything that can be pressed, chosen or filled in."""
    for block in blocks:
        inside = [block.get("accessory"), block.get("element"), *block.get("elements", [])]
        yield from (each for each in inside if each and each["type"] not in ("mrkdwn", "plain_text"))


def buttons(blocks: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [each for each in elements(blocks) if each["type"] == "button"]


def under_headings(blocks: Sequence[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """Blocks by the heading that they stand under, by which whoever listens finds their way."""
    parts: list[list[Mapping[str, Any]]] = [[]]
    for block in blocks:
        if block["type"] == "header":
            parts.append([])
        parts[-1].append(block)
    return parts


def read(value: object) -> Iterator[str]:
    """Every word that a person reads in *value*, wherever it stands in it."""
    if isinstance(value, Mapping):
        if value.get("type") in ("mrkdwn", "plain_text"):
            yield str(value["text"])
        else:
            yield from (
                words
                for name, inside in value.items()
                if name not in ("confirm", "options", "initial_option")
                for words in read(inside)
            )
    elif isinstance(value, list):
        yield from (words for inside in value for words in read(inside))


def blocks_of(said: Said) -> list[Mapping[str, Any]]:
    return list(said.blocks)


def test_everything_that_is_drawn_is_in_the_gallery() -> None:
    undrawn = {each.__name__ for each in drawers() if each not in MESSAGES and each not in VIEWS}

    assert undrawn - PARTS == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_slack_takes_every_message(language: Language) -> None:
    for name, said in every_message(language):
        assert validate_blocks(Surface.MESSAGE, [dict(block) for block in said.blocks]) == [], name
        assert 0 < len(said.text) < MOST_TEXT, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_slack_takes_every_view(language: Language) -> None:
    for name, view in every_view(language):
        assert validate_view(view) == [], name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_of_a_message_says_all_that_its_blocks_show(language: Language) -> None:
    for name, said in every_message(language):
        heard = set(WORD.findall(said.text))
        seen = {word for words in read(blocks_of(said)) for word in WORD.findall(words)}

        assert seen - heard - {"lt", "gt", "amp"} == set(), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_buttons_that_look_alike_sound_different(language: Language) -> None:
    shown = [(name, blocks_of(said)) for name, said in every_message(language)]
    shown += [(name, view["blocks"]) for name, view in every_view(language)]
    for name, blocks in shown:
        for part in under_headings(blocks):
            heard = [each.get("accessibility_label", each["text"]["text"]) for each in buttons(part)]

            assert len(heard) == len(set(heard)), (name, sorted(heard))


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_most_one_button_of_a_view_stands_out(language: Language) -> None:
    shown = [(name, blocks_of(said)) for name, said in every_message(language)]
    shown += [(name, view["blocks"]) for name, view in every_view(language)]
    for name, blocks in shown:
        assert sum(each.get("style") == "primary" for each in buttons(blocks)) <= 1, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_undoes_something_asks_once_more_and_nothing_else_looks_dangerous(language: Language) -> None:
    shown = [(name, blocks_of(said)) for name, said in every_message(language)]
    shown += [(name, view["blocks"]) for name, view in every_view(language)]
    asked = set()
    for name, blocks in shown:
        for each in buttons(blocks):
            dangerous = each["action_id"] in DESTRUCTIVE
            assert ("confirm" in each) == dangerous, (name, each["action_id"])
            assert each.get("style") != "danger" or dangerous, (name, each["action_id"])
            if dangerous:
                assert each["confirm"]["style"] == "danger", (name, each["action_id"])
                asked.add(each["action_id"])

    assert asked == DESTRUCTIVE


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sign_stands_without_words(language: Language) -> None:
    shown = [(name, blocks_of(said)) for name, said in every_message(language)]
    shown += [(name, view["blocks"]) for name, view in every_view(language)]
    for name, blocks in shown:
        for words in read(blocks):
            if SIGNS.search(words):
                assert len(WORD.findall(SIGNS.sub(" ", words))) >= 2, (name, words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_menu_and_every_question_has_words_of_its_own(language: Language) -> None:
    for name, view in every_view(language):
        for element in elements(view["blocks"]):
            if element["type"].endswith("_select"):
                assert element["placeholder"]["text"], name
        for block in view["blocks"]:
            if block["type"] == "input":
                assert block["label"]["text"], name
            if block["type"] == "image":
                assert block["alt_text"], name


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_in_messages_mean_nothing_to_slack(language: Language) -> None:
    for name, said in every_message(language):
        assert "<Testi>" not in said.text, name
        assert "<!" not in said.text, name
