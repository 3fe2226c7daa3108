"""Makes a citable snapshot of one version: data, codebook, description and checksums in a folder.

The same version and the same software give the same bytes: nothing in it is of the day it is made.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from api.catalogue import catalogue
from api.folders import refuse_filled, write_folder
from api.v1.tables import as_csv
from graph import rdf
from graph.codebook import as_csv as codebook_as_csv
from graph.codebook import as_markdown, codebook
from graph.database import Database
from graph.errors import InvalidRequest
from graph.namespaces import BASE, DATA, ONTOLOGY, PREFIXES
from graph.tables.listing import listing
from graph.tables.undertakings import UNDERTAKINGS

CHECKSUMS: Final = "SHA256SUMS"
_CORE: Final = ox.NamedNode(ONTOLOGY + "core")
_VERSION_IRI: Final = ox.NamedNode(PREFIXES["owl"] + "versionIRI")
_LICENSE: Final = PREFIXES["dcterms"] + "license"
_TITLE: Final = PREFIXES["dcterms"] + "title"


def release(database: Database, target: Path) -> list[str]:
    """Write the snapshot of the version that is open and give the names of its files.

    The folder appears when it is whole. Raises InvalidRequest for an empty graph and for a target
    that is no empty folder; then nothing was written.
    """
    if database.version == 0:
        raise InvalidRequest("there is nothing to release", hint="load data first")
    refuse_filled(target)
    files = contents(database)
    write_folder(target, files)
    return list(files)


def contents(database: Database) -> dict[str, bytes]:
    """Give every file of the snapshot by its name, the checksums of the others last."""
    quads = rdf.in_order(database.store.quads())
    version = _version(database)
    undertakings = listing(database.store, UNDERTAKINGS, quads)
    entries = codebook(quads)
    licences = _licences(quads)
    files = {
        "CITATION.cff": _citation(version, licences),
        "LICENSES.csv": as_csv([["dataset", "title", "license"], *licences], raw=False),
        "README.md": _readme(version, undertakings.counts()),
        "codebook.csv": codebook_as_csv(entries),
        "codebook.md": as_markdown(entries),
        "commitments.csv": as_csv(undertakings.cells(), raw=False),
        "description.ttl": _description(database),
        "graph.nq": rdf.nquads(quads).encode(),
        "graph.trig": rdf.write(quads, rdf.TRIG),
        "version.json": f"{json.dumps(version, indent=2)}\n".encode(),
    }
    return {**files, CHECKSUMS: _checksums(files)}


def _version(database: Database) -> dict[str, str | int]:
    """Say which version this is: the hash covers every transaction that led to it."""
    stated = database.store.match(subject=_CORE, predicate=_VERSION_IRI)
    ontology = sorted(each.object.value for each in stated if isinstance(each.object, ox.NamedNode))
    last = next(database.journal.transactions(database.version - 1, database.version))
    return {
        "graph": database.version,
        "recordedAt": last.at.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "journalHash": last.hash,
        "ontology": next(iter(ontology), ""),
        "servanda": version_of("servanda"),
    }


def _licences(quads: list[ox.Quad]) -> list[list[object]]:
    """Give the licence that each dataset states, with its title."""
    titles, licences = _said(quads, _TITLE), _said(quads, _LICENSE)
    return [[graph, titles.get(graph, ""), licence] for graph, licence in licences.items()]


def _said(quads: list[ox.Quad], property_: str) -> dict[str, str]:
    """Give what each dataset says of itself."""
    return {
        quad.subject.value: quad.object.value
        for quad in quads
        if quad.predicate.value == property_
        and isinstance(quad.subject, ox.NamedNode)
        and quad.subject == quad.graph_name
        and quad.subject.value.startswith(DATA)
        and not isinstance(quad.object, ox.Triple)
    }


def _description(database: Database) -> bytes:
    """Describe the datasets in VoID and DCAT, under the addresses that the project has."""
    return rdf.write(sorted(catalogue(database.store, BASE), key=str), rdf.TURTLE)


def _citation(version: Mapping[str, str | int], licences: list[list[object]]) -> bytes:
    """Write the Citation File Format 1.2.0; the licence is named where there is only one."""
    one = {str(row[2]) for row in licences}
    lines = [
        "cff-version: 1.2.0",
        'message: "If you use these data, please cite them as below."',
        "type: dataset",
        'title: "Servanda: a knowledge graph of international commitments"',
        "authors:",
        '  - name: "The Servanda editors"',
        f'version: "{version["graph"]}"',
        f"date-released: {str(version['recordedAt'])[:10]}",
        f"url: {BASE}dataset",
        "identifiers:",
        "  - type: other",
        f'    value: "sha256:{version["journalHash"]}"',
        '    description: "hash of the journal up to this version"',
        *([f"license-url: {each}" for each in one] if len(one) == 1 else []),
    ]
    return ("\n".join(lines) + "\n").encode()


def _readme(version: Mapping[str, str | int], left_out: Mapping[str, int]) -> bytes:
    missing = ", ".join(f"{count} of `{term}`" for term, count in sorted(left_out.items()))
    return f"""# Servanda, version {version["graph"]} of the graph

What this version of the graph records. It was recorded at {version["recordedAt"]}.

| file | what it has |
|---|---|
| `graph.nq`, `graph.trig` | every statement, each in its dataset; both say the same |
| `commitments.csv` | commitments, plans and possibilities, a row for each |
| `codebook.md`, `codebook.csv` | every class and property, and how often the data use it |
| `description.ttl` | the datasets in VoID and DCAT |
| `LICENSES.csv` | the licence of each dataset |
| `version.json` | the versions of graph, ontology and software, and the hash of the journal |
| `CITATION.cff` | how to cite it |
| `{CHECKSUMS}` | check it with `sha256sum -c {CHECKSUMS}` |

`servanda load graph.nq` into an empty data directory gives the same statements.

`commitments.csv` has the recorded side and no states: those depend on the day asked about. These
statements have no column there: {missing or "none"}.
""".encode()


def _checksums(files: Mapping[str, bytes]) -> bytes:
    lines = (f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items())
    return "".join(lines).encode()
