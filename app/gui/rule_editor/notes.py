"""Warnings in their places, each with its cure. Rule: a warning stops nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.core.checks import cured
from app.core.checks_words import cure_sentence, warning_sentence
from app.gui.rule_editor.buttons import WordedButton
from app.gui.rule_editor.draft import has
from app.gui.text import tr
from app.gui.theme import theme
from app.gui.widgets.basic import Label, Tile, column, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.core.check_rule import RuleWarning
    from app.gui.rule_editor.draft import Place
    from app.gui.rule_editor.part_list import Kit


class Note(QWidget):
    """One warning: a sign, what will happen, and the cure."""

    def __init__(self, kit: Kit, warning: RuleWarning) -> None:
        super().__init__()
        self._kit, self.warning = kit, warning
        speaker = kit.around.speaker()
        side = theme.px(22)
        self.words = Label(kind="small", tone="warn", wrap=True)
        self.words.show_text(warning_sentence(warning, speaker))
        self.cure = WordedButton(kind="link")
        words = cure_sentence(warning, speaker)
        self.cure.show_words(words)
        self.cure.clicked.connect(self._on_cure)
        line = row(Tile("warn", "warn", side, theme.px(14)), self.words, self.cure, gap=8)
        line.setStretch(1, 1)
        self.setLayout(line)
        # Not before it has a place: it would be a window for a moment, and close an open list.
        self.cure.setVisible(bool(words))
        self.setAccessibleName(self.words.words())

    def _on_cure(self) -> None:
        if self.warning.settings:
            self._kit.session.settings_asked.emit(self.warning.settings)
            return
        rule = self._kit.session.rule
        mended = cured(rule, self.warning) if rule is not None else None
        if mended is not None:
            self._kit.session.desk.put(mended, tr("Fixed: {what}", what=self.cure.words()))


class Notes(QWidget):
    """The warnings of one place."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self.shown: tuple[RuleWarning, ...] = ()
        self._language = ""
        self.notes: list[Note] = []
        self.lines = column(gap=2)
        self.setLayout(self.lines)
        self.hide()

    def show_warnings(self, warnings: Sequence[RuleWarning]) -> None:
        """Show these and no others."""
        speaker = self._kit.around.speaker()
        if tuple(warnings) == self.shown and speaker.language == self._language:
            return
        self.shown, self._language = tuple(warnings), speaker.language
        for note in self.notes:
            note.hide()
            self.lines.removeWidget(note)
            note.deleteLater()
        self.notes = [Note(self._kit, warning) for warning in warnings]
        for note in self.notes:
            self.lines.addWidget(note)
            note.show()
        self.setVisible(bool(warnings))


def sorted_out(kit: Kit, warnings: Sequence[RuleWarning]) -> dict[Place, list[RuleWarning]]:
    """Return the warnings by the innermost part or card in which they are shown; () is the top."""
    found: dict[Place, list[RuleWarning]] = {}
    for warning in warnings:
        place = tuple(warning.place)
        while place and place not in kit.rows and place not in _CARDS:
            place = place[:-1]
        found.setdefault(place if has(kit.session.raw, place) else (), []).append(warning)
    return found


_CARDS: frozenset[Place] = frozenset({("when",), ("limits",), ("do",), ("only_if",)})
