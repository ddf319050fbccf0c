"""The steps of DO, each with a button that does just this one.

Rule: places are those of the rule as it is now; a step is named as the rule's sentence names it.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.core.speech import CLOSE, OPEN
from app.gui.text import as_tip, tr
from app.gui.widgets.basic import Button, ElidedLabel, Label, column, row
from drivers.contract import N_

if TYPE_CHECKING:
    from app.core.rules import Rule
    from app.core.speech import Speaker

_FENCE = str.maketrans("", "", OPEN + CLOSE)


class StepLine(QWidget):
    """One step; `asked` carries its place."""

    asked = Signal(int)

    def __init__(self, place: int) -> None:
        super().__init__()
        self.place = place
        self.words = ElidedLabel(kind="small", tone="text")
        self.button = Button(N_("Just this step"), "link", "play")
        self.button.setObjectName(f"just_step_{place}")
        self.button.clicked.connect(self._on_clicked)
        line = row(self.words, self.button, gap=8)
        line.setStretch(0, 1)
        self.setLayout(line)

    def show_words(self, text: str, reason: str) -> None:
        """Show what the step does, and why it cannot be done now."""
        self.words.show_text(tr("{n}. {step}", n=self.place + 1, step=text))
        self.button.setEnabled(not reason)
        self.button.setToolTip(as_tip(reason))
        self.button.setAccessibleName(tr("Just this step: {step}", step=text))
        self.button.setAccessibleDescription(reason)

    def _on_clicked(self) -> None:
        self.asked.emit(self.place)


class StepLines(QWidget):
    """All steps of a rule. `asked` carries the place in DO of the one to do."""

    asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.steps: list[StepLine] = []
        self._lines = column(gap=0)
        self.setLayout(column(Label(N_("ONE STEP ALONE"), "over"), self._lines, gap=2))
        self.hide()

    def show_rule(self, rule: Rule | None, speaker: Speaker, reason: str) -> None:
        """Show the steps of a rule; `reason` says why none can be done now."""
        actions = rule.do if rule is not None else ()
        while len(self.steps) > len(actions):
            gone = self.steps.pop()
            gone.hide()
            self._lines.removeWidget(gone)
            gone.deleteLater()
        while len(self.steps) < len(actions):
            line = StepLine(len(self.steps))
            line.asked.connect(self.asked)
            self.steps.append(line)
            self._lines.addWidget(line)
        if rule is not None:
            speaker = dataclasses.replace(speaker, counts=rule.when.counts, full=True)
        for line, action in zip(self.steps, actions, strict=True):
            said = speaker.clause(action, "do")
            text = "".join(segment.text for segment in said).translate(_FENCE)
            line.show_words(text, reason)
        self.setVisible(bool(actions))
