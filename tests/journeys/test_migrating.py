"""A Katso main user moves to Suomi.fi: the listing comes in, waves go out, each holder accepts anew."""

import json
from pathlib import Path
from typing import Any

from simulator.town.inhabitants import FOLDER
from tests.journeys.migrating import invite_next_wave
from tests.support.stack import Stack, seen

COUNTY = ("--organisation", "9100001-3")
LISTING = str(FOLDER / "katso.csv")


async def ask(stack: Stack, *arguments: str) -> Any:
    status, out, err = await stack.ekstranet("migration", *arguments, "--json")
    assert status == 0, err
    return json.loads(out)


async def test_each_holder_accepts_anew_and_nothing_moves_by_itself(stack: Stack, tmp_path: Path) -> None:
    aino, daniel = await stack.person("Aino"), await stack.person("Daniel")
    before = (await ask(stack, "status", *COUNTY))["now"]
    again = await ask(stack, "import", LISTING, *COUNTY)
    nobody = await stack.ekstranet(
        "access", "check", "--person", "U0DANIEL", *COUNTY, "--action", "systems.edit", "--exit-code"
    )
    told = await stack.ekstranet(
        "access", "check", "--person", "U0DANIEL", *COUNTY, "--action", "systems.edit", "--json"
    )
    form = await invite_next_wave(aino)
    card = await daniel.message("grant.accept")
    invited = (await ask(stack, "status", *COUNTY))["now"]
    await daniel.press(card, "grant.accept")
    await daniel.identify()
    await daniel.message("✓ Accepted", "Technical contact person")

    assert (before["not_started"], before["reaccepted"], before["not_needed"]) == (7, 2, 1)
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, 10)
    assert nobody[0] == 1
    assert "/kanta " in nobody[1]
    rungs = {rung["gate"]: rung for rung in json.loads(told[1])["rungs"]}
    assert (rungs["right"]["code"], rungs["right"]["fixer"]) == ("katso_not_moved", "main_user")
    preview = json.dumps(form, ensure_ascii=False)
    assert "Daniel Sampleton" in preview
    assert "englanniksi" in preview
    # Nobody here could accept for somebody who is not known, or for another organisation.
    assert "Entinen" not in preview
    assert "Koodila" not in preview
    assert (invited["not_started"], invited["invited"]) == (3, 4)

    async def settled() -> bool | None:
        return (await ask(stack, "status", *COUNTY))["now"]["reaccepted"] == 3 or None

    await seen(settled, "Daniel's acceptance in the tally")
    home = json.dumps(await aino.home("4/10"), ensure_ascii=False)
    assert "Gunnar Entinen" in home
    picture = tmp_path / "burndown.html"
    assert (await stack.ekstranet("migration", "chart", str(picture), *COUNTY, "--lang", "sv"))[0] == 0
    assert "godkända på nytt: 3" in picture.read_text()
    status, sheet, _ = await stack.ekstranet("migration", "sheet", *COUNTY, "--lang", "fi")
    assert status == 0
    assert "valtuushakemuksen" in sheet
    logs = "".join(stack.log(name) for name in ("identity", "roles", "bot", "katso"))
    assert "Sampleton" not in logs
    assert "K900004" not in logs


async def test_an_operator_plans_and_asks_and_a_main_user_invites(stack: Stack) -> None:
    aino = await stack.person("Aino")
    plan = await ask(stack, "wave", "plan", *COUNTY, "--first-day", "2026-12-01", "--size", "2")
    await ask(stack, "invite", *COUNTY, "--wave", "1")
    await aino.message("seuraava aalto odottaa", "migration.invite")
    unmatched = next(one for one in await ask(stack, "list", *COUNTY) if one["why"] == "unmatched")
    matched = await ask(stack, "match", unmatched["id"], "--person", "Iida Reseptilä")
    refused, _, said = await stack.ekstranet("migration", "invite", *COUNTY, "--wave", "9")

    assert [(wave["number"], wave["to_invite"]) for wave in plan["waves"]] == [(1, 2), (2, 2)]
    assert matched["why"] == "fresh"
    assert refused == 1, said
    assert "roles.wave_unknown" in said
