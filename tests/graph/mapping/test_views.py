"""Queries give rows, and what is no row of texts and numbers is told by its file."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copytree

import pytest

from graph.errors import UnreadableInput
from tests.graph.mapping.followed import EXAMPLE, followed


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("p.id, p.what, p.day, 'x' AS _row", "its `_row` is `x`"),
        ("p.*, x'ff' AS remark", "`remark` holds bytes"),
        ("p.*, CAST(x'ff' AS TEXT) AS remark", "cannot be read: Could not decode to UTF-8"),
    ],
)
def test_an_answer_that_is_no_table_of_texts_is_told_by_its_file(
    tmp_path: Path, change: str, told: str
) -> None:
    folder = copytree(EXAMPLE, tmp_path / "example")
    query = (folder / "named.sql").read_text(encoding="utf-8")
    (folder / "named.sql").write_text(query.replace("p.*", change), encoding="utf-8")
    with pytest.raises(UnreadableInput) as refused:
        followed(str(folder), [])
    assert "named.sql" in refused.value.message
    assert told in refused.value.message


@pytest.mark.parametrize("name", ['u"v', "ab c"])
def test_a_column_may_have_any_name_in_sql(tmp_path: Path, name: str) -> None:
    folder = copytree(EXAMPLE, tmp_path / "example")
    _name_a_column(folder, name)
    assert followed(str(folder), []).origins


def test_a_column_that_is_named_like_the_number_of_rows_is_told(tmp_path: Path) -> None:
    folder = copytree(EXAMPLE, tmp_path / "example")
    _name_a_column(folder, "_ROW")
    with pytest.raises(UnreadableInput, match=r"pledges\.csv.*duplicate column name"):
        followed(str(folder), [])


def _name_a_column(folder: Path, name: str) -> None:
    mapping = folder / "csv-metadata.json"
    column = json.dumps({"name": name, "titles": "remark"}) + ', {"name": "donor"'
    text = mapping.read_text(encoding="utf-8")
    mapping.write_text(text.replace('{"name": "donor"', column), encoding="utf-8")
