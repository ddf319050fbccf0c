"""Above and below the list: search, filters, what is chosen. Rule: they tell, the page does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QPainter
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from app.core.parts import Trigger, parts
from app.core.speech import ROLES
from app.gui import icons
from app.gui.rules.filters import Wanted
from app.gui.text import language_code, number, tr, trn
from app.gui.widgets.basic import Button, ElidedLabel, Label, row
from drivers.contract import N_

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from app.gui.rules.desk import RuleDesk

_PAUSE_MS: Final = 150
_STATES: Final = {
    "": N_("On or off"),
    "on": N_("On"),
    "off": N_("Off"),
    "warnings": N_("With a warning"),
}


class Search(QLineEdit):
    """A search field; `sought` comes when the typing pauses, `left` with Down or Enter."""

    sought = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("rule_search")
        self.setClearButtonEnabled(False)
        self._clear = QAction(self)
        self._clear.triggered.connect(self.clear)
        self.setTextMargins(24, 0, 0, 0)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._on_pause)
        self.textChanged.connect(self._on_text)
        self.retranslate()

    def retranslate(self) -> None:
        """Follow language and theme."""
        self.setPlaceholderText(tr("Search rules"))
        self.setAccessibleName(tr("Search rules"))
        self.setToolTip(tr("Name, gift, device or a word of the sentence ({keys})", keys="Ctrl+F"))
        self._clear.setIcon(icons.icon("cross", "text2", size=16))
        self._clear.setText(tr("Clear the search"))
        self._clear.setVisible(bool(self.text()))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        place = QRectF(11, (self.height() - 18) / 2, 18, 18)
        icons.paint(QPainter(self), "search", place, "muted")

    def _on_text(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        if text:
            self._pause.start()
        else:
            self._on_pause()

    def _on_pause(self) -> None:
        self._pause.stop()
        self.sought.emit(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_pause()
            self.left.emit()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.LanguageChange) and hasattr(
            self, "_clear"
        ):
            self.retranslate()
        super().changeEvent(event)


class FilterButton(Button):
    """A button that opens the filters; `filtered` carries what is asked for."""

    filtered = Signal(object)

    def __init__(self, desk: RuleDesk) -> None:
        super().__init__(N_("Filter"), "icon", "filter")
        self.setObjectName("rule_filter")
        self.setCheckable(True)
        self._desk = desk
        self._wanted = Wanted()
        self.clicked.connect(self._on_clicked)

    def show_wanted(self, wanted: Wanted) -> None:
        """Show whether anything is filtered."""
        self._wanted = wanted
        self.setChecked(wanted.count > 0)

    def menu_now(self) -> QMenu:
        """Return the menu with the kinds and devices that there are."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._choices(menu, "state", {key: tr(text) for key, text in _STATES.items()})
        menu.addSeparator()
        when = QMenu(tr("When"), menu)
        self._choices(when, "when", {"": tr("Anything"), **self._kinds()})
        menu.addMenu(when)
        device = QMenu(tr("Device"), menu)
        self._choices(device, "device", {"": tr("Any device"), **self._devices()})
        menu.addMenu(device)
        if self._wanted.count:
            menu.addSeparator()
            clear = QAction(tr("Clear filters"), menu)
            clear.triggered.connect(self._on_clear)
            menu.addAction(clear)
        return menu

    def _choices(self, menu: QMenu, field: str, choices: dict[str, str]) -> None:
        group = QActionGroup(menu)
        for key, text in choices.items():
            action = QAction(text.replace("&", "&&"), group)
            action.setCheckable(True)
            action.setChecked(getattr(self._wanted, field) == key)
            action.setData((field, key))
            action.triggered.connect(self._on_chosen)
            menu.addAction(action)

    def _kinds(self) -> dict[str, str]:
        used = {rule.when.key for rule in self._desk.document.rules.rules}
        kinds = parts(Trigger).found
        names = {key: tr(kinds[key].title) for key in used if key in kinds}
        return dict(sorted(names.items(), key=lambda one: one[1]))

    def _devices(self) -> dict[str, str]:
        state = self._desk.bridge.state
        names = {device.id: device.name for device in state.devices.values()}
        place = 1 if language_code() == "vi" else 0
        return names | {role: both[place] for role, both in ROLES.items()}

    def _on_clicked(self) -> None:
        self.setChecked(self._wanted.count > 0)
        self.menu_now().popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _on_chosen(self) -> None:
        action = self.sender()
        if not isinstance(action, QAction):
            return
        field, key = action.data()
        values = {"state": self._wanted.state, "when": self._wanted.when}
        values |= {"device": self._wanted.device, field: key}
        self.filtered.emit(Wanted(self._wanted.text, **values))

    def _on_clear(self) -> None:
        self.filtered.emit(Wanted(self._wanted.text))


class FoundLine(QWidget):
    """While something is filtered: how many fit, and the way back to all."""

    cleared = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words = Label(kind="caption")
        self.clear = Button(N_("Show all"), "link")
        self.clear.clicked.connect(self.cleared)
        layout = row(self.words, self.clear, gap=4, pad=(2, 0, 0, 0))
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.hide()

    def show_found(self, wanted: Wanted, shown: int, of: int) -> None:
        """Tell how many fit; hidden while everything shows."""
        self.setVisible(wanted.active)
        self.words.show_text(tr("{n} of {all}", n=number(shown), all=trn("%Ln rule(s)", of)))


class ChosenBar(QWidget):
    """What can be done to several chosen rules at once."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.words = ElidedLabel(kind="small", tone="text")
        self.buttons: dict[str, Button] = {}
        for verb, source, icon in (
            ("on", N_("Turn on"), "play"),
            ("off", N_("Turn off"), "pause"),
            ("into", N_("Move to group"), "folder"),
            ("copy", N_("Copy"), "copy"),
            ("delete", N_("Delete"), "trash"),
        ):
            button = Button(source, "icon", icon)
            button.setProperty("verb", verb)
            button.clicked.connect(self._on_clicked)
            self.buttons[verb] = button
        layout = row(self.words, *self.buttons.values(), gap=2, pad=(8, 0, 0, 0))
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.hide()

    def show_count(self, count: int) -> None:
        """Show how many are chosen; hidden below two."""
        self.setVisible(count > 1)
        self.words.show_text(trn("%Ln rule(s) chosen", count))

    def _on_clicked(self) -> None:
        sender: QObject = self.sender()
        self.asked.emit(str(sender.property("verb")))
