"""Has an endpoint run in a worker: it is called there with a request that has the snapshot."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache, wraps
from types import SimpleNamespace
from typing import Any, Concatenate, Final, ParamSpec, cast

from fastapi import Request, Response

from api.delivery import Delivery
from api.memento import RECORDED, in_any_version, is_pinned, wanted
from api.settings import Settings
from api.snapshot import Latest
from graph.store import Store
from graph.worker import Out

# What an endpoint may look at, and so all that an answer depends on beside its arguments.
_SCOPE: Final = ("type", "method", "scheme", "server", "path", "root_path", "query_string")
_HEADERS: Final = (b"host", b"accept")

Arguments = ParamSpec("Arguments")


class Streamed(Response):
    """A response whose body is written piece by piece."""

    def __init__(self, write_to: Callable[[Out], None], media_type: str) -> None:
        """Have `write_to` write the body."""
        super().__init__(media_type=media_type)
        self.write_to = write_to


def address(scope: Mapping[str, Any]) -> Hashable:
    """Give all that the answer to a request without a body depends on, beside the graph."""
    seen = tuple(scope[name] for name in _SCOPE if name != "server")
    return (*seen, *(scope["server"] or ()), *_seen_headers(scope))


def _seen_headers(scope: Mapping[str, Any]) -> list[tuple[bytes, bytes]]:
    return [one for one in scope["headers"] if one[0] in _HEADERS]


@dataclass(frozen=True)
class Call:
    """A call of an endpoint, which goes by `module:name`."""

    endpoint: str
    scope: Mapping[str, Any]
    arguments: Mapping[str, Any]
    settings: Settings

    def run(self, store: Store, out: Out) -> None:
        """Call the endpoint and send its answer; raises ServandaError as it does."""
        module, _, name = self.endpoint.partition(":")
        latest = _latest(store)  # type: ignore[arg-type] # a store is told by its identity
        state = SimpleNamespace(store=store, settings=self.settings, latest=latest)
        request = Request({**self.scope, "app": SimpleNamespace(state=state)})
        response = getattr(sys.modules[module], name).__wrapped__(request, **self.arguments)
        headers = [
            (name.decode("latin-1"), text.decode("latin-1")) for name, text in response.raw_headers
        ]
        out.begin({"status": response.status_code, "headers": headers})
        if isinstance(response, Streamed):
            response.write_to(out)
        else:
            out.write(response.body)

    def key(self) -> Hashable:
        """Tell this call from every other with another answer."""
        if self.scope["method"] == "GET":
            return address(self.scope)
        return pickle.dumps((self.endpoint, self.scope, self.arguments))


@lru_cache(maxsize=1)
def _latest(store: Store) -> Latest:
    """Keep what was read of the one store that a worker has."""
    return Latest(store)


def in_worker(
    endpoint: Callable[Concatenate[Request, Arguments], Response],
) -> Callable[Concatenate[Request, Arguments], Response]:
    """Have a worker run an endpoint.

    Its arguments must be values that can be pickled, and it opens no file.
    """

    @wraps(endpoint)
    async def answer(request: Request, **arguments: Any) -> Response:
        memento = await wanted(request)
        scope = {name: request.scope[name] for name in _SCOPE}
        scope["headers"] = _seen_headers(request.scope)
        if memento and is_pinned(request):
            scope[RECORDED] = memento.at.date().isoformat()
        name = f"{endpoint.__module__}:{endpoint.__name__}"
        return Delivery(Call(name, scope, arguments, request.app.state.settings), memento)

    in_any_version(answer)
    return cast("Callable[Concatenate[Request, Arguments], Response]", answer)
