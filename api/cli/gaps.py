"""`servanda gaps`: what each commitment lacks, and what its texts are known to leave open."""

from __future__ import annotations

from api.cli.answering import Json, answered, caption, write_json
from api.cli.options import (
    AnswerFormat,
    AsOf,
    DataDir,
    FormatOption,
    KnownAt,
    PolicyName,
    PolicyOption,
    asked,
)
from api.cli.terminal import cell, say, show_table, table


def gaps(
    as_of: AsOf = None,
    known_at: KnownAt = None,
    policy: PolicyOption = PolicyName.sceptical,
    format: FormatOption = AnswerFormat.table,  # noqa: A002
    data_dir: DataDir = None,
) -> None:
    """Show what each commitment lacks, what is recorded as left open, and where it stands."""
    from api.jobs.overviews import Gaps

    answer = answered(data_dir, Gaps(asked(as_of, known_at, policy)))
    if format is AnswerFormat.json:
        write_json(answer)
        return
    _show(answer["commitments"])
    say(caption(answer))


def _show(commitments: list[Json]) -> None:
    names = list(dict.fromkeys(name for each in commitments for name in each["particulars"]))
    shown = table("commitment", "states", *names, "absent from the record")
    for each in commitments:
        particulars = [each["particulars"].get(name) for name in names]
        cells = (each["label"], each["distribution"], *particulars, ", ".join(each["absent"]))
        shown.add_row(*map(cell, cells))
    show_table(shown)
