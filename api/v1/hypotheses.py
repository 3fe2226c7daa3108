"""What is sent to ask what would be otherwise if something were so."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from api.asked import Asked, read_assumption, read_day
from api.v1.parameters import MOST_ASSUMED, PolicyRule
from graph.clock import today


class Hypothesis(BaseModel):
    """What to assume of matters and conditions, and the day and knowledge it is asked with."""

    model_config = ConfigDict(extra="forbid", strict=True)

    assumptions: dict[str, bool | str] = Field(
        alias="set",
        min_length=1,
        max_length=MOST_ASSUMED,
        description="By identifier: true, false, `unknown`, or `true@2026-02-10` and the like, "
        "from a day on; without a day, from the day asked about on",
        examples=[{"event/ceasefire": "true@2026-02-10", "approval/france-implementation": True}],
    )
    as_of: str | None = Field(default=None, alias="asOf", examples=["2026-04"])
    known_at: str | None = Field(default=None, alias="knownAt", examples=["2026-03-05"])
    policy: PolicyRule = "sceptical"
    sources: list[str] | None = Field(default=None, description="Only these sources count")

    def asked(self) -> Asked:
        """Say what is asked; raises InvalidRequest for what is no date or assumes nothing."""
        return Asked(
            as_of=today() if self.as_of is None else read_day(self.as_of),
            known_at=today() if self.known_at is None else read_day(self.known_at),
            rule=self.policy,
            sources=None if self.sources is None else tuple(self.sources),
            scenario=tuple(
                read_assumption(f"{about}={str(so).lower() if isinstance(so, bool) else so}")
                for about, so in self.assumptions.items()
            ),
        )
