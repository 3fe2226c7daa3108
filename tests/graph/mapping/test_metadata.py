"""A mapping says which tables it reads and what their columns say; what it cannot is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import UnreadableInput
from graph.mapping.columns import Mapping
from graph.mapping.metadata import read_mapping
from graph.namespaces import BASE, DATA

HEAD = '{"@context": ["http://www.w3.org/ns/csvw", {"@base": "https://w3id.org/servanda/"}],\n'
TABLE = '"url": "a.csv",\n "tableSchema": {"aboutUrl": "id/actor/{id}", "columns": [\n'


def written(folder: Path, text: str) -> Mapping:
    file = folder / "mine.json"
    file.write_text(text, encoding="utf-8")
    return read_mapping(file)


def test_a_column_takes_from_its_table_and_group_what_it_does_not_say_itself(
    tmp_path: Path,
) -> None:
    mapping = written(
        tmp_path,
        HEAD + ' "lang": "en", "tables": [{"null": "-", ' + TABLE + '{"name": "id"},\n'
        '{"name": "b", "titles": ["B", "bee"], "lang": "fr", "propertyUrl": "rdfs:label"}]}}]}',
    )
    first, second = mapping.tables[0].columns
    assert (first.language, first.null, first.titles) == ("en", frozenset({"-"}), ("id",))
    assert (second.language, second.titles, second.line) == ("fr", ("B", "bee"), 5)
    assert second.about
    assert second.about.fill({"id": "x"}) == BASE + "id/actor/x"
    assert mapping.tables[0].speaking == (second,)


@pytest.mark.parametrize(
    ("file", "head", "graph"),
    [
        ("mine.json", "", "mine"),
        ("mine.csv-metadata.json", "", "mine"),
        ("csv-metadata.json", "", "folder"),
        ("mine.json", '"@id": "data/other", ', "other"),
    ],
)
def test_the_graph_is_named_by_the_mapping_or_its_file(
    tmp_path: Path, file: str, head: str, graph: str
) -> None:
    (tmp_path / "folder").mkdir()
    path = tmp_path / "folder" / file
    path.write_text(HEAD + head + TABLE + '{"name": "id"}]}}', encoding="utf-8")
    assert read_mapping(path).graph == DATA + graph


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("{\n]", 2, "this is not JSON"),
        ("[]", 1, "a mapping is one JSON object"),
        ('{"url": "a.csv"}', 1, "this is no mapping in CSVW"),
        (HEAD + '"url": "a.csv",\n"url": "b.csv"}', 3, "`url` is given twice"),
        (HEAD + '"url": "a.csv"}', 1, "the table `a.csv` has no `tableSchema`"),
        (HEAD + '"tables": []}', 2, "the mapping names no table"),
        (HEAD + '"tables": [1]}', 2, "`tables` is not a list of objects"),
        (HEAD + '"@id": "data/", ' + TABLE + "]}}", 2, "is no name for a dataset"),
        (HEAD + '"@id": "data/a b", ' + TABLE + "]}}", 2, "is no name for a dataset"),
        (HEAD + '"@id": "data/table-aid", ' + TABLE + "]}}", 2, "is kept for tables"),
        (HEAD + '"@id": "data/x#y", ' + TABLE + "]}}", 2, "is kept for tables"),
        (HEAD + TABLE + '{"name": "id"},\n{"lang": "en"}]}}', 5, "neither `name` nor `titles`"),
        (HEAD + TABLE + '{"name": "id", "separator": ";"}]}}', 4, "`separator` is not followed"),
        (HEAD + TABLE + '{"name": "id", "datatype": "gYear"}]}}', 4, "`gYear` is no datatype"),
        (HEAD + TABLE + '{"name": "id"},\n{"name": "id"}]}}', 3, "two columns are named `id`"),
        (
            HEAD + TABLE + '{"name": "id"},\n{"name": "b",\n "propertyUrl": "ns#{nobody}"}]}}',
            5,
            "names no column: `nobody`",
        ),
        (
            HEAD + TABLE + '{"name": "id"},\n{"name": "b",\n "propertyUrl": "ns#{?id}"}]}}',
            6,
            "`ns#{?id}` is no template that is followed",
        ),
        (
            HEAD + '"url": "a.csv", "tableSchema": {"columns": [\n{"name": "b",'
            ' "propertyUrl": "ns#a"}]}}',
            3,
            "nothing tells what `b` is about",
        ),
        ('{"@context": []}', 1, "this is no mapping in CSVW"),
        (HEAD + '"@id": "http://[x", ' + TABLE + "]}}", 2, "`http://[x` is no address"),
        (HEAD + TABLE.replace("a.csv", "http://[x/t.csv") + "]}}", 2, "is no address"),
        (HEAD + TABLE + '{"name": "id", "lang": "not a tag!"}]}}', 4, "is no language"),
        (HEAD + TABLE + '{"name": "id", "lang": ["en"]}]}}', 4, "is no language"),
        (HEAD + TABLE + '{"name": "id", "propertyUrl": "//[x"}]}}', 4, "is no template"),
        ('{"a"\n:1}', 2, "not laid out as is usual"),
        ('{"' + "a" * 1100 + '": 1}', 1, "not laid out as is usual"),
        ('{"a": "\x7f"}', 1, "signs that are not usual"),
        ('{"\\ud83d\\ude00": 1}', 1, "signs that are not usual"),
        (HEAD + '"dialect": {"encoding": "latin1"},' + TABLE + "]}}", 2, "read as UTF-8 alone"),
    ],
)
def test_what_is_not_followed_is_refused_with_its_line(
    tmp_path: Path, text: str, line: int, told: str
) -> None:
    with pytest.raises(UnreadableInput) as refused:
        written(tmp_path, text)
    assert told in refused.value.message
    assert refused.value.line == line
    assert f"`{tmp_path / 'mine.json'}`, line {line}: " in refused.value.message


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[" * 900 + "]" * 900, "too deeply"),
        (" " * 100_001, "is longer than"),
        ("1" * 5_000, "a number that is longer than"),
    ],
)
def test_what_is_too_deep_or_too_long_is_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(UnreadableInput, match=told):
        written(tmp_path, '{"a": ' + text + "}")


def test_remarks_of_the_author_are_passed_over(tmp_path: Path) -> None:
    mapping = written(tmp_path, HEAD + '"dc:title": "mine", ' + TABLE + '{"name": "id"}]}}')
    assert [table.name for table in mapping.tables] == ["a.csv"]
