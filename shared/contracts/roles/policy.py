"""By what somebody may be a main user of an organisation, or act for it."""

from datetime import date
from enum import StrEnum
from typing import ClassVar, Literal

from shared.contracts.base import Message, Proof, Request
from shared.contracts.identity import OrganisationKind


class Ground(StrEnum):
    """
    What a right rests on.

    *settled*: an operator named them. *granted*: a main user granted it, and they accepted. *signatory* and
    *mandate*: Suomi.fi vouches for a position in a register, or for a mandate. *katso_role*: a role in Katso.
    """

    SETTLED = "settled"
    GRANTED = "granted"
    SIGNATORY = "signatory"
    MANDATE = "mandate"
    KATSO_ROLE = "katso_role"


class Capacity(StrEnum):
    """What somebody is to an organisation: its main user, or one who acts for it."""

    MAIN_USER = "main_user"
    ACT_FOR = "act_for"


class PolicyRow(Message):
    """
    What counts for one kind of organisation from *begins* to *ends*, both included; empty: without end.

    *sure* is how surely the rule is known: read, code or default.
    """

    kind: OrganisationKind
    period: str
    begins: date | None
    ends: date | None
    main_user: tuple[Ground, ...]
    act_for: tuple[Ground, ...]
    source: str
    dated: str
    sure: Literal["read", "code", "default"]


class PolicyAnswer(Message):
    """The row that applies, of the table called *label*."""

    label: str
    row: PolicyRow


class DescribePolicy(Request[PolicyAnswer]):
    """By what may somebody be a main user of, or act for, an organisation of *kind* *on* a Finnish date?"""

    subject: ClassVar[str] = "rpc.roles.v1.policy.describe"
    proof: ClassVar[Proof] = Proof.PROGRAM

    kind: OrganisationKind
    on: date
