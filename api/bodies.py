"""Reads what a request sends: bounded, of a type that is read, and with the place of a fault."""

from __future__ import annotations

from collections.abc import Collection
from email.message import Message
from typing import Any, Final, TypeVar

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError

from api.errors import BodyTooLarge, UnsupportedMediaType
from graph.content import FORMAT_OF_MEDIA_TYPE
from graph.errors import InvalidRequest

JSON: Final = "application/json"
RDF_CONTENT: Final[dict[str, Any]] = {
    name: {"schema": {"type": ["object", "array"] if name == "application/ld+json" else "string"}}
    for name in FORMAT_OF_MEDIA_TYPE
}
"""How OpenAPI describes RDF that is sent: JSON-LD is JSON, the others are text."""

_MOST_JSON: Final = 64 * 1024

AnyModel = TypeVar("AnyModel", bound=BaseModel)


async def read_json(request: Request, model: type[AnyModel]) -> AnyModel:
    """Read a body as a model.

    Raises UnsupportedMediaType for what is not sent as JSON, BodyTooLarge, and
    RequestValidationError for what does not fit the model.
    """
    media_type(request, (JSON,))
    try:
        return model.model_validate_json(
            await read_bytes(request, _MOST_JSON, hint="assume less at once")
        )
    except ValidationError as error:
        wrong = [{**each, "loc": ("body", *each["loc"])} for each in error.errors()]
        raise RequestValidationError(wrong) from None


def media_type(request: Request, read: Collection[str]) -> str:
    """Give the type of a body; UnsupportedMediaType if it is none of those that are read.

    A body in another encoding than UTF-8 or compressed is not read either.
    """
    header = Message()
    header["Content-Type"] = given = request.headers.get("content-type", "none/none")
    charset = str(header.get_param("charset", "utf-8")).lower()
    plain = request.headers.get("content-encoding", "identity") == "identity"
    if header.get_content_type() in read and charset in ("utf-8", "utf8") and plain:
        return header.get_content_type()
    raise UnsupportedMediaType(
        f"a body of type `{given}` is not read" if plain else "a compressed body is not read",
        hint=f"send {' or '.join(read)}, in UTF-8 and not compressed",
    )


async def read_bytes(request: Request, most: int, *, hint: str) -> bytes:
    """Give the body; raises BodyTooLarge, with a hint, beyond so many bytes."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise BodyTooLarge(f"the body is longer than {most // 1024} kB", hint=hint)
    return bytes(body)


def decoded(body: bytes) -> str:
    """Read a body as UTF-8."""
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise InvalidRequest(
            f"byte {error.start + 1} of the body is not UTF-8", hint="encode it as UTF-8"
        ) from None
