"""Values that devices tell, as events for rules: one each time a value is another one.

One rule: a device that talks without end costs rules ten looks a second, and no more.
"""

from __future__ import annotations

import asyncio
import itertools
from typing import TYPE_CHECKING, Final

from app.core.events import Reading

if TYPE_CHECKING:
    from app.devices.hub import Hub
    from app.devices.views import DeviceState
    from app.gateway.line import Line
    from app.link import Clock

APART_S: Final = 0.1
# Drivers tell nothing of an output that rests: the first value that is told came from zero.
_REST_AT_ZERO: Final = frozenset({"rpm", "level", "on"})


class Readings:
    """Compares what devices tell with what they told last. Loop's thread only."""

    def __init__(self, hub: Hub, line: Line, clock: Clock) -> None:
        self._hub = hub
        self._line = line
        self._clock = clock
        self._last: dict[tuple[str, str], float] = {}
        self._changed: set[str] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._looked = 0.0
        self._numbers = itertools.count(clock.wall_ms() * 1000)

    def changed(self, device_id: str) -> None:
        """Look at a device soon; it may have told something."""
        self._changed.add(device_id)
        if self._timer is None:
            wait_s = max(0.0, self._looked + APART_S - self._clock.monotonic())
            self._timer = asyncio.get_running_loop().call_later(wait_s, self._look)

    def rest(self) -> None:
        """Look no more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _look(self) -> None:
        self._timer = None
        self._looked = self._clock.monotonic()
        changed, self._changed = self._changed, set()
        for device_id in changed:
            state = self._hub.device(device_id)
            if state is None:
                self._last = {key: one for key, one in self._last.items() if key[0] != device_id}
                continue
            roles = self._roles(state)
            for output in state.capabilities:
                for name, value in output.values.items():
                    rest = 0.0 if name in _REST_AT_ZERO else None
                    before = self._last.get((device_id, name), rest)
                    if value != before:
                        self._tell(device_id, name, float(value), before, roles)

    def _roles(self, state: DeviceState) -> tuple[str, ...]:
        """Return what else rules may call a device: its role, and kinds it is the first of."""
        kinds = {one.capability.kind for one in state.capabilities}
        first = {
            kind.value
            for kind in kinds
            if (found := self._hub.find(kind.value, kind)) and found[0] == state.id
        }
        return tuple(sorted({state.role, *first} - {""}))

    def _tell(
        self,
        device_id: str,
        name: str,
        value: float,
        before: float | None,
        roles: tuple[str, ...],
    ) -> None:
        self._last[device_id, name] = value
        reading = Reading(
            id=f"reading/{next(self._numbers)}",
            at_ms=self._clock.wall_ms(),
            device_id=device_id,
            name=name,
            value=value,
            before=before,
            roles=roles,
        )
        self._line.on_event(reading, self._clock.monotonic())
