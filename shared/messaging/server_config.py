"""The NATS server's configuration, written from the topology."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from shared.contracts.base import Request
from shared.messaging.accounts import STREAM, Account, Keeper, durable, inbox
from shared.messaging.topology import CALLS, HEARS, announcers, answerer, arriving, callers

MAX_PAYLOAD = 262_144


def server_config(public: Mapping[str, str], *, listen: str, store: Path) -> str:
    """
    Everything the server needs to know.

    A question crosses from its asker's account to its answerer's as a stream, and the answer back into the
    asker's inbox as another: the server maps a subject, and that is all. As a *service* it would write a
    header and keep a book of every question, for twice the work (docs/decisions/0007).

    *public* maps accounts to public keys, *listen* is ``host:port``. Every acknowledged event is flushed
    to disk first: by default the server would do so every two minutes.
    """
    accounts = "\n".join(
        [_keeper(public), *(_account(account, public[account]) for account in Account), _system(public)]
    )
    return f"""\
# Generated from shared/messaging/topology.py: do not edit.
listen: "{listen}"
jetstream {{ store_dir: "{store}", sync_interval: always, max_file_store: 2GB }}
max_payload: {MAX_PAYLOAD}
max_connections: 200
write_deadline: "5s"
accounts {{
{accounts}
}}
system_account: {Keeper.SYSTEM}
"""


def _block(name: str, key: str, exports: list[str], imports: list[str], extra: str = "") -> str:
    lines = [f"  {name} {{ {extra}users: [{{ nkey: {key} }}]"]
    lines += _listed("exports", exports) + _listed("imports", imports)
    return "\n".join([*lines, "  }"])


def _listed(word: str, items: list[str]) -> list[str]:
    return [f"    {word}: [", *(f"      {item}" for item in items), "    ]"] if items else []


def _keeper(public: Mapping[str, str]) -> str:
    exports = [
        f'{{ service: "event.{account.lower()}.>", accounts: [{account}] }}' for account in announcers()
    ]
    for account in HEARS:
        name = durable(account)
        exports += [
            f'{{ service: "$JS.API.CONSUMER.MSG.NEXT.{STREAM}.{name}", response_type: stream, '
            f"accounts: [{account}] }}",
            f'{{ service: "$JS.ACK.{STREAM}.{name}.>", accounts: [{account}] }}',
        ]
    return _block(Keeper.BUS, public[Keeper.BUS], exports, [], extra="jetstream: enabled, ")


def _system(public: Mapping[str, str]) -> str:
    return _block(Keeper.SYSTEM, public[Keeper.SYSTEM], [], [])


def _account(account: Account, key: str) -> str:
    return _block(account, key, list(_exports(account)), list(_imports(account)))


def _exports(account: Account) -> Iterator[str]:
    for request in CALLS[account]:
        yield f'{{ stream: "{request.subject}", accounts: [{answerer(request)}] }}'
    for caller in Account:
        if account in _asked_by(caller):
            yield f'{{ stream: "{inbox(caller)}.>", accounts: [{caller}] }}'


def _imports(account: Account) -> Iterator[str]:
    for request in _answered_by(account):
        for caller in callers(request):
            source = f'account: {caller}, subject: "{request.subject}"'
            yield f'{{ stream: {{ {source} }}, to: "{arriving(request, caller)}" }}'
    for asked in _asked_by(account):
        yield f'{{ stream: {{ account: {asked}, subject: "{inbox(account)}.>" }} }}'
    if account in announcers():
        yield f'{{ service: {{ account: {Keeper.BUS}, subject: "event.{account.lower()}.>" }} }}'
    if account in HEARS:
        name = durable(account)
        for subject in (f"$JS.API.CONSUMER.MSG.NEXT.{STREAM}.{name}", f"$JS.ACK.{STREAM}.{name}.>"):
            yield f'{{ service: {{ account: {Keeper.BUS}, subject: "{subject}" }} }}'


def _answered_by(account: Account) -> list[type[Request[Any]]]:
    requests = dict.fromkeys(request for calls in CALLS.values() for request in calls)
    return [request for request in requests if answerer(request) is account]


def _asked_by(caller: Account) -> list[Account]:
    return list(dict.fromkeys(answerer(request) for request in CALLS[caller]))
