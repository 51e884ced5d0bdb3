"""What identity answers, straight from its database."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.identity import keys
from services.identity.storage import chats, organisations
from shared.contracts.base import ActorNotProved, NotAllowed, OrganisationId, PersonId
from shared.contracts.health import GetIdentityHealth
from shared.contracts.identity import (
    ChatAccount,
    ChatAccountNotLinked,
    DescribeOrganisations,
    DescribePeople,
    FindOrganisations,
    FindPeople,
    GetAffiliations,
    GetChatIdentity,
    GetSigningKeys,
    LanguageSet,
    MintCommandToken,
    MintReadToken,
    SearchPeople,
    SetLanguage,
)
from shared.messaging.accounts import Account
from shared.messaging.actors import Actor, Verifier, body_hash
from tests.services.identity.conftest import AINO, BJORN, BOT, NOBODY, Town

COUNTY = "9100001-3"
WISH = ("rpc.roles.v1.grant.accept", b'{"grant": 1}')


async def link(town: Town, chat: ChatAccount, name: str) -> PersonId:
    """Link an account as a login does."""
    person = (await town.person(name)).id
    await town.database.decide(lambda tx: chats.link(tx, chat, person, town.clock()))
    return person


def town_verifier(town: Town) -> Verifier:
    return Verifier({"keys": town.handlers.signing_keys(GetSigningKeys(), BOT).keys})


async def as_person(town: Town, name: str) -> Actor:
    return Actor(caller=Account.BOT, person=(await town.person(name)).id)


async def organisation(town: Town, text: str) -> OrganisationId:
    request = FindOrganisations(text=text)
    found = await town.database.read(lambda rows: town.handlers.find_organisations(rows, request, BOT))
    first: OrganisationId = found.organisations[0].id
    return first


async def command_token(town: Town, chat: ChatAccount = AINO) -> str:
    request = MintCommandToken(chat=chat, command=WISH[0], body_hash=body_hash(*WISH))
    vouched = await town.database.read(lambda rows: town.handlers.vouch_for_command(rows, request, BOT))
    token: str = vouched.token
    return token


async def test_a_chat_account_is_a_strangers_then_announced_then_linked(town: Town) -> None:
    async def behind(chat: ChatAccount) -> Any:
        request = GetChatIdentity(chat=chat)
        return await town.database.read(lambda rows: town.handlers.chat_identity(rows, request, BOT))

    stranger, announced = await behind(NOBODY), await behind(AINO)
    await link(town, AINO, "Aino Mallila")
    linked = await behind(AINO)

    assert (stranger.person, stranger.linked) == (None, False)
    assert (announced.person.name, announced.linked, announced.person.linked_at) == (
        "Aino Mallila",
        False,
        None,
    )
    assert linked.linked
    assert linked.person.linked_at is not None


async def test_an_account_that_is_only_announced_cannot_act(town: Town) -> None:
    for chat in (AINO, NOBODY):
        with pytest.raises(ChatAccountNotLinked):
            await command_token(town, chat)


async def test_a_token_says_who_acts_how_they_identified_and_what_identity_knew(town: Town) -> None:
    person = await link(town, AINO, "Aino Mallila")

    actor = town_verifier(town).actor(await command_token(town), caller=Account.BOT, command=WISH)

    assert (actor.person, actor.identified_at, actor.method) == (person, None, "")
    assert actor.known == len(await town.facts())


async def test_a_reading_token_expires_within_a_minute_and_names_its_person(town: Town) -> None:
    person = await link(town, AINO, "Aino Mallila")
    request = MintReadToken(chat=AINO)

    vouched = await town.database.read(lambda rows: town.handlers.vouch_for_reading(rows, request, BOT))

    assert vouched.person == person
    assert timedelta(seconds=50) < vouched.expires_at - datetime.now(UTC) <= timedelta(seconds=60)
    assert town_verifier(town).actor(vouched.token, caller=Account.BOT, command=None).person == person


@pytest.mark.parametrize(
    ("caller", "command", "why"),
    [
        (Account.CONTACTS, WISH, "not_yours"),
        (Account.BOT, ("rpc.roles.v1.grant.revoke", WISH[1]), "other_purpose"),
        (Account.BOT, (WISH[0], b'{"grant": 2}'), "other_purpose"),
        (Account.BOT, None, "other_purpose"),
    ],
)
async def test_a_token_is_good_for_one_caller_and_one_command(
    town: Town, caller: Account, command: tuple[str, bytes] | None, why: str
) -> None:
    await link(town, AINO, "Aino Mallila")
    token = await command_token(town)

    with pytest.raises(ActorNotProved) as refused:
        town_verifier(town).actor(token, caller=caller, command=command)

    assert refused.value.parameters == {"why": why}


async def test_a_token_that_was_tampered_with_is_refused(town: Town, tmp_path: Any) -> None:
    await link(town, AINO, "Aino Mallila")
    header, claims, signature = (await command_token(town)).split(".")
    verifier, stranger = town_verifier(town), keys.verifier(keys.actor_key(tmp_path / "other"))

    for token in (
        f"{header}.{claims[:-2]}AA.{signature}",
        f"{header}.{claims}.{signature[:-4]}AAAA",
        f"{header}.{claims}.",
    ):
        with pytest.raises(ActorNotProved):
            verifier.actor(token, caller=Account.BOT, command=WISH)
    with pytest.raises(ActorNotProved):
        stranger.actor(f"{header}.{claims}.{signature}", caller=Account.BOT, command=WISH)
    assert verifier.actor(f"{header}.{claims}.{signature}", caller=Account.BOT, command=WISH).person


async def test_the_published_key_holds_nothing_private(town: Town) -> None:
    (key,) = town.handlers.signing_keys(GetSigningKeys(), BOT).keys

    assert set(key) == {"kty", "crv", "x", "kid", "alg", "use"}


async def test_secrets_are_made_once_for_their_owners_eyes_alone(town: Town) -> None:
    folder = town.settings.key_folder

    assert keys.actor_key(folder).thumbprint() == town.handlers.signing.key.thumbprint()
    assert keys.codes(folder).digest("210281-9988") == keys.codes(folder).digest(" 210281-9988")
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


async def test_codes_that_differ_in_the_separator_have_different_digests(town: Town) -> None:
    codes = keys.codes(town.settings.key_folder)

    assert codes.digest("210281-9988") != codes.digest("210281Y9988")
    assert "pepper" not in repr(codes)


async def test_a_language_is_kept_for_the_account_and_told_of_the_person(town: Town) -> None:
    wish = SetLanguage(chat=BJORN, language="en")
    await town.database.decide(lambda tx: town.handlers.set_language(tx, wish, BOT))
    before = await town.behind(BJORN)
    facts_before = await town.facts(LanguageSet)
    person = await link(town, BJORN, "Björn Exempelström")

    for _ in range(2):
        await town.database.decide(lambda tx: town.handlers.set_language(tx, wish, BOT))

    assert before.language == "en"
    assert before.person is not None
    assert (before.person.language, facts_before) == ("sv", [])
    (fact,) = await town.facts(LanguageSet)
    assert isinstance(fact, LanguageSet)
    assert (fact.person, fact.language) == (person, "en")
    assert (await town.person("Björn Exempelström")).language == "en"


async def test_people_and_organisations_are_described_in_the_order_asked(town: Town) -> None:
    aino, bjorn = (await town.person("Aino Mallila")).id, (await town.person("Björn Exempelström")).id
    county = await organisation(town, COUNTY)
    people = DescribePeople(ids=(bjorn, PersonId(uuid4()), aino, bjorn))
    places = DescribeOrganisations(ids=(OrganisationId(uuid4()), county))

    described = await town.database.read(lambda rows: town.handlers.describe_people(rows, people, BOT))
    known = await town.database.read(lambda rows: town.handlers.describe_organisations(rows, places, BOT))

    assert [one.name for one in described.people] == ["Björn Exempelström", "Aino Mallila"]
    assert [one.name for one in known.organisations] == ["Esimerkkilän hyvinvointialue"]


@pytest.mark.parametrize("text", ["U0BJORN", "björn EXEMPELSTRÖM", " Björn Exempelström "])
async def test_an_operator_finds_people_by_chat_account_and_by_name(town: Town, text: str) -> None:
    request = FindPeople(text=text)

    found = await town.database.read(lambda rows: town.handlers.find_people(rows, request, BOT))

    assert [one.name for one in found.people] == ["Björn Exempelström"]


@pytest.mark.parametrize(
    "text", ["9100001-3", "91000013", "1.2.246.10.91000013.10.0", "ESIMERKKILÄN hyvinvointialue"]
)
async def test_an_operator_finds_organisations_by_their_ids_and_names(town: Town, text: str) -> None:
    assert await organisation(town, text) == await organisation(town, str(await organisation(town, COUNTY)))


@pytest.mark.parametrize("text", ["", "%", "nobody", "a\0b"])
async def test_what_nobody_is_called_finds_nobody(town: Town, text: str) -> None:
    people, places = FindPeople(text=text), FindOrganisations(text=text)

    found = await town.database.read(lambda rows: town.handlers.find_people(rows, people, BOT))
    there = await town.database.read(lambda rows: town.handlers.find_organisations(rows, places, BOT))

    assert (found.people, there.organisations) == ((), ())


async def test_a_person_sees_where_they_belong(town: Town) -> None:
    actor = await as_person(town, "Iida Reseptilä")

    found = await town.database.read(lambda rows: town.handlers.affiliations(rows, GetAffiliations(), actor))

    assert [(one.organisation.name, one.main_user) for one in found.affiliations] == [
        ("Esimerkkilän hyvinvointialue", False),
        ("Esimerkkilän Mallapteekki", False),
    ]


async def test_nobody_in_particular_belongs_nowhere(town: Town) -> None:
    with pytest.raises(ActorNotProved):
        await town.database.read(lambda rows: town.handlers.affiliations(rows, GetAffiliations(), BOT))


async def test_a_main_user_searches_the_people_of_their_organisation(town: Town) -> None:
    actor, county = await as_person(town, "Aino Mallila"), await organisation(town, COUNTY)

    async def search(text: str) -> list[str]:
        request = SearchPeople(organisation=county, text=text)
        found = await town.database.read(lambda rows: town.handlers.search_people(rows, request, actor))
        return [one.name for one in found.people]

    assert len(await search("")) == 8
    assert await search("EXEMPEL") == ["Björn Exempelström"]
    assert await search("%") == []
    assert await search("Heikki") == []


@pytest.mark.parametrize("name", ["Carita Modellund", "Heikki Rohtonen"])
async def test_nobody_else_searches_them(town: Town, name: str) -> None:
    actor = await as_person(town, name)

    async def search(place: OrganisationId) -> None:
        request = SearchPeople(organisation=place)
        await town.database.read(lambda rows: town.handlers.search_people(rows, request, actor))

    for place in (await organisation(town, COUNTY), OrganisationId(uuid4())):
        with pytest.raises(NotAllowed):
            await search(place)
    assert await town.database.read(organisations.count) == 5


async def test_health_tells_the_latest_fact_and_how_many_wait(town: Town) -> None:
    health = await town.database.read(lambda rows: town.handlers.health(rows, GetIdentityHealth(), BOT))

    assert (health.service, health.revision) == ("identity", len(await town.facts()))
    assert health.waiting == health.revision
