"""People of whom nobody has said anything are spoken to as their workspace is, or as their account is set."""

from pathlib import Path

import pytest

from bot.accounts import Accounts
from bot.locales import Locales
from bot.people import People
from shared.contracts.base import Language
from shared.contracts.identity import ChatAccount
from simulator.api.endpoint import Fault
from simulator.seed import User
from tests.bot.conftest import Scene, settings_for
from tests.bot.makers import TEAM

NEW = ChatAccount(team=TEAM, user="U0NEW")


def locales(scene: Scene, folder: Path, **more: object) -> Locales:
    return Locales(settings_for(scene.slack, folder).model_copy(update=more), Accounts(scene.bot.kit.sender))


@pytest.mark.parametrize(
    ("settings", "language"),
    [
        ({"bot_language": "fi"}, "fi"),
        ({"bot_language": "fi", "bot_languages": {TEAM: "sv"}}, "sv"),
        ({"bot_language": "fi", "bot_languages": {"T0OTHER": "sv"}}, "fi"),
        ({}, "en"),
    ],
)
async def test_a_workspace_has_a_language_of_its_own(
    scene: Scene, tmp_path: Path, settings: dict[str, object], language: Language
) -> None:
    assert await locales(scene, tmp_path, **settings).language(NEW) == language


async def test_without_that_the_account_says_what_it_is_set_to(scene: Scene, tmp_path: Path) -> None:
    people = scene.slack.stage.people.everybody
    people["U0NEW"] = User("U0NEW", "new", "Newcomer", "new@example.fi", locale="sv-SE")

    assert await locales(scene, tmp_path).language(NEW) == "sv"


async def test_slack_that_does_not_say_it_is_no_obstacle(scene: Scene, tmp_path: Path) -> None:
    scene.slack.fail_next("users.info", Fault(200, "user_not_found"))

    assert await locales(scene, tmp_path).language(NEW) == "en"


async def test_what_a_newcomer_is_spoken_to_in_is_what_they_use_or_else_the_workspaces(
    scene: Scene, tmp_path: Path
) -> None:
    people = People(scene.town, locales(scene, tmp_path, bot_language="fi").language)

    assert await people.language(NEW) == "fi"
    assert await people.language(NEW, "sv") == "sv"
