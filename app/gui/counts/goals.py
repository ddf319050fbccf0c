"""Goals: how far each is, in words and as a bar; added, changed and removed in place.

Rule: one form does both, above the list like that of the variables, so that it is found again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.gateway.messages import DropGoal, PutGoal, Reply
from app.gui.counts.panel import Entry, Panel, read_number, written
from app.gui.text import clock_short, number, tr
from app.gui.widgets.basic import (
    Button,
    Card,
    ElidedLabel,
    Label,
    Tile,
    column,
    holder,
    row,
    scroll,
    set_state,
)
from app.gui.widgets.fields import ComboBox
from app.gui.widgets.panels import EmptyState
from app.gui.widgets.spark import Bar
from drivers.contract import N_

if TYPE_CHECKING:
    from app.gateway.views import GoalView
    from app.gui.counts.offer import Offer
    from app.gui.page import Desk

COUNTED: Final[dict[str, str]] = {
    "coins": N_("Coins"),
    "gifts": N_("Gifts"),
    "likes": N_("Likes"),
    "followers": N_("New followers"),
    "variable": N_("A variable"),
}
_ICONS: Final = {
    "coins": "crown",
    "gifts": "gift",
    "likes": "heart",
    "followers": "follow",
    "variable": "level",
}
_HUNDRED: Final = 100
_MOST: Final = 1e12


class GoalCard(Card):
    """One goal."""

    edit_asked = Signal(str)
    drop_asked = Signal(str)

    def __init__(self) -> None:
        self.goal_id = ""
        self.tile = Tile("star", "limit", 40, 22)
        self.name = ElidedLabel(kind="strong")
        self.words = ElidedLabel(kind="small")
        self.share = Label(kind="strong")
        self.bar = Bar()
        self.edit = Button(N_("Change"), "icon", "pencil")
        self.drop = Button(N_("Remove"), "icon", "trash")
        texts = column(self.name, self.words, gap=0)
        head = row(self.tile, texts, self.share, self.edit, self.drop, gap=10)
        head.setStretch(1, 1)
        super().__init__(column(head, self.bar, gap=8, pad=(14, 10, 10, 12)), "inset")
        self.edit.clicked.connect(self._on_edit)
        self.drop.clicked.connect(self._on_drop)

    def show_goal(self, goal: GoalView) -> None:
        """Show how far it is."""
        self.goal_id = goal.id
        reached = goal.now >= goal.target
        self.tile.show_icon("check" if reached else _ICONS.get(goal.counts, "star"),
                            "ok" if reached else "limit")  # fmt: skip
        self.name.show_text(goal.name)
        counted = goal.variable if goal.counts == "variable" else tr(COUNTED[goal.counts])
        text = tr(
            "{counted}: {now} of {target}",
            counted=counted,
            now=written(goal.now),
            target=written(goal.target),
        )
        if reached and goal.reached_ms:
            text += " · " + tr("reached at {time}", time=clock_short(goal.reached_ms))
        self.words.show_text(text)
        part = max(0.0, goal.now) / goal.target
        percent = tr("{percent} %", percent=number(int(part * _HUNDRED)))
        self.share.show_text(percent)
        self.share.tone("ok" if reached else "")
        self.bar.show_share(part)
        self.bar.setAccessibleName(f"{goal.name}: {percent}")
        self.edit.setAccessibleName(tr("Change {name}", name=goal.name))
        self.drop.setAccessibleName(tr("Remove {what}", what=goal.name))

    def _on_edit(self) -> None:
        self.edit_asked.emit(self.goal_id)

    def _on_drop(self) -> None:
        self.drop_asked.emit(self.goal_id)


class GoalForm(QWidget):
    """Adds a goal, or changes one; `wanted` carries the request."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._goal_id = ""
        self.name = Entry(N_("Name of the goal"), N_("Name, e.g. Dance at 1000"))
        self.name.setMaxLength(120)
        self.counts = ComboBox(N_("What counts"))
        for key in COUNTED:
            self.counts.addItem("", key)
        self.variable = ComboBox(N_("Which variable"))
        self.variable.setEditable(True)
        self.target = Entry(N_("Target"), N_("e.g. 1000"), 120)
        self.put = Button(N_("Add goal"), "primary", "plus")
        self.cancel = Button(N_("Cancel"))
        fields = row(
            self.name, self.counts, self.variable, self.target, self.cancel, self.put, gap=8
        )
        fields.setStretch(0, 1)
        self.setLayout(fields)
        self.name.returnPressed.connect(self._on_put)
        self.target.returnPressed.connect(self._on_put)
        self.target.textChanged.connect(self._on_typed)
        self.put.clicked.connect(self._on_put)
        self.cancel.clicked.connect(self.clear)
        self.counts.currentIndexChanged.connect(self._show_variable)
        self.clear()
        self.retranslate()

    @property
    def editing(self) -> bool:
        """Whether a goal is being changed."""
        return bool(self._goal_id)

    def retranslate(self) -> None:
        """Follow the language."""
        for place, source in enumerate(COUNTED.values()):
            self.counts.setItemText(place, tr(source))
        line = self.variable.lineEdit()
        if line is not None:
            line.setAccessibleName(tr("Which variable"))
        self.name.retranslate()
        self.target.retranslate()

    def show_variables(self, names: list[str]) -> None:
        """Offer these names."""
        if names != [self.variable.itemText(n) for n in range(self.variable.count())]:
            text = self.variable.currentText()
            self.variable.clear()
            self.variable.addItems(names)
            self.variable.setCurrentText(text or (names[0] if names else ""))

    def show_goal(self, goal: GoalView) -> None:
        """Change this goal."""
        self._goal_id = goal.id
        self.name.setText(goal.name)
        self.counts.setCurrentIndex(self.counts.findData(goal.counts))
        self.variable.setCurrentText(goal.variable)
        self.target.setText(written(goal.target))
        self._show_editing()
        self.name.setFocus()

    def clear(self) -> None:
        """Be ready for a new goal."""
        self._goal_id = ""
        self.name.clear()
        self.target.clear()
        self._show_editing()

    def _show_editing(self) -> None:
        self.cancel.setVisible(self.editing)
        self.put.show_source(N_("Save") if self.editing else N_("Add goal"),
                             "check" if self.editing else "plus")  # fmt: skip
        self._show_variable()

    def _show_variable(self) -> None:
        self.variable.setVisible(self.counts.currentData() == "variable")

    def _on_typed(self) -> None:
        set_state(self.target, "invalid", "false")

    def _on_put(self) -> None:
        name, target = self.name.text().strip(), read_number(self.target.text())
        if not name:
            self.name.setFocus()
            return
        if target is None or not 0 < target <= _MOST:
            set_state(self.target, "invalid", "true")
            self.target.setFocus()
            return
        counts = str(self.counts.currentData())
        variable = self.variable.currentText().strip() if counts == "variable" else ""
        values = {"goal_id": self._goal_id, "name": name, "counts": counts}
        self.wanted.emit(PutGoal.model_validate(values | {"variable": variable, "target": target}))


