"""Carries out an import in the background: a worker reads it, the server writes it."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from api.imports.job import ReadTable, received
from api.imports.register import Import
from api.imports.report import Progress
from api.judging import Judging
from api.pool import Runner
from api.threads import in_thread
from api.writing import ATTEMPTS, crowded_out
from graph.accounts import Account
from graph.database import Database
from graph.errors import (
    AnswerTooLarge,
    Conflict,
    InvalidRequest,
    ServandaError,
    TooCostly,
    UnreadableInput,
)
from graph.rules import shape_texts
from graph.slices.verdict import Judge
from graph.tables.faults import Fault, TableRefused, errors
from graph.tables.intake import Intake
from graph.tables.plan import Plan
from graph.write import WriteReport

_LOG = logging.getLogger("servanda")


async def told(attempt: Callable[[Import], Awaitable[None]], importing: Import) -> None:
    """Attempt an import, and tell how it ended: nothing that goes wrong leaves it under way."""
    report = importing.report
    try:
        await attempt(importing)
    except TableRefused as refused:
        report.refuse(refused.faults)
    except (UnreadableInput, InvalidRequest) as error:
        report.refuse([Fault(error.message, error.hint)])
    except (TooCostly, AnswerTooLarge) as error:
        message = f"the table is too much for the server: {error.message}"
        report.refuse([Fault(message, "import it in parts, or by `servanda import`")])
    except ServandaError as error:
        report.refuse([Fault(error.message, error.hint)])
        report.state = Progress.failed
    except Exception:
        _LOG.exception("the import of %s failed", report.file)
        report.refuse([Fault("an unforeseen fault stopped the import")])
        report.state = Progress.failed
    importing.tell()


@dataclass(frozen=True)
class Work:
    """What an import needs: where to read, where to write, and for whom."""

    runner: Runner
    judging: Judging
    database: Database
    shapes: Path | None
    seconds: float
    account: Account
    intake: Intake
    reason: str
    source: str

    async def __call__(self, importing: Import) -> None:
        """Do it, and tell how it ended."""
        await told(self._attempt, importing)

    async def _attempt(self, importing: Import) -> None:
        for _ in range(ATTEMPTS):
            importing.tell(Progress.reading)
            plan, version = await self._read(importing.report.dry_run)
            importing.report.take(plan)
            if errors(plan.faults):
                raise TableRefused(plan.faults)
            if importing.report.dry_run:
                importing.report.finish(version, plan.faults)
                return
            importing.tell(Progress.writing)
            with suppress(Conflict):
                written, warnings = await self.judging.decide(partial(self._write, plan, version))
                importing.report.finish(written.version, warnings)
                return
        raise crowded_out()

    async def _read(self, judges: bool) -> tuple[Plan, int]:
        texts = await in_thread(partial(shape_texts, self.shapes))
        job = ReadTable(self.intake, judges, texts)
        running = self.runner.run(job, at_least=self.database.version, seconds=self.seconds)
        async with running as reply:
            chunks = [chunk async for chunk in reply]
        return await in_thread(partial(received, reply.head, chunks)), reply.version

    def _write(
        self, plan: Plan, version: int, judge: Judge
    ) -> tuple[WriteReport, tuple[Fault, ...]]:
        return plan.carry_out(
            self.database,
            role=self.account.role.value,
            reason=self.reason,
            source=self.source,
            if_version=version,
            shapes=self.shapes,
            judge=judge,
        )
