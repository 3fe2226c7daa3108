from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from api.settings import Settings
from graph.errors import InvalidRequest


def test_an_empty_environment_gives_the_defaults() -> None:
    assert Settings.from_environment({"SERVANDA_PORT": ""}) == Settings(
        data_dir=Path(".servanda"), host="127.0.0.1", port=8000, base=None
    )


def test_every_variable_is_read() -> None:
    environment = {
        "SERVANDA_DATA_DIR": "/srv/graph",
        "SERVANDA_HOST": "0.0.0.0",
        "SERVANDA_PORT": "80",
        "SERVANDA_BASE": "https://servanda.example",
    }
    assert Settings.from_environment(environment) == Settings(
        data_dir=Path("/srv/graph"), host="0.0.0.0", port=80, base="https://servanda.example/"
    )


@pytest.mark.parametrize("port", ["eighty", "-1", "65536", "8000.0", "²"])
def test_a_port_that_is_none_is_refused_by_name(port: str) -> None:
    with pytest.raises(InvalidRequest, match=f"SERVANDA_PORT `{port}`"):
        Settings.from_environment({"SERVANDA_PORT": port})


def test_a_base_that_is_no_address_is_refused() -> None:
    with pytest.raises(InvalidRequest, match="is not a web address"):
        Settings.from_environment({"SERVANDA_BASE": "servanda.example"})


@pytest.mark.parametrize("text", ["many", "-1", "1.5", "0"])
def test_a_limit_that_is_no_number_is_refused_by_name(text: str) -> None:
    with pytest.raises(InvalidRequest, match=f"SERVANDA_QUERY_ROWS is `{text}`"):
        Settings.from_environment({"SERVANDA_QUERY_ROWS": text})


@pytest.mark.parametrize("text", ["soon", "-1", "0", "inf", "1e3"])
def test_a_time_that_is_no_number_of_seconds_is_refused_by_name(text: str) -> None:
    with pytest.raises(InvalidRequest, match=f"SERVANDA_QUERY_SECONDS is `{text}`"):
        Settings.from_environment({"SERVANDA_QUERY_SECONDS": text})


def test_the_documented_settings_are_those_there_are_with_their_defaults() -> None:
    page = (Path(__file__).parents[2] / "docs" / "settings.md").read_text("utf-8")
    documented = dict(re.findall(r"^\| `SERVANDA_(\w+)` \| ?`?([^`|]*?)`? ?\|", page, re.MULTILINE))
    defaults = {
        field.name.upper(): ""
        if field.default is None
        else str(int(field.default) if field.default is True else field.default)
        for field in fields(Settings)
    }
    assert documented == defaults


def test_none_of_the_settings_is_left_out_of_the_environment() -> None:
    changed = {
        "SERVANDA_DATA_DIR": "/srv/graph",
        "SERVANDA_HOST": "0.0.0.0",
        "SERVANDA_PORT": "80",
        "SERVANDA_BASE": "https://servanda.example/",
        "SERVANDA_SHAPES": "shapes",
        "SERVANDA_WORKERS": "0",
        "SERVANDA_PAST_VERSIONS": "7",
        "SERVANDA_DERIVE": "0",
        "SERVANDA_QUERY_SECONDS": "0.5",
        "SERVANDA_FRESH_SECONDS": "2",
        "SERVANDA_JUDGE_SECONDS": "20",
        "SERVANDA_IMPORT_SECONDS": "30",
        "SERVANDA_QUERY_MEMORY_MB": "1",
        "SERVANDA_QUERY_ROWS": "2",
        "SERVANDA_QUERY_MB": "3",
        "SERVANDA_CACHE_MB": "0",
        "SERVANDA_REQUEST_SECONDS": "4",
        "SERVANDA_CONNECTIONS": "5",
        "SERVANDA_GRACE_SECONDS": "6",
        "SERVANDA_ACCESS_LOG": "-",
    }
    assert changed.keys() == {f"SERVANDA_{field.name.upper()}" for field in fields(Settings)}
    assert Settings.from_environment(changed) == Settings(
        data_dir=Path("/srv/graph"),
        host="0.0.0.0",
        port=80,
        base="https://servanda.example/",
        shapes=Path("shapes"),
        workers=0,
        past_versions=7,
        derive=False,
        query_seconds=0.5,
        fresh_seconds=2,
        judge_seconds=20,
        import_seconds=30,
        query_memory_mb=1,
        query_rows=2,
        query_mb=3,
        cache_mb=0,
        request_seconds=4,
        connections=5,
        grace_seconds=6,
        access_log="-",
    )
