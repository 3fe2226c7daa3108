"""Shows which states differ by what was known or recorded, and because of which claims."""

from __future__ import annotations

from collections.abc import Iterator

from api.cli.answering import Json, caption
from api.cli.terminal import cell, say, show_table, table
from api.jobs.rows import standing


def show_learned(answer: Json) -> None:
    """Write states before and after to stdout, each with the claims that came or went."""
    shown = table("undertaking", "debtor", "before", "after", "because of")
    for each in answer["changes"]:
        states = (_state(each[side]) for side in ("before", "after"))
        cells = (each["label"], each["debtorLabel"], *states, "\n".join(_claims(each)))
        shown.add_row(*map(cell, cells))
    if answer["changes"]:
        show_table(shown)
    since = (
        f"version {answer['fromVersion']}"
        if "fromVersion" in answer
        else f"what was known at {answer['knownFrom']}"
    )
    say(f"{len(answer['changes'])} states differ from {since}; {caption(answer)}")


def _state(found: Json | None) -> str:
    return "not recorded" if found is None else standing(found)


def _claims(change: Json) -> Iterator[str]:
    if not (change["came"] or change["went"]):
        yield "what is recorded of the undertaking itself"
    for word, claims in (("now", change["came"]), ("no longer", change["went"])):
        for claim in claims:
            sources = " and ".join(source["label"] for source in claim["sources"])
            yield f"{word}: {claim['label']} ({sources})"
