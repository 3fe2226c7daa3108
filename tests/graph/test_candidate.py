"""A candidate state is the store with the change made, and leaves the store as it is."""

from __future__ import annotations

from itertools import product

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.candidate import Candidate
from graph.journal import Change
from graph.namespaces import DATA, PREFIXES
from graph.store import Term
from tests.graph.slices.writes import store_of, transaction

INTEGER = ox.NamedNode(PREFIXES["xsd"] + "integer")
NODES = [ox.NamedNode(f"urn:{name}") for name in "ab"]
VALUES: list[Term] = [*NODES, ox.Literal("1", datatype=INTEGER), ox.Literal("01", datatype=INTEGER)]
graphs = st.sampled_from([ox.NamedNode(DATA + "a"), ox.NamedNode(DATA + "b")])
quads = st.sets(
    st.builds(
        ox.Quad, st.sampled_from(NODES), st.sampled_from(NODES), st.sampled_from(VALUES), graphs
    ),
    max_size=12,
)


@settings(deadline=None)
@given(present=quads, adds=quads, removes=quads)
def test_a_candidate_is_the_store_after_the_change(
    present: set[ox.Quad], adds: set[ox.Quad], removes: set[ox.Quad]
) -> None:
    store, changed = store_of(present), store_of(present)
    change = Change(tuple(adds), tuple(removes - adds))
    candidate = Candidate(store, change)
    changed.apply(transaction(changed, change))

    assert sorted(map(str, candidate.quads())) == sorted(map(str, changed.quads()))
    anything: list[Term | None] = [None, *VALUES]
    for subject, predicate, item in product([None, *NODES], [None, *NODES], anything):
        # The store takes 1 and 01 for one another; whoever looks for one of them finds it.
        exactly = {
            quad
            for quad in changed.quads()
            if subject in (None, quad.subject)
            and predicate in (None, quad.predicate)
            and item in (None, quad.object)
        }
        matched = set(candidate.match(subject, predicate, item))
        assert exactly <= matched <= set(changed.match(subject, predicate, item))
    assert set(store.quads()) == present
