"""Carries out an import by a mapping: a process of its own follows it, the server writes it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from api.imports.parts import Sent
from api.imports.register import Import
from api.imports.report import Progress
from api.imports.work import told
from api.judging import Judging
from api.threads import in_thread
from api.writing import ATTEMPTS, crowded_out
from graph.accounts import Account
from graph.database import Database
from graph.dataset import Dataset
from graph.errors import Conflict, UnreadableInput
from graph.load import LoadReport
from graph.mapping.follow import Followed, follow_mapping, shipped_mapping
from graph.mapping.intake import judge_followed, take_in_followed
from graph.mapping.sent import read_sent_mapping
from graph.namespaces import DATA
from graph.slices.verdict import Judge
from graph.tables.faults import Fault


@dataclass(frozen=True)
class MappedWork:
    """What such an import needs: what was sent, where to write, and for whom."""

    judging: Judging
    database: Database
    shapes: Path | None
    seconds: float
    account: Account
    sent: Sent
    reason: str

    async def __call__(self, importing: Import) -> None:
        """Do it, and tell how it ended."""
        await told(self._attempt, importing)

    async def _attempt(self, importing: Import) -> None:
        report = importing.report
        for _ in range(ATTEMPTS):
            importing.tell(Progress.reading)
            version = self.database.version
            followed = await in_thread(self._follow)
            report.name = followed.mapping.graph.removeprefix(DATA)
            report.rows = followed.rows
            if report.dry_run:
                added, removed, found = await self.judging.decide(partial(self._judge, followed))
                report.added, report.removed = added, removed
                report.finish(version, found)
                return
            importing.tell(Progress.writing)
            with suppress(Conflict):
                loaded, found = await self.judging.decide(partial(self._write, followed, version))
                dataset = loaded.datasets[-1]
                report.added, report.removed = dataset.added, dataset.removed
                report.finish(loaded.version, found)
                return
        raise crowded_out()

    def _follow(self) -> Followed:
        """Follow the mapping in a folder that has what was sent and nothing else."""
        with TemporaryDirectory(prefix="servanda-import-") as name:
            tables, beside = Path(name) / "tables", Path(name) / "mapping"
            for folder in (tables, beside):
                folder.mkdir()
            try:
                mapping = (
                    shipped_mapping(self.sent.mapping)
                    if isinstance(self.sent.mapping, str)
                    else read_sent_mapping(self.sent.mapping, beside)
                )
                files = [tables / file for file in self.sent.tables]
                for file in files:
                    file.write_bytes(self.sent.tables[file.name])
                followed = follow_mapping(
                    mapping, files, self.database.store, deadline=self.seconds
                )
                return replace(followed, dataset=_by_name(followed.dataset))
            except UnreadableInput as error:
                # Whoever sent the files knows them by their names.
                said = error.message.replace(f"{tables}/", "").replace(f"{beside}/", "")
                raise UnreadableInput(said, hint=error.hint, line=error.line) from None

    def _judge(self, followed: Followed, judge: Judge) -> tuple[int, int, tuple[Fault, ...]]:
        return judge_followed(self.database.store, followed, shapes=self.shapes, judge=judge)

    def _write(
        self, followed: Followed, version: int, judge: Judge
    ) -> tuple[LoadReport, tuple[Fault, ...]]:
        return take_in_followed(
            self.database,
            followed,
            author=self.account.name,
            reason=self.reason,
            role=self.account.role.value,
            if_version=version,
            shapes=self.shapes,
            judge=judge,
        )


def _by_name(dataset: Dataset) -> Dataset:
    """Let mistakes found later name the mapping, and not where it lies on the server."""
    return replace(dataset, path=Path(dataset.path.name))
