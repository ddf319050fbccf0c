"""What the History page shows as a table file. Rule: page by page, so any length fits in memory."""

from __future__ import annotations

import contextlib
import csv
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from app.gui import words
from app.gui.cells import plain
from app.gui.history.past import row_of
from app.gui.text import number, tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.gateway.messages import PastGifts, Reply
    from app.gateway.views import PastGift
    from app.gui.bridge import Bridge

PAGE: Final = 500


class Export(QObject):
    """Writes one file. `wrote` tells how many rows there are, `over` an error or ""."""

    wrote = Signal(int)
    over = Signal(str)

    def __init__(
        self,
        bridge: Bridge,
        path: str,
        ask: Callable[[int, int, int], PastGifts],
        device: Callable[[str], str],
        parent: QObject | None = None,
    ) -> None:
        """`ask` makes the request for a page from (before_ms, before_row, limit)."""
        super().__init__(parent)
        self._bridge, self._ask, self._device = bridge, ask, device
        self.path = Path(path)
        self._part = self.path.with_name(f"{self.path.name}.part")
        self._rows = 0
        self._ended = False

    def start(self) -> None:
        """Write the head and ask for the first page."""
        if self._append([_head()], fresh=True):
            self._next(0, 0)

    def cancel(self) -> None:
        """Leave nothing behind."""
        self._end(tr("Nothing was saved."))

    def _next(self, before_ms: int, before_row: int) -> None:
        self._bridge.ask(self._ask(before_ms, before_row, PAGE), self._on_page)

    def _on_page(self, reply: Reply) -> None:
        if self._ended:
            return
        if reply.past is None:
            self._end(words.failure(reply.code, reply.values))
            return
        gifts = reply.past.gifts
        if not self._append([self._cells(gift) for gift in gifts]):
            return
        self._rows += len(gifts)
        self.wrote.emit(self._rows)
        if reply.past.more and gifts:
            self._next(gifts[-1].at_ms, gifts[-1].row)
        else:
            self._finish()

    def _append(self, lines: list[list[Any]], *, fresh: bool = False) -> bool:
        try:
            # Spreadsheets take a file without the mark for the alphabet of their own country.
            mode, encoding = ("w", "utf-8-sig") if fresh else ("a", "utf-8")
            with self._part.open(mode, encoding=encoding, newline="") as file:
                csv.writer(file, lineterminator="\r\n").writerows(lines)
        except OSError as error:
            self._end(tr("The file could not be written: {why}", why=error.strerror or ""))
            return False
        return True

    def _finish(self) -> None:
        try:
            self._part.replace(self.path)
        except OSError as error:
            self._end(tr("The file could not be written: {why}", why=error.strerror or ""))
            return
        self._ended = True
        self.over.emit("")

    def _end(self, why: str) -> None:
        if self._ended:
            return
        self._ended = True
        with contextlib.suppress(OSError):
            self._part.unlink(missing_ok=True)
        self.over.emit(why)

    def _cells(self, gift: PastGift) -> list[Any]:
        row = row_of(gift, self._device)
        lines = words.feed_lines(row)
        at = datetime.fromtimestamp(gift.at_ms / 1000).astimezone()
        texts = [gift.user, gift.who, gift.nickname, lines.what, gift.gift]
        numbers: list[Any] = [gift.count, gift.coins, gift.coins * gift.count]
        rules = ", ".join(gift.rules) or gift.rule
        told = [lines.result, rules, row.device, gift.source]
        return [
            at.isoformat(sep=" ", timespec="milliseconds"),
            *map(plain, texts),
            *numbers,
            *map(plain, told),
        ]


def _head() -> list[str]:
    return [
        tr("Time"),
        tr("Stream"),
        tr("Viewer"),
        tr("Name"),
        tr("What happened"),
        tr("Gift"),
        tr("Count"),
        tr("Coins each"),
        tr("Coins"),
        tr("What came of it"),
        tr("Rules"),
        tr("Device"),
        tr("Source"),
    ]


def progress(rows: int) -> str:
    """Say how far it is."""
    return tr("Saving, {n} rows…", n=number(rows))
