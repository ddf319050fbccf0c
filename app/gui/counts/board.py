"""The leaderboard: who gave most in this stream, or ever. Rule: asked for, only while seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QTimer

from app.gateway.messages import GetBoard, Reply
from app.gui import words
from app.gui.counts.panel import Panel
from app.gui.counts.table import Rows, Table
from app.gui.rules.bar import Search
from app.gui.text import number, tr, trn
from app.gui.widgets.basic import Card, Label, column, row
from app.gui.widgets.controls import Segments
from app.gui.widgets.panels import EmptyState
from drivers.contract import N_

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent

    from app.gateway.views import BoardRow
    from app.gui.counts.offer import Offer
    from app.gui.page import Desk

MOST: Final = 200
_AGAIN_MS: Final = 2000
_RANK, _WHO, _NAME, _COINS, _GIFTS = range(5)


class BoardRows(Rows):
    """Viewers, most coins first."""

    columns: ClassVar[tuple[str, ...]] = (
        N_("Rank"),
        N_("Viewer"),
        N_("Name"),
        N_("Coins"),
        N_("Gifts"),
    )
    right: ClassVar[frozenset[int]] = frozenset({_COINS, _GIFTS})

    def key(self, row: BoardRow) -> str:
        return row.viewer_id

    def words(self, row: BoardRow, column: int) -> str:
        if column == _WHO:
            return f"@{row.who}" if row.who else tr("Somebody")
        if column == _NAME:
            return row.nickname
        return number({_RANK: row.rank, _COINS: row.coins, _GIFTS: row.gifts}[column])

    def tone(self, row: BoardRow, column: int) -> str:
        if column == _RANK:
            return "limit" if row.rank <= _PODIUM else "muted"
        return "text" if column in (_WHO, _COINS) else "text2"


_PODIUM: Final = 3


class SearchViewers(Search):
    """The search in names of viewers."""

    def retranslate(self) -> None:
        """Follow language and theme."""
        super().retranslate()
        for show in (self.setPlaceholderText, self.setAccessibleName, self.setToolTip):
            show(tr("Search viewers"))


class Leaderboard(Panel):
    """The table with its period and search."""

    def __init__(self, desk: Desk, offer: Offer) -> None:
        super().__init__(desk, offer)
        self._all: tuple[BoardRow, ...] = ()
        self._viewers = 0
        self._kind = "stream"
        self._known = False
        self.rows = BoardRows()
        self.table = Table(self.rows, N_("Leaderboard"), _NAME)
        self.table.widths({_RANK: 72, _WHO: 200, _COINS: 120, _GIFTS: 100})
        self.period = Segments(
            [("stream", N_("This stream")), ("ever", N_("Ever"))], N_("Which period")
        )
        self.search = SearchViewers()
        self.note = Label(kind="caption")
        self.empty = EmptyState("crown")
        head = row(self.period, self.search, gap=8, pad=(12, 10, 12, 8))
        head.setStretch(1, 1)
        foot = column(self.note, pad=(14, 8, 14, 10))
        self.setLayout(column(Card(column(head, self.table, self.empty, foot, gap=0))))
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self.ask)
        self.period.chosen.connect(self._on_period)
        self.search.sought.connect(self._on_sought)
        self.search.left.connect(self.table.setFocus)
        desk.bridge.stats_changed.connect(self._on_stats)
        desk.bridge.stream_changed.connect(self._on_stats)
        self._show()

    def retranslate(self) -> None:
        self.search.retranslate()
        self.rows.word_again()
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.ask()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._again.stop()

    def ask(self) -> None:
        """Ask for the leaderboard now."""
        if self.desk.bridge.state.connected:
            kind: str = self._kind
            request = GetBoard.model_validate({"kind": kind, "limit": MOST})
            self.desk.bridge.ask(request, self._on_board)

    def _on_board(self, reply: Reply) -> None:
        if reply.board is None:
            self._known = True
            self._all, self._viewers = (), 0
            self.note.show_text(words.failure(reply.code, reply.values))
            self._show_rows()
            return
        if reply.board.kind == self._kind:
            self._known = True
            self._all, self._viewers = reply.board.rows, reply.board.viewers
            self._show()

    def _show(self) -> None:
        self._show_rows()
        text = ""
        if self._all:
            text = trn("%Ln viewer(s) gave something.", self._viewers)
            if self._viewers > len(self._all):
                text += " " + tr("The first {n} are shown.", n=number(len(self._all)))
        self.note.show_text(text)

    def _show_rows(self) -> None:
        wanted = self.search.text().strip().removeprefix("@").casefold()
        shown = [
            one
            for one in self._all
            if wanted in one.who.casefold() or wanted in one.nickname.casefold()
        ]
        self.rows.show_rows(shown)
        self.table.setVisible(bool(shown))
        self.empty.setVisible(not shown)
        self._word_empty(bool(wanted))

    def _word_empty(self, sought: bool) -> None:
        if sought:
            self.empty.title.show_source(N_("Nobody of that name"))
            self.empty.words.show_source(N_("Only those who gave something are in the list."))
        elif not self._known:
            self.empty.title.show_source(N_("Still looking…"))
            self.empty.words.show_text("")
        else:
            self.empty.title.show_source(N_("Nobody gave anything yet"))
            self.empty.words.show_source(
                N_("Everyone who sends a gift shows here. Practice does not count.")
            )

    # ------------------------------------------------------------ what people do

    def _on_period(self, kind: str) -> None:
        self._kind, self._known, self._all, self._viewers = kind, False, (), 0
        self._show()
        self.ask()

    def _on_sought(self, _text: str) -> None:
        self._show_rows()

    def _on_stats(self) -> None:
        if self.isVisible() and not self._again.isActive():
            self._again.start()
