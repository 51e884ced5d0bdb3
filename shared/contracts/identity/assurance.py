"""How sure each way to log in is, as identity has it."""

from typing import ClassVar, Literal

from shared.contracts.assurance import Level
from shared.contracts.base import Message, Proof, Request


class AssuranceMethod(Message):
    """
    A way to log in: the *name* that a provider gives it, how sure it is, by which means, and who says so.

    A name that begins with a star stands for all that end so. It was *sure* by reading a public page or
    public program code, or is the project's default.
    """

    name: str
    level: Level
    means: str
    source: str
    date: str
    sure: Literal["read", "code", "default"]


class Assurance(Message):
    """
    The table of levels in force: whose it is by its *label*, and the *file* that an operator brought, if any.

    Below *least* no login counts; what stands in no row is *unlisted*.
    """

    label: str
    file: str
    unlisted: Literal["refused", "basic"]
    least: Level
    methods: tuple[AssuranceMethod, ...]


class GetAssurance(Request[Assurance]):
    """How sure is each way to log in, and who says so?"""

    subject: ClassVar[str] = "rpc.identity.v1.assurance.get"
    proof: ClassVar[Proof] = Proof.PROGRAM
