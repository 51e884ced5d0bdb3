"""The demo town is at one with itself, and its people are nobody real."""

import json
import re
from collections import Counter
from urllib.parse import quote

from stdnum.fi import hetu, ytunnus

from simulator.seed import load_seed
from simulator.town.inhabitants import REGISTER, WORKSPACE, inhabitants, main_users, named
from simulator.town.provider import METHOD, start_provider
from simulator.town.rehearsal import a_browser

LOCALES = {"fi": "fi-FI", "sv": "sv-SE", "en": "en-GB"}
COUNTY, PHARMACY, VENDOR, ASSOCIATION = "9100001-3", "9100007-2", "9100010-1", "9100018-7"
STALE = "9100012-8"
EVERY = (COUNTY, PHARMACY, VENDOR, ASSOCIATION, STALE)


def test_fifteen_people_speak_three_languages() -> None:
    people = inhabitants()

    assert len(people) == 15
    assert {one.language for one in people} == {"fi", "sv", "en"}
    assert len({one.personal_code for one in people}) == 15
    assert len({one.user for one in people}) == 15


def test_every_personal_code_is_one_and_belongs_to_nobody() -> None:
    for one in inhabitants():
        assert hetu.is_valid(one.personal_code, allow_temporary=True)
        assert not hetu.is_valid(one.personal_code)


def test_every_organisation_has_main_users_the_county_two() -> None:
    count = Counter(place for one in main_users() for place in one.main_user_of)

    assert count == {COUNTY: 2, PHARMACY: 1, VENDOR: 1, ASSOCIATION: 1, STALE: 1}


def test_every_organisation_is_in_the_register_with_a_unit() -> None:
    concepts = json.loads(REGISTER.read_text(encoding="utf-8"))["conceptCodes"]
    oids = [one["conceptCodeId"] for one in concepts]

    for place in EVERY:
        assert ytunnus.is_valid(place)
        base = f"1.2.246.10.{place.replace('-', '')}.10"
        assert f"{base}.0" in oids
        assert f"{base}.1" in oids
    assert {place for one in inhabitants() for place in one.organisations} == {*EVERY}


def test_everybody_has_their_account_in_the_workspace() -> None:
    workspace = load_seed(WORKSPACE)
    accounts = {user.id: user for user in workspace.users}

    for one in inhabitants():
        assert one.team == workspace.team_id
        assert accounts[one.user].real_name == one.name
        assert accounts[one.user].locale == LOCALES[one.language]
        assert not accounts[one.user].deleted


def test_whoever_is_a_main_user_says_so_to_who_chooses_whom_to_be() -> None:
    titles = {user.id: user.title for user in load_seed(WORKSPACE).users}

    assert all(titles[one.user] for one in inhabitants())
    assert {
        one.user for one in inhabitants() if "användare" in titles[one.user] or "käyttäjä" in titles[one.user]
    } == {one.user for one in main_users()}


def test_the_workspace_has_somebody_who_left_and_a_guest_besides() -> None:
    known = {one.user for one in inhabitants()}
    others = [user for user in load_seed(WORKSPACE).users if user.id not in known]

    assert sorted((user.deleted, user.is_restricted) for user in others) == [(False, True), (True, False)]


def test_the_app_is_invited_to_one_channel() -> None:
    channels = {channel.name: channel for channel in load_seed(WORKSPACE).channels}

    assert {"yleinen", "kanta", "county-it"} <= set(channels)
    assert [name for name, channel in channels.items() if "@app" in channel.members] == ["kanta"]


def test_people_are_found_by_their_names() -> None:
    assert named("Aino") == named("Aino Mallila")
    assert named("Aino").main_user_of == (COUNTY,)
    assert named("Aino").personal_code not in repr(named("Aino"))


async def test_the_provider_shows_everybody_in_the_language_asked_for_and_leads_nowhere_else() -> None:
    provider = start_provider()
    try:
        async with a_browser() as session:
            asked = {
                "client_id": "us",
                "redirect_uri": "http://127.0.0.1:1/callback",
                "response_type": "code",
                "scope": "openid",
                "ui_locales": "sv",
            }
            async with session.get(f"{provider.issuer}/oauth2/authorize", params=asked) as response:
                page = await response.text()
            async with session.get(f"{provider.issuer}/.well-known/openid-configuration") as response:
                told = await response.json()
    finally:
        provider.stop()

    assert told["issuer"] == provider.issuer
    assert "Välj vem du är" in page
    assert all(one.name in page for one in inhabitants())
    assert "Logga in med Katso-kod" in page
    # Nothing but what the login was asked for with, which the link to Katso hands on.
    handed_on = {quote(one, safe="") for one in asked.values() if one.startswith("http")}
    assert "http" not in re.sub("|".join(map(re.escape, handed_on)), "", page)
    assert METHOD.startswith("http://ftn.ficora.fi/")
