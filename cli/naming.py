"""The commands about people and organisations. What a command needs is imported when it runs."""

from typing import Annotated

import typer

from cli.words import say

people = typer.Typer(no_args_is_help=True, help=say("help_people"))
links = typer.Typer(no_args_is_help=True, help=say("help_links"))
sessions = typer.Typer(no_args_is_help=True, help=say("help_sessions"))
organisations = typer.Typer(no_args_is_help=True, help=say("help_organisations"))

AsJson = Annotated[bool, typer.Option("--json", help=say("help_json"))]
Person = Annotated[str, typer.Argument(help=say("help_person"))]


@people.command("find", help=say("help_people_find"))
def find_people(text: Person, as_json: AsJson = False) -> None:
    from cli.people import find

    find(text, as_json=as_json)


@people.command("show", help=say("help_people_show"))
def show_person(person: Person, as_json: AsJson = False) -> None:
    from cli.people import show

    show(person, as_json=as_json)


@links.command("list", help=say("help_links_list"))
def list_links(person: Person, as_json: AsJson = False) -> None:
    from cli.people import list_links

    list_links(person, as_json=as_json)


@links.command("unlink", help=say("help_links_unlink"))
def unlink(
    person: Person,
    account: Annotated[str, typer.Argument(help=say("help_account"))],
    as_json: AsJson = False,
) -> None:
    from cli.people import unlink

    unlink(person, account, as_json=as_json)


@sessions.command("end", help=say("help_sessions_end"))
def end_sessions(person: Person, as_json: AsJson = False) -> None:
    from cli.people import end_sessions

    end_sessions(person, as_json=as_json)


@organisations.command("show", help=say("help_organisations_show"))
def show_organisation(
    organisation: Annotated[str, typer.Argument(help=say("help_organisation"))], as_json: AsJson = False
) -> None:
    from cli.organisations import show

    show(organisation, as_json=as_json)
