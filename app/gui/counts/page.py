"""The Counts page: variables, goals, leaderboard, owed gifts, and what the streamer presses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QStackedWidget

from app.gui.counts.board import Leaderboard
from app.gui.counts.buttons import Buttons
from app.gui.counts.goals import Goals
from app.gui.counts.offer import Offer
from app.gui.counts.owed import OwedGifts
from app.gui.counts.variables import Variables
from app.gui.page import Desk, Page
from app.gui.palette import Command
from app.gui.text import tr, trn
from app.gui.widgets.basic import column, row
from app.gui.widgets.controls import Segments
from drivers.contract import N_

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.gui.counts.panel import Panel

PARTS: Final[dict[str, tuple[str, str]]] = {
    "variables": (N_("Variables"), "level"),
    "goals": (N_("Goals"), "flag"),
    "board": (N_("Leaderboard"), "crown"),
    "owed": (N_("Owed gifts"), "gift"),
    "buttons": (N_("Buttons and keys"), "bolt"),
}


class CountsPage(Page):
    """One part at a time, chosen above."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.offer = Offer(self)
        self.tabs = Segments([(key, title) for key, (title, _) in PARTS.items()], N_("Part"))
        self.variables = Variables(desk, self.offer)
        self.goals = Goals(desk, self.offer)
        self.board = Leaderboard(desk, self.offer)
        self.owed = OwedGifts(desk, self.offer)
        self.buttons = Buttons(desk, self.offer)
        self.panels: dict[str, Panel] = dict(
            zip(
                PARTS,
                (self.variables, self.goals, self.board, self.owed, self.buttons),
                strict=True,
            )
        )
        self.stack = QStackedWidget()
        for panel in self.panels.values():
            self.stack.addWidget(panel)
        layout = column(row(self.tabs, None), self.stack, gap=12, pad=(24, 16, 24, 24))
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.offer.raise_()
        self.tabs.chosen.connect(self.choose)
        bridge = desk.bridge
        for signal in (bridge.owed_changed, bridge.goals_changed, bridge.variables_changed):
            signal.connect(self.context_changed)

    def context(self) -> str:
        state = self.desk.bridge.state
        told = []
        if state.variables:
            told.append(trn("%Ln variable(s)", len(state.variables)))
        if state.goals:
            reached = sum(goal.now >= goal.target for goal in state.goals)
            told.append(tr("{n} of {all} goals reached", n=reached, all=len(state.goals)))
        if state.owed:
            told.append(trn("%Ln gift(s) owed", len(state.owed)))
        return " · ".join(told) or tr("What your rules count, and who gave most")

    def retranslate(self) -> None:
        for panel in self.panels.values():
            panel.retranslate()

    def choose(self, key: str) -> None:
        """Show a part."""
        self.tabs.choose(key)
        self.stack.setCurrentWidget(self.panels[key])

    def show_about(self, about: str) -> None:
        if about in self.panels:
            self.choose(about)
            self.tabs.buttons[about].setFocus()

    def commands(self) -> list[Command]:
        return [
            Command(tr("Counts: {part}", part=tr(title)), icon, self.key, key)
            for key, (title, icon) in PARTS.items()
        ]

    def regions(self) -> list[QWidget]:
        return [self.tabs, self.stack]

    def escape(self) -> bool:
        panel = self.stack.currentWidget()
        return any(panel is one and one.escape() for one in self.panels.values())
