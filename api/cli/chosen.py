"""What part of the graph an export is of, as its options name it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from api.identifiers import ended
from graph.errors import NotFound
from graph.namespaces import DATA, ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyoxigraph as ox

    from graph.store import Store


Graphs = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="Only this dataset, such as paris-2026; repeatable."),
]
Undertakings = Annotated[
    list[str] | None,
    typer.Option(metavar="ID", help="Only what is needed to judge this one; repeatable."),
]
Instruments = Annotated[
    list[str] | None,
    typer.Option(metavar="ID", help="The same for all that a text records; repeatable."),
]
Actors = Annotated[
    list[str] | None,
    typer.Option(metavar="ID", help="The same for all that an actor owes or can claim."),
]


@dataclass(frozen=True)
class Chosen:
    """The graphs and things that were named; without any it is the whole graph."""

    graphs: tuple[str, ...] = ()
    undertakings: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Say whether anything was named."""
        return bool(self.graphs or self.undertakings or self.instruments or self.actors)

    def quads(self, store: Store) -> list[ox.Quad]:
        """Give the quads that were asked for; raises NotFound for a name that nothing has."""
        from graph.selection import of_graphs, of_things

        recorded = list(store.quads())
        if not self:
            return recorded
        found = dict.fromkeys(of_graphs(recorded, _graphs(store, self.graphs)))
        if things := list(self._things(store)):
            found |= dict.fromkeys(of_things(recorded, things))
        return list(found)

    def named(self, store: Store) -> list[ox.Quad]:
        """Give what is said of the undertakings that were asked for, and of no others."""
        from graph.selection import named

        recorded = list(store.quads())
        if not self:
            return recorded
        return named(recorded, _graphs(store, self.graphs), self._things(store))

    def _things(self, store: Store) -> Iterator[str]:
        for texts, kind, noun in (
            (self.undertakings, "Undertaking", "undertaking"),
            (self.instruments, "Instrument", "instrument"),
            (self.actors, "Actor", "actor"),
        ):
            if texts:
                known = _instances(store, kind)
                yield from (ended(text, known, noun) for text in texts)


def _instances(store: Store, kind: str) -> set[str]:
    from graph.tables.names import Names

    return {thing.value for thing in Names(store).instances(kind)}


def _graphs(store: Store, texts: Iterable[str]) -> set[str]:
    known = {graph.value for graph in store.graphs()}
    return {_graph(text, known) for text in texts}


def _graph(text: str, known: set[str]) -> str:
    from difflib import get_close_matches

    found = [iri for iri in (text, DATA + text, ONTOLOGY + text) if iri in known]
    if found:
        return found[0]
    names = {iri.removeprefix(DATA) for iri in known}
    near = get_close_matches(text, names, n=1)
    raise NotFound(
        f"no graph is called `{text}`", hint=f"did you mean `{near[0]}`" if near else None
    )
