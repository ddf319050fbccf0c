"""What rules may ask of the world, answered from the living rooms: devices, clock, chance, viewers.

One rule: it only reads, at once; nothing here waits or changes anything.
"""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

from app.core.links import LinkStage
from app.core.world import DeviceFacts, LocalTime
from drivers.contract import Kind

if TYPE_CHECKING:
    from app.core.events import Viewer
    from app.core.world import ViewerFacts
    from app.devices.hub import Hub
    from app.devices.views import DeviceState
    from app.gateway.viewers import Viewers

_UNKNOWN = DeviceFacts()


class LivingWorld:
    """The world of one core. Loop's thread only."""

    def __init__(self, hub: Hub, viewers: Viewers) -> None:
        self._hub = hub
        self._viewers = viewers

    def find(self, device: str, kind: Kind) -> tuple[str, str] | None:
        """Return device id and capability id for an id or a role; None if nothing fits."""
        return self._hub.find(device, kind)

    def outputs(self, device: str) -> tuple[tuple[str, str], ...]:
        """Return device id and capability id of every output of a device, by id or role."""
        state = self._state(device)
        if state is None:
            return ()
        return tuple((state.id, one.capability.id) for one in state.capabilities)

    def device(self, device: str) -> DeviceFacts:
        """Return how a device is, by id or role; of a value told twice, the last output's."""
        state = self._state(device)
        if state is None:
            return _UNKNOWN
        values: dict[str, float] = {}
        for one in state.capabilities:
            values.update(one.values)
        return DeviceFacts(
            known=True,
            online=state.link.stage is LinkStage.ONLINE,
            active=any(one.active for one in state.capabilities),
            values=values,
        )

    def local_time(self, at_ms: int) -> LocalTime:
        """Return what the clock on the wall showed."""
        return local_time(at_ms)

    def chance(self) -> float:
        """Return a random number, 0 <= x < 1."""
        return random.random()

    def viewer(self, viewer: Viewer) -> ViewerFacts:
        """Return what a viewer gave in this stream, this event counted in."""
        return self._viewers.facts(viewer)

    def _state(self, device: str) -> DeviceState | None:
        if not device:
            return None
        state = self._hub.device(device)
        if state is not None:
            return state
        named = next((one.id for one in self._hub.configs if one.role == device), None)
        if named is None:
            # Steps drive the first device of a kind by the kind's name: stopping it must, too.
            kind = Kind.SWITCH if device == "relay" else Kind._value2member_map_.get(device)
            found = self._hub.find(kind.value, kind) if isinstance(kind, Kind) else None
            named = None if found is None else found[0]
        return None if named is None else self._hub.device(named)


def local_time(at_ms: int) -> LocalTime:
    """Return the wall clock's time; a time that this computer cannot tell is its beginning."""
    try:
        at = time.localtime(at_ms / 1000)
    except (OverflowError, ValueError, OSError):
        at = time.localtime(0)
    return LocalTime(at.tm_wday, at.tm_hour * 60 + at.tm_min, at.tm_sec)
