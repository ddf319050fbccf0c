"""A device with its controls, for the Devices page. Rule: trouble is said in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.gui import icons, status
from app.gui.models.state import measure
from app.gui.text import clock_short, tr, trn
from app.gui.theme import theme
from app.gui.widgets.basic import Button, Card, ElidedLabel, Label, column, holder, row
from app.gui.widgets.device_controls import CONTROLS, Control
from app.gui.widgets.panels import StateWord
from app.gui.widgets.picture import Motion, Picture, motion_of
from app.gui.widgets.spark import Spark
from drivers.contract import N_

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from app.gateway.views import CapabilityView, DeviceView
    from app.gui.models.state import State


class _OutputBlock(QWidget):
    """One output: its own line with value, its controls, and the last minute of a motor."""

    def __init__(
        self, device_id: str, capability: CapabilityView, state: State, *, alone: bool
    ) -> None:
        super().__init__()
        self.picture = Picture(40)
        self.title = ElidedLabel(kind="small_strong")
        self.value = Label(kind="small_strong", tone="text2")
        kind = CONTROLS.get(capability.kind)
        self.control: Control | None = kind(capability) if kind else None
        head = row(self.picture, self.title, self.value, gap=10)
        head.setStretch(1, 1)
        self._head = holder(head)
        self._alone = alone
        layout = column(self._head, gap=10)
        if self.control is not None:
            layout.addWidget(self.control)
        self.spark = Spark(state.history(device_id, capability.id), height=72, axis=True)
        self._moves = capability.kind in ("motor", "light", "level")
        layout.addWidget(self.spark)
        self.setLayout(layout)

    def show_output(self, capability: CapabilityView, *, away: bool, usable: bool) -> None:
        self.picture.show_motion(motion_of(capability, away=away))
        self.title.show_text(tr(capability.title))
        self.value.show_text(
            "" if away else status.capability_value(capability, measure(capability))
        )
        self.title.tone("muted" if away else "")
        # Of a device that is away only what it has: nothing there can be pressed or read.
        self._head.setVisible(away or not self._alone)
        self.spark.setVisible(self._moves and not away)
        if self.control is not None:
            self.control.setVisible(not away)
            self.control.setEnabled(usable)


class DeviceCard(Card):
    """Picture, name, state, controls or what is wrong, and what is known of the device."""

    asked = Signal(str, str, str, dict, float)
    rename_asked = Signal(str)
    forget_asked = Signal(str)
    reconnect_asked = Signal(str)

    def __init__(self, device_id: str) -> None:
        self.device_id = device_id
        self.picture = Picture(48)
        self.name = ElidedLabel(kind="heading")
        self.via = ElidedLabel(kind="caption")
        self.state = StateWord("small_strong")
        self.menu_button = Button(N_("More"), "icon", "more")
        self.trouble = Label(kind="small", wrap=True)
        self.reconnect = Button(N_("Reconnect now"), "primary", "refresh")
        self.foot = Label(kind="caption", wrap=True)
        self._blocks: dict[str, _OutputBlock] = {}
        self._shape: tuple[tuple[str, str], ...] = ()
        self._outputs = column(gap=16)
        self._body = holder(self._outputs)
        self._help = holder(column(self.trouble, row(self.reconnect, None), gap=12))
        names = column(self.name, self.via, gap=0)
        head = row(self.picture, names, self.state, self.menu_button, gap=12)
        head.setStretch(1, 1)
        super().__init__(
            column(head, self._body, self._help, None, self.foot, gap=14, pad=(16, 16, 12, 14))
        )
        self._menu = QMenu(self)
        self._actions: dict[str, QAction] = {}
        for key, source, slot in (
            ("rename", N_("Rename"), self._on_rename),
            ("reconnect", N_("Reconnect"), self._on_reconnect),
            ("forget", N_("Forget"), self._on_forget),
        ):
            action = QAction(tr(source), self._menu)
            action.triggered.connect(slot)
            action.setData(source)
            self._menu.addAction(action)
            self._actions[key] = action
        self.menu_button.clicked.connect(self._on_menu)
        self.reconnect.clicked.connect(self._on_reconnect)
        self._restyle()

    def show_device(self, device: DeviceView, state: State) -> None:
        """Show the device as it is now."""
        away = device.link.stage != "online" or not state.connected
        word, tone = status.device_status(device, state)
        self.name.show_text(device.name)
        self.name.updateGeometry()
        self.via.show_text(" · ".join(filter(None, (tr(device.driver_title), device.address))))
        self.state.show_status(word, tone)
        self.setAccessibleName(f"{device.name}: {word}")
        self.menu_button.setAccessibleName(tr("More for {name}", name=device.name))
        self.look({"warn": "warn", "danger": "danger"}.get(tone, "plain"))
        self._show_blocks(device, state, away=away)
        self._show_trouble(device, state)
        self._show_foot(device)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            for action in self._actions.values():
                action.setText(tr(str(action.data())))
        elif event.type() == QEvent.Type.StyleChange:
            self._restyle()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 renames, as everywhere else."""
        if event.key() == Qt.Key.Key_F2:
            self._on_rename()
            return
        super().keyPressEvent(event)

    def _show_blocks(self, device: DeviceView, state: State, *, away: bool) -> None:
        shape = tuple((c.id, c.kind) for c in device.capabilities)
        if shape != self._shape:
            self._shape = shape
            self._rebuild(device, state)
        usable = not away and state.connected and not state.stop.stopped
        for capability in device.capabilities:
            self._blocks[capability.id].show_output(capability, away=away, usable=usable)
        self._body.setVisible(bool(self._blocks))
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
            block = _OutputBlock(device.id, capability, state, alone=alone)
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
        self.trouble.show_text(" ".join(parts))
        self._help.setVisible(bool(parts))
        self.reconnect.setVisible(away)

    def _show_foot(self, device: DeviceView) -> None:
        parts = [trn("Used by %Ln rule(s)", device.used_by)]
        if device.simulated:
            parts.append(tr("Practice device"))
        if device.firmware and not device.simulated:
            parts.append(tr("Firmware {version}", version=device.firmware))
        queued = sum(c.queued for c in device.capabilities)
        if queued:
            parts.append(trn("%Ln waiting", queued))
        self.foot.show_text(" · ".join(parts))

    def _restyle(self) -> None:
        for key, name in (("rename", "pencil"), ("reconnect", "refresh"), ("forget", "trash")):
            self._actions[key].setIcon(icons.icon(name, "text2", size=theme.px(18)))

    def _on_menu(self) -> None:
        corner = self.menu_button.rect().bottomRight()
        spot = self.menu_button.mapToGlobal(corner)
        spot.setX(spot.x() - self._menu.sizeHint().width())
        self._menu.popup(spot)

    def _on_asked(self, capability: str, verb: str, args: dict[str, object], time_s: float) -> None:
        self.asked.emit(self.device_id, capability, verb, args, time_s)

    def _on_rename(self) -> None:
        self.rename_asked.emit(self.device_id)

    def _on_forget(self) -> None:
        self.forget_asked.emit(self.device_id)

    def _on_reconnect(self) -> None:
        self.reconnect_asked.emit(self.device_id)
