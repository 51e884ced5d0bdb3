"""Asking, choosing a language, contact persons, and the operator's commands, through the whole stack."""

import json
from pathlib import Path

import pytest

from simulator.town.inhabitants import REGISTER
from tests.journeys.offering import offer, picked
from tests.support.stack import Stack

# They share a stack: each has people of its own.
pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture
def stack(shared: Stack) -> Stack:
    return shared


async def test_people_ask_in_three_languages_and_choose_one(stack: Stack) -> None:
    eero, carita, daniel = [await stack.person(name) for name in ("Eero", "Carita", "Daniel")]

    await eero.say("milloin rooli tulee voimaan?")
    await eero.message("Lähde")
    await carita.say("vem kan ge mig en roll?")
    await carita.message("Källa")
    await daniel.say("what is the weather like tomorrow?")
    await daniel.message("kanta@kanta.fi")
    await eero.command("kieli sv")

    assert "Från och med nu" in json.dumps(await eero.message("Från och med nu"), ensure_ascii=False)


async def test_a_main_user_looks_after_contact_persons_who_get_no_right_by_it(stack: Stack) -> None:
    bjorn = await stack.person("Björn")

    await bjorn.command("kontakter")
    listed = await bjorn.modal("contacts.add")
    button = next(
        (block, element)
        for block in listed["blocks"]
        for element in block.get("elements", [])
        if element.get("action_id") == "contacts.add"
    )
    await bjorn.chatter.act(
        "press",
        container={"type": "view", "view_id": listed["id"]},
        block_id=button[0]["block_id"],
        action_id="contacts.add",
        state={},
    )
    form = await bjorn.modal("plain_text_input")
    state: dict[str, object] = {}
    for block in form["blocks"]:
        element = block.get("element")
        if element is None:
            continue
        name = element["action_id"]
        if element["type"] == "static_select":
            state |= picked(name, form, {"selected_option": element["options"][0]})
        else:
            value = {"email": "lage@esimerkkila.example", "phone": "+358 50 000 0000"}.get(
                name, "Lage Exempel"
            )
            state |= picked(name, form, {"value": value})
    answer = await bjorn.chatter.act("submit", view_id=form["id"], state=state)

    assert answer["ok"], answer
    await bjorn.modal("Lage Exempel", "lage@esimerkkila.example")
    status, out, _ = await stack.ekstranet("grants", "list", "--json")
    assert status == 0
    assert [grant for grant in json.loads(out) if grant["named_at"] is None] == []


async def test_the_operator_is_told_how_things_are_and_what_is_wrong(stack: Stack, tmp_path: Path) -> None:
    status, out, _ = await stack.ekstranet("doctor", "--json")
    assert (status, [one["code"] for one in json.loads(out) if not one["well"]]) == (0, [])

    status, out, _ = await stack.ekstranet("register", "import", str(REGISTER), "--json")
    assert status == 0
    assert json.loads(out)["refused"] == []

    broken = tmp_path / "broken.json"
    broken.write_text('{"conceptCodes": 1}')
    status, _, err = await stack.ekstranet("register", "import", str(broken))
    assert (status, "register.file_unreadable" in err) == (1, True)

    for person, organisation, code in (
        ("Nobody Known", "9100001-3", "identity.person_unknown"),
        ("U0EERO", "1234567-8", "identity.organisation_unknown"),
    ):
        question = ("--person", person, "--organisation", organisation, "--action", "billing.read")
        status, _, err = await stack.ekstranet("access", "check", *question)
        assert (status, code in err) == (1, True), err
        assert "Traceback" not in err

    question = ("--person", "U0EERO", "--organisation", "9100001-3", "--action", "billing.read")
    status, out, _ = await stack.ekstranet("access", "check", *question)
    assert (status, "No: Eero Testinen" in out) == (0, True)
    assert (await stack.ekstranet("access", "check", *question, "--exit-code"))[0] == 1


async def test_a_service_that_is_down_is_said_to_be_and_nothing_is_lost(stack: Stack) -> None:
    aino, daniel = await stack.person("Aino"), await stack.person("Daniel")
    contacts = stack.child("services.contacts")
    contacts.suspend()
    try:
        await aino.command("yhteyshenkilöt")
        view = await aino.modal("Palvelu ei vastaa")
    finally:
        contacts.resume()

    assert view["type"] == "modal"
    assert (await offer(aino, "Daniel"))["ok"]
    await daniel.message("grant.accept")
