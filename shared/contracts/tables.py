"""The shape of tables that an operator may bring: believed whole, or not at all."""

from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


class TableInvalid(ValueError):
    """The table cannot be used; the message says where it is wrong."""


class Strict(BaseModel):
    """A part of a table: a word in it that nobody knows is a mistake, and not passed over."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


TableT = TypeVar("TableT", bound=Strict)


def believed(shape: type[TableT], written: object) -> TableT:
    """
    *written*, the content of a file, as the table of *shape* that it is.

    Raises:
        TableInvalid: something in it is wrong; half a table is none.
    """
    try:
        return shape.model_validate(written)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise TableInvalid(f"{where or 'the table'}: {first['msg']}") from None
