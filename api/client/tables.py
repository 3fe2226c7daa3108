"""What every answer can be: rows, a table for pandas, HTML for notebooks."""

from __future__ import annotations

from abc import ABC, abstractmethod
from html import escape
from typing import TYPE_CHECKING, Any, Self

from api.situation import Json
from api.v1 import schemas

if TYPE_CHECKING:
    import pandas

Row = dict[str, Any]


class Table(ABC):
    """What can be shown as rows."""

    @abstractmethod
    def rows(self) -> list[Row]:
        """Give the rows, each with the same columns."""

    def to_pandas(self) -> pandas.DataFrame:
        """Give the rows as a DataFrame; needs pandas (`pip install servanda[pandas]`)."""
        import pandas

        return pandas.DataFrame(self.rows())

    def _repr_html_(self) -> str:
        rows = self.rows()
        heading = "".join(f"<th>{escape(name)}</th>" for name in (rows[0] if rows else ()))
        body = "".join(
            f"<tr>{''.join(f'<td>{_cell(value)}</td>' for value in row.values())}</tr>"
            for row in rows
        )
        return f"<table><tr>{heading}</tr>{body}</table>"


class Answer(schemas.Shape, Table):
    """An answer of the engine: values that do not change, described by the schemas of api.v1."""

    @classmethod
    def read(cls, answer: Json) -> Self:
        """Read JSON; what a newer server says beside what is known here is left out."""
        return cls.model_validate(answer, extra="ignore")


def _cell(value: object) -> str:
    return "" if value is None else escape(str(value))
