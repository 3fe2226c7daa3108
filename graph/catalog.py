"""Finds the files that `owl:imports` name through the `catalog-v001.xml` Protégé reads.

Only plain `<uri name= uri=>` entries are understood, and nothing is ever fetched.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final
from xml.parsers import expat

import pyoxigraph as ox

from graph.errors import UnreadableInput
from graph.namespaces import PREFIXES

CATALOG: Final = "catalog-v001.xml"
_ONTOLOGY: Final = ox.NamedNode(PREFIXES["owl"] + "Ontology")
_IMPORTS: Final = ox.NamedNode(PREFIXES["owl"] + "imports")


def entries(folder: Path) -> dict[str, Path]:
    """Give the file each ontology IRI is mapped to for a document opened from `folder`.

    Protégé asks the catalog of the folder of the document it opens, also for the imports of its
    imports; a folder without a catalog maps nothing.
    """
    catalog = folder / CATALOG
    if not catalog.is_file():
        return {}
    mapped: dict[str, Path] = {}

    def start(element: str, attributes: dict[str, str]) -> None:
        if element.rpartition(":")[2] == "uri" and {"name", "uri"} <= attributes.keys():
            mapped[attributes["name"]] = (folder / attributes["uri"]).resolve()

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    try:
        parser.Parse(catalog.read_bytes(), True)
    except expat.ExpatError as error:
        raise UnreadableInput(
            f"the catalog `{catalog}` is not well-formed XML",
            hint="mend it by hand",
            line=error.lineno,
            column=error.offset + 1,
        ) from error
    return mapped


def triples(path: Path) -> list[ox.Triple]:
    """Parse one Turtle file; no two calls give the same blank node."""
    try:
        content = path.read_bytes()
        quads = ox.parse(content, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
        return [quad.triple for quad in quads]
    except OSError as error:
        raise UnreadableInput(f"`{path}` cannot be read: {error.strerror}") from error
    except SyntaxError as error:
        raise UnreadableInput(
            f"`{path}` is not Turtle: {error.msg}", line=error.lineno, column=error.offset
        ) from error


def imports(path: Path) -> list[str]:
    """Give the ontology IRIs a Turtle file imports, sorted."""
    return sorted(
        triple.object.value
        for triple in triples(path)
        if triple.predicate == _IMPORTS and isinstance(triple.object, ox.NamedNode)
    )


def ontologies(path: Path) -> list[str]:
    """Give the ontology IRIs a Turtle file declares, sorted: one, in a file an editor can open."""
    return sorted(
        triple.subject.value
        for triple in triples(path)
        if triple.object == _ONTOLOGY and isinstance(triple.subject, ox.NamedNode)
    )


def closure(path: Path) -> list[Path]:
    """Give the file and every file it imports, directly or not, the file itself first."""
    mapped = entries(path.parent)
    found = [path.resolve()]
    for file in found:  # grows while it is walked
        for iri in imports(file):
            if iri not in mapped:
                raise UnreadableInput(
                    f"`{file}` imports `{iri}`, which has no entry in `{path.parent / CATALOG}`",
                    hint=f'add <uri name="{iri}" uri="..."/> with the path of its file',
                )
            if mapped[iri] not in found:
                found.append(mapped[iri])
    return found
