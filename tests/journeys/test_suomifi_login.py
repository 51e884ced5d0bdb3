"""A role accepted after a login with Suomi.fi itself, through separate processes."""

import json
import sqlite3
from pathlib import Path

from tests.journeys.offering import offer
from tests.journeys.test_granting import holders_of_codes, may
from tests.support.stack import running_stack


async def test_a_role_is_accepted_after_a_login_by_saml_and_no_code_is_left_anywhere(tmp_path: Path) -> None:
    # Its main users log in by it on the first morning, or the town would not open.
    async with running_stack(tmp_path / "var", KANTA_LOGIN="saml") as stack:
        aino, daniel = await stack.person("Aino"), await stack.person("Daniel")
        assert (await offer(aino, "Daniel"))["ok"]
        card = await daniel.message("grant.accept")
        await daniel.press(card, "grant.accept")

        await daniel.identify()

        settled = await daniel.message("✓ Accepted", "Technical contact person")
        assert settled["ts"] == card["ts"]
        assert await may(stack, "U0DANIEL")
        assert "http://ftn.ficora.fi/2017/loa2" in json.dumps(await _evidence(stack.var))
        assert holders_of_codes(stack.var) == []
        logs = stack.log("identity") + stack.log("simulator")
    assert "SAMLResponse" not in logs
    assert "BEGIN PRIVATE KEY" not in logs


async def _evidence(var: Path) -> list[list[str]]:
    """How people had identified when they decided."""
    with sqlite3.connect(var / "roles.db") as rows:
        return [list(map(str, row)) for row in rows.execute("SELECT * FROM decisions")]
