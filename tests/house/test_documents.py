"""What is made from the code is as the code says."""

from documents.__main__ import documents, stale
from documents.environment import variables


def test_no_generated_document_is_stale() -> None:
    assert documents()
    assert [str(path) for path in stale()] == [], "run `make docs`"


def test_every_setting_says_what_it_is_for() -> None:
    assert [name for name, (_, info) in variables().items() if not info.description] == []
