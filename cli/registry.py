"""The commands about the organisation register. What a command needs is imported when it runs."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from cli.words import say

register = typer.Typer(no_args_is_help=True, help=say("help_register"))

AsJson = Annotated[bool, typer.Option("--json", help=say("help_json"))]
Which = Literal["organisations", "practitioners"]
AllowLosses = Annotated[bool, typer.Option("--allow-losses", help=say("help_allow_losses"))]


@register.command("import", help=say("help_register_import"))
def register_import(
    place: Annotated[Path, typer.Argument(exists=True, help=say("help_file"))],
    fetched_at: Annotated[datetime | None, typer.Option(help=say("help_fetched_at"))] = None,
    which: Annotated[Which, typer.Option("--register", help=say("help_which"))] = "organisations",
    allow_losses: AllowLosses = False,
    as_json: AsJson = False,
) -> None:
    from cli.register import import_register

    import_register(place, fetched_at, which, allow_losses=allow_losses, as_json=as_json)


@register.command("refresh", help=say("help_register_refresh"))
def register_refresh(
    full: Annotated[bool, typer.Option("--full", help=say("help_full"))] = False,
    which: Annotated[Which | None, typer.Option("--register", help=say("help_which_or_all"))] = None,
    allow_losses: AllowLosses = False,
    as_json: AsJson = False,
) -> None:
    from cli.register_state import refresh

    refresh(which, full=full, allow_losses=allow_losses, as_json=as_json)


@register.command("status", help=say("help_register_status"))
def register_status(as_json: AsJson = False) -> None:
    from cli.register_state import show_status

    show_status(as_json=as_json)


@register.command("show", help=say("help_register_show"))
def register_show(
    text: Annotated[str, typer.Argument(help=say("help_register_text"))], as_json: AsJson = False
) -> None:
    from cli.register_state import show_entry

    show_entry(text, as_json=as_json)


@register.command("adopt", help=say("help_register_adopt"))
def register_adopt(
    business_id: Annotated[str, typer.Argument(help=say("business_id"))], as_json: AsJson = False
) -> None:
    from cli.register_state import adopt

    adopt(business_id, as_json=as_json)
