"""Ports for servers that must be told theirs before they start."""

import fcntl
import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

# Below those that the system hands out for outgoing connections: otherwise any of these could take a port
# that we have chosen, and whose server has not started yet.
FIRST, LAST, BLOCK = 20_000, 29_999, 10

# Open as long as this process lives, each with a lock that no other test process gets meanwhile.
_claims: list[TextIO] = []
_left: list[int] = []


def free_port() -> int:
    """A port that nobody uses and that no other test is given, in this process or beside it."""
    while True:
        if not _left:
            _left.extend(_claimed_block())
        if _is_free(port := _left.pop(0)):
            return port


def free_block() -> int:
    """The first of ten such ports in a row."""
    while True:
        block = _claimed_block()
        if all(_is_free(port) for port in block):
            return block[0]


def _claimed_block() -> range:
    folder = Path(tempfile.gettempdir()) / f"kanta-ports-{os.getuid()}"
    folder.mkdir(exist_ok=True)
    for first in _blocks():
        claim = (folder / str(first)).open("w")
        try:
            fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            claim.close()
            continue
        _claims.append(claim)
        return range(first, first + BLOCK)
    raise AssertionError("every port is taken")


def _blocks() -> Iterator[int]:
    """All of them once, each process beginning somewhere else: what has just been left may linger."""
    blocks = (LAST - FIRST + 1) // BLOCK
    begin = os.getpid() * 37 + len(_claims)
    return (FIRST + (begin + step) % blocks * BLOCK for step in range(blocks))


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
