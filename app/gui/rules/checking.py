"""Looks for warnings about the rules a moment after they or the devices changed.

Rule: what did not change is not looked at again, and never while keys are still being pressed.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from app.core.checks import Checker
from app.core.surroundings import DeviceSketch, OutputSketch, Surroundings
from app.gui.rule_editor.around import shipped_gifts
from drivers.contract import Hazard, Kind, Limits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.gateway.views import CapabilityView, DeviceView
    from app.gui.rules.desk import RuleDesk

_PAUSE_MS: Final = 60


class Checking(QObject):
    """Keeps the desk's warnings current."""

    def __init__(self, desk: RuleDesk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._checker = Checker()
        self._around = Surroundings()
        self._prices = {gift.id: gift.coins for gift in shipped_gifts()}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.check)
        desk.changed.connect(self._on_changed)
        desk.arranged.connect(self._timer.start)
        desk.reset.connect(self._timer.start)
        desk.bridge.devices_changed.connect(self._on_devices)
        self._on_devices()
        self._timer.start()

    def check(self) -> None:
        """Look now."""
        self._timer.stop()
        if self._desk.known:
            self._desk.take_warnings(self._checker.warnings(self._desk.document, self._around))

    def _on_changed(self, _ids: set[str]) -> None:
        self._timer.start()

    def _on_devices(self) -> None:
        devices = sketched(self._desk.bridge.state.devices.values())
        around = Surroundings(devices=devices, prices=self._prices)
        # Pictures of devices come 30 times a second; what rules are checked against rarely changes.
        if around != self._around:
            self._around = around
            self._timer.start()


def sketched(devices: Iterable[DeviceView]) -> tuple[DeviceSketch, ...]:
    """Return the devices as rules are checked against them."""
    return tuple(
        DeviceSketch(device.id, device.name, "", tuple(_output(one) for one in device.capabilities))
        for device in devices
    )


def _output(view: CapabilityView) -> OutputSketch:
    kinds = {kind.value: kind for kind in Kind}
    hazards = {hazard.value: hazard for hazard in Hazard}
    limits = Limits(
        max_on_s=_or_any(view.max_on_s),
        max_rpm=_or_any(view.max_rpm),
        max_rounds=_or_any(view.max_rounds),
    )
    return OutputSketch(
        view.id,
        kinds.get(view.kind, Kind.SWITCH),
        limits,
        hazards.get(view.hazard, Hazard.NONE),
        effects=view.effects,
    )


def _or_any(limit: float | None) -> float:
    return math.inf if limit is None else limit
