"""The examples of docs/client.md run, over HTTP; its table names every method."""

from __future__ import annotations

import doctest
import inspect
import re
from pathlib import Path

from api.client import Client

PAGE = Path(__file__).parents[3].joinpath("docs", "client.md").read_text("utf-8")
# What every method takes, and the method itself.
SHARED = ("self", "question", "known")


def test_the_examples_give_what_is_shown(address: str) -> None:
    text = PAGE.replace("http://127.0.0.1:8000", address)
    examples = doctest.DocTestParser().get_doctest(text, {}, "client.md", None, 0)
    assert len(examples.examples) > 5
    told: list[str] = []
    doctest.DocTestRunner(verbose=False).run(examples, out=told.append, clear_globs=False)
    examples.globs["client"].close()
    assert told == []


def test_the_table_has_every_method_with_its_own_parameters() -> None:
    rows = "\n".join(re.findall(r"^\| (`.*?) \|", PAGE, re.M))
    documented = {
        name: set(re.findall(r"\w+", inside))
        for name, inside in re.findall(r"(\w+)\((.*?)\)", rows)
    }
    methods = {
        name: method
        for name, method in inspect.getmembers(Client, inspect.isfunction)
        if not name.startswith("_") and name != "close"
    }
    assert set(documented) == set(methods)
    for name, method in methods.items():
        taken = inspect.signature(method).parameters.values()
        own = {each.name for each in taken if each.name not in SHARED}
        assert documented[name] == own, name
