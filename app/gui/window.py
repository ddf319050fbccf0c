"""The main window: rail, header, banner, pages. Rule: STOP is in reach on every page, always."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from app.core.notices import NoticeCode
from app.gateway.messages import SetRulesRunning
from app.gui import status
from app.gui.counts.keys import RuleKeys
from app.gui.dialogs import ResumeSheet
from app.gui.page import Desk, FoundPages, Page, Visits
from app.gui.palette import Command, Palette
from app.gui.stop_keys import StopKeys
from app.gui.text import tr
from app.gui.theme import theme
from app.gui.widgets.basic import column, holder, row
from app.gui.widgets.header import Header
from app.gui.widgets.panels import Banner, Toast, announce
from app.gui.widgets.rail import Rail
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import (
        QCloseEvent,
        QDragEnterEvent,
        QDropEvent,
        QHideEvent,
        QResizeEvent,
        QShowEvent,
    )

_WIDE: Final = 1160
_MINIMUM: Final = (960, 600)
_NOTHING: Final = ("", 0)
_PAGES: Final = ("pages", 0)


class Window(QMainWindow):
    """The window. `close_asked` fires instead of closing; the application decides what it means."""

    close_asked = Signal()

    def __init__(self, desk: Desk, found: FoundPages) -> None:
        super().__init__()
        self.desk = desk
        self.setObjectName("canvas")
        self.setWindowTitle("Giftwire")
        self.setAcceptDrops(True)
        self.setMinimumSize(*_MINIMUM)
        room = self.screen().availableSize()
        width, height = desk.options.values.size
        self.resize(min(width, room.width()), min(height, room.height()))
        self._visits = Visits(found, desk)
        self.pages = self._visits.pages
        self.rail = Rail(found.pages)
        self.header = Header()
        self.banner = Banner()
        self.stack = desk.nest = QStackedWidget()
        self._notice = _NOTHING
        self._was_stopped = False
        self._read: set[tuple[str, int]] = set()
        self._build()
        self.toast = Toast(self.stack)
        self._connect()
        self._bind_keys()
        for key in self._visits.cards:
            if self.go(key):
                break
        self.show_state()

    @property
    def page(self) -> Page | None:
        """Return the page in sight."""
        page = self.stack.currentWidget()
        return page if isinstance(page, Page) else None

    # ------------------------------------------------------------ building

    def _build(self) -> None:
        self._banner_box = holder(column(self.banner, pad=(24, 12, 24, 0)))
        self._banner_box.hide()
        right = column(self.header, self._banner_box, self.stack, gap=0)
        right.setStretch(2, 1)
        body = holder(row(self.rail, holder(right), gap=0))
        body.setObjectName("canvas")
        layout = body.layout()
        if layout is not None:
            layout.setContentsMargins(0, 0, 0, 0)
        self.setCentralWidget(body)
        # Focus goes rail, rules switch, chips, STOP, then the page.
        QWidget.setTabOrder(self.rail.list, self.rail.switch)
        QWidget.setTabOrder(self.rail.switch, self.header.tiktok)
        QWidget.setTabOrder(self.header.tiktok, self.header.devices)
        QWidget.setTabOrder(self.header.devices, self.header.stop)

    def _connect(self) -> None:
        bridge = self.desk.bridge
        for signal in (
            bridge.link_changed,
            bridge.stream_changed,
            bridge.devices_changed,
            bridge.stop_changed,
            bridge.rules_changed,
            bridge.notices_changed,
        ):
            signal.connect(self.show_state)
        bridge.stop_changed.connect(self._on_stop_changed)
        theme.changed.connect(self._fit)
        bridge.failed.connect(self.tell)
        self.desk.told.connect(self.tell)
        self.desk.page_asked.connect(self.go)
        self.rail.chosen.connect(self.go)
        self.rail.rules_switched.connect(self._on_rules_switched)
        # On press, not on release: a finger that stays down has meant it already.
        self.header.stop.pressed.connect(self.stop_all)
        self.header.tiktok.clicked.connect(self._on_tiktok)
        self.header.devices.clicked.connect(self._on_devices)
        self.banner.action.clicked.connect(self._on_banner)

    def _bind_keys(self) -> None:
        def bind(keys: str, slot: Callable[[], None]) -> None:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.ApplicationShortcut)
            shortcut.activated.connect(slot)

        keys = StopKeys(self, self.desk)
        keys.pressed.connect(self.stop_all)
        self.desk.rule_keys = RuleKeys(self, self.desk)
        self.desk.options_changed.connect(self.show_state)
        bind("Ctrl+P", self._on_pause_key)
        bind("Ctrl+K", self.open_palette)
        bind("F6", self._on_next_region)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.activated.connect(self._on_escape)
        for place, key in enumerate(self._visits.cards):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{place + 1}"), self)
            shortcut.setProperty("page", key)
            shortcut.activated.connect(self._on_page_key)

    # ------------------------------------------------------------ pages

    def go(self, key: str, about: str = "") -> bool:
        """Show a page, built on its first visit; False if there is none that works."""
        page = self._visits.page(key)
        if page is None:
            self._show_broken()
            return False
        if self.stack.indexOf(page) < 0:
            page.context_changed.connect(self._show_context)
            self.stack.addWidget(page)
            page.fit(self.width(), self.height())
        self.stack.setCurrentWidget(page)
        self.rail.choose(key)
        self._show_context()
        if about:
            page.show_about(about)
        return True

    def _show_broken(self) -> None:
        """Tell of a page that cannot be visited; the one in sight stays."""
        if self.page is not None:
            self.rail.choose(self.page.key)
        self._read.discard(_PAGES)
        self._show_banner()

    def tell(self, text: str) -> None:
        """Show a short message."""
        self.toast.present(text)

    def show_state(self) -> None:
        """Bring rail, header and banner up to date."""
        state = self.desk.bridge.state
        self.rail.show_state(state)
        self.header.show_state(state)
        self._show_banner()
        self._show_context()

    def _show_context(self) -> None:
        page = self.page
        if page is not None:
            self.header.show_page(tr(self._visits.cards[page.key].title), page.context())

    def _show_banner(self) -> None:
        state = self.desk.bridge.state
        self._notice = _NOTHING
        action = ""
        if state.stop.stopped:
            self.banner.present("danger", tr("Everything is stopped."), status.stop_sentence(state))
            action = N_("Resume…")
            self.banner.action.setEnabled(state.connected)
        elif state.known and not state.connected:
            words = status.core_words(state)
            self.banner.present("warn", words.headline, words.hint)
        elif not self._show_notice():
            self._banner_box.hide()
            self.banner.hide()
            return
        if self._notice != _NOTHING:
            action = N_("Got it")
            self.banner.action.setEnabled(True)
        self.banner.action.setVisible(bool(action))
        if action:
            got_it = self._notice != _NOTHING
            icon = "check" if got_it else "play"
            self.banner.action.show_kind("" if got_it else "resume")
            self.banner.action.show_source(action, icon)
        self._banner_box.show()

    def _show_notice(self) -> bool:
        order = {"error": 0, "warning": 1, "info": 2}
        fresh = [
            one
            for one in self.desk.bridge.state.notices
            if (one.key, one.at_ms) not in self._read and one.code != NoticeCode.RULE_NOTE
        ]
        fresh.sort(key=lambda notice: order.get(notice.level, 2))
        if not fresh and self._visits.broken and _PAGES not in self._read:
            self._notice = _PAGES
            self.banner.present("warn", tr("A page could not be loaded."), self._visits.names())
            return True
        if not fresh:
            return False
        sentence, hint = status.notice_words(fresh[0])
        self._notice = (fresh[0].key, fresh[0].at_ms)
        tone = "danger" if fresh[0].level == "error" else "warn"
        self.banner.present(tone, sentence, hint)
        return True

    # ------------------------------------------------------------ what people do

    def stop_all(self) -> None:
        """Stop every device now; pressing again sends it again."""
        self.desk.bridge.stop_all("desk")

    def open_resume(self) -> None:
        """Ask for the deliberate hold that releases STOP."""
        if self.findChild(ResumeSheet) is not None or not self.desk.bridge.state.connected:
            return
        sheet = ResumeSheet(self, self.desk.bridge.state)
        sheet.confirmed.connect(self.desk.bridge.resume)
        sheet.open()

    def open_palette(self) -> None:
        """Open the list of commands, to be found by typing."""
        if self.findChild(Palette) is None:
            Palette(self, self.commands()).open()

    def commands(self) -> list[Command]:
        """Return everything that can be done by typing its name."""
        state = self.desk.bridge.state
        found = [
            Command(tr("Go to {page}", page=tr(card.title)), card.icon, "page", key)
            for key, card in self._visits.cards.items()
        ]
        if state.connected and not state.stop.stopped:
            pause = N_("Pause rules") if state.rules_running else N_("Continue rules")
            found.append(Command(tr(pause), "pause", "pause"))
        found.append(Command(tr("STOP ALL"), "stop", "stop"))
        if state.stop.stopped:
            found.append(Command(tr("Resume…"), "play", "resume"))
        found += [
            Command(tr("Open {name}", name=device.name), "devices", "open", device.id)
            for device in state.devices.values()
        ]
        return found + [one for page in self.pages.values() for one in page.commands()]

    def run_command(self, command: Command) -> None:
        """Do what was chosen in the list of commands."""
        if command.verb == "page":
            self.go(command.about)
        elif command.verb == "open":
            self.go("devices", command.about)
        elif command.verb in self.pages:
            self.go(command.verb, command.about)
        else:
            {
                "pause": self._on_pause_key,
                "stop": self.stop_all,
                "resume": self.open_resume,
            }[command.verb]()

    def _on_banner(self) -> None:
        if self.desk.bridge.state.stop.stopped:
            self.open_resume()
        elif self._notice != _NOTHING:
            self._read.add(self._notice)
            self._show_banner()

    def _on_stop_changed(self) -> None:
        stopped = self.desk.bridge.state.stop.stopped
        if stopped == self._was_stopped:
            return
        self._was_stopped = stopped
        announce(self, tr("Everything is stopped.") if stopped else tr("Resumed."))

    def _on_rules_switched(self, on: bool) -> None:
        self.desk.bridge.ask(SetRulesRunning(on=on))

    def _on_pause_key(self) -> None:
        state = self.desk.bridge.state
        if state.connected and not state.stop.stopped:
            self._on_rules_switched(not state.rules_running)

    def _on_tiktok(self) -> None:
        self.go("live", "" if self.desk.bridge.state.stream.link.stage == "online" else "user")

    def _on_devices(self) -> None:
        self.go("devices")

    def _on_page_key(self) -> None:
        self.go(str(self.sender().property("page")))

    def _on_escape(self) -> None:
        if self.page is not None:
            self.page.escape()

    def _on_next_region(self) -> None:
        regions: list[QWidget] = [self.rail, self.header]
        if self.banner.isVisible() and self.banner.action.isVisible():
            regions.append(self.banner)
        regions += self.page.regions() if self.page is not None else [self.stack]
        focus: QWidget | None = self.focusWidget()
        place = -1
        if focus is not None:
            place = next((n for n, r in enumerate(regions) if r.isAncestorOf(focus)), -1)
        target = _first_stop(regions[(place + 1) % len(regions)])
        if target is not None:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # ------------------------------------------------------------ Qt events

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped_file(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Show what a file of rules would do; nothing of it is taken yet."""
        path = _dropped_file(event.mimeData())
        if path:
            event.acceptProposedAction()
            self.activateWindow()
            self.go("rules", f"open:{path}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < _WIDE
        self.rail.set_narrow(narrow=narrow)
        self.header.set_compact(compact=narrow)
        for page in self.pages.values():
            page.fit(self.width(), self.height())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.show_state()
        elif event.type() == QEvent.Type.WindowStateChange:
            self.desk.bridge.show(visible=self.isVisible() and not self.isMinimized())
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.desk.bridge.show(visible=not self.isMinimized())

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.desk.bridge.show(visible=False)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        if not self.isMaximized():
            self.desk.options.save(size=(self.width(), self.height()))
        self.close_asked.emit()


def _dropped_file(mime: QMimeData) -> str:
    """Return the one file that is dropped, "" for anything else."""
    urls = mime.urls()
    return urls[0].toLocalFile() if len(urls) == 1 and urls[0].isLocalFile() else ""


def _first_stop(region: QWidget) -> QWidget | None:
    """Return the first widget of a region that Tab would stop at."""
    candidates = [
        widget
        for widget in region.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    return candidates[0] if candidates else None
