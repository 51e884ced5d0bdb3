"""Everything that can be pressed is answered by somebody, and by one only."""

import pytest

from bot.features import turn_takers
from bot.identification import Identification
from bot.router import Kind, Router, on_press
from bot.views.guidance import unknown
from bot.views.help import menu
from bot.views.home import home, stranger_home
from bot.views.languages import choice
from tests.bot.conftest import Scene, actions_in
from tests.bot.views.test_views import content


async def test_every_button_has_somebody_who_answers_it(scene: Scene) -> None:
    kit = scene.bot.kit
    router = Router(turn_takers(kit, Identification(kit)))
    messages = (menu("en"), unknown("en"), choice("en"))
    crowded = content("en", count=30)
    views = (stranger_home("en"), *(home(crowded, page) for page in range(5)))
    drawn = [[dict(block) for block in said.blocks] for said in messages] + [view["blocks"] for view in views]
    shown = set().union(*(actions_in(blocks) for blocks in drawn))

    assert len(shown) > 10
    assert shown - router.names(Kind.PRESS) == set()


def test_two_features_cannot_answer_the_same_button() -> None:
    class Feature:
        @on_press("same")
        async def answer(self, press: object) -> None: ...

    with pytest.raises(TypeError, match="two features"):
        Router([Feature(), Feature()])
