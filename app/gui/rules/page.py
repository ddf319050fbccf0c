"""The Rules page: the list at the left, the chosen rule at the right, a way back from all of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.gui.counts.keys import problem_with
from app.gui.history.making import MADE, rule_from
from app.gui.packs.rooms import Rooms
from app.gui.page import Desk, Page
from app.gui.rule_editor.editor import RuleEditor
from app.gui.rule_editor.test_keys import WHY, Testing
from app.gui.rules.acts import Acts
from app.gui.rules.aside import AsidePanel
from app.gui.rules.bar import ChosenBar, FilterButton, FoundLine, Search
from app.gui.rules.checking import Checking
from app.gui.rules.commands import commands_of
from app.gui.rules.desk import RuleDesk
from app.gui.rules.filters import Wanted
from app.gui.rules.model import RuleListModel
from app.gui.rules.profiles import ProfileButton
from app.gui.rules.starters import EmptyRules, blank, starters
from app.gui.rules.toast import UndoToast
from app.gui.rules.view import RuleListView
from app.gui.text import tr, trn
from app.gui.theme import theme
from app.gui.tokens import WIDTH
from app.gui.widgets.basic import Button, column, holder, row
from app.gui.widgets.panels import EmptyState
from drivers.contract import N_

if TYPE_CHECKING:
    from app.core.rules import Rule
    from app.gui.palette import Command

_WIDE = 1160
_TALL = 760
_EDITOR = 400


class RulesPage(Page):
    """List, search and profile at the left; the editor, or what was set aside, at the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.rules = RuleDesk(desk.bridge, self)
        self.rules.keys_problem = partial(problem_with, desk=desk)
        self.checking = Checking(self.rules)
        self.model = RuleListModel(self.rules, self)
        self.view = RuleListView(self.model)
        self.acts = Acts(self.view, self)
        self.editor = RuleEditor(self.rules)
        self.testing = Testing(self, self.editor)
        self.aside = AsidePanel()
        self._wanted_rule = ""
        self._build()
        self.fit(_WIDE, _TALL)
        self.undo_toast = UndoToast(self, self.rules, self.right)
        self._connect()
        if desk.rule_keys is not None:
            desk.rule_keys.changed.connect(self.model.repaint)
        self.retranslate()

    # ------------------------------------------------------------ building

    def _build(self) -> None:
        self.search = Search()
        self.new = Button(N_("New rule"), "primary", "plus", shortcut="Ctrl+N")
        self.profile = ProfileButton(self.rules)
        self.filter = FilterButton(self.rules)
        self.more = Button(N_("More"), "icon", "more")
        self.found = FoundLine()
        self.chosen = ChosenBar()
        self.none_fits = EmptyState(
            "search", N_("No rule fits"), N_("Search for less, or show all.")
        )
        self.show_all = Button(N_("Show all"))
        self.none_fits.offer(self.show_all)
        self.loading = EmptyState("rules", N_("Looking for your rules…"))
        for cover in (self.none_fits, self.loading):
            for label in (cover.title, cover.words):
                label.setMinimumWidth(theme.px(200))
        self.lists = QStackedWidget()
        for part in (self.view, self.none_fits, self.loading):
            self.lists.addWidget(part)
        top = row(self.search, self.new, gap=8)
        top.setStretch(0, 1)
        second = row(self.profile, self.filter, self.more, gap=4)
        second.setStretch(0, 1)
        left = column(top, second, self.found, self.lists, self.chosen, gap=8)
        left.setStretch(3, 1)
        self.left = holder(left)
        self.right = QStackedWidget()
        self.all = QStackedWidget()
        self.rooms = Rooms(self.rules, self.all)
        self.setLayout(column(self.rooms))
        # From the outside in: whatever gets another parent is styled again with all that is in it.
        both = row(self.left, self.right, gap=16, pad=(24, 16, 24, 12))
        both.setStretch(1, 1)
        self.all.addWidget(holder(both))
        self.right.addWidget(self.editor)
        self.right.addWidget(self.aside)
        self._build_tools()
        self.empty = EmptyRules(self.rules)
        self.all.addWidget(self.empty)

    def _build_tools(self) -> None:
        """Put undo, redo and the menu of the rule beside its name."""
        self.undo = Button(N_("Undo"), "icon", "undo", shortcut="Ctrl+Z")
        self.redo = Button(N_("Redo"), "icon", "redo", shortcut="Ctrl+Y")
        self.duplicate = Button(N_("Duplicate"), "icon", "copy", shortcut="Ctrl+D")
        self.delete = Button(N_("Delete"), "icon", "trash")
        for button in (self.undo, self.redo, self.duplicate, self.delete):
            self.editor.tools.addWidget(button)

    def _connect(self) -> None:
        desk, bridge = self.rules, self.desk.bridge
        desk.told.connect(self.desk.told)
        desk.removed.connect(self.undo_toast.present)
        desk.selected.connect(self._on_selected)
        desk.reset.connect(self._show_all)
        desk.changed.connect(self._on_changed)
        desk.pending_changed.connect(self.context_changed)
        desk.stack.indexChanged.connect(self._show_undo)
        bridge.devices_changed.connect(self.model.reword)
        bridge.link_changed.connect(self._show_all)
        self.model.modelReset.connect(self._show_found)
        self.view.shown.connect(self._on_shown)
        self.view.chosen.connect(self._on_chosen)
        self.view.edit_asked.connect(self._on_edit_asked)
        self.acts.new_asked.connect(self._on_new)
        self.acts.search_asked.connect(self.start_search)
        self.acts.room_asked.connect(self.show_about)
        self.empty.packs_asked.connect(self.rooms.open_packs)
        self.rooms.told.connect(self.desk.told)
        self.rooms.taken.connect(self.undo_toast.present)
        self.rooms.about_asked.connect(self.show_about)
        self.search.sought.connect(self._on_sought)
        self.search.left.connect(self._on_search_left)
        self.new.clicked.connect(self._on_new)
        self.more.clicked.connect(self._on_more)
        self.filter.filtered.connect(self._want)
        self.found.cleared.connect(self.clear_filters)
        self.show_all.clicked.connect(self.clear_filters)
        self.chosen.asked.connect(self._on_chosen_verb)
        self.profile.told.connect(self.desk.told)
        self.undo.clicked.connect(desk.undo)
        self.redo.clicked.connect(desk.redo)
        self.duplicate.clicked.connect(self._on_duplicate)
        self.delete.clicked.connect(self._on_delete)
        self.aside.delete_asked.connect(self.acts.actions["delete"].trigger)
        self.aside.file_asked.connect(self._on_file)
        self.aside.told.connect(self.desk.told)
        self.empty.adopted.connect(self._on_adopted)
        self.empty.new_asked.connect(self._on_new)

    # ------------------------------------------------------------ what the window asks

    def context(self) -> str:
        if not self.rules.known:
            return tr("Looking for your rules…")
        if self.rules.sync.pending and not self.desk.bridge.state.connected:
            return trn("%Ln change(s) wait for the engine", self.rules.sync.pending)
        return tr("The upper rule gets a busy device first")

    def retranslate(self) -> None:
        self.acts.retranslate()
        self.view.retranslate()
        self.search.retranslate()
        self.profile.show_profiles()
        self.model.reword()
        self._on_chosen()
        self._show_all()
        self.rooms.retranslate()

    def regions(self) -> list[QWidget]:
        if self.rooms.away:
            return self.rooms.regions()
        if self.all.currentWidget() is self.empty:
            return [self.empty]
        return [self.left, self.right]

    def fit(self, width: int, height: int) -> None:
        wide = width >= _WIDE
        rail = WIDTH["rail"] if wide else WIDTH["rail_small"]
        # The editor keeps what its head of name, buttons and switch needs.
        most = width - rail - 64 - theme.px(_EDITOR)
        self.left.setFixedWidth(min(theme.px(400 if wide else 332), most))
        self.empty.fit(width)
        self.rooms.fit(width)
        self.view.set_sentence_lines(2 if height >= _TALL else 1)

    def show_about(self, about: str) -> None:
        """Show a rule by its id, or do what "new", "gift:5655:Rose", "undo", "on:id" ask for."""
        if self.rooms.show_about(about, self.view.chosen_rules()):
            return
        self.rooms.leave()
        if about == "new":
            self.new_rule()
        elif about == "undo":
            self.rules.undo()
        elif about.startswith(("on:", "off:")):
            verb, _, rule_id = about.partition(":")
            self.rules.turn(rule_id, verb == "on")
        elif about.startswith("profile:"):
            self.profile.switch(about.removeprefix("profile:"))
        elif not self.rules.known:
            self._wanted_rule = about
        elif about.startswith(WHY):
            self.testing.show_why(about)
        elif about.startswith(MADE):
            self.new_rule(rule_from(about))
        else:
            self._on_selected(about)

    def commands(self) -> list[Command]:
        return commands_of(self.rules)

    def escape(self) -> bool:
        if self.rooms.escape():
            return True
        if self.view.drag.cancel():
            return True
        if self.search.hasFocus() and self.search.text():
            self.search.clear()
            return True
        if self.search.hasFocus():
            self.view.setFocus()
            return True
        return False

    # ------------------------------------------------------------ what shows

    def _show_all(self) -> None:
        known, document = self.rules.known, self.rules.document
        nothing = known and not document.entries() and not document.rules.groups
        if nothing:
            self.empty.show_words(self.rules.speaker())
        self.all.setCurrentIndex(1 if nothing else 0)
        self._show_found()
        self._show_undo()
        if known and self._wanted_rule:
            wanted, self._wanted_rule = self._wanted_rule, ""
            self.show_about(wanted)
        elif known and self.view.current_row() is None and self.model.rows():
            self._choose_first()
        self.context_changed.emit()

    def _choose_first(self) -> None:
        first = next((one.id for one in self.model.rows() if one.kind == "rule"), "")
        self.view.choose([first])

    def _show_found(self) -> None:
        if self.model.aside(self.view.current_row()) is None:
            self.right.setCurrentWidget(self.editor)
        wanted = self.model.wanted
        shown: QWidget = self.view
        if not self.rules.known:
            shown = self.loading
        elif wanted.active and not self.model.shown:
            shown = self.none_fits
        self.lists.setCurrentWidget(shown)
        self.found.show_found(wanted, self.model.shown, len(self.rules.document.rules.rules))
        self.filter.show_wanted(wanted)

    def _show_undo(self) -> None:
        stack = self.rules.stack
        for button, can, text in (
            (self.undo, stack.canUndo(), stack.undoText()),
            (self.redo, stack.canRedo(), stack.redoText()),
        ):
            button.setEnabled(can)
            button.setAccessibleDescription(text)

    def _on_changed(self) -> None:
        document = self.rules.document
        if not document.entries() or self.all.currentIndex() == 1:
            self._show_all()
        self._show_found()

    def _on_shown(self, kind: str, row_id: str) -> None:
        if kind == "rule":
            self.right.setCurrentWidget(self.editor)
            session = self.editor.session
            if session.rule is None or session.rule.id != row_id:
                self.editor.show_rule(row_id)
        elif kind == "aside":
            aside = self.model.aside(self.view.current_row())
            if aside is not None:
                self.aside.show_aside(aside)
                self.right.setCurrentWidget(self.aside)

    def _on_selected(self, rule_id: str) -> None:
        """Show a rule that changed or was asked for, unfolding and unfiltering what hides it."""
        rule = self.rules.rule(rule_id)
        if rule is None:
            self.editor.show_rule(None)
            return
        if not self.model.place("rule", rule_id).isValid():
            self.clear_filters()
        if rule.group and not self.model.place("rule", rule_id).isValid():
            self.rules.groups.fold(rule.group, is_open=True)
        self.view.choose([rule_id])

    def _on_chosen(self) -> None:
        self.chosen.show_count(len(self.view.chosen_rules()))

    # ------------------------------------------------------------ searching

    def start_search(self) -> None:
        """Put the keyboard into the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def clear_filters(self) -> None:
        """Show every rule again."""
        self.search.clear()
        self._want(Wanted())

    def _on_sought(self, text: str) -> None:
        old = self.model.wanted
        self._want(Wanted(text, old.state, old.when, old.device))

    def _want(self, wanted: Wanted) -> None:
        self.model.want(wanted)
        self._show_found()

    def _on_search_left(self) -> None:
        self.view.setFocus()
        if self.view.current_row() is None:
            self._choose_first()

    # ------------------------------------------------------------ what people do

    def new_rule(self, rule: Rule | None = None) -> None:
        """Add a rule, an empty one if none is given, and begin with its name."""
        if not self._can_edit():
            return
        current = self.model.rule(self.view.current_row())
        self.rooms.leave()
        rule = rule or blank()
        if current is not None:
            rule = rule.model_copy(update={"group": current.group})
        if self.rules.new_rule(rule):
            self.desk.tell(tr("New rules start off. Turn it on when it is ready."))
            self.editor.focus_name()

    def _on_new(self) -> None:
        self.new_rule()

    def _can_edit(self) -> bool:
        if self.rules.known:
            return True
        self.desk.tell(tr("The rules are not here yet. Try again in a moment."))
        return False

    def _on_adopted(self, key: str) -> None:
        if self._can_edit() and self.rules.new_rule(starters()[key]):
            self.desk.tell(tr("New rules start off. Turn it on when it is ready."))
            self.view.setFocus()

    def _on_edit_asked(self) -> None:
        if self.right.currentWidget() is self.editor:
            self.editor.focus_name()

    def _on_more(self) -> None:
        menu = self.acts.menu("paste", "group", "", "packs", "give", "gifts", "", "undo", "redo")
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _on_duplicate(self) -> None:
        rule = self.editor.session.rule
        if rule is not None:
            self.rules.duplicate([rule.id])

    def _on_delete(self) -> None:
        rule = self.editor.session.rule
        if rule is not None:
            self.rules.remove([rule.id])

    def _on_chosen_verb(self, verb: str) -> None:
        if verb in ("on", "off"):
            self.rules.turn(self.view.chosen_rules(), verb == "on")
        elif verb == "into":
            button = self.chosen.buttons["into"]
            menu = self.acts.into_menu(self)
            menu.popup(button.mapToGlobal(button.rect().topLeft()))
        else:
            self.acts.actions[verb].trigger()

    def _on_file(self) -> None:
        folder = self.desk.options.folder
        file = folder / "rules" / f"{self.desk.bridge.state.profiles.current}.json"
        if not file.exists():
            file = folder / "rules.json"
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(file if file.exists() else folder)))
