"""The Activity card: filter, pause, the list, and what it says while it is empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from app.gui.models.feed import FeedFilter, FeedModel
from app.gui.text import number, tr, trn
from app.gui.theme import theme
from app.gui.widgets.basic import Button, Card, Label, column, holder, row
from app.gui.widgets.controls import Segments
from app.gui.widgets.feed_view import FeedView
from drivers.contract import N_

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from app.gateway.views import FeedRow

# As wide as the card must be for the button that plays the last minutes: alone with the filter,
# and beside what the head says of rows that are not shown.
_ROOM: Final = 480
_ROOM_TOLD: Final = 660


class Activity(Card):
    """The list of what happened, newest first; `opened` carries the entry of a chosen row."""

    opened = Signal(object)
    replay_asked = Signal()

    def __init__(self) -> None:
        self.model = FeedModel()
        self.rows = FeedFilter(self.model)
        self.view = FeedView(self.rows)
        self.title = Label(N_("Activity"), "heading")
        self.filter = Segments(
            [("all", N_("All")), ("gifts", N_("Gifts")), ("problems", N_("Problems"))],
            N_("Filter"),
        )
        self.pause = Button(N_("Pause the list (rules go on)"), "icon", "pause")
        self.pause.setCheckable(True)
        self.replay = Button(N_("Try the rules out on the last 10 minutes"), "icon", "replay")
        self.fresh = Button("", "link", "up")
        self.fresh.hide()
        self.skipped = Label(kind="caption")
        self.skipped.hide()
        self._skipped = 0
        self._paused_by_hand = False
        self._stack = QStackedLayout()
        self._stack.addWidget(self.view)
        head = row(
            self.title,
            self.skipped,
            None,
            self.fresh,
            self.filter,
            self.replay,
            self.pause,
            gap=8,
            pad=(16, 12, 12, 6),
        )
        top = holder(head)
        top.setMinimumHeight(theme.px(54))
        super().__init__(column(top, self._stack, gap=0, pad=(0, 0, 0, 8)))
        self.model.setParent(self)
        self.rows.setParent(self)
        self._connect()

    def _connect(self) -> None:
        self.filter.chosen.connect(self._on_filter)
        self.pause.toggled.connect(self._on_pause)
        self.fresh.clicked.connect(self.to_top)
        self.replay.clicked.connect(self.replay_asked)
        self.view.left_top.connect(self._on_left_top)
        self.view.opened.connect(self.opened)
        self.model.held_back.connect(self._on_held)
        self.model.problems_changed.connect(self._on_problems)

    def add_cover(self, widget: QWidget) -> None:
        """Add something that may take the list's place."""
        self._stack.addWidget(widget)

    def cover(self, widget: QWidget | None) -> None:
        """Show a cover in the list's place, or the list."""
        self._stack.setCurrentWidget(widget or self.view)
        listing = widget is None
        for part in (self.filter, self.pause):
            part.setVisible(listing)
        self.fresh.setVisible(listing and bool(self.model.paused and self.fresh.text()))
        self._fit_replay()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_replay()

    def _fit_replay(self) -> None:
        """Show what can be found elsewhere, too, only where nothing is squeezed by it."""
        told = not (self.fresh.isHidden() and self.skipped.isHidden())
        room = self.width() >= theme.px(_ROOM_TOLD if told else _ROOM)
        self.replay.setVisible(room and self._stack.currentWidget() is self.view)

    def take(self, rows: list[FeedRow]) -> None:
        """Add a batch of rows."""
        self.model.take(rows)

    def reset(self, rows: list[FeedRow]) -> None:
        """Start again from a snapshot."""
        self._skipped = 0
        self.skipped.hide()
        self.model.reset(rows)

    def skip(self, count: int) -> None:
        """Tell how many rows were left out because too much happened at once."""
        self._skipped += count
        self.skipped.show_text(tr("{n} not listed", n=number(self._skipped)))
        self.skipped.setToolTip(
            tr(
                "So much happened at once that not every row is listed. "
                "Every gift was counted and every rule ran."
            )
        )
        self.skipped.show()
        self._fit_replay()

    def retranslate(self) -> None:
        """Word rows and counters again."""
        self.model.reword()
        self._on_problems(self.model.problems)
        if self._skipped:
            self.skip(0)

    def to_top(self) -> None:
        """Let the held rows in and go to the newest."""
        self._paused_by_hand = False
        self.pause.setChecked(False)
        self.model.pause(on=False)
        self.view.scrollToTop()

    def _on_filter(self, key: str) -> None:
        self.rows.show_only(key)
        self.view.scrollToTop()

    def _on_pause(self, on: bool) -> None:
        self._paused_by_hand = on
        self.model.pause(on=on or self.view.verticalScrollBar().value() > 0)

    def _on_left_top(self, away: bool) -> None:
        self.model.pause(on=away or self._paused_by_hand)

    def _on_held(self, count: int) -> None:
        self.fresh.setText(trn("%Ln new", count) if count else "")
        self.fresh.setVisible(bool(count) and self._stack.currentWidget() is self.view)
        self._fit_replay()

    def _on_problems(self, count: int) -> None:
        button = self.filter.buttons["problems"]
        button.show_source(N_("Problems"))
        if count:
            button.setText(tr("Problems {n}", n=number(count)))
