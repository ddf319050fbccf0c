"""Everything that can be done to rules from the list: keys, the menu of a row, the "…" menu.

Rule: each is one QAction, so that key, menu and state always agree.
"""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu

from app.gui import icons
from app.gui.dialogs import NameDialog
from app.gui.text import tr
from app.gui.widgets.panels import announce
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QWidget

    from app.gui.rules.view import RuleListView

# verb: words, icon, keys
_ACTS: Final[dict[str, tuple[str, str, str]]] = {
    "new": (N_("New rule"), "plus", "Ctrl+N"),
    "turn": (N_("Turn on or off"), "bolt", ""),
    "rename": (N_("Rename"), "pencil", "F2"),
    "duplicate": (N_("Duplicate"), "copy", "Ctrl+D"),
    "copy": (N_("Copy"), "copy", "Ctrl+C"),
    "cut": (N_("Cut"), "minus", "Ctrl+X"),
    "paste": (N_("Paste"), "paste", "Ctrl+V"),
    "delete": (N_("Delete"), "trash", "Del"),
    "up": (N_("Move up"), "up", "Alt+Up"),
    "down": (N_("Move down"), "down", "Alt+Down"),
    "group": (N_("New group…"), "folder", ""),
    "dissolve": (N_("Ungroup"), "cross", ""),
    "undo": (N_("Undo"), "undo", "Ctrl+Z"),
    "redo": (N_("Redo"), "redo", "Ctrl+Y, Ctrl+Shift+Z"),
    "search": (N_("Search"), "search", "Ctrl+F"),
    "packs": (N_("Starter packs and import…"), "folder", "Ctrl+O"),
    "give": (N_("Give rules away…"), "share", ""),
    "gifts": (N_("All gifts…"), "gift", "Ctrl+G"),
}
# These work wherever the focus is while the page shows; the others only in the list.
_PAGE: Final = frozenset({"new", "undo", "redo", "search", "packs", "give", "gifts"})


