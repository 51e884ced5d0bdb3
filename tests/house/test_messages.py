"""The messages, the table of who may send them, and who answers."""

import inspect
import re
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, get_type_hints

import pytest

from documents.messages import events, refusals, requests
from shared.contracts.base import Event, Request
from shared.messaging.accounts import Account
from shared.messaging.topology import CALLS, HEARS, answerer, callers


def rooms_under(package: str) -> list[str]:
    """Every module of a package."""
    return [f"{package}.{module.name}" for module in iter_modules(import_module(package).__path__)]


ROOMS = {
    Account.IDENTITY: (
        "services.identity.handlers",
        "services.identity.linking",
        "services.identity.register_desk",
    ),
    Account.ROLES: ("services.roles.handlers", "services.roles.legacy", "services.roles.main_users"),
    Account.CONTACTS: ("services.contacts.handlers",),
    Account.BOT: ("bot.app", *rooms_under("bot.notifications")),
}
ANSWERING = ("_decides", "_reads", "_answers")
REQUEST = re.compile(r"rpc\.[a-z]+\.v[0-9]+\.[a-z_]+\.[a-z_]+")
EVENT = re.compile(r"event\.[a-z]+\.v[0-9]+\.[a-z_]+\.[a-z_]+")


def methods_of(account: Account, *marks: str) -> Iterator[tuple[type[Any], Callable[..., object]]]:
    """Every message type that a class of *account* has a method for, with that method."""
    for room in ROOMS[account]:
        module = import_module(room)
        for cls in vars(module).values():
            if not inspect.isclass(cls) or cls.__module__ != room:
                continue
            for method in vars(cls).values():
                yield from ((getattr(method, mark), method) for mark in marks if hasattr(method, mark))


def marked_in(account: Account, *marks: str) -> Iterator[type[Any]]:
    """Every message type that a class of *account* has a method for, once for each."""
    return (message for message, _ in methods_of(account, *marks))


def test_no_two_messages_share_a_subject() -> None:
    subjects = Counter([*(one.subject for one in requests()), *(one.subject for one in events())])

    assert [subject for subject, times in subjects.items() if times > 1] == []


def test_no_two_refusals_share_a_code() -> None:
    codes = Counter(refusal.code for refusal in refusals())

    assert [code for code, times in codes.items() if times > 1] == []


@pytest.mark.parametrize("request_type", requests(), ids=lambda one: one.__name__)
def test_a_request_says_where_it_goes(request_type: type[Request[Any]]) -> None:
    assert REQUEST.fullmatch(request_type.subject)
    assert answerer(request_type) in Account


@pytest.mark.parametrize("event", events(), ids=lambda one: one.__name__)
def test_an_event_is_where_the_stream_listens(event: type[Event]) -> None:
    assert EVENT.fullmatch(event.subject)
    assert Event.known[event.subject] is event


@pytest.mark.parametrize("account", list(ROOMS))
def test_what_may_be_asked_is_answered_by_one_method_and_nothing_else_is(account: Account) -> None:
    asked = {request for calls in CALLS.values() for request in calls if answerer(request) is account}
    answered = Counter(marked_in(account, *ANSWERING))

    assert {request.__name__ for request in asked} == {request.__name__ for request in answered}
    assert max(answered.values()) == 1


@pytest.mark.parametrize("account", list(ROOMS))
def test_a_method_takes_the_very_message_that_it_is_marked_for(account: Account) -> None:
    methods = list(methods_of(account, *ANSWERING, "_prepares", "_hears"))

    assert methods
    for message, method in methods:
        assert message in get_type_hints(method).values(), f"{method.__qualname__}: {message.__name__}"


def test_what_answers_from_memory_gives_the_reply_of_its_request() -> None:
    # mypy holds `decides` and `reads` to it; here the reply may be bytes as well.
    methods = [found for account in ROOMS for found in methods_of(account, "_answers")]

    assert methods
    for request, method in methods:
        assert get_type_hints(method)["return"] in (request.reply_type, bytes), method.__qualname__


def test_every_request_has_a_caller() -> None:
    assert [request.__name__ for request in requests() if not callers(request)] == []


@pytest.mark.parametrize("account", list(HEARS))
def test_what_is_heard_is_done_something_with(account: Account) -> None:
    # Facts may be heard only to keep the count of a whole source: see the next test.
    assert set(marked_in(account, "_hears")) <= set(HEARS[account])


@pytest.mark.parametrize("account", [account for account in HEARS if account is not Account.BOT])
def test_a_service_hears_a_source_whole_or_not_at_all(account: Account) -> None:
    # It counts the facts of a source; one that never comes would hold up all that follow.
    sources = {event.subject.split(".")[1] for event in HEARS[account]}
    whole = {event for event in events() if event.subject.split(".")[1] in sources}

    assert set(HEARS[account]) == whole
