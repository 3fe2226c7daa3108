"""Which operation goes on from the answer of another one, for the OpenAPI document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

_API: Final = "/api/v1"
_COMMITMENT: Final = f"{_API}/commitments/{{id}}"
_FIRST: Final = "$response.body#/items/0/id"
_ABOUT_ANY: Final = ("explanation", "timeline")
# Declared plans and possibilities never come in force: what is listed may be no commitment.
_ABOUT_COMMITMENTS: Final = ("unlock", "power")
_GAPS: Final = "$response.body#/commitments/0/commitment"

# By kind of thing: the lists of undertakings that a thing narrows, each with the filter for it.
_KINDS: Final[Mapping[str, Mapping[str, str]]] = {
    "actors": {"owes": "debtor", "isOwed": "creditor"},
    "instruments": {"records": "instrument"},
    "domains": {"within": "domain"},
    "events": {},
    "evidence": {},
    "statements": {},
    "sources": {},
}

# By path: the names of links, each with the path it leads to and what goes into which parameter.
_LINKS: Final[Mapping[str, Mapping[str, tuple[str, Mapping[str, str]]]]] = {
    f"{_API}/commitments": {
        "item": (_COMMITMENT, {"id": _FIRST}),
        **{name: (f"{_COMMITMENT}/{name}", {"id": _FIRST}) for name in _ABOUT_ANY},
        "next": (f"{_API}/commitments", {"cursor": "$response.body#/next"}),
    },
    _COMMITMENT: {
        name: (f"{_COMMITMENT}/{name}", {"id": "$response.body#/undertaking"})
        for name in _ABOUT_ANY
    },
    f"{_API}/gaps": {
        "item": (_COMMITMENT, {"id": _GAPS}),
        **{name: (f"{_COMMITMENT}/{name}", {"id": _GAPS}) for name in _ABOUT_COMMITMENTS},
    },
    **{
        f"{_API}/{kind}": {
            "item": (f"{_API}/{kind}/{{id}}", {"id": _FIRST}),
            **{name: (f"{_API}/commitments", {taken: _FIRST}) for name, taken in narrowed.items()},
        }
        for kind, narrowed in _KINDS.items()
    },
}


def add_links(paths: Mapping[str, Any]) -> None:
    """Write the links into the operations of a document; each is a GET and leads to one."""
    for path, links in _LINKS.items():
        paths[path]["get"]["responses"]["200"]["links"] = {
            name: {"operationId": paths[target]["get"]["operationId"], "parameters": dict(given)}
            for name, (target, given) in links.items()
        }
