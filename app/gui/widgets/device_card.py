"""A device with its controls, for the Devices page. Rule: trouble is said in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.gui import icons, status
from app.gui.devices.arming import ArmingLine, may_be_tried
from app.gui.devices.wording import output_words
from app.gui.models.state import measure
from app.gui.text import clock_short, tr, trn
from app.gui.theme import theme
from app.gui.widgets.basic import Button, Card, ElidedLabel, Label, column, holder, row
from app.gui.widgets.device_controls import CONTROLS, Control
from app.gui.widgets.flow import settle
from app.gui.widgets.panels import StateWord
from app.gui.widgets.picture import Motion, Picture, motion_of
from app.gui.widgets.spark import Spark
from drivers.contract import N_

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from app.gateway.views import CapabilityView, DeviceView
    from app.gui.models.state import State


# Of more outputs, the rest is folded away.
_MANY: Final = 5
_SHOWN: Final = 3
# Roughly, for cards side by side.
_HEAD_PX: Final = 136
_BLOCK_PX: Final = 56
_TITLE_PX: Final = 42
_LINE_PX: Final = 40
_SPARK: Final = (96, 28)
_MOVING: Final = ("motor", "light", "level", "position", "sensor")
# Of one button: among others it stands on the line of its output.
_BRIEF: Final = ("switch", "pulse")
# What the menu offers: its icon, its words, and whether what is made of other devices has it.
_ACTIONS: Final[dict[str, tuple[str, str, bool]]] = {
    "nudge": ("motion", N_("Nudge it"), False),
    "settings": ("settings", N_("Settings…"), False),
    "limits": ("lock", N_("Limits…"), False),
    "health": ("pulse", N_("Health and log…"), False),
    "edit": ("pencil", N_("Edit…"), True),
    "rename": ("letters", N_("Rename"), True),
    "replace": ("plug", N_("Replace…"), False),
    "reconnect": ("refresh", N_("Reconnect"), False),
    "disarm": ("lock", N_("Disarm"), False),
    "forget": ("trash", N_("Forget"), True),
}


_MADE: Final[dict[str, str]] = {"group": N_("Group"), "scene": N_("Scene")}


class _OutputBlock(QWidget):
    """One output: its own line with the last minute and value, and its controls."""

    def __init__(
        self, device: DeviceView, capability: CapabilityView, state: State, *, alone: bool
    ) -> None:
        super().__init__()
        self.picture = Picture(40)
        self.title = ElidedLabel(kind="small_strong")
        self.value = Label(kind="small_strong", tone="text2")
        self.held = Label(kind="caption", tone="warn", wrap=True)
        kind = CONTROLS.get("scene" if device.made == "scene" else capability.kind)
        self.control: Control | None = kind(capability) if kind else None
        self.moves = capability.kind in _MOVING
        wide, high = (theme.px(one) for one in _SPARK)
        self.spark = Spark(state.history(device.id, capability.id), height=high)
        self.spark.setFixedWidth(wide)
        self.spark.setToolTip(tr("The last 60 seconds"))
        brief = not alone and capability.kind in _BRIEF
        beside = self.control if brief else None
        parts = (self.picture, self.title, beside, self.spark, self.value)
        head = row(*filter(None, parts), gap=10)
        head.setStretch(1, 1)
        self._head = holder(head)
        self._alone = alone
        # Whether the control has a line of its own.
        self._under = self.control is not None and not brief
        layout = column(self._head, gap=6)
        if self.control is not None:
            if brief:
                self.control.be_brief()
            else:
                layout.addWidget(self.control)
        layout.addWidget(self.held)
        self.setLayout(layout)

    def show_output(self, capability: CapabilityView, *, away: bool, usable: bool) -> None:
        self.picture.show_motion(motion_of(capability, away=away))
        sensor = capability.kind == "sensor"
        named = away or sensor or not self._alone
        self.title.show_text(output_words(capability) if named else "")
        held = "" if away else status.held_sentence(capability)
        self.held.show_text(held)
        self.held.setVisible(bool(held))
        self.value.show_text(
            "" if away else status.capability_value(capability, measure(capability))
        )
        self.title.tone("muted" if away else "")
        # The card's own head says what the only output is.
        self.picture.setVisible(away or not self._alone)
        self._head.setVisible(away or self.moves or not self._alone)
        self.spark.setVisible(self.moves and not away)
        if self.control is not None:
            self.control.setVisible(not away)
            self.control.setEnabled(usable)

    def weight(self) -> int:
        """Return roughly how high it is, in pixels."""
        return _BLOCK_PX + _TITLE_PX * (self._under and (self.moves or not self._alone))


class DeviceCard(Card):
    """Picture, name, state, controls or what is wrong, and what is known of the device."""

    asked = Signal(str, str, str, dict, float)
    # What was chosen from its menu: a key of the actions, and the device.
    chosen = Signal(str, str)
    # What was chosen for one of several outputs: "nudge" or "rename", the device, its output.
    output_chosen = Signal(str, str, str)

    def __init__(self, device_id: str) -> None:
        self.device_id = device_id
        self.picture = Picture(48)
        self.name = ElidedLabel(kind="heading")
        self.via = ElidedLabel(kind="caption")
        self.state = StateWord("small_strong")
        self.menu_button = Button(N_("More"), "icon", "more")
        self.trouble = Label(kind="small", wrap=True)
        self.reconnect = Button(N_("Reconnect now"), "primary", "refresh")
        self.arming = ArmingLine()
        self.more = Button(kind="link", icon="down")
        self.more.setCheckable(True)
        self.foot = Label(kind="caption", wrap=True)
        self._blocks: dict[str, _OutputBlock] = {}
        self._shape: tuple[tuple[str, str], ...] = ()
        self._outputs = column(gap=16)
        self._body = holder(column(self._outputs, row(self.more, None), gap=8))
        self._help = holder(column(self.trouble, row(self.reconnect, None), gap=12))
        names = column(self.name, self.via, gap=0)
        head = row(self.picture, names, self.state, self.menu_button, gap=12)
        head.setStretch(1, 1)
        parts = (head, self.arming, self._body, self._help, None, self.foot)
        super().__init__(column(*parts, gap=14, pad=(16, 16, 12, 14)))
        self._build_menu()
        self.menu_button.clicked.connect(self._on_menu)
        self.reconnect.clicked.connect(self._on_reconnect)
        self.arming.chosen.connect(self._on_arming)
        self.more.toggled.connect(self._fold)
        self._restyle()

    def _build_menu(self) -> None:
        """Build what the button with the dots opens."""
        self._menu = QMenu(self)
        self._actions: dict[str, QAction] = {}
        for key, (_, source, _) in _ACTIONS.items():
            action = QAction(tr(source), self._menu)
            action.setObjectName(key)
            action.triggered.connect(self._on_action)
            action.setData(source)
            self._menu.addAction(action)
            self._actions[key] = action
        self._nudges = self._outputs_menu("nudge", "motion", N_("Nudge"), "settings")
        self._names = self._outputs_menu("rename", "letters", N_("Rename an output"), "replace")

    def show_device(self, device: DeviceView, state: State) -> None:
        """Show the device as it is now."""
        away = device.link.stage != "online" or not state.connected
        word, tone = status.device_status(device, state)
        self.name.show_text(device.name)
        self.name.updateGeometry()
        kind = tr(_MADE.get(device.made, device.driver_title))
        self.via.show_text(" · ".join(filter(None, (kind, device.address))))
        self.state.show_status(word, tone)
        self.setAccessibleName(f"{device.name}: {word}")
        self.menu_button.setAccessibleName(tr("More for {name}", name=device.name))
        self.look({"warn": "warn", "danger": "danger"}.get(tone, "plain"))
        self._show_blocks(device, state, away=away)
        self._show_trouble(device, state)
        self._show_actions(device, away=away)
        self._show_foot(device)

    def weight(self) -> int:
        """Return how high it is, roughly, before it was ever laid out."""
        shown = list(self._blocks.values())
        folded = len(shown) > _MANY
        if folded:
            shown = shown[:_SHOWN]
        body = sum(block.weight() for block in shown)
        return _HEAD_PX + body + _LINE_PX * (folded + 2 * (not self._help.isHidden()))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            menus = (one.menuAction() for one in (self._nudges, self._names))
            for action in (*self._actions.values(), *menus):
                action.setText(tr(str(action.data())))
        elif event.type() == QEvent.Type.StyleChange:
            self._restyle()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 renames, as everywhere else."""
        if event.key() == Qt.Key.Key_F2:
            self.chosen.emit("rename", self.device_id)
            return
        super().keyPressEvent(event)

    def _show_blocks(self, device: DeviceView, state: State, *, away: bool) -> None:
        shape = tuple((c.id, c.kind) for c in device.capabilities)
        if shape != self._shape:
            self._shape = shape
            self._rebuild(device, state)
        usable = not away and state.connected and not state.stop.stopped
        for capability in device.capabilities:
            may = usable and may_be_tried(device, capability)
            self._blocks[capability.id].show_output(capability, away=away, usable=may)
        self._body.setVisible(bool(self._blocks))
        self._fold()
        active = next((c for c in device.capabilities if c.active), None)
        shown = active or next(iter(device.capabilities), None)
        self.picture.show_motion(
            motion_of(shown, away=away) if shown else Motion(kind=device.icon, away=away)
        )

    def _rebuild(self, device: DeviceView, state: State) -> None:
        while (item := self._outputs.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._blocks.clear()
        alone = len(device.capabilities) == 1
        for capability in device.capabilities:
            block = _OutputBlock(device, capability, state, alone=alone)
            if block.control is not None:
                block.control.asked.connect(self._on_asked)
            self._blocks[capability.id] = block
            self._outputs.addWidget(block)

    def _show_trouble(self, device: DeviceView, state: State) -> None:
        away = device.link.stage != "online" and state.connected
        parts = [status.link_sentence(device.link)] if away else []
        if away and device.link.since_ms:
            parts.append(tr("Since {time}.", time=clock_short(device.link.since_ms)))
        if not away and device.safe is False:
            parts.append(tr("It did not confirm that it stopped. Check it yourself."))
        if device.replaced_now and device.fallback in state.devices:
            name = state.devices[device.fallback].name
            parts.append(tr("{name} does its work meanwhile.", name=name))
        before = (self.trouble.words(), self.arming.text.words())
        self.arming.show_device(device, away=away, stopped=state.stop.stopped)
        self.trouble.show_text(" ".join(parts))
        self._help.setVisible(bool(parts))
        self.reconnect.setVisible(away)
        if before != (self.trouble.words(), self.arming.text.words()):
            # A second line of words has its room at once.
            settle(self)

    def _show_foot(self, device: DeviceView) -> None:
        used = device.used_by
        parts = [trn("Used by %Ln rule(s)", used) if used else tr("No rule uses it yet")]
        if device.simulated:
            parts.append(tr("Practice device"))
        health = status.health_word(device.health)
        if health and device.link.stage == "online":
            parts.append(health)
        if device.firmware and not device.simulated:
            parts.append(tr("Firmware {version}", version=device.firmware))
        queued = sum(c.queued for c in device.capabilities)
        if queued:
            parts.append(trn("%Ln waiting", queued))
        self.foot.show_text(" · ".join(parts))

    def _show_actions(self, device: DeviceView, *, away: bool) -> None:
        for key, (_, _, made) in _ACTIONS.items():
            self._actions[key].setVisible(made if device.made else key != "edit")
        self._actions["disarm"].setVisible(device.armed and device.arming == "first_use")
        self._actions["reconnect"].setVisible(away and not device.made)
        self._show_nudges(device, away=away)

    def _outputs_menu(self, key: str, icon: str, source: str, before: str) -> QMenu:
        menu = QMenu(tr(source), self._menu)
        menu.setObjectName(key)
        menu.menuAction().setData(source)
        menu.menuAction().setObjectName(icon)
        self._menu.insertMenu(self._actions[before], menu)
        return menu

    def _show_nudges(self, device: DeviceView, *, away: bool) -> None:
        """Offer a nudge of the device's only output, or of each; and a name for each."""
        able = [one for one in device.capabilities if one.kind != "sensor"]
        several = len(able) > 1 and not device.made
        self._nudges.menuAction().setVisible(several)
        self._actions["nudge"].setVisible(not several and not device.made)
        may = {one.id: not away and may_be_tried(device, one) for one in able}
        self._actions["nudge"].setEnabled(any(may.values()))
        told = [(one.id, output_words(one), may[one.id]) for one in able]
        self._list(self._nudges, told if several else [])
        every = [(one.id, output_words(one), True) for one in device.capabilities]
        named = len(every) > 1 and not device.made
        self._names.menuAction().setVisible(named)
        self._list(self._names, every if named else [])

    def _list(self, menu: QMenu, wanted: list[tuple[str, str, bool]]) -> None:
        if wanted == [(str(one.data()), one.text(), one.isEnabled()) for one in menu.actions()]:
            return
        menu.clear()
        for output, title, enabled in wanted:
            action = menu.addAction(title)
            action.setData(output)
            action.setEnabled(enabled)
            action.triggered.connect(self._on_output)

    def _fold(self) -> None:
        every = self.more.isChecked()
        blocks = list(self._blocks.values())
        many = len(blocks) > _MANY
        for place, block in enumerate(blocks):
            block.setVisible(every or not many or place < _SHOWN)
        self.more.setVisible(many)
        self.more.show_source("", "up" if every else "down")
        text = tr("Show fewer") if every else trn("Show all %Ln outputs", len(blocks))
        self.more.setText(text)

    def _restyle(self) -> None:
        for key, (name, _, _) in _ACTIONS.items():
            self._actions[key].setIcon(icons.icon(name, "text2", size=theme.px(18)))
        for menu in (self._nudges, self._names):
            name = menu.menuAction().objectName()
            menu.setIcon(icons.icon(name, "text2", size=theme.px(18)))

    def _on_menu(self) -> None:
        corner = self.menu_button.rect().bottomRight()
        spot = self.menu_button.mapToGlobal(corner)
        spot.setX(spot.x() - self._menu.sizeHint().width())
        self._menu.popup(spot)

    def _on_asked(self, capability: str, verb: str, args: dict[str, object], time_s: float) -> None:
        self.asked.emit(self.device_id, capability, verb, args, time_s)

    def _on_action(self) -> None:
        self.chosen.emit(self.sender().objectName(), self.device_id)

    def _on_reconnect(self) -> None:
        self.chosen.emit("reconnect", self.device_id)

    def _on_arming(self, action: str) -> None:
        self.chosen.emit(action, self.device_id)

    def _on_output(self) -> None:
        action = self.sender()
        menu = action.parent() if isinstance(action, QAction) else None
        if isinstance(action, QAction) and menu is not None:
            self.output_chosen.emit(menu.objectName(), self.device_id, str(action.data()))
