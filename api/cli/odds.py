"""The options that say how likely acts are, and the table of what that comes to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.answering import Json, readings_caption
from api.cli.options import decoded
from api.cli.tables import rounded
from api.cli.terminal import cell, say, show_table, table

if TYPE_CHECKING:
    from api.likely import Likely

Probabilities = Annotated[
    list[str] | None,
    typer.Option(
        "--probability",
        metavar="MATTER=P",
        help="Show how likely each commitment is to come in force if a matter, a consent or a "
        "finding is as likely as this, such as event/ceasefire=0.3; repeatable.",
    ),
]
ProbabilityFile = Annotated[
    Path | None,
    typer.Option(
        "--probabilities", metavar="FILE", help="Read probabilities from a file, one to a line."
    ),
]
Waivers = Annotated[
    list[str] | None,
    typer.Option(
        "--waiver",
        metavar="CONSENT=P",
        help="How likely a consent is to be given without its condition (0); repeatable.",
    ),
]
Otherwise = Annotated[
    str | None,
    typer.Option("--otherwise", metavar="P", help="How likely all other acts are."),
]


def likely(
    written: Sequence[str] | None,
    file: Path | None,
    waivers: Sequence[str] | None,
    otherwise: str | None,
) -> Likely | None:
    """Read what the options say; None where none of them is given."""
    from api.likely import Likely, read_probabilities, read_probability

    if not (written or file or waivers or otherwise):
        return None
    return Likely(
        acts=tuple(read_probabilities([*(written or ()), *_lines(file)])),
        waivers=tuple(read_probabilities(waivers or ())),
        otherwise=None if otherwise is None else read_probability(otherwise),
    )


def _lines(path: Path | None) -> list[str]:
    """Give the lines of a file without those that are empty or begin with `#`."""
    if path is None:
        return []
    text = decoded(str(path), path.read_bytes())
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def show_odds(answer: Json) -> None:
    """Write odds to stdout; all debtors of a commitment with equal odds are one row."""
    shown = table("commitment", "in force for", "probability", "no probability is given for")
    for commitment in answer["commitments"]:
        alike: dict[tuple[str, str], list[str]] = {_cells(commitment): ["all debtors"]}
        for debtor in commitment["debtors"]:
            alike.setdefault(_cells(debtor), []).append(debtor["debtorLabel"])
        for (probability, missing), who in alike.items():
            cells = (commitment["label"], ", ".join(who), probability, missing)
            shown.add_row(*map(cell, cells))
    show_table(shown)
    for note in dict.fromkeys(_notes(answer)):
        say(note)
    say(f"hypothetical; no act is taken to bear on another; {readings_caption(answer)}")


def _cells(odds: Json) -> tuple[str, str]:
    probability, missing = odds["probability"], odds["missing"]
    number = "" if probability is None else rounded(probability)
    return number, "; ".join(act["label"] for act in missing)


def _notes(answer: Json) -> Iterator[str]:
    """Say which pairs were conditioned on, and which were left aside."""
    for commitment in answer["commitments"]:
        for each in (commitment, *commitment["debtors"]):
            for one, other in each["excluded"]:
                yield f"given that not both hold: {one['label']}; {other['label']}"
            for one, other in each["aside"]:
                yield (
                    "left aside, for want of a probability: "
                    f"{one['label']} excludes {other['label']}"
                )
