"""Everything that can be pressed, chosen, sent or typed is answered by somebody, and by one only."""

from pathlib import Path

import pytest

from bot.cards import Cards
from bot.features import turn_takers
from bot.identification import Identification
from bot.notifications.herald import Herald
from bot.payloads import COMMAND
from bot.router import Kind, Router, on_press
from bot.typed import WORDS
from bot.words import LANGUAGES
from simulator.manifest import load_manifest
from tests.bot.conftest import MANIFEST, Scene
from tests.bot.views.gallery import every_message, every_view
from tests.bot.views.test_everything_shown import elements


def router(scene: Scene) -> Router:
    kit = scene.bot.kit
    herald = Herald(kit, Cards(kit), kit.sender.settings.calm)
    return Router(turn_takers(kit, Identification(kit), herald))


async def test_every_button_and_menu_has_somebody_who_answers_it(scene: Scene) -> None:
    known = router(scene)
    drawn = [list(said.blocks) for language in LANGUAGES for _, said in every_message(language)]
    drawn += [view["blocks"] for language in LANGUAGES for _, view in every_view(language)]
    pressed, searched = set(), set()
    for blocks in drawn:
        for block in blocks:
            silent = block["type"] == "input" and not block.get("dispatch_action")
            for element in elements([block]):
                if element["type"] == "external_select":
                    searched.add(element["action_id"])
                if not silent:
                    pressed.add(element["action_id"])

    assert len(pressed) > 25
    assert {each for each in pressed if not each.startswith(COMMAND)} - known.names(Kind.PRESS) == set()
    assert searched - known.names(Kind.SEARCH) == set()


async def test_every_form_has_somebody_who_takes_it(scene: Scene) -> None:
    forms = {
        view["callback_id"]
        for language in LANGUAGES
        for _, view in every_view(language)
        if view.get("submit")
    }

    assert len(forms) > 5
    assert forms - router(scene).names(Kind.FORM) == set()


async def test_every_command_and_every_shortcut_has_somebody_who_does_it(scene: Scene) -> None:
    known = router(scene)
    shortcuts = {each.callback_id for each in load_manifest(Path(MANIFEST)).features.shortcuts}

    assert known.names(Kind.WORD) == {*WORDS, "", "*"}
    assert known.names(Kind.SHORTCUT) == {*shortcuts, "*"}


def test_two_features_cannot_answer_the_same_button() -> None:
    class Feature:
        @on_press("same")
        async def answer(self, press: object) -> None: ...

    with pytest.raises(TypeError, match="two features"):
        Router([Feature(), Feature()])
