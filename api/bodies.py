"""Reads the JSON that a request sends: bounded, and refused with the place of what is wrong."""

from __future__ import annotations

from email.message import Message
from typing import Final, TypeVar

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError

from api.problems import BodyTooLarge, UnsupportedMediaType

JSON: Final = "application/json"
_MOST_BYTES: Final = 64 * 1024

AnyModel = TypeVar("AnyModel", bound=BaseModel)


async def read_json(request: Request, model: type[AnyModel]) -> AnyModel:
    """Read a body as a model.

    Raises UnsupportedMediaType for what is not sent as JSON, BodyTooLarge, and
    RequestValidationError for what does not fit the model.
    """
    header = Message()
    header["Content-Type"] = given = request.headers.get("content-type", "none/none")
    if header.get_content_type() != JSON:
        raise UnsupportedMediaType(f"a body of type `{given}` is not read", hint=f"send {JSON}")
    try:
        return model.model_validate_json(await _bytes(request))
    except ValidationError as error:
        wrong = [{**each, "loc": ("body", *each["loc"])} for each in error.errors()]
        raise RequestValidationError(wrong) from None


async def _bytes(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BYTES:
            limit = f"{_MOST_BYTES // 1024} kB"
            raise BodyTooLarge(f"the body is longer than {limit}", hint="assume less at once")
    return bytes(body)
