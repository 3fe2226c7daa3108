"""What the semantics works on: undertakings, conditions, matters and evidence as frozen values.

Nothing here reads a graph, a clock or a file; `graph.read` builds it and docs/semantics.md
says what it means. An `Id` is the IRI of the thing.
"""

from graph.model.conditions import (
    After,
    AllOf,
    AnyOf,
    Approved,
    AtLeast,
    Before,
    Condition,
    Consents,
    DateReached,
    Determined,
    Elapsed,
    Holds,
    InState,
    Mode,
    Node,
    Not,
    Occurs,
    QuantityReached,
    Stage,
    Within,
    operands,
    throughout,
)
from graph.model.matters import (
    Evidence,
    Matter,
    MatterKind,
)
from graph.model.names import (
    Id,
)
from graph.model.states import (
    State,
)
from graph.model.undertakings import (
    Act,
    Effect,
    Gate,
    Power,
    Provision,
    Reservation,
    Structure,
    Undertaking,
    UndertakingKind,
)
from graph.model.whole import (
    Model,
    Reading,
)

__all__ = [
    "Act",
    "After",
    "AllOf",
    "AnyOf",
    "Approved",
    "AtLeast",
    "Before",
    "Condition",
    "Consents",
    "DateReached",
    "Determined",
    "Effect",
    "Elapsed",
    "Evidence",
    "Gate",
    "Holds",
    "Id",
    "InState",
    "Matter",
    "MatterKind",
    "Mode",
    "Model",
    "Node",
    "Not",
    "Occurs",
    "Power",
    "Provision",
    "QuantityReached",
    "Reading",
    "Reservation",
    "Stage",
    "State",
    "Structure",
    "Undertaking",
    "UndertakingKind",
    "Within",
    "operands",
    "throughout",
]
