"""Only members of the workspace act, at every turn anew; the others are told kindly, or not at all."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.accounts import SLACKBOT, Standing, account_of
from bot.app import in_conversation
from shared.contracts.identity import ChatAccount, GetChatIdentity
from shared.contracts.roles import NOBODY, AcceptGrant, GrantOffered, Ground, OfferGrant, Phase, Role
from simulator.running import running
from simulator.seed import User
from tests.bot.conftest import MANIFEST, WORKSPACE, Scene, actions_in, said, settings_for
from tests.bot.listeners.test_commands import offer_state
from tests.bot.makers import NOW, TEAM, a_grant
from tests.bot.town import Town
from tests.support.migrated import migrated

GUEST = User("U0GUEST", "guest", "Guest", "guest@example.fi", is_restricted=True, locale="fi-FI")
ADMIN = User("U0ADMIN", "admin", "Admin", "admin@example.fi", is_admin=True)
SEEN = {"id": "U1", "team_id": TEAM, "tz": "Europe/Stockholm"}


@pytest.mark.parametrize(
    ("more", "standing"),
    [
        ({}, Standing.MEMBER),
        ({"is_admin": True, "is_owner": True}, Standing.MEMBER),
        ({"is_restricted": True}, Standing.GUEST),
        ({"is_ultra_restricted": True}, Standing.GUEST),
        ({"is_bot": True}, Standing.PROGRAM),
        ({"id": SLACKBOT}, Standing.PROGRAM),
        ({"deleted": True}, Standing.CLOSED),
        ({"deleted": True, "is_restricted": True}, Standing.CLOSED),
        ({"is_stranger": True}, Standing.STRANGER),
        ({"team_id": "T0ELSEWHERE"}, Standing.STRANGER),
        ({"team_id": "T0OTHER", "enterprise_user": {"teams": ["T0OTHER", TEAM]}}, Standing.MEMBER),
    ],
)
def test_what_slack_says_of_an_account_decides_who_acts(more: dict[str, object], standing: Standing) -> None:
    account = account_of(SEEN | more, TEAM)

    assert account.standing is standing
    assert str(account.zone) == "Europe/Stockholm"


@pytest.mark.parametrize("zone", ["", "Nowhere/At_all", "../../etc/passwd", None])
def test_a_zone_that_nobody_knows_is_finlands(zone: str | None) -> None:
    assert str(account_of(SEEN | {"tz": zone}, TEAM).zone) == "Europe/Helsinki"


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[Scene]:
    """The usual town, with a guest and an administrator."""
    migrated("bot", f"sqlite:///{tmp_path / 'bot.db'}")
    town = Town()
    workspace = replace(WORKSPACE, users=(*WORKSPACE.users, GUEST, ADMIN))
    async with (
        running(workspace, MANIFEST) as slack,
        in_conversation(town, settings_for(slack, tmp_path), pace=0.0) as bot,
    ):
        await slack.wait_for_connections()
        yield Scene(slack, town, bot)


async def test_a_guest_is_told_once_where_they_asked_and_nothing_is_done(hall: Scene) -> None:
    await hall.slack.act("U0GUEST", "command", command="/kanta", text="anna")
    told = await hall.card("U0GUEST", "Vieraskäyttäjät eivät voi")

    assert told.ephemeral
    assert {type(each) for each in hall.town.asked} <= {GetChatIdentity}


async def test_a_guest_who_writes_is_told_once_a_day(hall: Scene) -> None:
    for _ in range(3):
        await hall.slack.act("U0GUEST", "say", channel=hall.slack.dm("U0GUEST"), text="miten?")
    await hall.slack.settled()
    await hall.card("U0GUEST", "Vieraskäyttäjät")
    await hall.bot.turns.settled()

    answers = [each for each in hall.slack.messages("U0GUEST") if each.bot_id]
    assert len(answers) == 1


async def test_a_guests_home_says_why_it_is_empty(hall: Scene) -> None:
    await hall.slack.act("U0GUEST", "home")
    home = await hall.slack.wait_for_home("U0GUEST", lambda view: "Vieraskäyttäjät" in str(view))

    assert "grant.begin" not in str(home)


async def test_whoever_becomes_a_guest_is_refused_at_the_next_press(hall: Scene) -> None:
    town = hall.town
    grant = town.put(a_grant(town.clinic, town.olle, town.maija))
    await hall.bot.hearing.hear(GrantOffered(grant=grant))
    card = await hall.card("U0OLLE", "grant.accept")
    people = hall.slack.stage.people
    people.put(replace(people.known("U0OLLE"), is_restricted=True))
    hall.bot.kit.accounts.forget(ChatAccount(team=TEAM, user="U0OLLE"))

    await hall.press("U0OLLE", card, "grant.accept")
    await hall.card("U0OLLE", "Gästkonton kan inte")

    assert not [each for each in town.asked if isinstance(each, AcceptGrant)]


async def test_a_form_that_was_open_is_refused_when_it_is_sent(hall: Scene) -> None:
    await hall.slack.act("U0MAIJA", "command", command="/kanta", text="anna")
    view = await hall.slack.wait_for_view("U0MAIJA", lambda view: view["callback_id"] == "grant.offer")
    people = hall.slack.stage.people
    people.put(replace(people.known("U0MAIJA"), is_restricted=True))
    hall.bot.kit.accounts.forget(ChatAccount(team=TEAM, user="U0MAIJA"))

    await hall.slack.act("U0MAIJA", "submit", view_id=view["id"], state=offer_state(hall, inducted=True))
    await hall.slack.wait_for_view("U0MAIJA", lambda view: "Vieraskäyttäjät" in str(view))

    assert not [each for each in hall.town.asked if isinstance(each, OfferGrant)]


async def test_who_leaves_is_shown_to_main_users_and_their_card_is_closed(hall: Scene) -> None:
    town = hall.town
    grant = town.put(a_grant(town.clinic, town.olle, town.maija))
    await hall.bot.hearing.hear(GrantOffered(grant=grant))
    card = await hall.card("U0OLLE", "grant.accept")
    await hall.slack.act("U0ADMIN", "deactivate", person="U0OLLE")
    notice = await hall.card("U0MAIJA", "on poistunut työtilasta")
    home = await hall.slack.wait_for_home("U0MAIJA", lambda view: "(on poistunut työtilasta)" in str(view))

    assert "grant.withdraw" in actions_in(notice.blocks)
    assert "Olle Arkivarie" in str(home)
    closed = await hall.card("U0OLLE", "stängt")
    assert closed.ts == card.ts
    assert "grant.accept" not in actions_in(closed.blocks)


async def test_a_main_user_hears_that_the_account_of_one_whom_the_first_file_named_is_closed(
    hall: Scene,
) -> None:
    town = hall.town
    town.main_users.add((town.clinic.id, town.olle.id))
    more = {"granted_by": NOBODY, "ground": Ground.SETTLED, "phase": Phase.IN_FORCE, "named_at": NOW}
    town.put(a_grant(town.clinic, town.olle, town.maija, role=Role.MAIN_USER, **more))
    await hall.slack.act("U0ADMIN", "deactivate", person="U0OLLE")
    notice = await hall.card("U0MAIJA", "on poistunut työtilasta")

    assert "main user (fi)" in said(notice)
    assert "grant.revoke" in actions_in(notice.blocks)


async def test_who_comes_back_can_answer_again(hall: Scene) -> None:
    town = hall.town
    grant = town.put(a_grant(town.clinic, town.olle, town.maija))
    await hall.bot.hearing.hear(GrantOffered(grant=grant))
    await hall.card("U0OLLE", "grant.accept")
    await hall.slack.act("U0ADMIN", "deactivate", person="U0OLLE")
    await hall.card("U0OLLE", "stängt")
    await hall.slack.act("U0ADMIN", "reactivate", person="U0OLLE")

    await hall.card("U0OLLE", "grant.accept")
    await hall.slack.wait_for_home("U0MAIJA", lambda view: "(on poistunut" not in str(view))


async def test_somebody_new_is_welcomed_only_if_something_waits_for_them(hall: Scene) -> None:
    town = hall.town
    birgit = town.olle.model_copy(
        update={"chat": ChatAccount(team=TEAM, user="U0BIRGIT"), "linked_at": None, "language": "fi"}
    )
    town.people[birgit.id] = birgit
    town.put(a_grant(town.clinic, birgit, town.maija))
    for user in ("U0BIRGIT", "U0NOBODY"):
        person = {"id": user, "name": user.lower(), "real_name": user, "email": f"{user}@example.fi"}
        await hall.slack.act("U0ADMIN", "welcome", person=person)
    await hall.card("U0BIRGIT", "grant.accept")
    await hall.slack.settled()
    await hall.bot.turns.settled()

    first, *_ = hall.slack.messages("U0BIRGIT")
    assert "Sinua odottaa 1 tarjous roolista" in said(first)
    assert hall.slack.messages("U0NOBODY") == []
