"""The access matrix is read strictly: a table with a mistake in it gives nobody anything."""

import pytest

from services.roles.domain.ladder import read_matrix
from shared.contracts.roles import Role
from shared.contracts.tables import TableInvalid


def test_who_may_edit_may_read() -> None:
    matrix = read_matrix(
        {"label": "ours", "views": {"billing": {"edit": ["reader"], "read": ["implementer"]}}}
    )

    assert matrix.roles("billing.edit") == (Role.READER,)
    assert set(matrix.roles("billing.read")) == {Role.READER, Role.IMPLEMENTER}


@pytest.mark.parametrize(
    ("written", "where"),
    [
        (None, "the table"),
        ([], "the table"),
        ({"views": {}}, "label"),
        ({"label": "ours", "views": {}}, "views"),
        ({"label": "ours", "views": {"billing": {"edit": ["readr"]}}}, r"views\.billing\.edit\.0"),
        ({"label": "ours", "views": {"billing": ["reader"]}}, r"views\.billing"),
        ({"label": "ours", "views": {"billing": {"edit": []}}, "extra": 1}, "extra"),
    ],
)
def test_a_mistake_is_named_by_its_place(written: object, where: str) -> None:
    with pytest.raises(TableInvalid, match=where):
        read_matrix(written)
