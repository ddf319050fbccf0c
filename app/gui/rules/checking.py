"""Looks for warnings about the rules a moment after they or the devices changed.

Rule: what did not change is not looked at again, and never while keys are still being pressed.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from app.core.checks import Checker
from app.core.rules import RuleDocument
from app.core.surroundings import DeviceSketch, OutputSketch, Surroundings
from app.gui.rule_editor.around import shipped_gifts
from app.gui.rules.reading import spare
from drivers.contract import Hazard, Kind, Limits, QueuePolicy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.gateway.views import CapabilityView, DeviceView
    from app.gui.rules.desk import RuleDesk

_PAUSE_MS: Final = 60
_SLICE: Final = 100


class Checking(QObject):
    """Keeps the desk's warnings current."""

    def __init__(self, desk: RuleDesk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._checker = Checker()
        self._around = Surroundings()
        # How many rules were looked at already; the checker knows them.
        self._seen = 0
        self._prices = {gift.id: gift.coins for gift in shipped_gifts()}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.check)
        desk.changed.connect(self._on_changed)
        desk.arranged.connect(self._start)
        desk.reset.connect(self._on_reset)
        desk.bridge.devices_changed.connect(self._on_devices)
        self._on_devices()
        self._start()

    def check(self) -> None:
        """Look now; the first look at a long list goes by slices, one at a time."""
        self._timer.stop()
        if not self._desk.known:
            return
        rules = self._desk.document.rules.served()
        if len(rules) > self._seen + _SLICE:
            self._seen += _SLICE
            part = self._desk.document.rules.model_copy(update={"rules": rules[: self._seen]})
            self._checker.warnings(RuleDocument(part), self._around)
            self._timer.start(0)
            return
        first, self._seen = self._seen < len(rules), len(rules)
        self._desk.take_warnings(self._checker.warnings(self._desk.document, self._around))
        if first:
            spare(len(rules))

    def _start(self) -> None:
        self._timer.start(_PAUSE_MS)

    def _on_changed(self, _ids: set[str]) -> None:
        self._start()

    def _on_reset(self) -> None:
        self._seen = 0
        self._start()

    def _on_devices(self) -> None:
        devices = sketched(self._desk.bridge.state.devices.values())
        around = Surroundings(devices=devices, prices=self._prices)
        # Pictures of devices come 30 times a second; what rules are checked against rarely changes.
        if around != self._around:
            self._around = around
            self._seen = 0
            self._start()


def sketched(devices: Iterable[DeviceView]) -> tuple[DeviceSketch, ...]:
    """Return the devices as rules are checked against them."""
    return tuple(
        DeviceSketch(
            device.id,
            device.name,
            device.role,
            tuple(_output(one) for one in device.capabilities),
        )
        for device in devices
    )


def _output(view: CapabilityView) -> OutputSketch:
    kinds = {kind.value: kind for kind in Kind}
    hazards = {hazard.value: hazard for hazard in Hazard}
    limits = Limits(
        max_on_s=_or_any(view.max_on_s),
        max_rpm=_or_any(view.max_rpm),
        max_rounds=_or_any(view.max_rounds),
        max_level=view.max_level,
        max_flash_hz=_or_any(view.max_flash_hz),
    )
    return OutputSketch(
        view.id,
        kinds.get(view.kind, Kind.SWITCH),
        limits,
        hazards.get(view.hazard, Hazard.NONE),
        drops_when_busy=view.policy == QueuePolicy.DROP.value,
        effects=view.effects,
    )


def _or_any(limit: float | None) -> float:
    return math.inf if limit is None else limit
