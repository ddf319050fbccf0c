"""Any log record of WARNING or above that the test did not announce fails the test.

One rule: an announcement that never comes true fails too, else it would hide the next surprise.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, field


@dataclass(slots=True)
class Announcement:
    """One kind of record that a test says will come."""

    pattern: re.Pattern[str]
    level: int
    optional: bool
    seen: int = 0

    def fits(self, record: logging.LogRecord, text: str) -> bool:
        """Say whether this record was announced."""
        return record.levelno <= self.level and self.pattern.search(text) is not None


@dataclass(slots=True)
class LogGuard:
    """Collects what one test writes to the log at WARNING or above."""

    announcements: list[Announcement] = field(default_factory=list)
    records: list[tuple[logging.LogRecord, str]] = field(default_factory=list)

    def announce(self, pattern: str, *, level: str = "ERROR", optional: bool = False) -> None:
        """Expect records up to `level` whose text matches `pattern` (searched, not anchored)."""
        number = logging.getLevelNamesMapping()[level]
        self.announcements.append(Announcement(re.compile(pattern), number, optional))

    def complaints(self) -> list[str]:
        """Return one line for each surprise and each announcement that stayed away."""
        found: list[str] = []
        for record, text in self.records:
            fitting = [one for one in self.announcements if one.fits(record, text)]
            for one in fitting:
                one.seen += 1
            if not fitting:
                where = f"{record.name} {record.filename}:{record.lineno}"
                found.append(f"unexpected {record.levelname} in the log: {where}: {text}")
        found += [
            f"announced, but never logged: {one.pattern.pattern!r}"
            for one in self.announcements
            if not one.seen and not one.optional
        ]
        return found


class GuardHandler(logging.Handler):
    """Hands each serious record to the guard of the running test."""

    def __init__(self, guard: LogGuard) -> None:
        super().__init__(logging.WARNING)
        self.guard = guard

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the record with its text, which is made now because arguments may change."""
        try:
            text = record.getMessage()
        except (TypeError, ValueError) as error:
            text = f"malformed log call {record.msg!r}: {error}"
        if record.exc_info and record.exc_info[1] is not None:
            text = f"{text} [{record.exc_info[1]!r}]"
        self.guard.records.append((record, text))
