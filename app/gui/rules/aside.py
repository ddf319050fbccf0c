"""A rule that could not be read: why, what it says, and the ways out. Rule: it is never lost."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.gui.text import language_code, tr
from app.gui.widgets.basic import Button, Label, Tile, column, row
from drivers.contract import N_

if TYPE_CHECKING:
    from app.core.rules import SetAside


class AsidePanel(QWidget):
    """Stands in the editor's place. `delete_asked` and `file_asked` are for the page to do."""

    delete_asked = Signal()
    file_asked = Signal()
    told = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("rule_aside")
        self.name = Label(kind="title", wrap=True)
        self.intro = Label(
            N_(
                "This rule could not be read, so it does not run. It is kept in the file as it was "
                "written: fix it there, or delete it."
            ),
            "small",
            wrap=True,
        )
        self.why = Label(kind="small", tone="warn", wrap=True)
        self.raw = QPlainTextEdit()
        self.raw.setReadOnly(True)
        self.file = Button(N_("Show file"), "primary", "file")
        self.copy = Button(N_("Copy"), "", "copy")
        self.delete = Button(N_("Delete"), "", "trash")
        head = row(Tile("warn", "warn", 40, 22), self.name, gap=12)
        head.setStretch(1, 1)
        buttons = row(self.file, self.copy, self.delete, None)
        body = column(head, self.intro, self.why, self.raw, buttons, gap=12, pad=(4, 0, 0, 0))
        body.setStretch(3, 1)
        self.setLayout(body)
        self.file.clicked.connect(self.file_asked)
        self.copy.clicked.connect(self._on_copy)
        self.delete.clicked.connect(self.delete_asked)

    def show_aside(self, aside: SetAside) -> None:
        """Show one."""
        self.name.show_text(aside.name or tr("Rule without a name"))
        code = language_code()
        self.why.show_text(" · ".join(one.sentence(code) for one in aside.problems[:5]))
        self.raw.setAccessibleName(tr("As it is written"))
        self.raw.setPlainText(json.dumps(aside.raw, ensure_ascii=False, indent=2))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.raw.toPlainText())
        self.told.emit(tr("Copied"))
