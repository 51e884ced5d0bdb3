"""`ekstranet identity people | links | sessions`: who somebody is here, and through what they act."""

import json

import typer

from cli.asking import ask, the_person
from cli.printing import moment, table
from cli.words import say
from shared.contracts.identity import (
    ChatAccount,
    ChatAccountNotLinked,
    EndLink,
    EndSessions,
    FindPeople,
    Links,
    LinkView,
    ListLinks,
    ListMandates,
    Mandates,
    PersonView,
)
from shared.messaging.bus import Bus


def find(text: str, *, as_json: bool) -> None:
    """Print everybody whose id, chat user id or name is *text*."""

    async def question(bus: Bus) -> tuple[PersonView, ...]:
        return (await bus.call(FindPeople(text=text))).people

    found = ask(question)
    if as_json:
        _json([one.model_dump(mode="json") for one in found])
    elif not found:
        typer.echo(say("no_people", text=text))
    else:
        headings = ("name", "account", "language", "linked_since", "identified", "id")
        table([say(key) for key in headings], map(_person, found))


def show(person: str, *, as_json: bool) -> None:
    """Print one person with their chat accounts and mandates."""

    async def question(bus: Bus) -> tuple[PersonView, Links, Mandates]:
        somebody = await the_person(bus, person)
        links = await bus.call(ListLinks(person=somebody.id))
        return somebody, links, await bus.call(ListMandates(person=somebody.id))

    somebody, links, mandates = ask(question)
    if as_json:
        shown = somebody.model_dump(mode="json")
        more = links.model_dump(mode="json") | mandates.model_dump(mode="json")
        _json(shown | more)
        return
    typer.echo(f"{somebody.name}  {somebody.id}")
    _links(somebody, links)
    for one in mandates.mandates:
        rights = ", ".join(one.rights) or "-"
        until = moment(one.expires_at)
        typer.echo(say("vouched_for", organisation=one.name, rights=rights, until=until))


def list_links(person: str, *, as_json: bool) -> None:
    """Print the chat accounts that are linked to *person*."""

    async def question(bus: Bus) -> tuple[PersonView, Links]:
        somebody = await the_person(bus, person)
        return somebody, await bus.call(ListLinks(person=somebody.id))

    _tell(*ask(question), as_json=as_json)


def unlink(person: str, account: str, *, as_json: bool) -> None:
    """Remove the link between *person* and *account*, a workspace and a user: T0TOWN/U0AINO."""
    team, _, user = account.partition("/")

    async def question(bus: Bus) -> tuple[PersonView, Links]:
        somebody = await the_person(bus, person)
        before = (await bus.call(ListLinks(person=somebody.id))).links
        fitting = [
            one.chat for one in before if account in (one.chat.user, f"{one.chat.team}/{one.chat.user}")
        ]
        if len(fitting) > 1:
            raise ChatAccountNotLinked(found=len(fitting))
        chat = fitting[0] if fitting else ChatAccount(team=team[:40], user=user[:40])
        return somebody, await bus.call(EndLink(person=somebody.id, chat=chat))

    _tell(*ask(question), as_json=as_json)


def end_sessions(person: str, *, as_json: bool) -> None:
    """Let nothing be done for *person* before they have identified anew."""

    async def question(bus: Bus) -> tuple[PersonView, Links]:
        somebody = await the_person(bus, person)
        return somebody, await bus.call(EndSessions(person=somebody.id))

    _tell(*ask(question), as_json=as_json)


def _tell(person: PersonView, links: Links, *, as_json: bool) -> None:
    if as_json:
        _json(links.model_dump(mode="json")["links"])
    else:
        _links(person, links)


def _links(person: PersonView, links: Links) -> None:
    if not links.links:
        typer.echo(say("no_links", person=person.name))
        return
    headings = ("account", "linked_since", "state", "identified", "method", "level")
    table([say(key) for key in headings], map(_link, links.links))


def _link(one: LinkView) -> list[str]:
    return [
        f"{one.chat.team}/{one.chat.user}",
        moment(one.linked_at),
        say(f"link_{one.waits or 'acts'}"),
        moment(one.identified_at),
        one.method,
        one.level or "",
    ]


def _person(one: PersonView) -> list[str]:
    account = f"{one.chat.team}/{one.chat.user}" if one.chat else ""
    return [one.name, account, one.language, moment(one.linked_at), moment(one.identified_at), str(one.id)]


def _json(told: object) -> None:
    typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
