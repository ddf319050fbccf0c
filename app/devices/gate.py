"""What one capability may do: ceiling, on-time, rate, cooldown, duty, speed, strobe.

One rule: pure, time is passed in, OFF always passes, and no way of asking gets past a limit.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from app.core.outcome import Drop
from app.devices.consent import needs_consent
from drivers.contract import (
    ACCEPTS,
    HAZARD_LIMITS,
    Flash,
    Limits,
    MoveTo,
    Play,
    Rotate,
    Run,
    SetColor,
    SetLevel,
    is_off,
    own_length_s,
)

if TYPE_CHECKING:
    from drivers.contract import Capability, Instruction

# A rotation's own clock on the device may start late; the counted rounds end it before this.
ROTATE_SLACK_S = 0.5
# Shorter leftovers of a budget are not worth a movement: wait for more of it.
_USEFUL_S = 1.0
_LEAST_S = 0.01
_LEAST_HZ = 0.001
# A rise of a tenth of full brightness is a flash (WCAG 2.3.1).
_RISE = 0.1

_NOT_NOTHING = ("rounds", "rpm", "times", "rate_hz", "duration_s")

Cut = tuple[str, float, float]


@dataclass(frozen=True, slots=True)
class Admitted:
    """What may be sent: the instruction cut to size, how long it may last, and what was cut."""

    instruction: Instruction
    duration_s: float
    limited: tuple[Cut, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """Not now: why, and the seconds after which asking again makes sense (None: never)."""

    drop: Drop
    wait_s: float | None = None


def effective_limits(capability: Capability, user: Limits | None = None) -> Limits:
    """Combine the limits of the hazard class, the driver and the user; the strictest wins."""
    limits = HAZARD_LIMITS[capability.hazard].narrowed(capability.limits)
    return limits if user is None else limits.narrowed(user)


class Gate:
    """The gate of one capability. Ask `admit`; say `begin` and `end` when it happened.

    It outlives connections: a replugged device has not cooled down.
    """

    def __init__(
        self, capability: Capability, user: Limits | None = None, *, consent: bool = False
    ) -> None:
        """`consent`: somebody typed that an output which hurts may be used."""
        self.capability = capability
        self.user = user
        self.consent = consent
        # Whoever keeps several gates says when one is not (`app.devices.arming`).
        self.armed = True
        self.limits = effective_limits(capability, user)
        self._on_since: float | None = None
        self._last_on = -math.inf
        self._off_at = -math.inf
        self._history: deque[tuple[float, float]] = deque()
        self._low = 0.0
        self._risen_at = -math.inf

    def fit(self, capability: Capability, user: Limits | None) -> None:
        """Take over changed limits; what was done so far still counts."""
        self.capability, self.user = capability, user
        self.limits = effective_limits(capability, user)

    def admit(
        self,
        instruction: Instruction,
        duration_s: float | None,
        now: float,
        most_s: float = math.inf,
    ) -> Admitted | Held:
        """Decide about an instruction that may last `most_s` for reasons of others; no change."""
        if is_off(instruction):
            return Admitted(instruction, 0.0)
        if needs_consent(self.capability) and not self.consent:
            return Held(Drop.NO_CONSENT)
        if not self.armed:
            return Held(Drop.NOT_ARMED)
        if not self._makes_sense(instruction, duration_s):
            return Held(Drop.UNSUPPORTED)
        budget_s = self._budget_s(now)
        held = self._held(instruction, duration_s, now, budget_s)
        longest_s = min(budget_s, self._left_s(now), most_s)
        cut = held or self._cut(instruction, duration_s, longest_s)
        # Limited to no speed at all it cannot turn, and no driver may be asked to.
        senseless = isinstance(cut, Admitted) and not self._makes_sense(cut.instruction, None)
        return Held(Drop.UNSUPPORTED) if senseless else cut

    def allows(self, instruction: Instruction) -> bool:
        """Say whether an instruction keeps to the limits of strength and of what it counts."""
        cuts: list[Cut] = []
        self._cut_strength(instruction, cuts)
        return not cuts

    def remember(self, before: Gate) -> None:
        """Go on from what the same output did before its device was set up anew."""
        self._last_on, self._off_at = before._last_on, before._off_at
        self._history = deque(before._history)

    def heat(self, now: float) -> float:
        """Return how much of the on-time that its duty allows is used, 0 to 1."""
        allowed_s = self.limits.duty * self.limits.duty_window_s
        left_s = self._budget_s(now)
        if math.isinf(left_s):
            return 0.0
        return min(1.0, max(0.0, 1.0 - left_s / allowed_s)) if allowed_s > 0 else 1.0

    def begin(self, instruction: Instruction, now: float) -> None:
        """Note that an admitted instruction was sent at `now`."""
        self._last_on = now
        if self._on_since is None:
            self._on_since = now
        bright = _brightness(instruction)
        if bright - self._low >= _RISE:
            self._risen_at = now + (own_length_s(instruction) or 0.0)
            self._low = bright
        self._low = min(self._low, bright)

    def end(self, now: float) -> None:
        """Note that the output is off since `now`; twice is once."""
        self._low = 0.0
        self._risen_at = min(self._risen_at, now)
        if self._on_since is None:
            return
        if self.limits.duty < 1.0:
            self._history.append((self._on_since, now))
        self._on_since = None
        self._off_at = now

    def _makes_sense(self, instruction: Instruction, duration_s: float | None) -> bool:
        capability = self.capability
        if not isinstance(instruction, ACCEPTS[capability.kind]):
            return False
        if isinstance(instruction, Play):
            return bool(capability.effects) and instruction.effect in ("", *capability.effects)
        numbers = {field.name: getattr(instruction, field.name) for field in fields(instruction)}
        # Some devices take a length of nothing for no end at all.
        numbers["duration_s"] = _LEAST_S if duration_s is None else duration_s
        if any(not math.isfinite(number) or number < 0 for number in numbers.values()):
            return False
        # What turns nothing, or never begins, is no activation.
        return all(numbers.get(name, 1) > 0 for name in _NOT_NOTHING)

    def _held(
        self, instruction: Instruction, duration_s: float | None, now: float, budget_s: float
    ) -> Held | None:
        limits = self.limits
        gap_s = self._last_on + limits.min_gap_s - now
        if _brightness(instruction) - self._low >= _RISE:
            gap_s = max(gap_s, self._risen_at + 1.0 / max(limits.max_flash_hz, _LEAST_HZ) - now)
        if gap_s > 0:
            return Held(Drop.RATE, gap_s)
        rest_s = self._off_at + limits.cooldown_s - now
        if self._on_since is None and rest_s > 0:
            return Held(Drop.COOLDOWN, rest_s)
        wanted_s = min(_USEFUL_S, limits.max_on_s, _wanted_s(instruction, duration_s))
        if budget_s < min(wanted_s, limits.duty * limits.duty_window_s):
            return Held(Drop.DUTY, self._wait_for_budget_s(wanted_s - budget_s, now))
        # On for as long as allowed: the end that is due comes first.
        left_s = self._left_s(now)
        return Held(Drop.COOLDOWN, max(left_s, 0.0) + _LEAST_S) if left_s < _LEAST_S else None

    def _left_s(self, now: float) -> float:
        since = now if self._on_since is None else self._on_since
        return since + self.limits.max_on_s - now

    def _budget_s(self, now: float) -> float:
        limits = self.limits
        if limits.duty >= 1.0:
            return math.inf
        start = now - limits.duty_window_s
        while self._history and self._history[0][1] <= start:
            self._history.popleft()
        used_s = sum(end - max(begin, start) for begin, end in self._history)
        if self._on_since is not None:
            used_s += now - max(self._on_since, start)
        return limits.duty * limits.duty_window_s - used_s

    def _wait_for_budget_s(self, missing_s: float, now: float) -> float:
        """Return when enough old on-time will have left the window."""
        window_s = self.limits.duty_window_s
        for begin, end in self._history:
            begin = max(begin, now - window_s)  # noqa: PLW2901 - the part still in the window
            if end - begin >= missing_s:
                return begin + missing_s + window_s - now + _LEAST_S
            missing_s -= end - begin
        return window_s

    def _cut(
        self, instruction: Instruction, duration_s: float | None, longest_s: float
    ) -> Admitted:
        cuts: list[Cut] = []
        instruction = self._cut_strength(instruction, cuts)
        instruction = _cut_length(instruction, longest_s, cuts)
        own_s = own_length_s(instruction)
        if own_s is not None and isinstance(instruction, Rotate):
            own_s += ROTATE_SLACK_S
        asked_s = math.inf if duration_s is None else duration_s
        allowed_s = min(asked_s, longest_s, math.inf if own_s is None else own_s)
        if math.isfinite(asked_s) and longest_s < asked_s:
            cuts.append(("duration_s", asked_s, longest_s))
        return Admitted(instruction, allowed_s, tuple(cuts))

    def _cut_strength(self, instruction: Instruction, cuts: list[Cut]) -> Instruction:
        limits = self.limits

        def capped(name: str, asked: float, allowed: float) -> float:
            if asked > allowed:
                cuts.append((name, asked, allowed))
            return min(asked, allowed)

        match instruction:
            case SetLevel(level=level) | SetColor(level=level):
                return replace(instruction, level=capped("level", level, limits.max_level))
            case MoveTo(position=position):
                return replace(instruction, position=capped("position", position, limits.max_level))
            case Flash(rate_hz=rate_hz):
                slow = replace(instruction, rate_hz=capped("rate_hz", rate_hz, limits.max_flash_hz))
                return _dimmed(slow, limits.max_level)
            case Rotate(rounds=rounds, rpm=rpm):
                rounds = capped("rounds", rounds, limits.max_rounds)
                return replace(instruction, rounds=rounds, rpm=capped("rpm", rpm, limits.max_rpm))
            case Run(rpm=rpm):
                return replace(instruction, rpm=capped("rpm", rpm, limits.max_rpm))
            case _:
                return self._named(instruction)

    def _named(self, instruction: Instruction) -> Instruction:
        """A rule that names no effect means whatever the device begins with."""
        nameless = isinstance(instruction, Play) and not instruction.effect
        return Play(self.capability.effects[0]) if nameless else instruction


def _wanted_s(instruction: Instruction, duration_s: float | None) -> float:
    own_s = own_length_s(instruction)
    return min(math.inf if own_s is None else own_s, math.inf if duration_s is None else duration_s)


def _cut_length(instruction: Instruction, longest_s: float, cuts: list[Cut]) -> Instruction:
    """Shorten what counts its own end, so that it ends by counting and not in the middle."""
    own_s = own_length_s(instruction)
    if own_s is None or own_s <= longest_s:
        return instruction
    match instruction:
        case Rotate(rounds=rounds):
            fewer = rounds * longest_s / own_s
            cuts.append(("rounds", rounds, fewer))
            return replace(instruction, rounds=fewer)
        case Flash(times=times, rate_hz=rate_hz):
            less = max(1, int(longest_s * rate_hz))
            cuts.append(("times", float(times), float(less)))
            return replace(instruction, times=less)
        case _:
            return instruction


def _dimmed(flash: Flash, level: float) -> Flash:
    if level >= 1.0:
        return flash
    return replace(
        flash,
        red=int(flash.red * level),
        green=int(flash.green * level),
        blue=int(flash.blue * level),
    )


def _brightness(instruction: Instruction) -> float:
    match instruction:
        case SetColor(red=red, green=green, blue=blue, level=level):
            return level * max(red, green, blue) / 255.0
        case Flash():
            return 1.0
        case SetLevel(level=level):
            return level
        case _:
            return 0.0
