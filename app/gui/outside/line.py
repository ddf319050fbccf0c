"""One setting in a line: picture, name, explanation, control. Rule: all settings look this way."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.gui.widgets.basic import Label, Tile, column, row


class SettingLine(QWidget):
    """Words at the left, the control at the right."""

    def __init__(self, icon: str, title: str, text: str, control: QWidget) -> None:
        super().__init__()
        self.title = Label(title, "strong")
        self.words = Label(text, "small", wrap=True)
        layout = row(
            Tile(icon, "none", 36, 20),
            column(self.title, self.words, gap=0),
            control,
            gap=12,
            pad=(0, 10, 0, 10),
        )
        layout.setStretch(1, 1)
        layout.setAlignment(control, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(layout)
