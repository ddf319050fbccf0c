"""Looks for warnings about the rules a moment after they or the devices changed.

Rule: what did not change is not looked at again, and never while keys are still being pressed.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer

from app.core.checks import Checker
from app.core.rules import RuleDocument
from app.core.surroundings import DeviceSketch, OutputSketch, Surroundings
from app.gateway.messages import ListSounds, Reply
from app.gui.rule_editor.around import shipped_gifts
from app.gui.rules.reading import spare
from drivers.contract import Hazard, Kind, Limits, QueuePolicy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.gateway.views import CapabilityView, DeviceView
    from app.gui.rules.desk import RuleDesk

_PAUSE_MS: Final = 60
_SLICE: Final = 100
# The setting without which something outside the devices is not used.
_SET_UP_BY: Final = {
    "sound": "sound_level",
    "speech": "speech_level",
    "obs": "obs_port",
    "mqtt": "mqtt_host",
    "overlay": "door_port",
    "door": "door_port",
}


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
        # None until the core has told them: what is not known is not complained about.
        self._sounds: frozenset[str] | None = None
        desk.bridge.devices_changed.connect(self._on_devices)
        desk.bridge.settings_changed.connect(self._on_devices)
        desk.bridge.link_changed.connect(self._ask_sounds)
        self._on_devices()
        self._ask_sounds()
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
            _ = self._checker.look(RuleDocument(part), self._around)
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

    def _ask_sounds(self) -> None:
        """Ask which sounds there are; a file may have come while the core was away."""
        if self._desk.bridge.state.connected:
            self._desk.bridge.ask(ListSounds(), self._on_sounds)

    def _on_sounds(self, reply: Reply) -> None:
        if reply.ok:
            self._sounds = frozenset(reply.names)
            self._on_devices()

    def _on_devices(self) -> None:
        devices = sketched(self._desk.bridge.state.devices.values())
        shut = closed(self._desk.bridge.state.settings)
        around = Surroundings(devices, None, self._sounds, self._prices, shut)
        # Pictures of devices come 30 times a second; what rules are checked against rarely changes.
        if around != self._around:
            self._around = around
            self._seen = 0
            self._start()


def closed(settings: Mapping[str, Any]) -> dict[str, str]:
    """Return what rules cannot use outside the devices because it is not set up, and why."""
    # With Giftwire's own broker no other one needs a name.
    own = {"mqtt_host": True} if settings.get("mqtt_own") else {}
    said = {**settings, **own}
    return {outlet: "off" for outlet, key in _SET_UP_BY.items() if key in said and not said[key]}


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