class Acts(QObject):
    """The actions of a list. `new_asked` and `search_asked` are for the page to do.

    `room_asked` names what shall open in the place of the list: packs, give, gifts.
    """

    new_asked = Signal()
    search_asked = Signal()
    room_asked = Signal(str)

    def __init__(self, view: RuleListView, page: QWidget) -> None:
        super().__init__(page)
        self._view = view
        self._desk = view.rules.desk
        self._page = page
        self.actions: dict[str, QAction] = {}
        does: dict[str, Callable[[], object]] = {
            "new": self.new_asked.emit,
            "turn": self._turn,
            "rename": view.rename,
            "duplicate": self._duplicate,
            "copy": self._copy,
            "cut": self._cut,
            "paste": self._paste,
            "delete": self._delete,
            "up": self._up,
            "down": self._down,
            "group": self.ask_group,
            "dissolve": self._dissolve,
            "undo": self._desk.undo,
            "redo": self._desk.redo,
            "search": self.search_asked.emit,
            **{verb: partial(self.room_asked.emit, verb) for verb in ("packs", "give", "gifts")},
        }
        for verb, do in does.items():
            self.actions[verb] = self._made(verb, do)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._on_menu)
        self.retranslate()

    def retranslate(self) -> None:
        """Follow the language."""
        for verb, action in self.actions.items():
            action.setText(tr(_ACTS[verb][0]))

    def _made(self, verb: str, do: Callable[[], object]) -> QAction:
        action = QAction(self)
        keys = [QKeySequence(one) for one in _ACTS[verb][2].split(", ") if one]
        if verb == "search":
            keys.append(QKeySequence("/"))
        if verb == "delete" and sys.platform == "darwin":
            # The key that Apple calls Delete.
            keys.append(QKeySequence("Backspace"))
        action.setShortcuts(keys)
        on_page = verb in _PAGE
        action.setShortcutContext(
            Qt.ShortcutContext.WindowShortcut if on_page else Qt.ShortcutContext.WidgetShortcut
        )
        action.triggered.connect(do)
        (self._page if on_page else self._view).addAction(action)
        return action

    # ------------------------------------------------------------ menus

    def menu(self, *verbs: str) -> QMenu:
        """Return a menu of actions; "" is a line, "into" the groups to move into."""
        menu = QMenu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for verb in verbs:
            if not verb:
                menu.addSeparator()
            elif verb == "into":
                menu.addMenu(self.into_menu(menu))
            else:
                action = self.actions[verb]
                action.setIcon(icons.icon(_ACTS[verb][1], "text2"))
                menu.addAction(action)
        return menu

    def into_menu(self, parent: QWidget) -> QMenu:
        """Return a menu of the groups that what is chosen may move into."""
        into = QMenu(tr("Move to group"), parent)
        into.setIcon(icons.icon("folder", "text2"))
        for group in self._desk.groups.all():
            self._add_target(into, self._desk.groups.name(group), group.id)
        self._add_target(into, tr("No group"), "")
        into.addSeparator()
        into.addAction(self.actions["group"])
        return into

    def _add_target(self, menu: QMenu, text: str, group_id: str) -> None:
        # A single "&" in a name would become a key.
        action = QAction(text.replace("&", "&&"), menu)
        action.setData(group_id)
        action.triggered.connect(self._on_target)
        menu.addAction(action)

    def _on_target(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.move_into(str(action.data()))

    def move_into(self, group_id: str) -> None:
        """Move the chosen rules to the end of a group, "" for none."""
        ids = self._view.chosen_rules()
        if self._desk.move(ids, "", group_id):
            self._view.choose(ids)

    def _on_menu(self, spot: QPoint) -> None:
        row = self._view.rules.row(self._view.indexAt(spot))
        kind = row.kind if row is not None else ""
        if kind == "rule":
            menu = self.menu(
                "turn", "rename", "", "duplicate", "copy", "cut", "paste", "", "into", "up",
                "down", "", "delete",
            )  # fmt: skip
        elif kind == "group":
            menu = self.menu("turn", "rename", "", "up", "down", "", "dissolve", "delete")
        elif kind == "aside":
            menu = self.menu("delete")
        else:
            menu = self.menu("new", "paste", "group", "", "undo", "redo")
        menu.popup(self._view.viewport().mapToGlobal(spot))

    # ------------------------------------------------------------ what they do

    def _group_row(self) -> str:
        """Return the group whose heading is current while no rule is chosen."""
        row = self._view.current_row()
        heading = row is not None and row.kind == "group" and not self._view.chosen_rules()
        return row.id if row is not None and heading else ""

    def _turn(self) -> None:
        self._view.turn_chosen()

    def _duplicate(self) -> None:
        made = self._desk.duplicate(self._view.chosen_rules())
        if made:
            self._view.choose(made)

    def _copy(self) -> int:
        ids = self._view.chosen_rules()
        if ids:
            QGuiApplication.clipboard().setText(self._desk.copy_text(ids))
            self._desk.tell_copied(len(ids))
        return len(ids)

    def _cut(self) -> None:
        if self._copy():
            self._desk.remove(self._view.chosen_rules())

    def _paste(self) -> None:
        row = self._view.current_row()
        below = row.id if row is not None and row.kind == "rule" else ""
        made = self._desk.paste(QGuiApplication.clipboard().text(), below)
        if made:
            self._view.choose(made)

    def _delete(self) -> None:
        row, group = self._view.current_row(), self._group_row()
        aside = self._view.rules.aside(row)
        if group:
            self._desk.groups.remove(group)
        elif aside is not None:
            self._desk.drop_aside(aside)
        else:
            self._desk.remove(self._view.chosen_rules())

    def _dissolve(self) -> None:
        group = self._group_row()
        if group:
            self._desk.groups.dissolve(group)

    def _up(self) -> None:
        self._step(-1)

    def _down(self) -> None:
        self._step(1)

    def _step(self, step: int) -> None:
        group = self._group_row()
        if group:
            if self._desk.groups.move(group, step):
                self._view.choose([group], kind="group")
                announce(self._view, self._desk.stack.undoText())
            return
        ids = self._view.chosen_rules()
        if self._desk.step(ids, step):
            self._view.choose(ids)
            announce(self._view, self._desk.told_place(ids[0]))

    def ask_group(self) -> None:
        """Ask for a name, then make a group of what is chosen."""
        dialog = NameDialog(self._page.window(), tr("New group"), "", tr("Add"))
        dialog.named.connect(self._on_group)
        dialog.open()

    def _on_group(self, name: str) -> None:
        group = self._desk.groups.add(name, self._view.chosen_rules())
        if group:
            self._view.choose([group], kind="group")
