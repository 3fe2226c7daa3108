"""Datasets are found in files and folders and named by their header."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import rdf
from graph.dataset import (
    Dataset,
    find_files,
    read_dataset,
    read_datasets,
    refuse_unknown_terms,
    with_imports,
)
from graph.errors import UnreadableInput
from graph.namespaces import DATA, GENID, ID, SV
from graph.rdf import JSON_LD, N_QUADS, TRIG, Format
from tests.graph.conftest import PARIS, turtle, typed

HEADER = f"<{PARIS.value}> a owl:Ontology .\n"


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(turtle(text))
    return path


def refusal(path: Path) -> UnreadableInput:
    with pytest.raises(UnreadableInput) as caught:
        read_datasets([path])
    assert str(path) in caught.value.message
    return caught.value


def test_a_file_is_the_graph_its_header_names(tmp_path: Path) -> None:
    file = write(tmp_path / "paris.ttl", HEADER + "sv:p1 sv:debtor [ a sv:State ] .")
    (dataset,) = read_datasets([file])
    assert dataset.graph == PARIS
    assert dataset.path == file
    assert {quad.graph_name for quad in dataset.quads} == {PARIS}
    assert any(GENID in str(quad.object) for quad in dataset.quads)


def test_a_folder_is_searched_to_the_bottom_in_order(tmp_path: Path) -> None:
    for name in ("b/two.ttl", "a/one.ttl", "a/deep/er.ttl"):
        write(tmp_path / name, f"<{DATA}{Path(name).stem}> a owl:Ontology .")
    found = [dataset.graph.value.removeprefix(DATA) for dataset in read_datasets([tmp_path])]
    assert found == ["er", "one", "two"]


def test_what_is_no_rdf_or_hidden_is_passed_over(tmp_path: Path) -> None:
    kept = write(tmp_path / "paris.ttl", HEADER)
    for name in ("catalog-v001.xml", "source.txt", "README.md", ".draft.ttl", ".git/x.ttl"):
        write(tmp_path / name, "not RDF")
    assert find_files(tmp_path) == [kept]


def test_a_hidden_parent_does_not_hide_a_dataset(tmp_path: Path) -> None:
    kept = write(tmp_path / ".work" / "paris.ttl", HEADER)
    assert find_files(tmp_path / ".work") == [kept]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    file = write(tmp_path / "paris.ttl", HEADER)
    assert len(read_datasets([file, tmp_path, tmp_path / ".." / tmp_path.name])) == 1


def test_a_path_that_does_not_exist_is_named_with_what_there_is(tmp_path: Path) -> None:
    write(tmp_path / "paris-2026" / "paris.ttl", HEADER)
    error = refusal(tmp_path / "pariis-2026")
    assert "does not exist" in error.message
    assert error.hint == f"`{tmp_path}` holds paris-2026/"
    assert refusal(tmp_path / "x" / "y").hint == f"`{tmp_path / 'x'}` does not exist either"


def test_a_folder_without_rdf_is_named_with_what_it_holds(tmp_path: Path) -> None:
    assert refusal(tmp_path).hint == f"`{tmp_path}` is empty"
    write(tmp_path / "notes.txt", "")
    error = refusal(tmp_path)
    assert "no RDF files" in error.message
    assert error.hint == f"`{tmp_path}` holds notes.txt"


@pytest.mark.parametrize("text", ["", "sv:p1 a sv:Promise ."])
def test_a_file_without_header_is_refused_with_the_line_to_add(tmp_path: Path, text: str) -> None:
    error = refusal(write(tmp_path / "a.ttl", text))
    assert "0 owl:Ontology headers" in error.message
    assert error.hint == f"begin it with <{DATA}NAME> a owl:Ontology ."


def test_a_file_with_two_headers_is_refused(tmp_path: Path) -> None:
    error = refusal(write(tmp_path / "a.ttl", HEADER + f"<{DATA}b> a owl:Ontology ."))
    assert f"2 owl:Ontology headers, not one: <{DATA}b>, <{PARIS.value}>" in error.message


@pytest.mark.parametrize("header", ["<http://example.org/mine>", f"<{DATA}>", "[]"])
def test_a_header_outside_servanda_is_refused(tmp_path: Path, header: str) -> None:
    error = refusal(write(tmp_path / "a.ttl", f"{header} a owl:Ontology ."))
    assert "not a name for a dataset" in error.message


def test_two_files_of_one_dataset_are_refused(tmp_path: Path) -> None:
    first, second = (write(tmp_path / name, HEADER) for name in ("a.ttl", "b.ttl"))
    with pytest.raises(UnreadableInput) as caught:
        read_datasets([tmp_path])
    assert all(str(file) in caught.value.message for file in (first, second))


def test_a_file_that_is_no_rdf_by_its_name_is_refused(tmp_path: Path) -> None:
    assert "*.ttl" in str(refusal(write(tmp_path / "paris.csv", HEADER)))


def test_a_file_that_cannot_be_parsed_is_named_with_its_line(tmp_path: Path) -> None:
    error = refusal(write(tmp_path / "a.ttl", HEADER + 'sv:p1 sv:label "cut'))
    assert error.line == turtle(HEADER).count("\n") + 1


def test_a_quad_file_may_hold_its_own_graph_alone(tmp_path: Path) -> None:
    own = f"GRAPH <{PARIS.value}> {{ {HEADER} }}"
    assert read_dataset(write(tmp_path / "a.trig", own)).graph == PARIS
    both = write(tmp_path / "b.trig", own + "sv:a a sv:b . GRAPH sv:x { sv:a a sv:b }")
    assert "beside its own" in refusal(both).message


_IRIS = st.integers(0, 4).map(lambda n: ox.NamedNode(f"{ID}thing/{n}"))
_LITERALS = st.one_of(
    st.text(st.characters(codec="utf-8")).map(ox.Literal),
    st.text(st.characters(codec="utf-8")).map(lambda text: ox.Literal(text, language="uk")),
    st.sampled_from(["1", "01", "-0"]).map(lambda number: typed(number, "integer")),
    st.sampled_from(["1.50", "0.0"]).map(lambda number: typed(number, "decimal")),
    st.sampled_from(["true", "1"]).map(lambda word: typed(word, "boolean")),
    st.just(typed("2026-01-06T00:00:00Z", "dateTime")),
)
_QUADS = st.builds(
    ox.Quad,
    _IRIS,
    st.sampled_from(["label", "note"]).map(lambda name: ox.NamedNode(SV + name)),
    st.one_of(_IRIS, _LITERALS),
    st.sampled_from(["a", "b", "c"]).map(lambda name: ox.NamedNode(DATA + name)),
)


@pytest.mark.parametrize("syntax", [TRIG, N_QUADS, JSON_LD], ids=lambda each: each.name)
@given(quads=st.sets(_QUADS, min_size=1))
def test_graphs_written_to_one_file_are_read_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, syntax: Format, quads: set[ox.Quad]
) -> None:
    file = tmp_path_factory.mktemp("x") / f"all{syntax.suffixes[0]}"
    file.write_bytes(rdf.write(rdf.in_order(quads), syntax))
    datasets = read_datasets([file])
    assert {quad for each in datasets for quad in each.quads} == quads
    assert all(quad.graph_name == each.graph for each in datasets for quad in each.quads)


def test_a_graph_of_others_in_a_file_of_several_is_refused(tmp_path: Path) -> None:
    text = f"GRAPH <{PARIS.value}> {{ sv:a a sv:b }} GRAPH <https://example.org/> {{ sv:a a sv:b }}"
    with pytest.raises(UnreadableInput, match="not a name for a dataset"):
        read_datasets([write(tmp_path / "a.trig", text)])


def test_a_broken_link_is_no_dataset(tmp_path: Path) -> None:
    link = tmp_path / "a.ttl"
    link.symlink_to(tmp_path / "absent.ttl")
    assert "does not exist" in refusal(link).message


def test_reading_twice_gives_the_same_quads(tmp_path: Path) -> None:
    file = write(tmp_path / "a.ttl", HEADER + "sv:a sv:b [ sv:c ( 1 [ ] ) ] , [ ] .")
    assert read_dataset(file).quads == read_dataset(file).quads
    assert all(isinstance(quad.subject, ox.NamedNode) for quad in read_dataset(file).quads)


def test_a_misspelt_term_is_refused_with_the_nearest_one(tmp_path: Path) -> None:
    def dataset(name: str, text: str) -> Dataset:
        header = f"<https://w3id.org/servanda/{name}> a owl:Ontology .\n"
        return read_dataset(write(tmp_path / f"{name}.ttl", header + text))

    ontology = dataset("ontology/core", "sv:debtor a owl:ObjectProperty . sv:Land a owl:Class .")
    right = dataset("data/right", "<urn:a> sv:debtor sv:Land .")
    wrong = dataset("data/wrong", "<urn:a> sv:debter sv:Land .")
    refuse_unknown_terms([right], [ontology])
    with pytest.raises(UnreadableInput, match=r"wrong\.ttl` uses `sv:debter`") as refused:
        refuse_unknown_terms([right, wrong], [ontology])
    assert refused.value.hint == "did you mean `sv:debtor`"


def test_imported_datasets_are_found_through_the_catalog(tmp_path: Path) -> None:
    actors = tmp_path / "actors" / "actors.ttl"
    write(actors, f"<{DATA}actors> a owl:Ontology .\n")
    importing = write(
        tmp_path / "paris" / "paris.ttl",
        f"<{PARIS.value}> a owl:Ontology ; owl:imports <{DATA}actors> .\n",
    )
    given = read_datasets([importing])
    with pytest.raises(UnreadableInput, match=f"imports `{DATA}actors`, which is not there"):
        with_imports(given)
    (importing.parent / "catalog-v001.xml").write_text(
        f'<catalog><uri name="{DATA}actors" uri="../actors/actors.ttl"/></catalog>', "utf-8"
    )
    assert [each.path for each in with_imports(given)] == [importing, actors]
