"""Mark a method as the one that answers a request or hears an event."""

from collections.abc import Callable, Iterator
from typing import Any, ParamSpec, TypeVar

from shared.contracts.base import Event, ReplyT, Request

MarkedMethod = Callable[..., Any]
P = ParamSpec("P")
MethodT = TypeVar("MethodT", bound=MarkedMethod)


def decides(request_type: type[Request[ReplyT]]) -> Callable[[Callable[P, ReplyT]], Callable[P, ReplyT]]:
    """This method ``(tx, request, actor) -> view`` decides on a command, inside a transaction it is given."""
    return _mark("_decides", request_type)


def prepares(request_type: type[Request[Any]]) -> Callable[[MethodT], MethodT]:
    """
    This async method ``(request, actor)`` runs before the transaction; it may ask others, and refuse.

    What it returns, unless that is None, is the last argument of the method that decides or reads.
    """
    return _mark("_prepares", request_type)


def foresees(request_type: type[Request[Any]]) -> Callable[[MethodT], MethodT]:
    """
    This method ``(tx, commands)`` fetches at once what many decisions of one commit will each ask for.

    It only saves time: it may keep things for the transaction to recall, and decides nothing.
    """
    return _mark("_foresees", request_type)


def reads(request_type: type[Request[ReplyT]]) -> Callable[[Callable[P, ReplyT]], Callable[P, ReplyT]]:
    """This method ``(rows, request, actor) -> view`` answers from the database, on a thread of its own."""
    return _mark("_reads", request_type)


def answers(request_type: type[Request[Any]]) -> Callable[[MethodT], MethodT]:
    """
    This method ``(request, actor) -> view`` answers at once from memory; it must not take long.

    What is asked very often may give the view as the bytes that it is on the wire.
    """
    return _mark("_answers", request_type)


def hears(event_type: type[Event]) -> Callable[[MethodT], MethodT]:
    """
    This method is told of every *event_type*, at least once, in order.

    In a service it is ``(tx, event)`` and runs in the transaction that remembers the event, so it takes
    effect once. In the bot it is async ``(event)`` and must bear being told twice.
    """
    return _mark("_hears", event_type)


def marked(handlers: object, mark: str) -> Iterator[tuple[Any, MarkedMethod]]:
    """Yield every message type that *handlers* carries *mark* for, with its bound method."""
    for name in dir(type(handlers)):
        if message_type := getattr(getattr(type(handlers), name), mark, None):
            yield message_type, getattr(handlers, name)


def _mark(mark: str, message_type: type[Any]) -> Callable[[MethodT], MethodT]:
    def decorate(method: MethodT) -> MethodT:
        setattr(method, mark, message_type)
        return method

    return decorate
