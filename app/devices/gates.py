"""The gates of one device: its limits, its consent, its arming, and what it has used up.

One rule: they outlive connections; what was counted stays counted.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from app.core.outcome import Drop
from app.devices.arming import Arming, arming_of, is_armed, strictest
from app.devices.budgets import Budget, Meter, Spent, day_of
from app.devices.gate import Gate, Held
from app.devices.standing import stand_ins

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.devices.config import DeviceConfig
    from app.link import Clock
    from drivers.contract import Capability


class Gates:
    """Gates and meters by output. Loop's thread only."""

    def __init__(
        self,
        config: DeviceConfig,
        clock: Clock,
        on_spent: Callable[[str, Spent], None],
        *,
        pretend: bool = False,
    ) -> None:
        """`on_spent(capability, spent)` hears what an output with a budget has used.

        `pretend`: it only moves on a screen.
        """
        self._config = config
        self._clock = clock
        self._on_spent = on_spent
        self._gates: dict[str, Gate] = {}
        self._meters: dict[str, Meter] = {}
        self._stands_for: dict[str, str] = {}
        self._before: dict[str, Gate] = {}
        self._pretend = pretend
        # Armed by hand since this device was set up; other settings make other gates.
        self._session = False
        self.fit(config, config.known)

    def __getitem__(self, capability: str) -> Gate:
        return self._gates[capability]

    def fit(self, config: DeviceConfig, known: Iterable[Capability]) -> None:
        """Take over other settings or outputs; what was done so far still counts."""
        self._config = config
        known = tuple(known)
        self._stands_for = stand_ins(config.were, known)
        limits = dict(config.limits)
        for old, new in self._stands_for.items():
            if new not in limits and old in limits:
                limits[new] = limits[old]
        for one in known:
            user, consent = limits.get(one.id), config.consent_ms is not None
            gate = self._gates.get(one.id)
            if gate is None:
                gate = self._gates[one.id] = Gate(one, user, consent=consent)
                if (before := self._before.get(one.id)) is not None:
                    gate.remember(before)
            gate.fit(one, user)
            gate.consent = consent
            gate.armed = self._is_armed(one)
            meter = self._meter(one.id)
            meter.budget = config.budgets.get(one.id, Budget())

    @property
    def arming(self) -> Arming:
        """How often this device must be armed, by the output that needs it most."""
        return strictest(self._arming_of(gate.capability) for gate in self._gates.values())

    @property
    def armed(self) -> bool:
        """Whether every output may be used."""
        return all(gate.armed for gate in self._gates.values())

    def arm(self, *, armed: bool) -> None:
        """Arm every output for this session, or take that back."""
        self._session = armed
        for gate in self._gates.values():
            gate.armed = self._is_armed(gate.capability)

    def follow(self, before: Gates) -> None:
        """Go on from what the outputs did under other settings: they have not cooled down."""
        self._before = {**before._before, **before._gates}

    def real(self, capability: str) -> str:
        """Return the output that does what `capability` did before the hardware was replaced."""
        return self._stands_for.get(capability, capability)

    def used_up(self, capability: str) -> Held | None:
        """Say that an output may not be used any more today, or before it is refilled."""
        meter, now = self._meter(capability), self._clock.monotonic()
        if not meter.budget.set:
            return None
        if meter.shots_left() < 1 or meter.left_s(now, self._day) <= 0:
            return Held(Drop.USED_UP)
        return None

    def left_s(self, capability: str) -> float:
        """Return how long an output may still be on today."""
        meter = self._meter(capability)
        if meter.budget.on_s_per_day is None:
            return math.inf
        return max(0.0, meter.left_s(self._clock.monotonic(), self._day))

    def shots_left(self, capability: str) -> int:
        """Return how many commands may still be carried out; at least 1, to ask about."""
        left = self._meter(capability).shots_left()
        return 1_000_000 if math.isinf(left) else max(1, int(left))

    def spend(self, capability: str, commands: int) -> None:
        """Note that an output does something now, for so many commands."""
        self._meter(capability).begin(self._clock.monotonic(), self._day, commands)
        self._tell(capability)

    def rest(self, capability: str) -> None:
        """Note that an output is off."""
        meter = self._meter(capability)
        if meter.end(self._clock.monotonic(), self._day):
            self._tell(capability)

    def refill(self, capability: str, what: str) -> None:
        """Count anew: "shots", "service" or "day"."""
        self._meter(capability).refill(what, self._clock.monotonic(), self._day)
        self._on_spent(capability, self.spent(capability))

    def remember(self, capability: str, spent: Spent) -> None:
        """Take over what was used before the program started."""
        budget = self._config.budgets.get(capability, Budget())
        self._meters[capability] = Meter(budget, spent)

    def spent(self, capability: str) -> Spent:
        """Return what an output has used until now."""
        return self._meter(capability).spent(self._clock.monotonic(), self._day)

    def budget(self, capability: str) -> Budget:
        """Return what an output may use up."""
        return self._meter(capability).budget

    def _arming_of(self, capability: Capability) -> Arming:
        return arming_of(capability, pretend=self._pretend)

    def _is_armed(self, capability: Capability) -> bool:
        arming = self._arming_of(capability)
        return is_armed(arming, used=self._config.used, session=self._session)

    @property
    def _day(self) -> int:
        return day_of(self._clock.wall_ms())

    def _meter(self, capability: str) -> Meter:
        meter = self._meters.get(capability)
        if meter is None:
            budget = self._config.budgets.get(capability, Budget())
            meter = self._meters[capability] = Meter(budget, Spent())
        return meter

    def _tell(self, capability: str) -> None:
        if self._meter(capability).budget.set:
            self._on_spent(capability, self.spent(capability))
