"""The Try out page: a stream is played against the rules, on devices that are not there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from app.core.backtests import (
    BacktestRequest,
    Failed,
    Finished,
    Listing,
    ListRequest,
    Playing,
    Scripted,
)
from app.core.backtests import Reading as ReadingNews
from app.core.rules import RulesError, from_content, to_content
from app.gateway.messages import GetRules
from app.gui import words
from app.gui.backtest import wording
from app.gui.backtest.chooser import LAST, NOTHING, OPENED, PROFILE, Chooser, compared_text
from app.gui.backtest.export import as_csv
from app.gui.backtest.process import BacktestProcess
from app.gui.backtest.results import Results
from app.gui.page import Desk, Page
from app.gui.palette import Command
from app.gui.text import tr, trn
from app.gui.widgets.basic import Card, Label, column, holder
from app.gui.widgets.panels import EmptyState, announce
from drivers.contract import N_

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from app.core.backtests import BacktestNews, Source
    from app.gateway.messages import Reply

LAST_10: Final = f"{LAST}10"


class BacktestPage(Page):
    """What to play at the top, what came of it below; one play at a time."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.chooser = Chooser()
        self.results = Results()
        self.process = BacktestProcess()
        self.lister = BacktestProcess()
        self.empty = EmptyState(
            "replay",
            N_("See what your rules do with a whole stream"),
            N_(
                "Choose a stream and press Start. It is played much faster than in real time, "
                "on devices that are not there: nothing moves, and nothing is sent."
            ),
        )
        self.trouble = Label(kind="small", tone="warn", wrap=True)
        # Asked for and not answered yet; what was fetched of it so far.
        self._now: dict[str, Any] | None = None
        self._asking = False
        self._revision = -1
        self._same = False
        # What the result is of: the stream, what it was called, what stood beside.
        self._played: tuple[Source | None, str, str] = (None, "", NOTHING)
        self._build()
        self._connect()
        self._show_profiles()

    def _build(self) -> None:
        self.trouble_card = Card(column(self.trouble, pad=(16, 8, 16, 10)), "warn")
        self.trouble_card.hide()
        self.below = QStackedWidget()
        self.below.addWidget(self.empty)
        self.below.addWidget(self.results)
        top = holder(column(self.chooser, self.trouble_card, gap=8, pad=(24, 16, 24, 4)))
        self.top = top
        page = column(top, self.below, gap=4)
        page.setStretch(1, 1)
        self.setLayout(page)

    def _connect(self) -> None:
        bridge = self.desk.bridge
        self.chooser.started.connect(self.start)
        self.chooser.cancelled.connect(self.cancel)
        self.chooser.listing_wanted.connect(self._on_listing_wanted)
        self.process.told.connect(self._on_told)
        self.lister.told.connect(self._on_listed)
        self.results.export_asked.connect(self.export)
        bridge.profiles_changed.connect(self._show_profiles)
        bridge.revision_changed.connect(self._show_notes)
        # The processes have no parent, so that they can still be ended when the page is gone.
        self.destroyed.connect(self.process.end)
        self.destroyed.connect(self.lister.end)
        keys = QShortcut(QKeySequence("Ctrl+Return"), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.start)

    # ------------------------------------------------------------ what the window asks

    def context(self) -> str:
        return tr("A whole stream in seconds, without moving anything")

    def retranslate(self) -> None:
        self.chooser.retranslate()
        if self.results.result is not None:
            self._show_result(self.results.result)

    def regions(self) -> list[QWidget]:
        return [self.top, self.below]

    def commands(self) -> list[Command]:
        return [
            Command(tr("Try the rules out on a stream"), "replay", "backtest", "start"),
            Command(tr("Try the rules out on the last 10 minutes"), "replay", "backtest", LAST_10),
        ]

    def show_about(self, about: str) -> None:
        """Be ready to start; "room:7000001" chooses a past stream, a path a recording.

        "last:10" plays the last minutes at once.
        """
        if about.startswith(LAST):
            self._start_last(about)
        elif about.startswith("room:"):
            self.chooser.choose("past", about.removeprefix("room:"))
        elif about != "start":
            self.chooser.take_file(about)
        self.chooser.start.setFocus(Qt.FocusReason.OtherFocusReason)

    def _start_last(self, about: str) -> None:
        if self.busy:
            return
        self.chooser.choose("past", about)
        if self.chooser.source() is None:
            self._fail(wording.failure("no_stream", ""))
        self.start()

    def escape(self) -> bool:
        if not self.busy:
            return False
        self.cancel()
        return True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.chooser.browse.isVisibleTo(self.chooser) or self.chooser.source() is None:
            self._on_listing_wanted()

    @property
    def busy(self) -> bool:
        """Whether a stream is being played."""
        return self._asking or self.process.running

    # ------------------------------------------------------------ playing

    def start(self) -> None:
        """Fetch the rules and play."""
        if self.busy or self.chooser.source() is None:
            return
        self._asking, self._now, self._same = True, None, False
        self._played = self.chooser.source(), self.chooser.title(), self.chooser.compared()
        self.trouble_card.hide()
        self.chooser.show_running(running=True)
        self.chooser.show_progress(tr("Fetching the rules…"), 0.0)
        self.desk.bridge.ask(GetRules(), self._on_rules)

    def cancel(self) -> None:
        """End what is at work; nothing of it is kept."""
        if self._asking:
            self._over()
        self.process.cancel()
        self.chooser.cancel.setEnabled(False)

    def _on_rules(self, reply: Reply) -> None:
        if not self._asking:
            return
        if reply.rules is None:
            self._fail(words.failure(reply.code, reply.values))
            return
        self._now, self._revision = reply.rules.content, reply.rules.revision
        compared = self.chooser.compared()
        if compared == NOTHING:
            self._play(None)
        elif compared == OPENED:
            self._play(self._opened(reply.rules.profile, reply.rules.content))
        else:
            name = compared.removeprefix(PROFILE)
            self.desk.bridge.ask(GetRules(profile=name), self._on_other)

    def _on_other(self, reply: Reply) -> None:
        if not self._asking:
            return
        if reply.rules is None:
            self._fail(words.failure(reply.code, reply.values))
        else:
            self._play(reply.rules.content)

    def _opened(self, profile: str, content: dict[str, Any]) -> dict[str, Any] | None:
        """Return the rules as this window first saw them; None if they are the same still."""
        try:
            now = from_content(content)
        except RulesError:
            return None
        first = self.desk.bridge.state.opened.setdefault(profile, now)
        self._same = first == now
        return None if self._same else to_content(first)

    def _play(self, before: dict[str, Any] | None) -> None:
        source = self.chooser.source()
        self._asking = False
        if source is None or self._now is None:
            self._over()
            return
        self.chooser.show_progress(tr("Reading the stream…"), 0.0)
        rules, self._now = self._now, None
        self.process.start(
            BacktestRequest(
                source=source, rules=rules, before=before, profile=str(self.desk.options.folder)
            )
        )

    def _on_told(self, told: BacktestNews) -> None:
        match told:
            case ReadingNews(events=events):
                said = trn("Reading the stream, %Ln event(s)", events)
                self.chooser.show_progress(said, 0.0)
            case Playing(done=done):
                percent = round(done * 100)
                said = tr("Playing, {percent} %", percent=percent)
                self.chooser.show_progress(said, done)
            case Finished():
                self._over()
                self._show_result(told)
                self.results.to_top()
                self.below.setCurrentWidget(self.results)
                announce(self, self.results.summary())
            case Failed(code=code, detail=detail):
                self._fail(wording.failure(code, detail), quiet=code == "cancelled")

    def _over(self) -> None:
        self._asking, self._now = False, None
        self.chooser.show_running(running=False)

    def _fail(self, text: str, *, quiet: bool = False) -> None:
        self._over()
        if quiet:
            self.desk.tell(text)
            return
        self.trouble.show_text(text)
        self.trouble_card.show()
        announce(self, text)

    # ------------------------------------------------------------ what shows

    def _show_result(self, result: Finished) -> None:
        source, title, compared = self._played
        if isinstance(source, Scripted):
            title = tr(wording.SCRIPTS[source.name][0])
        if result.before is not None:
            beside = compared_text(compared)
            title = tr("{stream}, compared with: {compared}", stream=title, compared=beside)
        self.results.show_result(result, title, self._notes(result))

    def _show_notes(self) -> None:
        if self.results.result is not None:
            self.results.show_notes(self._notes(self.results.result))

    def _notes(self, result: Finished) -> list[str]:
        notes = []
        if self.desk.bridge.state.rules_revision > self._revision >= 0:
            notes.append(tr("The rules have been changed since. Press Start to play again."))
        if self._same:
            notes.append(tr("The rules are as they were when this window was opened."))
        if result.practice and not self.desk.bridge.state.devices:
            notes.append(tr("You have no devices yet, so practice devices were used."))
        if result.now.set_aside:
            names = ", ".join(result.now.set_aside)
            notes.append(tr("These rules cannot be read and took no part: {names}.", names=names))
        if result.now.requests:
            what = wording.requests(result.now.requests)
            notes.append(tr("Asked for and not sent: {what}.", what=what))
        return notes

    def _show_profiles(self) -> None:
        self.chooser.show_profiles(self.desk.bridge.state.profiles)

    def _on_listing_wanted(self) -> None:
        if not self.lister.running:
            self.lister.start(ListRequest(profile=str(self.desk.options.folder)))

    def _on_listed(self, told: BacktestNews) -> None:
        self.chooser.show_listing(
            told if isinstance(told, Listing) else Listing(streams_unread=True)
        )

    # ------------------------------------------------------------ keeping

    def export(self) -> None:
        """Ask where to, and keep the result as a table."""
        dialog = QFileDialog(self, tr("Save as table (CSV)"), f"{tr('Try out')}.csv")
        dialog.setObjectName("save_table")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.setNameFilters([tr("Tables (*.csv)"), tr("All files (*)")])
        dialog.fileSelected.connect(self.export_to)
        dialog.open()

    def export_to(self, path: str) -> None:
        """Write the result to a file."""
        result = self.results.result
        if result is None:
            return
        try:
            # Spreadsheets take a file without the mark for the alphabet of their own country.
            Path(path).write_text(as_csv(result), encoding="utf-8-sig", newline="")
        except OSError as error:
            self.desk.tell(tr("The file could not be written: {why}", why=error.strerror or ""))
        else:
            self.desk.tell(tr("Saved as {name}.", name=Path(path).name))
