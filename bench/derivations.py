"""Measures deriving again what one event can reach, beside deriving everything.

The commitments are those of `bench.states`. No store takes part: it would be given the same
triples either way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from statistics import median
from time import perf_counter

from rich.table import Table

from bench.generated import LAST, parts
from bench.tables import drawn
from graph.claims import Rule
from graph.derivation import EVERYWHERE, Kept, Reach
from graph.derived import View
from graph.elements import OF_CIRCLES, Elements, Kind
from graph.model import Evidence, Id, Model
from graph.timeline import Span

VIEW = View(Rule.SCEPTICAL)
EVENTS = 5
"""How many events are followed, of each kind; the median is shown."""


@dataclass(frozen=True)
class Row:
    """Seconds for one view: everything anew, and after one event.

    `own` is an event about a matter of one commitment, `shared` about one that many look at; with
    each the number of commitments that it reached.
    """

    commitments: int
    everything: float
    own: tuple[float, int]
    shared: tuple[float, int]


def table() -> Table:
    """Measure and draw the times."""
    rows = []
    for size in (10_000, 100_000):
        row = measure(size)
        cells = [f"{row.commitments:,}", f"{row.everything:.1f}"]
        for seconds, reached in (row.own, row.shared):
            cells += [f"{seconds:.4f}", str(reached), f"{row.everything / seconds:,.0f}"]
        rows.append(cells)
    after = ("after", "reached", "ratio")
    title = (
        "phases, obligations and circles of generated commitments, one view, in seconds; "
        "after an event about one commitment, and one that many look at"
    )
    return drawn(title, ("commitments", "everything", *after, *after), rows)


def measure(commitments: int) -> Row:
    """Measure in a process of its own, and make sure that both ways come to the same."""
    context = get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
        return pool.submit(_measured, commitments).result()


def _measured(commitments: int) -> Row:
    model = generated(commitments)
    elements = Elements.of(model)
    kept = _everything(elements)
    own = _median(_follow(kept, elements, claim) for claim in _claims(model, shared=False))
    shared = _median(_follow(kept, elements, claim) for claim in _claims(model, shared=True))
    begin = perf_counter()
    anew = _everything(elements)
    everything = perf_counter() - begin
    assert (kept.chronicles, kept.circles) == (anew.chronicles, anew.circles)
    return Row(commitments, everything, own, shared)


def _median(measured: Iterable[tuple[float, int]]) -> tuple[float, int]:
    seconds, reached = zip(*measured, strict=True)
    return median(seconds), int(median(reached))


def generated(commitments: int) -> Model:
    """Give the generated commitments as one model."""
    drawn = list(parts(commitments))
    return Model(
        undertakings={iri: one for part in drawn for iri, one in part.undertakings.items()},
        matters={iri: one for part in drawn for iri, one in part.matters.items()},
        evidence=tuple(claim for part in drawn for claim in part.evidence),
        ranks=drawn[0].ranks,
    )


def _everything(elements: Elements) -> Kept:
    kept = Kept(VIEW)
    kept.judge(elements, elements.ids(Kind.UNDERTAKING))
    kept.encircle(elements.whole(), LAST, [frozenset()], EVERYWHERE)
    return kept


def _follow(kept: Kept, elements: Elements, claim: Evidence) -> tuple[float, int]:
    """Put a claim in and derive again what it can reach; give the seconds and how many."""
    begin = perf_counter()
    touched = elements.put((Kind.EVIDENCE, claim.id), claim)
    stand = elements.reached(touched, without=OF_CIRCLES)
    undertakings = {iri for kind, iri in stand if kind is Kind.UNDERTAKING}
    names = touched | {iri for _, iri in elements.reached(touched)}
    kept.judge(elements, undertakings)
    kept.encircle(elements.around(names), LAST, [frozenset()], Reach(names))
    return perf_counter() - begin, len(undertakings)


def _claims(model: Model, *, shared: bool) -> Iterator[Evidence]:
    """Report some matters, spread over the whole, on the last day."""
    known = [iri for iri in model.matters if iri.startswith("shared-") is shared]
    for place in range(EVENTS):
        matter: Id = known[place * len(known) // EVENTS]
        day = Span(LAST, LAST)
        yield Evidence(f"news-of-{matter}", matter, True, day, day, ("court",), speakers=("court",))
