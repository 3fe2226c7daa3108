"""The head file survives a torn write, and says when it cannot be believed."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import DamagedJournal
from graph.head import NOTHING, Head, HeadFile, read_head


def written(path: Path, *heads: Head) -> bytes:
    with HeadFile(path) as file:
        for head in heads:
            file.write(head)
    return path.read_bytes()


def test_the_last_head_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "head"
    assert read_head(path) == NOTHING
    for seq in range(1, 12):
        written(path, Head(seq, f"{seq:064x}"))
        assert read_head(path) == Head(seq, f"{seq:064x}")
    assert path.stat().st_size == 8192


def test_a_file_that_was_made_and_not_written_knows_of_nothing(tmp_path: Path) -> None:
    path = tmp_path / "head"
    written(path)
    assert read_head(path) == NOTHING
    path.write_bytes(b"")
    assert read_head(path) == NOTHING


def test_a_record_torn_anywhere_leaves_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "head"
    before = written(path, Head(8, "a" * 64), Head(9, "b" * 64))
    after = written(path, Head(10, "c" * 64))
    differing = [at for at in range(len(after)) if after[at] != before[at]]
    for cut in differing:
        path.write_bytes(after[:cut] + before[cut:])
        assert read_head(path) == Head(9, "b" * 64), cut
    path.write_bytes(after)
    assert read_head(path) == Head(10, "c" * 64)


def test_a_file_without_a_whole_record_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "head"
    content = written(path, Head(8, "a" * 64), Head(9, "b" * 64))
    path.write_bytes(content.replace(b"a", b"x").replace(b"b", b"y"))
    with pytest.raises(DamagedJournal, match="does not say which") as caught:
        read_head(path)
    assert "remove this file" in str(caught.value)
