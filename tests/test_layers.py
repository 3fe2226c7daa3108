"""Imports go downwards only; a module that is in no layer is a failure too."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# From the ground up. A module may import those of lower layers, and none of its own or higher ones.
GRAPH_LAYERS: list[set[str]] = [
    {"errors", "namespaces", "resources", "clock"},
    # what the semantics is made of: pure, see below
    {"truth", "bounds", "address_space"},
    {"timeline", "circles"},
    {"model"},
    {"claims", "readings", "questions", "course", "triggers", "gaps", "elements"},
    {"world", "standing"},
    {"condition", "acts", "dependants"},
    {"lifecycle"},
    {"explain", "obligations", "circularity", "vectorised"},
    {"sentences", "dependencies", "unlocking", "difference", "diagrams"},
    {"scenario", "odds", "power", "sensitivity", "learned", "chronicle", "edges"},
    # RDF in and out
    {"datatypes", "sparql_tokens", "keywords", "catalog", "xml_text", "competency"} | {"multipart"},
    {"malformed", "skolem", "parameters"},
    {"rdf", "guard", "owl"},
    {"head", "journal_file"},
    {"chain"},
    {"journal", "accounts", "dataset", "triples", "rdflib_terms", "judged_by"} | {"results"},
    {"store", "trees", "rules", "odrl_constraints"},
    # how questions are run in processes of their own
    {"channel", "memory_store"},
    {"worker"},
    {"validate", "candidate", "capped"},
    {"jury"},
    {"read", "history", "query", "quotations", "deprecated", "label_search", "slices", "derived"}
    | {"modification", "odrl", "selection"},
    {"update", "report", "query_text", "glossary"},
    {"database", "following", "content", "codebook"},
    {"derivation"},
    {"write", "purge", "backup", "replica"},
    {"load", "revert", "rdf_patch", "tables"},
    {"mapping"},
]
API_LAYERS: list[set[str]] = [
    {
        "settings",
        "negotiation",
        "labels",
        "authorisation",
        "transactions",
        "asked",
        "numbers",
        "identifiers",
        "likely",
        "atom",
        "declared",
        "errors",
        "examples",
        "snippets",
        "drawing",
        "links",
        "query_descriptions",
        "past_links",
        "folders",
        "pattern",
    },
    {"formats", "snapshot", "replica", "cache", "threads", "edits", "nearest"},
    {"findings", "documents", "terms"},
    # how questions are put to workers
    {"reply", "connections"},
    {"state", "situation", "pool", "in_process"},
    {"obligations", "past", "memento", "judging"},
    {"standings", "trees"},
    {"jobs"},
    {"metrics", "problem_kinds"},
    {"access", "problems", "rendering", "service_description", "catalogue", "delivery", "writing"},
    {"parameters", "middleware", "request_limits", "bodies", "calls", "tabulated"},
    {"answers", "v1", "graphs", "feeds", "kept", "imports"},
    {"pages", "release"},
    # what asks, over HTTP or not: it serves nothing
    {"client"},
    {"sparql", "standalone"},
    {"updates", "queries", "dereference", "descriptions", "vocabulary", "openapi"}
    | {"service", "monitoring", "context", "timemaps"},
    {"app"},
    {"cli"},
]
# What gives an answer its meaning must be testable without a store, a graph library or a clock.
PURE = set().union(*GRAPH_LAYERS[1:11])
IMPURE_IMPORTS = {"rdflib", "pyoxigraph", "pyshacl", "sqlite3", "time", "os", "pathlib", "io"}


def modules(package: str) -> list[Path]:
    return sorted(
        path for path in (ROOT / package).rglob("*.py") if path != ROOT / package / "__init__.py"
    )


def name_of(path: Path, package: str) -> str:
    """Give the top-level name of a module: a sub-package is one module here."""
    return path.relative_to(ROOT / package).with_suffix("").parts[0]


def imported(path: Path) -> set[str]:
    """Give every dotted name a file imports, inside functions too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} has a relative import"
            module = node.module or ""
            found |= {module} | {f"{module}.{alias.name}" for alias in node.names}
    return found


def layer_of(name: str, layers: list[set[str]]) -> int:
    for rank, layer in enumerate(layers):
        if name in layer:
            return rank
    raise AssertionError(
        f"`{name}` is in no layer: add it to tests/test_layers.py where it belongs"
    )


def upward_imports(package: str, layers: list[set[str]]) -> list[str]:
    wrong = []
    names = {name for layer in layers for name in layer}
    for path in modules(package):
        mine = name_of(path, package)
        for target in imported(path):
            parts = target.split(".")
            if len(parts) < 2 or parts[0] != package or parts[1] not in names or parts[1] == mine:
                continue
            if layer_of(parts[1], layers) >= layer_of(mine, layers):
                wrong.append(f"{path.relative_to(ROOT)} imports {target}")
    return wrong


@pytest.mark.parametrize(
    ("package", "layers"), [("graph", GRAPH_LAYERS), ("api", API_LAYERS)], ids=["graph", "api"]
)
def test_every_module_has_its_layer(package: str, layers: list[set[str]]) -> None:
    for path in modules(package):
        layer_of(name_of(path, package), layers)


@pytest.mark.parametrize(
    ("package", "layers"), [("graph", GRAPH_LAYERS), ("api", API_LAYERS)], ids=["graph", "api"]
)
def test_imports_go_downwards_only(package: str, layers: list[set[str]]) -> None:
    assert upward_imports(package, layers) == []


def test_the_graph_package_knows_nothing_of_the_api() -> None:
    for path in modules("graph"):
        roots = {name.split(".")[0] for name in imported(path)}
        assert not roots & {"api", "fastapi", "starlette", "typer", "uvicorn"}, path.name


def test_the_core_is_pure() -> None:
    for path in modules("graph"):
        if name_of(path, "graph") in PURE:
            names = imported(path)
            assert not {name for name in names if name.split(".")[0] in IMPURE_IMPORTS}, path.name


def test_an_upward_import_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "graph"
    package.mkdir()
    (package / "low.py").write_text("def f() -> None:\n    from graph.high import g\n", "utf-8")
    (package / "high.py").write_text("g = 1\n", "utf-8")
    monkeypatch.setattr("tests.test_layers.ROOT", tmp_path)
    assert upward_imports("graph", [{"low"}, {"high"}]) == [
        "graph/low.py imports graph.high",
        "graph/low.py imports graph.high.g",
    ] or upward_imports("graph", [{"low"}, {"high"}]) == [
        "graph/low.py imports graph.high.g",
        "graph/low.py imports graph.high",
    ]
