"""The History page: every gift that ever came, page by page, and why it did what it did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from app.gateway.messages import PastGifts, PastStreams
from app.gui import status
from app.gui.history.explaining import Explaining
from app.gui.history.export import Export, progress
from app.gui.history.filters import Filters
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

    from app.gateway.messages import Reply
    from app.gateway.views import FeedRow

_LIVE, _ALL = "live", "all"


class HistoryPage(Page):
    """Search and filter above the list; a chosen gift opens what happened to it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.model = PastModel(desk.bridge, self)
        self.view = PastView(self.model)
        self._export: Export | None = None
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
        self.saving = Label(kind="caption")
        self.cover = EmptyState("clock")
        self.practise = Button(N_("Practise"), "primary", "gift")
        self.clear = Button(N_("Show all"))
        self.retry = Button(N_("Try again"), "primary", "refresh")
        self.with_practice = Button(N_("With practice"))
        self.cover.offer(self.practise, self.clear, self.retry, self.with_practice)
        self.lists = QStackedWidget()
        for part in (self.view, self.cover):
            self.lists.addWidget(part)
        self.filters = Filters()
        self.save = Button(N_("Save as table (CSV)"), "icon", "file")
        self.stop = Button(N_("Cancel"), "link")
        self.stop.hide()
        top = row(self.search, self.filter, self.fresh, self.save, gap=12, pad=(12, 12, 12, 0))
        top.setStretch(0, 1)
        second = row(self.filters, pad=(12, 0, 12, 4))
        foot = row(self.note, None, self.saving, self.stop, gap=8, pad=(16, 0, 16, 4))
        inside = column(top, second, self.lists, foot, gap=8, pad=(0, 0, 0, 4))
        inside.setStretch(2, 1)
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
        self.filters.changed.connect(self._on_filters)
        self.save.clicked.connect(self.export)
        self.stop.clicked.connect(self._on_stop)
        bridge.devices_changed.connect(self._show_devices)
        self.fresh.clicked.connect(self.reload)
        self.practise.clicked.connect(self._on_practise)
        self.clear.clicked.connect(self._on_clear)
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
        self.filters.retranslate()
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
        self._show_devices()
        if not self.model.known and not self.model.reading:
            self.reload()

    # ------------------------------------------------------------ what shows

    def reload(self) -> None:
        """Read again from the newest gift on."""
        self.fresh.hide()
        self.desk.bridge.ask(PastStreams(), self._on_streams)
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
        elif self.filters.any:
            icon, title = "search", tr("Nothing fits")
            text = tr("Likes, joins, comments and the viewer count are kept only where a rule "
                      "did something.")  # fmt: skip
            buttons = {self.clear}
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
        kind = self.filters.chosen()["kind"]
        pretend = self.model.pretend
        wanted = [r for r in rows if kind in ("", r.kind) and (pretend or r.source == _LIVE)]
        if wanted and self.model.known and not self.filters.over:
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

    def _on_filters(self) -> None:
        self.model.start(filters=self.filters.chosen())
        self.view.scrollToTop()

    def _on_clear(self) -> None:
        self.search.clear()
        if self.filters.any:
            self.filters.reset()

    def _on_streams(self, reply: Reply) -> None:
        if reply.streams is not None:
            self.filters.show_streams(reply.streams)

    def _show_devices(self) -> None:
        devices = self.desk.bridge.state.devices
        self.filters.show_devices({key: one.name for key, one in devices.items()})

    def _on_with_practice(self) -> None:
        self.filter.choose(_ALL)
        self._on_filter(_ALL)

    def _on_practise(self) -> None:
        self.desk.go("live", "practise")

    # ------------------------------------------------------------ keeping

    def export(self) -> None:
        """Ask where to, and keep what is shown, and what would come as one scrolls, as a table."""
        dialog = QFileDialog(self, tr("Save as table (CSV)"), f"{tr('History')}.csv")
        dialog.setObjectName("save_history")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.setNameFilters([tr("Tables (*.csv)"), tr("All files (*)")])
        dialog.fileSelected.connect(self.export_to)
        dialog.open()

    def export_to(self, path: str) -> None:
        """Write it to a file, page by page; one at a time."""
        if self._export is not None:
            return
        model = self.model
        asked = model.request(0, 0, 1).model_copy

        def ask(before_ms: int, before_row: int, limit: int) -> PastGifts:
            # What is chosen meanwhile is for the list.
            place = {"before_ms": before_ms, "before_row": before_row, "limit": limit}
            return asked(update=place)

        self._export = Export(self.desk.bridge, path, ask, model.device, self)
        self._export.wrote.connect(self._on_wrote)
        self._export.over.connect(self._on_saved)
        self.stop.show()
        self.save.setEnabled(False)
        self._on_wrote(0)
        self._export.start()

    def _on_stop(self) -> None:
        if self._export is not None:
            self._export.cancel()

    def _on_wrote(self, rows: int) -> None:
        self.saving.show_text(progress(rows))

    def _on_saved(self, why: str) -> None:
        export, self._export = self._export, None
        self.stop.hide()
        self.saving.show_text("")
        self.save.setEnabled(True)
        if export is not None:
            self.desk.tell(why or tr("Saved as {name}.", name=export.path.name))
            export.deleteLater()
