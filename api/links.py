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
    f"{_API}/actors": {"owes": (f"{_API}/commitments", {"debtor": _FIRST})},
    f"{_API}/instruments": {"records": (f"{_API}/commitments", {"instrument": _FIRST})},
    f"{_API}/domains": {"within": (f"{_API}/commitments", {"domain": _FIRST})},
}


def add_links(paths: Mapping[str, Any]) -> None:
    """Write the links into the operations of a document; each is a GET and leads to one."""
    for path, links in _LINKS.items():
        paths[path]["get"]["responses"]["200"]["links"] = {
            name: {"operationId": paths[target]["get"]["operationId"], "parameters": dict(given)}
            for name, (target, given) in links.items()
        }