class Goals(Panel):
    """The goals, one card each, and the form."""

    def __init__(self, desk: Desk, offer: Offer) -> None:
        super().__init__(desk, offer)
        self.cards: dict[str, GoalCard] = {}
        self.form = GoalForm()
        self.empty = EmptyState(
            "flag",
            N_("No goal yet"),
            N_("A goal fills up while you are live: coins, likes, new followers, or anything "
               "your rules count. Say what it is, and how much."),
        )  # fmt: skip
        self._list = column(gap=8, pad=(12, 2, 12, 12))
        self._list.addStretch(1)
        self.area = scroll(holder(self._list))
        adding = holder(column(self.form, pad=(12, 10, 12, 10)))
        self.card = Card(column(adding, self.area, self.empty, gap=0))
        self.setLayout(column(self.card))
        self.form.wanted.connect(self._on_wanted)
        bridge = desk.bridge
        for signal in (bridge.goals_changed, bridge.variables_changed, bridge.link_changed):
            signal.connect(self.show_state)
        self.show_state()

    def retranslate(self) -> None:
        self.form.retranslate()
        self.show_state()

    def escape(self) -> bool:
        if not self.form.editing:
            return False
        self.form.clear()
        return True

    def show_state(self) -> None:
        """Show the goals of the core."""
        state = self.desk.bridge.state
        if list(self.cards) != [goal.id for goal in state.goals]:
            self._rebuild([goal.id for goal in state.goals])
        for goal in state.goals:
            self.cards[goal.id].show_goal(goal)
        self.area.setVisible(bool(state.goals))
        self.empty.setVisible(not state.goals)
        self.form.put.setEnabled(state.connected)
        self.form.show_variables([one.name for one in state.variables])

    def _rebuild(self, wanted: list[str]) -> None:
        for key in [key for key in self.cards if key not in wanted]:
            card = self.cards.pop(key)
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        ordered: dict[str, GoalCard] = {}
        for place, key in enumerate(wanted):
            card = self.cards.get(key) or self._made()
            self._list.insertWidget(place, card)
            ordered[key] = card
        self.cards = ordered

    def _made(self) -> GoalCard:
        card = GoalCard()
        card.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        card.edit_asked.connect(self._on_edit)
        card.drop_asked.connect(self._on_drop)
        return card

    def _goal(self, goal_id: str) -> GoalView | None:
        return next((one for one in self.desk.bridge.state.goals if one.id == goal_id), None)

    def _on_edit(self, goal_id: str) -> None:
        goal = self._goal(goal_id)
        if goal is not None:
            self.form.show_goal(goal)

    def _on_drop(self, goal_id: str) -> None:
        goal = self._goal(goal_id)
        if goal is None:
            return
        self.desk.bridge.ask(DropGoal(goal_id=goal_id), self.told)
        self.offer.offer(tr("{name} was removed.", name=goal.name), _Back(self, goal).take)

    def _on_wanted(self, request: PutGoal) -> None:
        self.desk.bridge.ask(request, self._on_put)

    def _on_put(self, reply: Reply) -> None:
        self.told(reply)
        if reply.ok:
            self.form.clear()
            self.form.name.setFocus()


class _Back:
    """Puts a removed goal back under its own id."""

    def __init__(self, panel: Goals, goal: GoalView) -> None:
        self._panel = panel
        self._goal = goal

    def take(self) -> None:
        goal = self._goal
        request = PutGoal(
            goal_id=goal.id,
            name=goal.name,
            counts=goal.counts,
            variable=goal.variable,
            target=goal.target,
        )
        self._panel.desk.bridge.ask(request, self._panel.told)
