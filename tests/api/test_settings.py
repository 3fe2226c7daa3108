from __future__ import annotations

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
