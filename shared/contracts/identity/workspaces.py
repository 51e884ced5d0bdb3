"""What identity is asked, and told to do, about chat workspaces."""

from typing import ClassVar

from pydantic import Field

from shared.contracts.base import (
    Command,
    OrganisationId,
    Proof,
    Request,
)
from shared.contracts.identity.views import (
    Workspaces,
    WorkspaceView,
)


class DescribeWorkspace(Request[WorkspaceView]):
    """For which organisations may this chat workspace be used? For none, if nobody knows it."""

    subject: ClassVar[str] = "rpc.identity.v1.workspace.describe"
    proof: ClassVar[Proof] = Proof.PROGRAM

    team: str = Field(max_length=40)


class ListWorkspaces(Request[Workspaces]):
    """Every chat workspace that is used for an organisation, for an operator. At most 500."""

    subject: ClassVar[str] = "rpc.identity.v1.workspaces.list"
    proof: ClassVar[Proof] = Proof.PROGRAM


class BindWorkspace(Command[WorkspaceView]):
    """Let a chat workspace be used for *organisation*, as an operator. Refuses OrganisationUnknown."""

    subject: ClassVar[str] = "rpc.identity.v1.workspace.bind"
    proof: ClassVar[Proof] = Proof.PROGRAM

    team: str = Field(min_length=1, max_length=40)
    organisation: OrganisationId


class UnbindWorkspace(Command[WorkspaceView]):
    """Let a chat workspace be used for *organisation* no more, as an operator."""

    subject: ClassVar[str] = "rpc.identity.v1.workspace.unbind"
    proof: ClassVar[Proof] = Proof.PROGRAM

    team: str = Field(min_length=1, max_length=40)
    organisation: OrganisationId


class ClaimWorkspace(Command[WorkspaceView]):
    """
    Let the chat workspace that I write from be used for my organisation.

    For a main user of it whose account in that workspace is linked to them. Refuses NotAllowed,
    IdentificationTooOld, IdentificationTooWeak.
    """

    subject: ClassVar[str] = "rpc.identity.v1.workspace.claim"
    fresh_identification: ClassVar[bool] = True

    team: str = Field(min_length=1, max_length=40)
    organisation: OrganisationId
