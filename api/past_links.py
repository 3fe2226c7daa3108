"""Keeps the links of what a past version answers in that version; those of the present stay."""

from __future__ import annotations

import re
from typing import Any, Final

from fastapi import Request

# What is served as it is now, whichever version leads to it: files, the ontology, this service.
_PRESENT: Final = (
    *("/static/", "/docs", "/openapi.json", "/ns", "/ontology", "/problems/", "/context/"),
    *("/healthz", "/readyz", "/version", "/metrics", "/timemap/", "/api/v1/changes"),
)
_ROOT: Final = re.compile(r"/versions/\d+", re.ASCII)
# Values are escaped when a page is written, so that no text of the graph can look like a link.
_LINK: Final = re.compile(r'(?<! data-present)( (?:href|action)=")(/(?!/)[^"]*)')


def past_root(request: Request) -> str:
    """Give what the addresses of the version begin with that a request names; else nothing."""
    root: str = request.scope.get("root_path", "")
    return root if _ROOT.fullmatch(root) else ""


def page_below(root: str, html: str) -> str:
    """Let the links and forms of a page lead below a root, but for the one to the present."""
    return _LINK.sub(lambda link: link[1] + _below(root, link[2]), html) if root else html


def answer_below(root: str, answer: Any) -> Any:
    """Let every `href` in an answer lead below a root."""
    if not root:
        return answer
    if isinstance(answer, list):
        return [answer_below(root, each) for each in answer]
    if isinstance(answer, dict):
        return {
            name: _below(root, value)
            if name == "href" and isinstance(value, str)
            else answer_below(root, value)
            for name, value in answer.items()
        }
    return answer


def _below(root: str, address: str) -> str:
    is_past = _ROOT.match(address) is not None
    return address if is_past or address.startswith(_PRESENT) else root + address
