"""Reads JSON with the line that each object and member stands on; it knows no vocabulary."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from graph.errors import UnreadableInput
from graph.rdf import decode

# Far beyond any mapping, and short of what the reader of lines needs seconds for.
_MOST_BYTES = 100_000
_USUAL = "write keys in plain letters, and each on the line of its colon"


@dataclass(frozen=True)
class Part:
    """An object of a document: its members, and the line of each."""

    file: Path
    line: int
    members: dict[str, Any]
    lines: dict[str, int]

    def refuse(self, message: str, *, at: str | None = None, hint: str | None = None) -> Refusal:
        """Say what is wrong with the object, or with its member `at`."""
        return Refusal(self.file, self.lines.get(at or "", self.line), message, hint)

    def parts(self, name: str) -> Iterator[Part]:
        """Give the objects in a list; raises Refusal for a member that is no list of objects."""
        held = self.members.get(name, [])
        if not isinstance(held, list) or not all(isinstance(each, Part) for each in held):
            raise self.refuse(f"`{name}` is not a list of objects", at=name)
        yield from held


class Refusal(UnreadableInput):
    """A mapping file cannot be followed; the message names its line."""

    def __init__(self, file: Path, line: int, message: str, hint: str | None = None) -> None:
        """Put file and line before the message."""
        super().__init__(f"`{file}`, line {line}: {message}", hint=hint, line=line)


def read_text(file: Path) -> str:
    """Read a file of text; raises UnreadableInput for one that is absent or not UTF-8."""
    try:
        return decode(file.read_bytes(), str(file))
    except OSError as error:
        raise UnreadableInput(f"`{file}` cannot be read: {error.strerror}") from None


def read_document(file: Path) -> Part:
    """Read a file that holds one object.

    Raises UnreadableInput for a file that is absent, too long, no JSON or no object, and for an
    object with two members of one name.
    """
    text = read_text(file)
    if len(text) > _MOST_BYTES:
        raise UnreadableInput(f"`{file}` is longer than a mapping may be, {_MOST_BYTES:,} letters")
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise Refusal(file, error.lineno, f"this is not JSON: {error.msg.lower()}") from None
    except ValueError:
        raise UnreadableInput(f"`{file}` has a number that is longer than is read") from None
    except RecursionError:
        raise UnreadableInput(f"`{file}` is nested too deeply") from None
    if not isinstance(value, dict):
        raise Refusal(file, 1, "a mapping is one JSON object", 'begin it with {"@context": ...')
    # Between its tokens JSON is YAML, but for the tabs; within its strings it has none.
    try:
        node = yaml.compose(text.replace("\t", " "), Loader=yaml.SafeLoader)
        assert node is not None
        part = _placed(node, value, file)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Refusal(file, line, "this JSON is not laid out as is usual", _USUAL) from None
    except (yaml.YAMLError, KeyError, UnicodeError):
        raise Refusal(file, 1, "this JSON has signs that are not usual", _USUAL) from None
    except RecursionError:
        raise UnreadableInput(f"`{file}` is nested too deeply") from None
    assert isinstance(part, Part)
    return part


def _placed(node: yaml.Node, value: Any, file: Path) -> Any:
    """Join what JSON reads with where YAML finds it."""
    if isinstance(node, yaml.SequenceNode):
        return [_placed(inner, each, file) for inner, each in zip(node.value, value, strict=True)]
    if not isinstance(node, yaml.MappingNode):
        return value
    lines: dict[str, int] = {}
    for key, _ in node.value:
        if key.value in lines:
            line = key.start_mark.line + 1
            raise Refusal(file, line, f"`{key.value}` is given twice in one object")
        lines[key.value] = key.start_mark.line + 1
    members = {key.value: _placed(inner, value[key.value], file) for key, inner in node.value}
    return Part(file, node.start_mark.line + 1, members, lines)
