"""The four cards: WHEN, ONLY IF, DO, LIMITS. Rule: each shows its part of the rule and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QLayout, QSizePolicy, QWidget

from app.core.limits import RuleLimits
from app.core.parts import Trigger
from app.core.rules import Rule
from app.gui.rule_editor import kinds
from app.gui.rule_editor.block import Block
from app.gui.rule_editor.buttons import WordedButton
from app.gui.rule_editor.entries import Entry
from app.gui.rule_editor.examples import PEOPLE, example_for, words_for
from app.gui.rule_editor.notes import Notes
from app.gui.rule_editor.part_list import Kit, PartList
from app.gui.rule_editor.pills import Pills
from app.gui.rule_editor.search_popup import SearchPopup
from app.gui.rule_editor.specs import labelled, layout, specs_of
from app.gui.text import language_code, tr
from app.gui.theme import theme
from app.gui.widgets.basic import Button, Card, Label, column, row
from drivers.contract import N_

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from app.gui.rule_editor.draft import Raw

_TAG: Final = 84
_NARROW: Final = 560
# What is always in sight of LIMITS; the rest comes with "More limits", or when it is set.
_OF_LIMITS: Final = ("cooldown_s", "ceiling", "policy")
_OF_RULE: Final = ("mode", "priority", "time_to_live_s")


class RuleCard(Card):
    """A card with its upper-case tag at the left."""

    def __init__(self, kit: Kit, tag: str, tone: str, body: QWidget | QLayout) -> None:
        self.notes = Notes(kit)
        self.tag = Label(tag, "over", tone)
        self.tag.setFixedWidth(theme.px(_TAG))
        self.tag.setContentsMargins(0, theme.px(10), 0, 0)
        line = row(gap=8, pad=(16, 8, 12, 8))
        line.addWidget(self.tag, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(column(self.notes, body, gap=6), 1)
        self._line = line
        super().__init__(line)
        self.setAccessibleName(tr(tag))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the tag above what it names where there is little room beside it."""
        super().resizeEvent(event)
        narrow = event.size().width() < theme.px(_NARROW)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._line.direction() != way:
            self._line.setDirection(way)
            self._line.setSpacing(2 if narrow else 8)
            self.tag.setContentsMargins(0, 0 if narrow else theme.px(10), 0, 0)


class WhenCard(RuleCard):
    """What starts the rule, and how combos count."""

    def __init__(self, kit: Kit) -> None:
        self.kit = kit
        self.kind = WordedButton(icon="down")
        self.kind.setObjectName("when_kind")
        self.kind.setAccessibleName(tr("When"))
        self.kind.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.block = Block(kit.session, kit.around, ("when",), lead=self.kind)
        # Laid out with the first rule; without one it still belongs to the card.
        self.kind.setParent(self.block)
        self.combo = Block(kit.session, kit.around, ())
        self._popup: SearchPopup | None = None
        self.kind.clicked.connect(self._on_kind)
        super().__init__(kit, N_("WHEN"), "when", column(self.block, self.combo))

    def show_raw(self, raw: Raw) -> None:
        """Show what starts the rule."""
        when = raw["when"]
        kind = kinds.kind_of("Trigger", when)
        self.kind.show_words(kinds.title_of("Trigger", when))
        self.kind.setAccessibleName(tr("What starts the rule: {part}", part=self.kind.words()))
        if kind is None or not issubclass(kind, Trigger):
            return
        self.block.arrange(layout(kinds.instance(kind, when), when, language_code()))
        self.block.show_values(when)
        combos = [spec for spec in specs_of(Rule) if spec.name == "react"]
        self.combo.arrange(labelled(combos if kind.counts == "gift" else [], raw))
        self.combo.setVisible(kind.counts == "gift")
        self.combo.show_values(raw)

    def show_problems(self) -> None:
        """Show what is wrong with drafts."""
        self.block.show_problems()
        self.combo.show_problems()

    def refresh(self) -> None:
        """Take notice of other devices, gifts or rules."""
        self.block.refresh()

    def focus_missing(self) -> None:
        """Focus what must be chosen."""
        if self.block.fields:
            self.block.focus_missing()
        else:
            self.kind.setFocus()

    def become(self, key: str) -> None:
        """Start the rule by another kind of event."""
        kind = kinds.kind_of("Trigger", {"key": key})
        if kind is not None:
            self.kit.session.become(("when",), kind)

    def _on_kind(self) -> None:
        if self._popup is not None:
            self._popup.deleteLater()
        self._popup = SearchPopup(self, tr("What starts the rule"))
        self._popup.chosen.connect(self.become)
        self._popup.open_below(self.kind, self.kit.entries("Trigger"))


