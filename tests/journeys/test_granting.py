"""From a main user's form to a role in force, through separate processes."""

import asyncio
import json
import signal
from pathlib import Path

import psutil
import pytest

from simulator.town.inhabitants import inhabitants
from tests.journeys.offering import offer
from tests.support.patience import PATIENCE
from tests.support.stack import Person, Stack, running_stack, seen

# These mind only people of their own.
together = pytest.mark.asyncio(loop_scope="module")


async def may(stack: Stack, person: str) -> bool:
    """What the operator's command says."""
    status, out, err = await stack.ekstranet(
        "access",
        "check",
        "--person",
        person,
        "--organisation",
        "9100001-3",
        "--action",
        "systems.edit",
        "--json",
    )
    assert status == 0, err
    allowed: bool = json.loads(out)["allowed"]
    return allowed


def holders_of_codes(folder: Path) -> list[str]:
    """The files in which somebody's personal code can be read."""
    codes = [one.personal_code.encode() for one in inhabitants()]
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert len(files) > 10
    return [file.name for file in files if any(code in file.read_bytes() for code in codes)]


async def grants(stack: Stack) -> list[dict[str, object]]:
    """All but those by which the first main users were named."""
    status, out, err = await stack.ekstranet("grants", "list", "--json")
    assert status == 0, err
    found: list[dict[str, object]] = json.loads(out)
    return [grant for grant in found if grant["named_at"] is None]


@together
async def test_a_role_counts_from_its_acceptance_on(shared: Stack) -> None:
    aino, daniel = await shared.person("Aino"), await shared.person("Daniel")

    assert (await offer(aino, "Daniel"))["ok"]
    card = await daniel.message("grant.accept")
    assert "Technical contact person" in json.dumps(card)
    assert not await may(shared, "U0DANIEL")
    await daniel.press(card, "grant.accept")
    await daniel.identify()

    settled = await daniel.message("✓ Accepted", "Technical contact person")
    assert settled["ts"] == card["ts"]
    assert "grant.accept" not in json.dumps(settled)
    assert await may(shared, "U0DANIEL")
    await aino.message("Daniel Sampleton", "hyväksyi")
    assert "✓" in json.dumps(await daniel.home("Technical contact person"), ensure_ascii=False)
    assert [grant["phase"] for grant in await grants(shared)] == ["in_force"]
    assert (await shared.ekstranet("identity", "refused", "--json"))[:2] == (0, "[]\n")
    status, out, _ = await shared.ekstranet("identity", "rekey")
    assert (status, out) == (0, "codes sealed anew: 0; with a key that is not here: 0\n")
    # Nothing that must not be written down was written down: in no database, stream, journal or log.
    assert await asyncio.to_thread(holders_of_codes, shared.var) == []
    logs = "".join(shared.log(name) for name in ("identity", "roles", "contacts", "bot", "simulator"))
    assert "030594W903B" not in logs
    assert "Sampleton" not in logs


@together
async def test_a_decline_tells_the_main_user_why(shared: Stack) -> None:
    aino, eero = await shared.person("Aino"), await shared.person("Eero")
    assert (await offer(aino, "Eero", role="reader"))["ok"]
    card = await eero.message("grant.accept")

    await eero.press(card, "grant.decline")
    await eero.identify()
    await eero.press(card, "grant.decline")
    form = await eero.modal("grant.decline")
    block = next(one for one in form["blocks"] if one["type"] == "input")
    reason = {
        block["block_id"]: {"reason": {"type": "plain_text_input", "value": "Väärä henkilö <!channel>"}}
    }
    assert (await eero.chatter.act("submit", view_id=form["id"], state=reason))["ok"]

    told = await aino.message("Eero Testinen", "Väärä henkilö")
    assert "<!channel>" not in json.dumps(told)
    assert "grant.accept" not in json.dumps(await eero.message("Lukija"))


@together
async def test_wrong_wishes_are_said_at_the_field_and_change_nothing(shared: Stack) -> None:
    aino = await shared.person("Aino")

    before = await grants(shared)
    herself = await offer(aino, "Aino")
    not_inducted = await offer(aino, "Iida", inducted=False)

    assert "errors" in herself
    assert "errors" in not_inducted
    assert await grants(shared) == before


async def test_roles_killed_between_accept_and_its_answer_loses_nothing_and_doubles_nothing(
    stack: Stack,
) -> None:
    aino, daniel = await stack.person("Aino"), await stack.person("Daniel")
    assert (await offer(aino, "Daniel"))["ok"]
    card = await daniel.message("grant.accept")
    await daniel.press(card, "grant.accept")
    await daniel.identify()
    await daniel.message("✓ Accepted")
    assert (await offer(aino, "Daniel", role="reader"))["ok"]
    second = await daniel.message("grant.accept", "Reader")

    frozen = stack.child("services.roles")
    frozen.suspend()
    pressing = asyncio.create_task(daniel.press(second, "grant.accept"))
    await seen(lambda: _asked(pressing), "the press")
    frozen.send_signal(signal.SIGKILL)
    await asyncio.to_thread(psutil.wait_procs, [frozen], 10)
    await daniel.message("✓ Accepted", "Reader")

    listed = await grants(stack)
    assert sorted(str(grant["phase"]) for grant in listed) == ["in_force", "in_force"]
    assert [grant["version"] for grant in listed] == [2, 2]
    notices = [one for one in await aino.messages() if "Lukija" in json.dumps(one, ensure_ascii=False)]
    assert len([one for one in notices if "hyväksyi" in json.dumps(one, ensure_ascii=False)]) == 1


async def _asked(pressing: asyncio.Task[object]) -> bool | None:
    return True if pressing.done() else None


@together
async def test_yesterdays_data_is_there_today_and_nothing_is_left_running(shared: Stack) -> None:
    """The last of those that share a stack: it ends it."""
    aino: Person = await shared.person("Aino")
    assert (await offer(aino, "Fanni"))["ok"]
    yesterday = await grants(shared)
    children = psutil.Process(shared.process.pid).children(recursive=True)

    began = asyncio.get_running_loop().time()
    shared.process.send_signal(signal.SIGINT)
    await asyncio.wait_for(shared.process.wait(), PATIENCE)

    assert asyncio.get_running_loop().time() - began < 5
    assert not [one for one in children if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]
    async with running_stack(shared.var) as again:
        assert await grants(again) == yesterday
        assert "waiting" in [grant["phase"] for grant in yesterday]
        fanni = await again.person("Fanni")
        await fanni.message("grant.accept")
