"""Reads from the code with which codes a method of the Web API can refuse."""

import ast
import inspect
import textwrap
import types
import typing
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from simulator.wire import SlackError

Function = types.FunctionType
OURS = ("simulator.", "shared.", "tests.")


class UnreadableError(Exception):
    """A code that is computed: nobody can prove of it that Slack documents it."""


def codes_of(run: Callable[..., Any]) -> frozenset[str]:
    """List every code that *run*, or whatever of ours it calls, may raise."""
    found: set[str] = set()
    waiting, seen = [run], set[Any]()
    while waiting:
        function = waiting.pop()
        if function in seen or not isinstance(function, Function):
            continue
        seen.add(function)
        codes, calls = _read(function)
        found |= codes
        waiting += calls
    return frozenset(found)


@cache
def _read(function: Function) -> tuple[frozenset[str], tuple[Any, ...]]:
    body = _Body(function)
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    codes: set[str] = set()
    calls: list[Any] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and body.value(node.func) is SlackError:
            codes |= set(_literals(node.args[0]))
        elif isinstance(node, ast.Call):
            calls.append(body.value(node.func))
        elif isinstance(node, ast.Attribute):
            calls.append(_getter(body, node))
    return frozenset(codes), tuple(call for call in calls if _is_ours(call))


def _is_ours(call: object) -> bool:
    return isinstance(call, Function) and call.__module__.startswith(OURS)


def _literals(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(code)):
            yield code
        case ast.IfExp(body=one, orelse=other):
            yield from _literals(one)
            yield from _literals(other)
        case _:
            raise UnreadableError(ast.unparse(node))


@dataclass
class _Body:
    """The names that one function sees, with what they are, as far as annotations tell."""

    function: Function
    types: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        hints = typing.get_type_hints(self.function)
        self.types |= {name: hint for name, hint in hints.items() if name != "return"}
        owner = self._owner()
        if owner is not None:
            self.types["self"] = owner
            self.types["cls"] = owner
        tree = ast.parse(textwrap.dedent(inspect.getsource(self.function)))
        for node in ast.walk(tree):
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    self.types.setdefault(name, self.kind(value))
                case ast.NamedExpr(target=ast.Name(id=name), value=value):
                    self.types.setdefault(name, self.kind(value))

    def _owner(self) -> Any:
        first, dot, _ = self.function.__qualname__.partition(".")
        return self.function.__globals__.get(first) if dot else None

    def value(self, node: ast.expr) -> Any:
        """The function or class that *node* stands for, or None."""
        match node:
            case ast.Name(id=name) if name not in self.types:
                return self.function.__globals__.get(name)
            case ast.Attribute(value=inner, attr=name):
                owner = self.kind(inner)
                member = getattr(owner, name, None) if _is_class(owner) else None
                return inspect.unwrap(member) if callable(member) else None
        return None

    def kind(self, node: ast.expr) -> Any:
        """The class of what *node* is at run time, or None."""
        match node:
            case ast.Name(id=name):
                found = self.types.get(name, self.function.__globals__.get(name))
                return _one(found)
            case ast.Attribute(value=inner, attr=name):
                owner = self.kind(inner)
                if not _is_class(owner):
                    return None
                member = inspect.getattr_static(owner, name, None)
                if isinstance(member, property):
                    return _one(typing.get_type_hints(member.fget).get("return"))
                return _one(typing.get_type_hints(owner).get(name))
            case ast.Call(func=called):
                function = self.value(called)
                if isinstance(function, type):
                    return function
                hints = typing.get_type_hints(function) if isinstance(function, Function) else {}
                return _one(hints.get("return"))
            case ast.Await(value=inner):
                return self.kind(inner)
            case ast.BoolOp(values=[first, *_]):
                return self.kind(first)
        return None


def _getter(body: _Body, node: ast.Attribute) -> Any:
    owner = body.kind(node.value)
    member = inspect.getattr_static(owner, node.attr, None) if _is_class(owner) else None
    return member.fget if isinstance(member, property) else None


def _is_class(thing: object) -> bool:
    return isinstance(thing, type) and thing.__module__.startswith(OURS)


def _one(hint: Any) -> Any:
    """The class in `X | None`; the item's in a list would need loops to be followed, and none needs it."""
    parts = [part for part in typing.get_args(hint) if part is not type(None)]
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        return parts[0] if len(parts) == 1 else None
    return hint if isinstance(hint, type) else None
