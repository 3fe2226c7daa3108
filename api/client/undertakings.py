"""The client's questions about undertakings."""

from __future__ import annotations

from typing import Unpack

from api.client import answers, answers_of_changes
from api.client.asking import Asking, page
from api.client.listings import Listing, of_undertaking
from api.client.questions import Question, Several, asked, one_of, several
from api.jobs.circles import PowerOver, Unlock
from api.jobs.listings import Filters, Sort, Undertakings
from api.jobs.undertakings import Explain, Judge, Phases, Show
from api.situation import Json
from api.v1.schemas_of_lists import ListedUndertaking
from graph.model import State, UndertakingKind


class AsksOfUndertakings(Asking):
    """Asks which undertakings there are, and about each."""

    def commitments(
        self,
        *,
        debtor: Several = (),
        creditor: Several = (),
        domain: Several = (),
        component: Several = (),
        instrument: Several = (),
        binding: Several = (),
        kind: Several = (),
        state: Several = (),
        q: str = "",
        sort: str = Sort.label.value,
        **question: Unpack[Question],
    ) -> Listing[ListedUndertaking]:
        """List undertakings with the state of each debtor; pages are fetched as they are read.

        A filter takes one value or some, of which any fits; several filters must all fit. They
        come in the order of `label`, `since` or `debtor`, with a minus from the end.
        """
        filters = Filters(
            debtor=several(debtor),
            creditor=several(creditor),
            domain=several(domain),
            component=several(component),
            instrument=several(instrument),
            binding=several(binding),
            kind=tuple(one_of(UndertakingKind, each, "kind").value for each in several(kind)),
            state=tuple(one_of(State, each, "state").value for each in several(state)),
            q=q,
        )
        of, by = asked(**question), one_of(Sort, sort, "order").value

        def fetch(cursor: str | None) -> Json:
            return self._source.answer(Undertakings(of, filters, page(cursor), by))

        return Listing(fetch, ListedUndertaking, of_undertaking)

    def commitment(self, id: str, **question: Unpack[Question]) -> answers.Commitment:  # noqa: A002
        """Say where an undertaking stands for each debtor."""
        return answers.Commitment.read(self._source.answer(Show(asked(**question), id)))

    def explain(
        self,
        id: str,  # noqa: A002
        *,
        debtor: str | None = None,
        **question: Unpack[Question],
    ) -> answers.Explanation:
        """Say why, for each debtor or for one."""
        job = Explain(asked(**question), id, debtor)
        return answers.Explanation.read(self._source.answer(job))

    def timeline(self, id: str, **question: Unpack[Question]) -> answers.Timeline:  # noqa: A002
        """Give the phases an undertaking goes through."""
        return answers.Timeline.read(self._source.answer(Phases(asked(**question), id)))

    def unlock(
        self,
        id: str,  # noqa: A002
        *,
        debtor: str | None = None,
        at_least: int | None = None,
        readings: Several = (),
        **question: Unpack[Question],
    ) -> answers_of_changes.Unlocking:
        """Give the smallest sets of acts that would bring a commitment in force.

        It is for all debtors, for one, or for at least so many of them.
        """
        job = Unlock(asked(readings, **question), id, debtor, at_least)
        return answers_of_changes.Unlocking.read(self._source.answer(job))

    def power(
        self,
        id: str,  # noqa: A002
        *,
        debtor: str | None = None,
        at_least: int | None = None,
        readings: Several = (),
        **question: Unpack[Question],
    ) -> answers_of_changes.PowerOver:
        """Say how much power each act and each actor has over whether a commitment comes in force.

        It is for all debtors, for one, or for at least so many of them.
        """
        job = PowerOver(asked(readings, **question), id, debtor, at_least)
        return answers_of_changes.PowerOver.read(self._source.answer(job))

    def condition(
        self,
        id: str,  # noqa: A002
        commitment: str,
        *,
        debtor: str | None = None,
        **question: Unpack[Question],
    ) -> answers.Judgement:
        """Say what a condition comes to for the debtors of an undertaking, or for one."""
        job = Judge(asked(**question), id, commitment, debtor)
        return answers.Judgement.read(self._source.answer(job))
