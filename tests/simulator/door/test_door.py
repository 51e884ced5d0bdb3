"""`python -m simulator`, as a person and as a script start it."""

import asyncio
import json
import signal
import socket
from pathlib import Path

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from typer.testing import CliRunner

from simulator.door.command import app
from simulator.door.words import LANGUAGES, catalogue
from tests.simulator.door.conftest import MANIFEST, line_of, ready, started
from tests.support.patience import PATIENCE


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    path = tmp_path / "manifest.json"
    # Slack's own tools indent with tabs, which YAML would not take.
    path.write_text(json.dumps(MANIFEST, indent="\t"))
    return path


def refused(*arguments: str) -> str:
    """What it says when it does not start."""
    result = CliRunner().invoke(app, list(arguments), env={"KANTA_LANGUAGE": "en"})

    assert result.exit_code == 1
    assert result.stdout == ""
    return result.stderr


async def test_a_manifest_is_enough_and_six_people_are_there(manifest: Path) -> None:
    async with started("--manifest", str(manifest), "--port", "0", "--json") as process:
        said = await ready(process)
        client = AsyncWebClient(token=said["bot_token"], base_url=said["api_url"])
        who = await client.auth_test()
        async with aiohttp.ClientSession(said["url"]) as page:
            state = await (await page.get("/sim/state")).json()

    people = {user["name"]: user for user in state["users"] if not user["is_bot"]}
    assert who["team"] == "Village"
    assert sorted(people) == ["aino", "bertil", "celia", "daniel", "eeva", "greta"]
    assert [people["aino"]["is_admin"], people["greta"]["is_restricted"]] == [True, True]
    assert [people["eeva"]["is_stranger"], people["daniel"]["deleted"]] == [True, True]
    assert {user["locale"][:2] for user in people.values()} == {"fi", "sv", "en"}


async def test_the_manifest_of_the_folder_is_found(manifest: Path) -> None:
    async with started("--port", "0", "--json", cwd=manifest.parent) as process:
        said = await ready(process)

    assert said["url"].startswith("http://127.0.0.1:")


async def test_it_greets_with_what_to_open_and_what_to_paste(manifest: Path) -> None:
    async with started("--manifest", str(manifest), "--port", "0", HTTP_PROXY="http://proxy:1") as process:
        first = await line_of(process, "SIMULATOR")
        address = await line_of(process, "Open: ")
        people = await line_of(process, "People: ")
        lines = [(await line_of(process, "export ")).strip() for _ in range(3)]
        proxy = await line_of(process, "unset ")
        python = await line_of(process, "AsyncWebClient")
        javascript = await line_of(process, "slackApiUrl")

    url = address.removeprefix("Open: ")
    assert "not Slack" in first
    assert "Greta (sv, guest)" in people
    assert lines == [
        "export SLACK_BOT_TOKEN=xoxb-simulator-bot",
        "export SLACK_APP_TOKEN=xapp-simulator-app",
        f"export SLACK_API_URL={url}api/",
    ]
    assert "HTTP_PROXY" in proxy
    assert "SLACK_API_URL" in python
    assert "SLACK_API_URL" in javascript


async def test_ctrl_c_ends_it_at_once_whoever_is_connected(manifest: Path) -> None:
    async with started("--manifest", str(manifest), "--port", "0", "--json") as process:
        said = await ready(process)
        client = AsyncWebClient(token=said["app_token"], base_url=said["api_url"])
        opened = await client.apps_connections_open(app_token=said["app_token"])
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(opened["url"]),
            session.get(f"{said['url']}/sim/events?user=U0AINO"),
        ):
            process.send_signal(signal.SIGINT)
            code = await asyncio.wait_for(process.wait(), PATIENCE / 2)

    assert process.stderr is not None
    assert code == 0
    assert await process.stderr.read() == b""


async def test_it_listens_on_this_machine_only(manifest: Path) -> None:
    async with started("--manifest", str(manifest), "--port", "0", "--json") as process:
        port = int((await ready(process))["url"].rpartition(":")[2])
        with socket.socket() as elsewhere:
            elsewhere.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)

            # Free on another loopback address, so it is not bound on all of them.
            elsewhere.bind(("127.0.0.2", port))


async def test_a_fault_that_was_asked_for_happens_once(manifest: Path) -> None:
    options = ("--fault", "auth.test=429:7", "--fault", "auth.test=500")
    async with started("--manifest", str(manifest), "--port", "0", "--json", *options) as process:
        said = await ready(process)
        client = AsyncWebClient(token=said["bot_token"], base_url=said["api_url"])
        failures = []
        for _ in range(2):
            with pytest.raises(SlackApiError) as caught:
                await client.auth_test()
            failures.append(caught.value.response)
        works = await client.auth_test()

    assert [each.status_code for each in failures] == [429, 500]
    assert failures[0].headers["Retry-After"] == "7"
    assert works["ok"] is True


def test_a_port_in_use_is_told_in_one_sentence(manifest: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        told = refused("--manifest", str(manifest), "--port", str(port))

    assert told.count("\n") == 1
    assert str(port) in told
    assert "--port 0" in told


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--http", "http://127.0.0.1:3000/slack/events"), "--signing-secret"),
        (("--signing-secret", "s"), "--http"),
        (("--http", "https://app.example/slack/events", "--signing-secret", "s"), "this machine"),
        (("--http", "127.0.0.1:3000", "--signing-secret", "s"), "this machine"),
        (("--fault", "chat.postMessage=302"), "chat.postMessage=302"),
        (("--fault", "chat.postMessages"), "chat.postMessages"),
        (("--seed", "nowhere.yaml"), "nowhere.yaml"),
    ],
)
def test_what_cannot_be_is_told_in_one_sentence(manifest: Path, options: tuple[str, ...], words: str) -> None:
    told = refused("--manifest", str(manifest), *options)

    assert told.count("\n") == 1
    assert words in told


def test_without_a_manifest_it_says_where_it_looked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert "manifest.json" in refused()


def test_every_sentence_of_the_door_is_there_in_three_languages() -> None:
    fi, sv, en = (catalogue(language) for language in LANGUAGES)

    assert fi.keys() == sv.keys() == en.keys()
    assert not [
        key for key in en if len({fi[key], sv[key], en[key]}) < 3 and key not in ("python", "javascript")
    ]
