"""The rule in one sentence, in the colours of its roles. Rule: what is missing is a link."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy

from app.gui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.core.speech import Segment

_INK: Final = {"plain": "text2", "when": "when", "iff": "iff", "do": "do", "limit": "limit"}


class Sentence(QLabel):
    """Shows segments. `missing_chosen` carries which missing part was followed, from 0."""

    missing_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._segments: tuple[Segment, ...] = ()
        self.setObjectName("sentence")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.linkActivated.connect(self._on_link)
        theme.changed.connect(self._draw)

    def show_segments(self, segments: Sequence[Segment]) -> None:
        """Show a sentence."""
        segments = tuple(segments)
        if segments != self._segments:
            self._segments = segments
            self._draw()

    def words(self) -> str:
        """Return the sentence as plain text."""
        return "".join(segment.text for segment in self._segments)

    def _draw(self) -> None:
        pieces: list[str] = []
        missing = 0
        for segment in self._segments:
            text = html.escape(segment.text)
            if segment.role == "missing":
                ink = theme.value("warn")
                pieces.append(f'<a href="{missing}" style="color:{ink}">{text}</a>')
                missing += 1
            else:
                ink = theme.value(_INK[segment.role])
                weight = 400 if segment.role == "plain" else 600
                pieces.append(f'<span style="color:{ink};font-weight:{weight}">{text}</span>')
        self.setText(f'<div style="line-height: 145%">{"".join(pieces)}</div>')
        self.setAccessibleName(self.words())
        # With nothing to follow there is no reason to stop here with Tab.
        focus = Qt.FocusPolicy.StrongFocus if missing else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(focus)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._draw()

    def _on_link(self, link: str) -> None:
        if link.isdigit():
            self.missing_chosen.emit(int(link))
