"""What is sent to ask what would be otherwise: assumptions, or how likely acts are."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from api.asked import Asked, read_day, read_scenario
from api.likely import Likely, read_likely
from api.v1.parameters import LANGUAGE_TAG, MOST_ASSUMED, PolicyRule, primary
from graph.clock import today

Assumptions = dict[str, bool | str]
_ASSUMED = (
    "By identifier: true, false, `unknown`, or `true@2026-02-10` and the like, from a day on; "
    "without a day, from the day asked about on"
)
_NUMBER = "a decimal number or a fraction, as a text"


class _Question(BaseModel):
    """The day, the knowledge and the readings that something is asked with."""

    model_config = ConfigDict(extra="forbid", strict=True)

    as_of: str | None = Field(default=None, alias="asOf", examples=["2026-04"])
    known_at: str | None = Field(default=None, alias="knownAt", examples=["2026-03-05"])
    policy: PolicyRule = "sceptical"
    sources: list[str] | None = Field(default=None, description="Only these sources count")
    readings: list[str] = Field(
        default=[],
        description="Readings of contested terms to choose",
        examples=[["reading/binding-is-enough"]],
    )
    lang: str = Field(default="en", pattern=LANGUAGE_TAG, description="The language of labels")

    def _asked(self, assumptions: Assumptions) -> Asked:
        return Asked(
            as_of=today() if self.as_of is None else read_day(self.as_of),
            known_at=today() if self.known_at is None else read_day(self.known_at),
            rule=self.policy,
            sources=None if self.sources is None else tuple(self.sources),
            scenario=read_scenario(assumptions),
            readings=tuple(self.readings),
            language=primary(self.lang),
        )


class Hypothesis(_Question):
    """What to assume of matters and conditions, and the day and knowledge it is asked with."""

    assumptions: Assumptions = Field(
        alias="set",
        min_length=1,
        max_length=MOST_ASSUMED,
        description=_ASSUMED,
        examples=[{"event/ceasefire": "true@2026-02-10", "approval/france-implementation": True}],
    )

    def asked(self) -> Asked:
        """Say what is asked; raises InvalidRequest for what is no date or assumes nothing."""
        return self._asked(self.assumptions)


class Probabilities(_Question):
    """How likely acts are, and the day, knowledge and scenario it is asked with."""

    acts: dict[str, str] = Field(
        default={},
        description=f"By identifier of a matter, a consent or a finding: {_NUMBER}",
        examples=[{"event/ceasefire": "0.3", "approval/canada-implementation": "1/2"}],
    )
    waivers: dict[str, str] = Field(
        default={},
        description="By identifier of a consent, how likely it is to be given without its "
        f"condition: {_NUMBER}; not at all, without one",
    )
    otherwise: str | None = Field(
        default=None, description=f"How likely all other acts are: {_NUMBER}", examples=["0.5"]
    )
    assumptions: Assumptions = Field(
        default={}, alias="set", max_length=MOST_ASSUMED, description=_ASSUMED
    )

    def asked(self) -> Asked:
        """Say what is asked; raises InvalidRequest for what is no date or assumes nothing."""
        return self._asked(self.assumptions)

    def likely(self) -> Likely:
        """Say how likely acts are; raises InvalidRequest for what is no probability."""
        return read_likely(self.acts, self.waivers, self.otherwise)
