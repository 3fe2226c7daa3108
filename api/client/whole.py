"""The client's questions about the whole graph: counts, gaps, circles, differences, what if."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Unpack

from api.asked import Columns
from api.client import answers, answers_of_changes
from api.client.asking import Asking
from api.client.questions import Day, Known, Question, Several, asked, day, one_of
from api.jobs.changes import Diff, WhatIf
from api.jobs.circles import Deadlocks
from api.jobs.learned import KnownSince
from api.jobs.odds import HowLikely, WithoutApprovals
from api.jobs.overviews import Gaps, Matrix
from api.jobs.sensitivity import EachClaim, EachMatter, Policies
from api.likely import Number, read_likely


class AsksOfTheWhole(Asking):
    """Asks about all undertakings at once."""

    def matrix(self, *, columns: str = "domain", **question: Unpack[Question]) -> answers.Matrix:
        """Count the undertakings of each actor by state and `domain` or `component`."""
        job = Matrix(asked(**question), one_of(Columns, columns, "sort of columns"))
        return answers.Matrix.read(self._source.answer(job))

    def gaps(self, **question: Unpack[Question]) -> answers.Gaps:
        """Say what each commitment lacks."""
        return answers.Gaps.read(self._source.answer(Gaps(asked(**question))))

    def deadlocks(
        self, *, readings: Several = (), **question: Unpack[Question]
    ) -> answers.Deadlocks:
        """Give the circles of conditions that wait for each other."""
        job = Deadlocks(asked(readings, **question))
        return answers.Deadlocks.read(self._source.answer(job))

    def diff(self, start: Day, end: Day, **known: Unpack[Known]) -> answers_of_changes.Diff:
        """Say which states differ between two days."""
        job = Diff(asked(as_of=end, **known), day(start))
        return answers_of_changes.Diff.read(self._source.answer(job))

    def known_since(
        self, known_from: Day, **question: Unpack[Question]
    ) -> answers_of_changes.KnownSince:
        """Say which states differ by what was known on an earlier day and what is at `known_at`."""
        job = KnownSince(asked(**question), day(known_from))
        return answers_of_changes.KnownSince.read(self._source.answer(job))

    def recorded_since(
        self, start: int, end: int | None = None, **question: Unpack[Question]
    ) -> answers_of_changes.RecordedSince:
        """Say which states differ between two versions; without `end`, up to the one asked."""
        answer = self._source.recorded_since(asked(**question), start, end)
        return answers_of_changes.RecordedSince.read(answer)

    def policies(self, **question: Unpack[Question]) -> answers_of_changes.Policies:
        """Say which states differ between the source policies."""
        return answers_of_changes.Policies.read(self._source.answer(Policies(asked(**question))))

    def whatif(
        self,
        assume: Mapping[str, bool | str],
        *,
        as_of: Day | None = None,
        known_at: Day | None = None,
        policy: str = "sceptical",
        sources: Several | None = None,
        readings: Several = (),
        language: str = "en",
    ) -> answers_of_changes.WhatIf:
        """Say what would stand otherwise if something were so; nothing is recorded."""
        of = asked(
            readings,
            as_of=as_of,
            known_at=known_at,
            policy=policy,
            sources=sources,
            assume=assume,
            language=language,
        )
        return answers_of_changes.WhatIf.read(self._source.answer(WhatIf(of)))

    def odds(
        self,
        acts: Mapping[str, Number],
        *,
        waivers: Mapping[str, Number] | None = None,
        otherwise: Number | None = None,
        readings: Several = (),
        **question: Unpack[Question],
    ) -> answers_of_changes.HowLikely:
        """Say exactly how likely each commitment is to come in force, if acts are as likely.

        A probability is a number from 0 to 1, or a text such as `0.3` or `1/3`; `waivers` are of
        consents without their condition, `otherwise` is that of all other acts.
        """
        job = HowLikely(asked(readings, **question), read_likely(acts, waivers or {}, otherwise))
        return answers_of_changes.HowLikely.read(self._source.answer(job))

    def matters(
        self, *, readings: Several = (), **question: Unpack[Question]
    ) -> answers_of_changes.EachMatter:
        """Say what each open matter would change, alone; those first that would change most."""
        job = EachMatter(asked(readings, **question))
        return answers_of_changes.EachMatter.read(self._source.answer(job))

    def claims(
        self, *, readings: Several = (), **question: Unpack[Question]
    ) -> answers_of_changes.EachClaim:
        """Say what hangs on each claim, alone; those first on which most hangs."""
        job = EachClaim(asked(readings, **question))
        return answers_of_changes.EachClaim.read(self._source.answer(job))

    def no_approvals(
        self, *, readings: Several = (), **question: Unpack[Question]
    ) -> answers_of_changes.WithoutApprovals:
        """Say what binds, and comes in force, even if no further approval is given."""
        job = WithoutApprovals(asked(readings, **question))
        return answers_of_changes.WithoutApprovals.read(self._source.answer(job))
