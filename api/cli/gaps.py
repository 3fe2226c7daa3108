"""`servanda gaps`: what each commitment lacks, and what its texts are known to leave open."""

from __future__ import annotations

from api.cli.answering import answered, caption, write_json
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
from api.cli.tables import show
from api.cli.terminal import say
from api.jobs import rows


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
    show(rows.gaps(answer))
    say(caption(answer))
