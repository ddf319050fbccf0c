"""Why rules ran, were held back, or were not meant, for one event: a card each.

Rule: a rule's name leads to the rule, and to the field that held it back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.gui.history.grouped import Groups, failing, grouped
from app.gui.text import tr, trn
from app.gui.widgets.basic import Button, Card, Label, column, row
from app.gui.widgets.trace_lines import TraceLine, gate_words, why_words
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Collection

    from app.core.speech import Speaker
    from app.gateway.views import RuleView, TraceStepView, TraceView

_MOST_CARDS: Final = 12
_MOST_STEPS: Final = 12
_MOST_NAMES: Final = 40


class RuleCard(Card):
    """One rule: its name, whether it ran, every gate. Both signals carry the trace."""

    opened = Signal(object)
    again_asked = Signal(object)

    def __init__(self, trace: TraceView, speaker: Speaker, *, today: bool, again: bool) -> None:
        self.trace = trace
        self.name = Button(kind="link")
        words = trace.rule_name or tr("Rule without a name")
        self.name.setText(words.replace("&", "&&"))
        # What was asked for past the rules has none to open or to run again.
        of_rule = bool(trace.rule_id)
        self.name.setEnabled(of_rule)
        opens = tr("Open rule {name}", name=words) if of_rule else words
        self.name.setAccessibleName(opens)
        step = failing(trace)
        self.again = Button(N_("Again, for this rule only"), "icon", "refresh")
        self.again.setVisible(again and of_rule)
        head = row(self.name, None, self.again, gap=8)
        layout = column(head, gap=4, pad=(8, 6, 8, 10))
        layout.addWidget(_headline(step, speaker))
        for one in trace.steps[:_MOST_STEPS]:
            if one is not step:
                layout.addWidget(_gate(one, speaker))
        if today:
            caption = Label(N_("As your rules are now; it was not asked then."), "caption")
            layout.addWidget(caption)
        super().__init__(layout, "inset")
        self.setAccessibleName(f"{words}. {_verdict(step, speaker)}")
        self.name.clicked.connect(self._on_opened)
        self.again.clicked.connect(self._on_again)

    def _on_opened(self) -> None:
        self.opened.emit(self.trace)

    def _on_again(self) -> None:
        self.again_asked.emit(self.trace)


class RulesExplained(QWidget):
    """All rules for one event. `opened` carries a trace, `rule_asked` the id of another rule."""

    opened = Signal(object)
    again_asked = Signal(object)
    rule_asked = Signal(str)

    def __init__(
        self,
        traces: Collection[TraceView],
        rules: Collection[RuleView],
        speaker: Speaker,
        stored: Collection[str] | None = None,
        *,
        again: bool = True,
    ) -> None:
        """`stored` are the ids of rules whose traces are of that moment; None: all of them."""
        super().__init__()
        self.groups: Groups = grouped(traces, rules)
        self._speaker, self._stored, self._again = speaker, stored, again
        self.cards: list[RuleCard] = []
        self._lines = column(gap=6)
        self.setLayout(self._lines)
        self._add_cards(N_("RAN"), self.groups.ran)
        self._add_cards(N_("HELD BACK"), self.groups.held)
        if not (self.groups.ran or self.groups.held):
            self._lines.addWidget(TraceLine("minus", "muted", "", tr("No rule is made for this.")))
        self._add_others()

    def _add_cards(self, title: str, traces: tuple[TraceView, ...]) -> None:
        if not traces:
            return
        self._lines.addWidget(Label(title, "over"))
        for trace in traces[:_MOST_CARDS]:
            today = self._stored is not None and trace.rule_id not in self._stored
            card = RuleCard(trace, self._speaker, today=today, again=self._again)
            card.opened.connect(self.opened)
            card.again_asked.connect(self.again_asked)
            self.cards.append(card)
            self._lines.addWidget(card)
        self._add_rest(len(traces) - _MOST_CARDS)

    def _add_others(self) -> None:
        self.others = Button(kind="link", icon="down")
        count = len(self.groups.others)
        self.others.setText(trn("Not for this: %Ln rule(s)", count))
        self.others.setVisible(bool(count))
        self.others.clicked.connect(self._on_others)
        self._lines.addLayout(row(self.others, None))
        self.names: list[Button] = []

    def _on_others(self) -> None:
        """Name the rules that this is not for, or hide them again."""
        if self.names:
            for one in self.names:
                one.setVisible(one.isHidden())
            return
        for rule_id, name in self.groups.others[:_MOST_NAMES]:
            button = Button(kind="link")
            words = name or tr("Rule without a name")
            button.setText(words.replace("&", "&&"))
            button.setAccessibleName(tr("Open rule {name}", name=words))
            button.setProperty("rule", rule_id)
            button.clicked.connect(self._on_name)
            self.names.append(button)
            self._lines.addLayout(row(18, button, None))
        self._add_rest(len(self.groups.others) - _MOST_NAMES)

    def _add_rest(self, rest: int) -> None:
        if rest > 0:
            caption = Label(kind="caption")
            caption.show_text(trn("and %Ln more rule(s)", rest))
            self._lines.addWidget(caption)

    def _on_name(self) -> None:
        self.rule_asked.emit(str(self.sender().property("rule")))


def _verdict(step: TraceStepView | None, speaker: Speaker) -> str:
    if step is None:
        return tr("It ran.")
    return tr("Held back: {why}.", why=why_words(step, speaker))


def _headline(step: TraceStepView | None, speaker: Speaker) -> TraceLine:
    if step is None:
        return TraceLine("check", "ok", "", tr("It ran."))
    return TraceLine("cross", "warn", "", _verdict(step, speaker))


def _gate(step: TraceStepView, speaker: Speaker) -> TraceLine:
    symbol, ink = ("check", "ok") if step.passed else ("cross", "warn")
    if step.passed and step.reason == "limited":
        symbol, ink = "minus", "warn"
    return TraceLine(symbol, ink, "", gate_words(step, speaker))
