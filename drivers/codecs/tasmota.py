"""Tasmota's commands and answers (tasmota.github.io/docs: Commands, MQTT; support_command.ino).

One rule: whatever turns on is told how long, by TimedPower or, on older firmware, PulseTime.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from drivers.codecs.mqtt_outputs import (
    Message,
    Output,
    at_path,
    number,
    object_told,
    scaled,
    steps,
    unsupported,
)
from drivers.contract import Capability, Kind, Pulse, SetLevel, Switch

if TYPE_CHECKING:
    from drivers.contract import Instruction

# TimedPower knows steps of 50 ms; the firmware takes shorter ones as one.
_SHORTEST_MS = 50
# Up to here PulseTime counts tenths of a second, from here seconds with 100 added.
_TENTHS = 111
_LONGEST_PULSE = 64_900
_POWER = re.compile(r"POWER(\d*)")


@dataclass(frozen=True, slots=True)
class Topics:
    """Where a device listens and speaks, by its "full topic"."""

    full: str
    topic: str

    def of(self, prefix: str, name: str) -> str:
        """Return the topic of a name under cmnd, stat or tele."""
        start = self.full.replace("%prefix%", prefix).replace("%topic%", self.topic)
        return f"{start.rstrip('/')}/{name}"


def powers(text: str) -> dict[int, bool]:
    """Return which relays a JSON answer or STATUS11 tells of; POWER alone is the first."""
    said = object_told(text)
    inner = at_path(said, "StatusSTS")
    found: dict[int, bool] = {}
    for name, value in (inner if isinstance(inner, dict) else said).items():
        matched = _POWER.fullmatch(name)
        if matched and value in ("ON", "OFF"):
            found[int(matched[1] or 1)] = value == "ON"
    return found


def lamp_in(text: str) -> str:
    """Say what lamp STATUS11 tells of: "rgb", "dimmer" or ""."""
    said = at_path(object_told(text), "StatusSTS")
    if not isinstance(said, dict):
        return ""
    if isinstance(said.get("Color"), str) and "HSBColor" in said:
        return "rgb"
    return "dimmer" if number(said.get("Dimmer")) is not None else ""


def pulse_time(duration_s: float) -> int:
    """Return PulseTime's number for a length, never shorter than it."""
    tenths = math.ceil(round(duration_s * 10, 3))
    if tenths <= _TENTHS:
        return max(1, tenths)
    return min(_LONGEST_PULSE, math.ceil(duration_s) + 100)


class TasmotaOutput(Output):
    """A relay, or the lamp behind one."""

    def __init__(
        self, capability: Capability, topics: Topics, relay: int, *, timed: bool, only: bool
    ) -> None:
        """`timed` firmware knows TimedPower; the `only` relay of a device has no number."""
        super().__init__(capability)
        self._topics = topics
        self._relay = relay
        self._timed = timed
        names = {f"POWER{relay}", "POWER"} if only else {f"POWER{relay}"}
        self._spoken = {topics.of("stat", name) for name in names}
        self._json = {topics.of("stat", "RESULT"), topics.of("stat", "STATUS11")}

    def off(self) -> tuple[Message, ...]:
        """Open the contact."""
        return (self._command(f"POWER{self._relay}", "OFF"),)

    def on(self, instruction: Instruction, duration_s: float | None) -> tuple[Message, ...]:
        """Close the contact for so long; a lamp is told its colour after that."""
        return (*self._power(duration_s), *self._look(instruction))

    def shows(self, topic: str, text: str) -> bool | None:
        """Read stat/POWER<n> and the JSON of stat/RESULT."""
        if topic in self._spoken:
            return {"ON": True, "OFF": False}.get(text)
        return powers(text).get(self._relay) if topic in self._json else None

    def _power(self, duration_s: float | None) -> tuple[Message, ...]:
        plain = self._command(f"POWER{self._relay}", "ON")
        if duration_s is None:
            return (plain,)
        if self._timed:
            length_ms = max(_SHORTEST_MS, math.ceil(duration_s * 1000))
            return (self._command(f"TimedPower{self._relay}", f"{length_ms},ON"),)
        return (self._command(f"PulseTime{self._relay}", str(pulse_time(duration_s))), plain)

    def _look(self, instruction: Instruction) -> tuple[Message, ...]:
        match self.capability.kind, instruction:
            case Kind.SWITCH, Switch() | Pulse():
                return ()
            case Kind.LEVEL, SetLevel(level=level):
                return (self._command("Dimmer", str(steps(level, 100))),)
            case Kind.LIGHT, _:
                red, green, blue = scaled(instruction)
                return (self._command("Color1", f"{red:02X}{green:02X}{blue:02X}"),)
            case _:
                raise unsupported(instruction)

    def _command(self, name: str, value: str) -> Message:
        return self._topics.of("cmnd", name), value
