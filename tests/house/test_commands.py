"""Each command of the operator is documented with an example that it takes."""

import shlex

import pytest

from documents.commands import commands, examples

COMMANDS = commands()


def test_every_command_has_an_example_and_no_example_outlives_its_command() -> None:
    assert {*examples()} == {*COMMANDS}
    assert {"identity mandates", "identity links unlink", "register import"} <= {*COMMANDS}


@pytest.mark.parametrize("words", [*COMMANDS])
def test_every_example_is_taken_as_it_stands(words: str) -> None:
    program, *typed = shlex.split(examples()[words]["run"])
    assert program == "ekstranet"
    assert typed[: len(words.split())] == words.split()

    # Refuses what is missing, unknown or of the wrong kind; and runs nothing.
    context = COMMANDS[words].make_context(words, typed[len(words.split()) :])

    assert context.params.keys() >= {one.name for one in COMMANDS[words].params if one.name != "help"}


@pytest.mark.parametrize("words", [*COMMANDS])
def test_every_command_and_parameter_says_what_it_is_for(words: str) -> None:
    command = COMMANDS[words]

    assert command.help
    assert [one.name for one in command.params if not getattr(one, "help", None)] == []
