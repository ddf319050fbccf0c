"""Named sets of rules: which one runs, and the menu to change that. Rule: the core does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QPainter
from PySide6.QtWidgets import QMenu, QSizePolicy

from app.core.rules import RuleDocument, to_content
from app.gateway.messages import AddProfile, DropProfile, RenameProfile, Reply, SetProfile
from app.gui import icons, words
from app.gui.dialogs import NameDialog, Question
from app.gui.text import as_tip, tr
from app.gui.theme import theme
from app.gui.widgets.basic import Button

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from app.gui.bridge import Bridge
    from app.gui.rules.desk import RuleDesk


# The profile every install has; the core gives it this name, and we one in words.
_MAIN: Final = "Main"


def shown_name(name: str) -> str:
    """Return what a profile is called on screen."""
    return tr("Usual rules") if name in ("", _MAIN) else name


class ProfileButton(Button):
    """Shows the profile that runs; its menu switches, adds, renames, duplicates and deletes."""

    told = Signal(str)

    def __init__(self, desk: RuleDesk) -> None:
        super().__init__()
        self.setObjectName("rule_profile")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._desk = desk
        self._bridge: Bridge = desk.bridge
        self._switch_to = ""
        self._shown = ""
        self.clicked.connect(self._on_clicked)
        self._bridge.profiles_changed.connect(self.show_profiles)
        self._bridge.link_changed.connect(self.show_profiles)
        self.show_profiles()

    def show_profiles(self) -> None:
        """Show the profile that runs."""
        current = self._bridge.state.profiles.current
        name = shown_name(current)
        self.setAccessibleName(tr("Profile: {name}", name=name))
        self.setToolTip(as_tip(tr("Profile: {name}", name=name)))
        self._shown = name
        self.update()
        self.setEnabled(self._bridge.state.connected)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the name at the left and an arrow at the right, as lists to choose from have it."""
        super().paintEvent(event)
        painter = QPainter(self)
        ink = "text" if self.isEnabled() else "muted"
        middle = self.height() / 2
        icons.paint(painter, "folder", QRectF(12, middle - 9, 18, 18), "text2")
        icons.paint(painter, "down", QRectF(self.width() - 26, middle - 8, 16, 16), ink)
        painter.setFont(theme.font("small_strong"))
        painter.setPen(theme.colour(ink))
        room = QRectF(38, 0, self.width() - 68, self.height())
        shown = painter.fontMetrics().elidedText(
            self._shown, Qt.TextElideMode.ElideRight, int(room.width())
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)

    def menu_now(self) -> QMenu:
        """Return the menu with the profiles that there are."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        profiles = self._bridge.state.profiles
        group = QActionGroup(menu)
        for name in profiles.names:
            action = QAction(shown_name(name).replace("&", "&&"), group)
            action.setCheckable(True)
            action.setChecked(name == profiles.current)
            action.setData(name)
            action.triggered.connect(self._on_chosen)
            menu.addAction(action)
        menu.addSeparator()
        deletable = [one for one in profiles.names if one not in (_MAIN, profiles.current)]
        named = profiles.current not in ("", _MAIN)
        for text, icon, do, can in (
            (tr("New profile…"), "plus", self._on_new, True),
            (tr("Duplicate this profile…"), "copy", self._on_duplicate, True),
            (tr("Rename this profile…"), "pencil", self._on_rename, named),
            (tr("Delete a profile"), "trash", None, bool(deletable)),
        ):
            if do is None:
                menu.addMenu(self._delete_menu(menu, text, icon, deletable)).setEnabled(can)
                continue
            action = QAction(icons.icon(icon, "text2"), text, menu)
            action.setEnabled(can)
            action.triggered.connect(do)
            menu.addAction(action)
        return menu

    def _delete_menu(self, menu: QMenu, text: str, icon: str, names: list[str]) -> QMenu:
        """Return the profiles that can go: not the one that runs, and never the usual one."""
        delete = QMenu(text, menu)
        delete.setIcon(icons.icon(icon, "text2"))
        for name in names:
            action = QAction(name.replace("&", "&&"), delete)
            action.setData(name)
            action.triggered.connect(self._on_delete)
            delete.addAction(action)
        return delete

    def _on_clicked(self) -> None:
        self.menu_now().popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _name(self) -> str:
        sender = self.sender()
        return str(sender.data()) if isinstance(sender, QAction) else ""

    def _on_chosen(self) -> None:
        self.switch(self._name())

    def switch(self, name: str) -> None:
        """Run another profile from the next event on."""
        if name and name != self._bridge.state.profiles.current:
            self._bridge.ask(SetProfile(name=name), self._on_switched)

    def _on_switched(self, reply: Reply) -> None:
        if not reply.ok:
            self.told.emit(words.failure(reply.code, reply.values))

    def _on_new(self) -> None:
        self._ask_name(tr("New profile"), "", tr("Add"), "new")

    def _on_duplicate(self) -> None:
        current = shown_name(self._bridge.state.profiles.current)
        self._ask_name(tr("Duplicate this profile"), f"{current} 2", tr("Duplicate"), "copy")

    def _on_rename(self) -> None:
        current = self._bridge.state.profiles.current
        self._ask_name(tr("Rename this profile"), current, tr("Rename"), "rename")

    def _ask_name(self, title: str, name: str, do_it: str, verb: str) -> None:
        dialog = NameDialog(self.window(), title, name, do_it)
        dialog.setProperty("verb", verb)
        dialog.named.connect(self._on_named)
        dialog.open()

    def _on_named(self, name: str) -> None:
        verb = str(self.sender().property("verb"))
        if verb == "rename":
            current = self._bridge.state.profiles.current
            self._bridge.ask(RenameProfile(name=current, to=name), self._on_switched)
            return
        content = to_content(RuleDocument()) if verb == "new" else None
        self._switch_to = name
        self._bridge.ask(AddProfile(name=name, content=content), self._on_added)

    def _on_added(self, reply: Reply) -> None:
        if not reply.ok:
            self._on_switched(reply)
            return
        self._bridge.ask(SetProfile(name=self._switch_to), self._on_switched)

    def _on_delete(self) -> None:
        name = self._name()
        question = Question(
            self.window(),
            tr("Delete profile {name}?", name=name),
            tr("Its rules go with it. The file is kept among the backups."),
            tr("Delete"),
            tr("Keep it"),
        )
        question.setProperty("profile", name)
        question.accepted.connect(self._on_deleted)
        question.open()

    def _on_deleted(self) -> None:
        name = str(self.sender().property("profile"))
        self._bridge.ask(DropProfile(name=name), self._on_switched)
