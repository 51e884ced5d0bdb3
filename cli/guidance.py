"""`ekstranet guidance ask`: the bot's own answers, without Slack, by a door of their own."""

import os
import sys


def ask(text: str, lang: str | None, *, as_json: bool) -> None:
    """Go on as the bot's guidance: it needs nothing that runs."""
    command = [sys.executable, "-m", "bot.guidance", text]
    if lang:
        command += ["--lang", lang]
    if as_json:
        command.append("--json")
    os.execv(sys.executable, command)  # noqa: S606  # our own interpreter, no shell
