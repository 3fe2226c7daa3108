"""Translates what a case gives into Turtle, in the terms of the ontology.

What a commitment must have in real data and no rule of the semantics looks at (the text that
records it, its content, a source's title) is filled in, so that the same Turtle can be loaded.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from graph.errors import UnreadableInput
from graph.namespaces import ID
from tests.cases.cases import Given, day, mapping, name, one_of, when
from tests.cases.trees import GATES, STAGES, condition
from tests.cases.writer import Turtle, amount, date_time

_SECTIONS: Final = (
    "sources",
    "groups",
    "matters",
    "evidence",
    "conditions",
    "commitments",
    "intentions",
    "possibilities",
    "powers",
    "acts",
    "provisions",
    "reservations",
    "permits reservations",
)
_STRUCTURES: Final = {
    "individual": "sv:IndividualDebtor",
    "several": "sv:SeveralDebtors",
    "joint": "sv:JointDebtors",
    "joint and several": "sv:JointAndSeveralDebtors",
    "lead": "sv:LeadDebtor",
    "body": "sv:BodyDebtor",
}
_EFFECTS: Final = {
    "release": "sv:ReleaseEffect",
    "withdrawal": "sv:WithdrawalEffect",
    "suspension": "sv:SuspensionEffect",
    "resumption": "sv:ResumptionEffect",
    "termination": "sv:TerminationEffect",
}
_MATTERS: Final = {"event": "sv:Event", "state": "sv:StateOfAffairs", "approval": "sv:Approval"}
_KINDS: Final = {
    "commitments": "sv:Commitment",
    "intentions": "sv:Intention",
    "possibilities": "sv:Possibility",
}
_TRUE: Final = {"repeatable": "sv:repeatable", "obligations lapse": "sv:obligationsLapse"}
_TEXT: Final = f"<{ID}instrument/text>"
ALONE: Final[Given] = {"promise": {"debtors": ["debtor"]}}
"""For whom conditions are judged in a case that is about conditions alone."""


def turtle(given: Given) -> str:
    """Translate what a case gives."""
    mapping(given, "given", _SECTIONS)
    out = Turtle()
    for source, about in given.get("sources", {}).items():
        _source(out, source, about)
    for group, members in given.get("groups", {}).items():
        for member in members:
            out.say(out.actor(member), "sv:memberOf", out.thing("actor", group, "sv:Group"))
    for matter, about in given.get("matters", {}).items():
        _matter(out, matter, about)
    for label, tree in given.get("conditions", {}).items():
        condition(out, tree, label)
    _undertakings(out, given)
    for act, about in given.get("acts", {}).items():
        _act(out, act, about)
    for section, say in _LISTED.items():
        for place, about in enumerate(given.get(section, ()), 1):
            say(out, f"{section}-{place}", about)
    if "permits reservations" in given:
        out.say(_TEXT, "sv:permitsReservations", _boolean(given["permits reservations"]))
    _name_actors(out)
    return out.text()


# Sources and what they say


def _source(out: Turtle, source: object, raw: object) -> str:
    iri = out.thing("source", source, "sv:Source")
    about = mapping(raw, "a source", ("published", "retrieved", "rank"))
    out.say(iri, "sv:title", f'"{source}"')
    if "published" in about:
        _time(out, iri, "publishedOn", about["published"], precision="publicationPrecision")
    if "retrieved" in about:
        out.say(iri, "sv:retrievedOn", date_time(day(about["retrieved"])))
    if "rank" in about:
        out.say(iri, "sv:rank", str(int(about["rank"])))
    return iri


def _matter(out: Turtle, matter: object, raw: object) -> None:
    about = {"kind": raw} if isinstance(raw, str) else raw
    legal = ("kind", "monitored", "case of", "of", "by", "for")
    found = mapping(about, "a matter", legal, needed=("kind",))
    iri = out.thing("matter", matter, one_of(found["kind"], "kind of matter", _MATTERS))
    if "monitored" in found:
        out.say(iri, "sv:monitored", _boolean(found["monitored"]))
    if "case of" in found:
        out.say(iri, "sv:occurrenceOf", out.thing("matter", found["case of"], "sv:Event"))
    if found["kind"] == "approval":
        mapping(about, "an approval", legal, needed=("of", "by", "for"))
        out.say(iri, "sv:approvalOf", out.thing("measure", found["of"], "sv:Measure"))
        out.say(iri, "sv:approvalBy", out.thing("actor", found["by"], "sv:Legislature"))
        out.say(iri, "sv:approvalFor", out.actor(found["for"]))


def _evidence(out: Turtle, label: str, raw: object) -> None:
    """Say what a source claims; what is not said to be published later was so on its own time."""
    legal = ("about", "is", "since", "until", "published", "source", "speaker")
    about = mapping(raw, "evidence", legal, needed=("about", "is"))
    iri = out.thing("evidence", label, "sv:Evidence")
    out.say(iri, "sv:evidenceFor", f"<{ID}matter/{name(about['about'])}>")
    out.say(iri, "sv:polarity", _boolean(about["is"]))
    if "since" in about:
        _time(out, iri, "validFrom", about["since"])
    if "until" in about:
        out.say(iri, "sv:validUntil", date_time(day(about["until"])))
    _record(out, iri, about, about.get("since"))
    out.say(iri, "sv:speaker", *map(out.actor, _several(about.get("speaker", []))))


def _record(out: Turtle, iri: str, about: dict[str, Any], time: object) -> None:
    """Say from where a record is and since when it is public; `of its source` leaves that out."""
    published = about.get("published", time)
    if published is not None and published != "of its source":
        _time(out, iri, "publishedOn", published, precision="publicationPrecision")
    for source in _several(about.get("source", "some-source")):
        out.say(iri, "sv:source", out.thing("source", source, "sv:Source"))
        out.say(f"<{ID}source/{source}>", "sv:title", f'"{source}"')


# Undertakings


def _undertakings(out: Turtle, given: Given) -> None:
    if not any(given.get(section) for section in _KINDS):
        given = {**given, "commitments": ALONE}
    for section, kind in _KINDS.items():
        for label, raw in given.get(section, {}).items():
            _undertaking(out, label, kind, raw)


def _undertaking(out: Turtle, label: str, kind: str, raw: object) -> None:
    legal = ("debtors", "to", "made", "structure", "stated debtors", "remedy", *_TRUE, *GATES)
    about = mapping(raw, "an undertaking", legal)
    iri = out.thing("undertaking", label, kind)
    out.say(iri, "sv:debtor", *(out.actor(each) for each in about.get("debtors", ["debtor"])))
    out.say(iri, "sv:creditor", *(out.actor(each) for each in about.get("to", ["creditor"])))
    out.say(iri, "sv:recordedIn", out.thing("instrument", "text", "sv:Declaration"))
    content = out.thing("action", "content", "sv:Action")
    out.say(content, "sv:actionType", "sv:MilitaryAssistance")
    out.say(iri, "sv:content", content)
    _time(out, iri, "madeOn", about.get("made", date(2026, 1, 1)))
    if "structure" in about:
        structure = one_of(about["structure"], "structure of debtors", _STRUCTURES)
        out.say(iri, "sv:debtorStructure", structure)
    if "stated debtors" in about:
        out.say(iri, "sv:statedDebtorCount", str(int(about["stated debtors"])))
    if "remedy" in about:
        out.say(iri, "sv:remedy", f"<{ID}undertaking/{name(about['remedy'])}>")
    for key, predicate in _TRUE.items():
        if key in about:
            out.say(iri, predicate, _boolean(about[key]))
    for gate, predicate in GATES.items():
        if gate in about:
            tree = condition(out, about[gate], f"{label}-{gate.replace(' ', '-')}")
            out.say(iri, predicate, tree)


def _reservation(out: Turtle, label: str, raw: object) -> None:
    about = mapping(raw, "a reservation", ("by", "to", "only when"), needed=("by", "to"))
    iri = out.thing("reservation", label, "sv:Reservation")
    adherence = out.thing("adherence", about["by"], "sv:Adherence")
    out.say(adherence, "sv:party", out.actor(about["by"]))
    out.say(adherence, "sv:adheresTo", _TEXT)
    out.say(adherence, "sv:stage", "sv:SignedStage")
    out.say(adherence, "sv:hasReservation", iri)
    out.say(iri, "sv:reserves", f"<{ID}undertaking/{name(about['to'])}>")
    if "only when" in about:
        out.say(iri, "sv:appliesOnlyWhen", condition(out, about["only when"], f"{label}-when"))


def _power(out: Turtle, label: str, raw: object) -> None:
    about = mapping(raw, "a power", ("of", "over", "to", "notice"), needed=("of", "over", "to"))
    iri = out.thing("power", label, "sv:Power")
    out.say(iri, "sv:powerHolder", out.actor(about["of"]))
    out.say(iri, "sv:powerOver", f"<{ID}undertaking/{name(about['over'])}>")
    out.say(iri, "sv:effect", one_of(about["to"], "effect", _EFFECTS))
    if "notice" in about:
        out.say(iri, "sv:noticeDays", str(int(about["notice"])))


def _act(out: Turtle, label: str, raw: object) -> None:
    keys = ("by", "changes", "effect")
    about = mapping(raw, "an act", keys, needed=keys)
    iri = out.thing("matter", label, "sv:Act")
    out.say(iri, "sv:actBy", out.actor(about["by"]))
    out.say(iri, "sv:actOn", f"<{ID}undertaking/{name(about['changes'])}>")
    out.say(iri, "sv:effect", one_of(about["effect"], "effect", _EFFECTS))


def _provision(out: Turtle, label: str, raw: object) -> None:
    needed = ("under", "by", "stage", "quantity", "unit", "when")
    legal = (*needed, "price basis", "published", "source")
    about = mapping(raw, "a provision", legal, needed=needed)
    iri = out.thing("provision", label, "sv:Provision")
    out.say(iri, "sv:providedUnder", f"<{ID}undertaking/{name(about['under'])}>")
    out.say(iri, "sv:providedBy", out.actor(about["by"]))
    out.say(iri, "sv:quantityStage", one_of(about["stage"], "stage", STAGES))
    out.say(iri, "sv:provided", amount(out, f"{label}-amount", about))
    _time(out, iri, "providedOn", about["when"])
    _record(out, iri, about, about["when"])


_LISTED: Final[dict[str, Callable[[Turtle, str, object], None]]] = {
    "evidence": _evidence,
    "powers": _power,
    "provisions": _provision,
    "reservations": _reservation,
}

# Values


def _time(out: Turtle, iri: str, prop: str, raw: object, precision: str = "precision") -> None:
    on, how_fine = when(raw)
    out.say(iri, f"sv:{prop}", date_time(on))
    out.say(iri, f"sv:{precision}", f"sv:{how_fine}")


def _several(raw: object) -> list[object]:
    return raw if isinstance(raw, list) else [raw]


def _boolean(raw: object) -> str:
    if isinstance(raw, bool):
        return f'"{str(raw).lower()}"^^xsd:boolean'
    raise UnreadableInput(f"`{raw}` is neither true nor false")


def _name_actors(out: Turtle) -> None:
    """Make a state of every actor that is nothing else."""
    for iri, said in out.said.items():
        if iri.startswith(f"<{ID}actor/") and not {"a sv:Group", "a sv:Legislature"} & said.keys():
            out.say(iri, "a", "sv:State")
