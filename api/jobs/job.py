"""What every question to the engine is: what is asked, put to a snapshot, answered in JSON."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Protocol

from api.asked import Asked
from api.situation import Json, Situation
from api.snapshot import Snapshot


class Question(Protocol):
    """What a snapshot can be asked."""

    def run(self, snapshot: Snapshot) -> Json:
        """Answer from a version of the graph."""


@dataclass(frozen=True)
class Job(ABC):
    """A question, with all that its answer depends on but the graph.

    It holds texts, numbers and dates alone, so that it can be pickled.
    """

    asked: Asked

    def run(self, snapshot: Snapshot) -> Json:
        """Answer, beginning with what the answer depends on.

        Raises NotFound for an unknown thing, InvalidRequest for a question without an answer.
        """
        situation = Situation.of(snapshot, self.asked)
        return {**situation.depends_on(), **self.answer(situation)}

    @abstractmethod
    def answer(self, situation: Situation) -> Json:
        """Answer in a situation."""
