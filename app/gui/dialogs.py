"""Sheets and questions. Rule: opened, never executed; the answer comes as a signal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from app.gui.text import tr
from app.gui.theme import theme
from app.gui.tokens import WIDTH
from app.gui.widgets.basic import Button, Card, Label, column, holder, row, scroll
from app.gui.widgets.controls import HoldButton
from app.gui.widgets.flow import settle
from drivers.contract import N_

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QKeyEvent

    from app.gui.models.state import State

RESUME_HOLD_MS = 1000


class Question(QDialog):
    """A small window-modal question; Enter chooses the safe answer."""

    def __init__(self, parent: QWidget, title: str, text: str, do_it: str, leave_it: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(420)
        heading, words = Label(kind="heading"), Label(kind="small", wrap=True)
        heading.show_text(title)
        words.show_text(text)
        self.yes, self.no = Button(), Button(kind="primary")
        self.yes.setText(do_it)
        self.no.setText(leave_it)
        self.no.setDefault(True)
        self.yes.clicked.connect(self.accept)
        self.no.clicked.connect(self.reject)
        self.setLayout(
            column(heading, words, 8, row(None, self.yes, self.no), gap=8, pad=(24, 20, 24, 20))
        )
        self.no.setFocus()


class ResumeSheet(QDialog):
    """Asks for a deliberate hold before anything may run again; Enter never confirms."""

    confirmed = Signal()

    def __init__(self, parent: QWidget, state: State) -> None:
        super().__init__(parent)
        self.setObjectName("resume_sheet")
        self.setWindowTitle(tr("Resume"))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(460)
        self.hold = HoldButton(N_("Hold for one second to resume"), "play", hold_ms=RESUME_HOLD_MS)
        self.hold.setObjectName("resume_hold")
        self.hold.held.connect(self._on_held)
        self.stay = Button(N_("Stay stopped"))
        self.stay.clicked.connect(self.reject)
        parts = column(Label(N_("Resume?"), "title"), gap=8, pad=(24, 20, 24, 20))
        intro = Label(
            N_(
                "These may move again as soon as the next gift arrives. "
                "Nothing that was waiting before STOP comes back."
            ),
            "small",
            wrap=True,
        )
        parts.addWidget(intro)
        parts.addWidget(_listing(N_("RULES THAT ARE ON"), [r.name for r in state.rules if r.on]))
        parts.addWidget(
            _listing(
                N_("DEVICES THAT ARE READY"),
                [d.name for d in state.devices.values() if d.link.stage == "online"],
            )
        )
        parts.addSpacing(8)
        parts.addLayout(row(None, self.stay, self.hold))
        self.setLayout(parts)
        self.stay.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            return
        super().keyPressEvent(event)

    def _on_held(self) -> None:
        self.confirmed.emit()
        self.accept()


def _listing(title: str, names: list[str]) -> Card:
    shown = names[:6]
    layout = column(Label(title, "over"), gap=2, pad=(12, 8, 12, 10))
    for name in shown:
        line = Label(kind="small", tone="text")
        line.show_text(name)
        layout.addWidget(line)
    rest = len(names) - len(shown)
    if rest or not names:
        line = Label(kind="small")
        line.show_text(tr("and {n} more", n=rest) if rest else tr("None"))
        layout.addWidget(line)
    return Card(layout, "inset")


class SideSheet(QWidget):
    """A panel over the right side of a page.

    The page closes it on Esc (two shortcuts of one key cancel each other); the focus goes back.
    """

    closed = Signal()

    def __init__(self, parent: QWidget, title: str) -> None:
        super().__init__(parent)
        self._host = parent
        self._before: QWidget | None = None
        self.title = Label(title, "title", wrap=True)
        self.close_button = Button(N_("Close"), "icon", "cross", shortcut="Esc")
        self.close_button.clicked.connect(self.dismiss)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        self.body.setContentsMargins(24, 0, 24, 24)
        self._inner = holder(self.body)
        self.area = scroll(self._inner)
        head = row(self.title, self.close_button, gap=8, pad=(24, 16, 16, 8))
        head.setStretch(0, 1)
        # Stays above what scrolls.
        self.head = column(head, gap=8)
        # Stays below it.
        self.foot = column(gap=8)
        card = Card(column(self.head, self.area, self.foot, gap=8), "sheet")
        outer = column(card)
        self.setLayout(outer)
        parent.installEventFilter(self)
        self.hide()

    def present(self) -> None:
        """Open over the parent's right side."""
        window = self.window()
        if not self.isVisible():
            self._before = window.focusWidget()
        self._place()
        self.show()
        self.raise_()
        self.close_button.setFocus()

    def dismiss(self) -> None:
        """Close and give the focus back."""
        if self.isHidden():
            return
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()
        self._before = None
        self.closed.emit()

    def clear(self) -> None:
        """Empty the body."""
        while (item := self.body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def settle(self) -> None:
        """Lay out at once what was put into the body: else it is squeezed for a moment."""
        directly = Qt.FindChildOption.FindDirectChildrenOnly
        for part in self._inner.findChildren(QWidget, options=directly):
            chosen = part.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
            if part.isHidden() and not chosen:
                part.show()
        settle(self._inner)
        QCoreApplication.sendEvent(self.area, QEvent(QEvent.Type.LayoutRequest))

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._host:
            self._place()
        return False

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.dismiss()

    def _place(self) -> None:
        room = self._host.rect()
        width = min(theme.px(WIDTH["sheet"]), room.width())
        self.setGeometry(room.width() - width, 0, width, room.height())


class NameDialog(QDialog):
    """Asks for a name; `named` carries it. Enter accepts, Esc leaves everything as it was."""

    named = Signal(str)

    def __init__(self, parent: QWidget, title: str, name: str, do_it: str) -> None:
        super().__init__(parent)
        self.setObjectName("name_dialog")
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(400)
        heading = Label(kind="heading")
        heading.show_text(title)
        self.field = QLineEdit(name)
        self.field.setMaxLength(60)
        self.field.setAccessibleName(tr("Name"))
        self.field.selectAll()
        self.yes, self.no = Button(kind="primary"), Button(N_("Cancel"))
        self.yes.setText(do_it)
        self.yes.setDefault(True)
        self.yes.clicked.connect(self._on_yes)
        self.no.clicked.connect(self.reject)
        self.field.textChanged.connect(self._on_text)
        buttons = row(None, self.no, self.yes)
        self.setLayout(column(heading, self.field, 8, buttons, gap=10, pad=(24, 20, 24, 20)))
        self.field.setFocus()

    def _on_text(self, text: str) -> None:
        self.yes.setEnabled(bool(text.strip()))

    def _on_yes(self) -> None:
        name = self.field.text().strip()
        if name:
            self.named.emit(name)
            self.accept()
