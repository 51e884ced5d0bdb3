"""Files go up, are shown in messages, come down with the token alone, and go away."""

import io
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from simulator.guard import SESSION_HEADER
from simulator.running import Simulator
from tests.simulator.api.ear import Ear
from tests.simulator.conftest import refusal

# More than a server takes by default.
LARGE = 1_200_000
PICTURE = b"\x89PNG\r\n\x1a\n" + b"x" * 900_000


async def fetched(url: str, token: str | None) -> tuple[int, bytes]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as response:
        return response.status, await response.read()


async def test_a_picture_is_uploaded_shown_fetched_and_deleted(
    simulator: Simulator, client: AsyncWebClient, ear: Ear
) -> None:
    done = await client.files_upload_v2(
        channel="C0GENERAL",
        file=PICTURE,
        filename="buoy.png",
        title="A buoy",
        alt_txt="A red buoy",
        initial_comment="Look",
    )
    file = done["file"]
    message = simulator.messages("C0GENERAL")[-1]
    with_token = await fetched(file["url_private"], simulator.bot_token)
    without = await fetched(file["url_private"], None)
    page = await fetched(f"{simulator.url}/sim/files/{file['id']}?user=U0AINO", None)
    stranger = await fetched(f"{simulator.url}/sim/files/{file['id']}?user=U0GUEST", None)
    info = await client.files_info(file=file["id"])
    found = await client.files_list(channel="C0GENERAL", types="images")
    await client.files_delete(file=file["id"])
    gone = await refusal(client, "files.info", file=file["id"])

    assert (message.text, message.subtype) == ("Look", "file_share")
    assert message.as_page()["files"][0]["title"] == "A buoy"
    assert with_token == (200, PICTURE)
    assert page == (200, PICTURE)
    assert (without[0], stranger[0]) == (403, 404)
    assert info["file"]["shares"]["public"]["C0GENERAL"][0]["ts"] == message.ts
    assert (info["file"]["mimetype"], info["file"]["alt_txt"]) == ("image/png", "A red buoy")
    assert [each["id"] for each in found["files"]] == [file["id"]]
    assert found["paging"]["total"] == 1
    assert gone["error"] == "file_deleted"
    assert simulator.messages("C0GENERAL")[-1].as_page()["files"][0]["mode"] == "tombstone"
    for kind in ("file_created", "file_shared", "file_deleted"):
        assert [each["file_id"] for each in await ear.events(kind)] == [file["id"]]


async def test_bytes_come_as_a_form_too_and_once_only(simulator: Simulator, client: AsyncWebClient) -> None:
    place = await client.files_getUploadURLExternal(filename="log.txt", length=5)
    early = await refusal(client, "files.completeUploadExternal", files=[{"id": place["file_id"]}])
    async with aiohttp.ClientSession() as session:
        form = aiohttp.FormData()
        form.add_field("filename", io.BytesIO(b"x" * LARGE), filename="log.txt")
        async with session.post(place["upload_url"], data=form) as response:
            first = (response.status, await response.text())
        async with session.post(place["upload_url"], data=b"again") as response:
            second = response.status
    done = await client.files_completeUploadExternal(files=[{"id": place["file_id"], "title": "Log"}])

    assert early["error"] == "file_not_found"
    assert first == (200, f"OK - {LARGE}")
    assert second == 404
    assert (done["files"][0]["size"], done["files"][0]["channels"]) == (LARGE, [])


async def test_what_a_person_puts_into_a_form_the_app_may_read(
    simulator: Simulator, client: AsyncWebClient
) -> None:
    async with aiohttp.ClientSession(headers={SESSION_HEADER: simulator.session}) as session:
        url = f"{simulator.url}/sim/files?user=U0AINO&name=note.txt"
        async with session.post(url, data=b"ahoy") as response:
            file = (await response.json())["file"]
    info = await client.files_info(file=file["id"])

    assert info["file"]["user"] == "U0AINO"
    assert await fetched(file["url_private_download"], simulator.bot_token) == (200, b"ahoy")


@pytest.mark.parametrize(
    ("method", "arguments", "code"),
    [
        ("files.getUploadURLExternal", {"filename": "x", "length": 0}, "missing_argument"),
        (
            "files.getUploadURLExternal",
            {"filename": "x", "length": 99_999_999},
            "file_upload_size_restricted",
        ),
        (
            "files.getUploadURLExternal",
            {"filename": "x", "length": 1, "alt_txt": "x" * 1001},
            "alt_txt_too_large",
        ),
        ("files.completeUploadExternal", {"files": [{"id": "F0NONE"}]}, "file_not_found"),
        ("files.completeUploadExternal", {"files": "[]"}, "invalid_arguments"),
        ("files.info", {"file": "F0NONE"}, "file_not_found"),
        ("files.delete", {"file": "F0NONE"}, "file_not_found"),
        ("files.list", {"types": "songs"}, "unknown_type"),
        ("files.list", {"user": "U0NOBODY"}, "user_not_found"),
    ],
)
async def test_it_refuses(client: AsyncWebClient, method: str, arguments: dict[str, Any], code: str) -> None:
    assert (await refusal(client, method, **arguments))["error"] == code


@pytest.mark.parametrize(
    ("channel", "code"),
    [
        ("C0NOWHERE", "channel_not_found"),
        ("C0BRIDGE", "channel_not_found"),
        ("C0QUAY", "not_in_channel"),
        ("C0WRECK", "posting_to_channel_denied"),
    ],
)
async def test_a_file_is_shown_only_where_the_app_may_speak(
    client: AsyncWebClient, channel: str, code: str
) -> None:
    place = await client.files_getUploadURLExternal(filename="log.txt", length=5)
    async with aiohttp.ClientSession() as session, session.post(place["upload_url"], data=b"ahoy!"):
        pass
    answer = await refusal(
        client, "files.completeUploadExternal", files=[{"id": place["file_id"]}], channel_id=channel
    )

    assert answer["error"] == code