class OnlyIfCard(RuleCard):
    """What else must hold."""

    def __init__(self, kit: Kit) -> None:
        self.list = PartList(kit, ("only_if",), "Condition")
        # What the yes and no beside the conditions are about.
        self.words = Label(N_("Checked against:"), "caption")
        self.example = WordedButton(kind="link")
        self.example.setObjectName("example")
        self.example.setAccessibleName(tr("Checked against:"))
        self.example.clicked.connect(self._on_example)
        self.pills = Pills(kit, self.list)
        self.pills.example_changed.connect(self.show_example)
        self.about = QWidget()
        self.about.setLayout(row(self.words, self.example, None, gap=4))
        self._kit = kit
        self._popup: SearchPopup | None = None
        super().__init__(kit, N_("ONLY IF"), "iff", column(self.list, self.about, gap=4))

    def show_raw(self, raw: Raw) -> None:
        """Show the conditions."""
        self.list.show_raw(raw["only_if"])
        self.about.setVisible(bool(raw["only_if"]))
        self.pills.follow_rule()
        self.show_example()

    def show_example(self) -> None:
        """Say which event the conditions are tried with."""
        around = self._kit.around
        words = words_for(around.example, around)
        self.example.show_words(words)
        self.example.setAccessibleName(tr("Checked against: {what}", what=words))

    def _on_example(self) -> None:
        rule = self._kit.session.rule
        if rule is None:
            return
        if self._popup is not None:
            self._popup.deleteLater()
        self._popup = SearchPopup(self, tr("What to check against"))
        self._popup.chosen.connect(self.pills.choose)
        around = self._kit.around
        entries = [
            Entry(key, words_for(example_for(rule, around, key), around), icon="user")
            for key in PEOPLE
        ]
        if self.pills.last is not None:
            last = words_for(self.pills.last, around)
            entries.append(Entry("last", tr("The last event: {what}", what=last), icon="clock"))
        self._popup.open_below(self.example, entries)


class DoCard(RuleCard):
    """What is done, in its order."""

    def __init__(self, kit: Kit) -> None:
        self.list = PartList(kit, ("do",), "Action")
        super().__init__(kit, N_("DO"), "do", self.list)

    def show_raw(self, raw: Raw) -> None:
        """Show the steps."""
        self.list.show_raw(raw["do"])


class LimitsCard(RuleCard):
    """What the rule may not exceed."""

    def __init__(self, kit: Kit) -> None:
        self._open = False
        self._raw: Raw = {}
        self.block = Block(kit.session, kit.around, ("limits",))
        self.rest = Block(kit.session, kit.around, ("limits",))
        self.rule = Block(kit.session, kit.around, ())
        self.more = Button(N_("More limits"), "link")
        self.more.setObjectName("more_limits")
        self.more.clicked.connect(self._on_more)
        body = column(self.block, self.rest, self.rule, row(self.more, None), gap=8)
        super().__init__(kit, N_("LIMITS"), "limit", body)

    def show_raw(self, raw: Raw) -> None:
        """Show the limits; one that is set is always in sight."""
        self._raw = raw
        limits = raw["limits"]
        specs = specs_of(RuleLimits)
        set_ones = [spec for spec in specs if limits.get(spec.name, spec.default) != spec.default]
        first = [s for s in specs if s.name in _OF_LIMITS or (s in set_ones and not self._open)]
        rest = [s for s in specs if s not in first] if self._open else []
        of_rule = [spec for spec in specs_of(Rule) if spec.name in _OF_RULE]
        if not self._open:
            of_rule = [spec for spec in of_rule if raw.get(spec.name, spec.default) != spec.default]
        for block, wanted, values in (
            (self.block, first, limits),
            (self.rest, rest, limits),
            (self.rule, of_rule, raw),
        ):
            block.arrange(labelled(wanted, values))
            block.setVisible(bool(block.fields))
            block.show_values(values)
        self.more.show_source(N_("Fewer limits") if self._open else N_("More limits"))

    def show_problems(self) -> None:
        """Show what is wrong with drafts."""
        for block in (self.block, self.rest, self.rule):
            block.show_problems()

    def show_all(self) -> None:
        """Show the limits that are not set too."""
        if not self._open:
            self._on_more()

    def _on_more(self) -> None:
        self._open = not self._open
        if self._raw:
            self.show_raw(self._raw)
