"""Buttons in the place of words that were not typed, or mistyped."""

from collections.abc import Sequence

from bot.payloads import COMMAND
from bot.sender import Said
from bot.typed import WORDS, Known
from bot.views.spoken import message
from bot.views.text import Block, actions, bare, button, section
from bot.words import say
from shared.contracts.base import Language

IN_A_ROW = 5  # More buttons side by side are hard to read on a telephone.


def typed(command: str, language: Language, rest: str = "") -> str:
    """A command as it would be typed after /kanta."""
    return f"{WORDS[command][language]} {rest}".strip()


def choices(text: str, lines: Sequence[tuple[str, str]], language: Language) -> Said:
    """*text*, and for each of *lines* a button with its name, which stands for its command."""
    return message(language, section(text), *rows(lines))


def rows(lines: Sequence[tuple[str, str]]) -> Sequence[Block]:
    """Buttons that stand for commands: a name and what would be typed, each."""
    buttons = [
        button(name, f"{COMMAND}{number}", line[:2000]) for number, (name, line) in enumerate(lines, start=1)
    ]
    return [actions(*buttons[start : start + IN_A_ROW]) for start in range(0, len(buttons), IN_A_ROW)]


def meant(found: Sequence[Known], rest: str, language: Language) -> Sequence[Block]:
    """What somebody may have meant who mistyped a command, to be had at a press."""
    lines = [
        (bare(f"/kanta {line}", 75), line)
        for line in (typed(each.command, each.language, rest) for each in found)
    ]
    return [section(say("help.meant", language)), *rows(lines)]
