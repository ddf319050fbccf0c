"""The History page: every gift that ever came, page by page, and why it did what it did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.gui import status
from app.gui.history.explaining import Explaining
from app.gui.history.past import PastModel
from app.gui.history.view import PastSearch, PastView
from app.gui.page import Desk, Page
from app.gui.text import number, tr
from app.gui.widgets.basic import Button, Card, Label, column, row
from app.gui.widgets.controls import Segments
from app.gui.widgets.panels import EmptyState
from drivers.contract import N_

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from app.gateway.views import FeedRow

_LIVE, _ALL = "live", "all"


class HistoryPage(Page):
    """Search and filter above the list; a chosen gift opens what happened to it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.model = PastModel(desk.bridge, self)
        self.view = PastView(self.model)
        self._build()
        self.explaining = Explaining(self)
        self.sheet = self.explaining.sheet
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        self.search = PastSearch()
        self.filter = Segments(
            [(_LIVE, N_("From the LIVE")), (_ALL, N_("With practice"))], N_("Which gifts")
        )
        self.fresh = Button(N_("Newer gifts"), "", "up")
        self.fresh.hide()
        self.note = Label(kind="caption")
        self.cover = EmptyState("clock")
        self.practise = Button(N_("Practise"), "primary", "gift")
        self.clear = Button(N_("Show all"))
        self.retry = Button(N_("Try again"), "primary", "refresh")
        self.with_practice = Button(N_("With practice"))
        self.cover.offer(self.practise, self.clear, self.retry, self.with_practice)
        self.lists = QStackedWidget()
        for part in (self.view, self.cover):
            self.lists.addWidget(part)
        top = row(self.search, self.filter, self.fresh, gap=12, pad=(12, 12, 12, 4))
        top.setStretch(0, 1)
        foot = row(self.note, None, pad=(16, 0, 16, 4))
        inside = column(top, self.lists, foot, gap=4, pad=(0, 0, 0, 4))
        inside.setStretch(1, 1)
        self.card = Card(inside)
        self.setLayout(column(self.card, pad=(24, 16, 24, 20)))

    def _connect(self) -> None:
        bridge = self.desk.bridge
        bridge.link_changed.connect(self._on_link)
        bridge.feed_taken.connect(self._on_rows)
        self.model.state_changed.connect(self._show_state)
        self.view.opened.connect(self.explaining.open_entry)
        self.view.menu_asked.connect(self.explaining.open_menu)
        self.view.make_asked.connect(self.explaining.make_rule)
        self.search.sought.connect(self._on_sought)
        self.search.left.connect(self._on_search_left)
        self.filter.chosen.connect(self._on_filter)
        self.fresh.clicked.connect(self.reload)
        self.practise.clicked.connect(self._on_practise)
        self.clear.clicked.connect(self.search.clear)
        self.retry.clicked.connect(self.reload)
        self.with_practice.clicked.connect(self._on_with_practice)
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.start_search)

    # ------------------------------------------------------------ what the window asks

    def context(self) -> str:
        return tr("Every gift, and what it did or why not")

    def retranslate(self) -> None:
        self.model.reword()
        self.explaining.retranslate()
        self._show_state()

    def regions(self) -> list[QWidget]:
        return [self.card]

    def escape(self) -> bool:
        if self.explaining.dismiss():
            return True
        if self.search.hasFocus() and self.search.text():
            self.search.clear()
            return True
        if self.search.hasFocus():
            self.view.setFocus()
            return True
        return False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.model.known and not self.model.reading:
            self.reload()

    # ------------------------------------------------------------ what shows

    def reload(self) -> None:
        """Read again from the newest gift on."""
        self.fresh.hide()
        self.model.start()
        self.view.scrollToTop()

    def start_search(self) -> None:
        """Put the keyboard into the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _show_state(self) -> None:
        shown = self.model.rowCount()
        self.note.show_text(self._note(shown))
        if not shown:
            self._show_cover()
        self.lists.setCurrentWidget(self.view if shown else self.cover)

    def _note(self, shown: int) -> str:
        model = self.model
        if not shown:
            return ""
        if model.failure:
            return model.failure
        if model.reading:
            return tr("Reading…")
        if model.canFetchMore(self.view.rootIndex()):
            return tr("{n} shown; older ones come as you scroll", n=number(shown))
        return tr("{n} shown, that is all", n=number(shown))

    def _show_cover(self) -> None:
        """Say why there is nothing, and the next step."""
        state, model = self.desk.bridge.state, self.model
        icon, buttons = "clock", set[Button]()
        if not state.connected:
            told = status.core_words(state)
            icon, title, text = "refresh", told.headline, told.hint
        elif model.failure:
            icon, title, text = "warn", tr("The history cannot be read"), model.failure
            buttons = {self.retry}
        elif model.reading or not model.known:
            title, text = tr("Looking for past gifts…"), ""
        elif model.search:
            icon, title = "search", tr("No gift fits")
            text = tr("Search for less: a part of a name is enough.")
            buttons = {self.clear}
        else:
            icon, title = "gift", tr("No gift yet")
            text = tr("Every gift of your LIVE is kept here, with what it did and why.")
            buttons = {self.practise} if model.pretend else {self.practise, self.with_practice}
        self.cover.tile.show_icon(icon, "accent")
        self.cover.title.show_text(title)
        self.cover.words.show_text(text)
        for button in (self.practise, self.clear, self.retry, self.with_practice):
            button.setVisible(button in buttons)

    # ------------------------------------------------------------ what people do

    def _on_link(self) -> None:
        if self.desk.bridge.state.connected and self.isVisible() and not self.model.reading:
            self.reload()
        self._show_state()

    def _on_rows(self, rows: list[FeedRow]) -> None:
        self.explaining.news(rows)
        wanted = [r for r in rows if r.kind == "gift" and (self.model.pretend or r.source == _LIVE)]
        if wanted and self.model.known:
            self._tell_fresh()

    def _tell_fresh(self) -> None:
        """Read at once what nobody is in the middle of; else offer it."""
        if self.isVisible() and self.model.rowCount():
            self.fresh.show()
        else:
            self.model.known = False
            if self.isVisible():
                self.reload()

    def _on_sought(self, text: str) -> None:
        self.model.start(text[:100])
        self.view.scrollToTop()

    def _on_search_left(self) -> None:
        self.view.setFocus()
        if self.model.rowCount() and not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.model.index(0, 0))

    def _on_filter(self, key: str) -> None:
        self.model.start(pretend=key == _ALL)
        self.view.scrollToTop()

    def _on_with_practice(self) -> None:
        self.filter.choose(_ALL)
        self._on_filter(_ALL)

    def _on_practise(self) -> None:
        self.desk.go("live", "practise")
