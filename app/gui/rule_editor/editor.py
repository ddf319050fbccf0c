"""One rule to edit: name, sentence, four cards, and the line of help.

Rule: nothing here changes a rule but through the session, and every change is one undo step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from app.core.sentences import rule_segments
from app.gui.rule_editor.around import Around
from app.gui.rule_editor.cards import DoCard, LimitsCard, OnlyIfCard, WhenCard
from app.gui.rule_editor.field import Field, Line
from app.gui.rule_editor.missing import missing_places
from app.gui.rule_editor.notes import Notes, sorted_out
from app.gui.rule_editor.part_list import Kit
from app.gui.rule_editor.part_row import PartRow
from app.gui.rule_editor.sentence import Sentence
from app.gui.rule_editor.session import Session
from app.gui.rule_editor.tabs import TabOrder
from app.gui.text import tr
from app.gui.theme import theme
from app.gui.widgets.basic import Label, column, holder, row, scroll
from app.gui.widgets.controls import Switch
from app.gui.widgets.flow import settle
from drivers.contract import N_

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from app.gui.rule_editor.draft import Place
    from app.gui.rules.desk import RuleDesk

_NAME_CHARS = 28
_USUAL_HELP = N_(
    "A change holds as soon as you press Enter or leave the field. Undo takes it back."
)


class RuleEditor(QWidget):
    """Shows and edits one rule. `tools` is a place for buttons right of the name."""

    def __init__(self, desk: RuleDesk) -> None:
        super().__init__()
        self.setObjectName("rule_editor")
        self.desk = desk
        self.session = Session(desk, self)
        self.around = Around(desk, self)
        self.kit = Kit(self.session, self.around)
        self._tabs = TabOrder()
        self._build_head()
        self.when = WhenCard(self.kit)
        self.only_if = OnlyIfCard(self.kit)
        self.do = DoCard(self.kit)
        self.limits = LimitsCard(self.kit)
        self._build_body()
        for keys, then in (("Alt+Up", self._on_up), ("Alt+Down", self._on_down)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(then)
        self.session.shown.connect(self._show)
        self.session.problems_changed.connect(self._show_problems)
        self.session.focus_asked.connect(self.focus_place)
        desk.bridge.devices_changed.connect(self._on_world)
        desk.warned.connect(self._on_warned)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)
        self._show()

    def _build_head(self) -> None:
        self.name = Line(least=8, most=_NAME_CHARS)
        self.name.setMaxLength(120)
        self.name.setObjectName("rule_name")
        self.name.done.connect(self._on_name)
        self.on = Switch(N_("Rule on"))
        self.on.setObjectName("rule_on")
        self.on.toggled.connect(self._on_on)
        self.tools = row(gap=4)
        self.sentence = Sentence()
        self.sentence.missing_chosen.connect(self._on_missing)
        self.note = Line(least=24, most=60)
        self.note.setMaxLength(2000)
        self.note.setObjectName("rule_note")
        self.note.done.connect(self._on_note)

    def _build_body(self) -> None:
        head = row(self.name, None, self.tools, self.on, gap=8)
        self.notes = Notes(self.kit)
        cards = column(
            head, self.sentence, self.note, self.notes, self.when, self.only_if, self.do,
            self.limits, gap=8, pad=(2, 0, 12, 8),
        )  # fmt: skip
        # The place for testing the rule; who fills it adds a widget.
        self.below = column(gap=8)
        cards.addLayout(self.below)
        cards.addStretch(1)
        self.inner = holder(cards)
        self.area = scroll(self.inner)
        self.help = Label(_USUAL_HELP, kind="caption", wrap=True)
        self.help.setFixedHeight(theme.px(44))
        self.nothing = Label(N_("Choose a rule, or make a new one."), "body", "text2")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        lines = column(self.nothing, self.area, self.help, gap=4)
        lines.setStretch(1, 1)
        self.setLayout(lines)

    # ------------------------------------------------------------ for the page

    def show_rule(self, rule_id: str | None) -> None:
        """Edit a rule; None or an unknown id shows that none is chosen."""
        self.leave_field()
        self.session.open(rule_id)
        self.area.verticalScrollBar().setValue(0)

    def leave_field(self) -> None:
        """Finish the field that is being typed in, as leaving it would."""
        focus = self.focusWidget()
        if isinstance(focus, Line) and self.isAncestorOf(focus):
            focus.finish()

    def focus_name(self) -> None:
        """Focus the name, all of it chosen, for renaming."""
        self.name.setFocus()
        self.name.selectAll()

    def focus_place(self, place: Place) -> None:
        """Focus the part at a place, or the list it was in."""
        found = self.kit.rows.get(place)
        if found is not None:
            found.focus_first()
        elif place[:1] == ("when",):
            self.when.focus_missing()
        else:
            for one in self.kit.lists:
                if one.place == place:
                    one.add.setFocus()
        # What was just added has no place yet.
        QTimer.singleShot(0, self, self._show_focus)

    def _show_focus(self) -> None:
        # Of the window, which need not be in front.
        focus = self.window().focusWidget()
        if self.inner.isAncestorOf(focus):
            self.area.ensureWidgetVisible(focus, 0, 40)

    # ------------------------------------------------------------ show

    def _show(self) -> None:
        rule = self.session.rule
        for widget in (self.area, self.help):
            widget.setVisible(rule is not None)
        self.nothing.setVisible(rule is None)
        self.name.setAccessibleName(tr("Name of the rule"))
        self.name.setPlaceholderText(tr("Rule without a name"))
        self.note.setAccessibleName(tr("Note"))
        self.note.setPlaceholderText(tr("Add a note"))
        if rule is None:
            return
        raw = self.session.raw
        self.name.show_text(rule.name)
        self.note.show_text(rule.note)
        self.on.show_state(on=rule.on)
        self.sentence.show_segments(rule_segments(rule, self.desk.speaker(), full=True))
        for card in (self.when, self.only_if, self.do, self.limits):
            card.show_raw(raw)
        self._show_warnings()
        self._tabs.keep(self.inner)
        self._settle()

    def _show_warnings(self) -> None:
        rule = self.session.rule
        found = sorted_out(self.kit, self.desk.warnings(rule.id)) if rule is not None else {}
        self.notes.show_warnings(found.get((), ()))
        cards = {"when": self.when, "only_if": self.only_if, "do": self.do, "limits": self.limits}
        for name, card in cards.items():
            card.notes.show_warnings(found.get((name,), ()))
        for place, row_there in self.kit.rows.items():
            row_there.notes.show_warnings(found.get(place, ()))

    def _on_warned(self, ids: set[str]) -> None:
        if self.session.rule is not None and self.session.rule.id in ids:
            self.session.show_again()

    def _show_problems(self) -> None:
        self.when.show_problems()
        self.only_if.list.show_problems()
        self.do.list.show_problems()
        self.limits.show_problems()

    def _on_world(self) -> None:
        if self.session.rule is None:
            return
        self.when.refresh()
        self.only_if.list.refresh()
        self.do.list.refresh()
        self.sentence.show_segments(
            rule_segments(self.session.rule, self.desk.speaker(), full=True)
        )

    def _on_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Say what the field with the focus is for; a fixed place, so that nothing moves."""
        field: QWidget | None = now
        while field is not None and not isinstance(field, Field):
            field = field.parentWidget()
        if field is not None and self.isAncestorOf(field):
            help_text = field.help()
            self.help.show_text(f"{field.title()}: {help_text}" if help_text else field.title())
        elif now is not None and self.isAncestorOf(now):
            self.help.show_source(_USUAL_HELP)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._settle()

    def _settle(self) -> None:
        """Give everything its room now, so that nothing is seen half laid out."""
        if not self.isVisible():
            return
        # The first time tells how wide all is: tags go above their cards, flows wrap.
        for _ in range(2):
            settle(self.inner)
            # The scroll area gives the whole its height when it is told.
            QApplication.sendPostedEvents(self.area.viewport(), QEvent.Type.LayoutRequest.value)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "limits"):
            self._show()
            self._show_problems()
        super().changeEvent(event)

    # ------------------------------------------------------------ what the user does

    def _on_name(self, name: str) -> None:
        if self.session.rule is not None:
            self.desk.rename(self.session.rule.id, name.strip())

    def _on_note(self, note: str) -> None:
        self.session.set_values((), {"note": note.strip()}, tr("Note"))

    def _on_on(self, on: bool) -> None:
        if self.session.rule is not None:
            self.desk.turn(self.session.rule.id, on)

    def _on_missing(self, number: int) -> None:
        rule = self.session.rule
        places = missing_places(rule, self.desk.speaker()) if rule is not None else []
        if number >= len(places):
            return
        place = places[number]
        row_there = self.kit.rows.get(place)
        if row_there is not None:
            row_there.focus_missing()
        elif place == ("when",):
            self.when.focus_missing()
        else:
            self.focus_place(place)

    def _focused_row(self) -> PartRow | None:
        widget: QWidget | None = self.focusWidget()
        while widget is not None and not isinstance(widget, PartRow):
            widget = widget.parentWidget()
        return widget

    def _on_up(self) -> None:
        self._step(-1)

    def _on_down(self) -> None:
        self._step(1)

    def _step(self, direction: int) -> None:
        self.leave_field()
        found = self._focused_row()
        if found is not None:
            found.step(direction)
