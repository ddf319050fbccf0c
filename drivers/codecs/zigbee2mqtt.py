"""What Zigbee2MQTT tells of a device, and how it is told to switch (zigbee2mqtt.io, usage).

One rule: outputs come from the device's own "exposes"; what is unknown there is left alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from drivers.codecs.mqtt_outputs import (
    Message,
    Output,
    Sensor,
    at_path,
    colour_of,
    compact,
    number,
    object_told,
    steps,
    told,
    unsupported,
)
from drivers.contract import (
    N_,
    Capability,
    Hazard,
    Kind,
    Pulse,
    QueuePolicy,
    SetLevel,
    Switch,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from drivers.contract import Instruction

RELAY = N_("Relay")
LAMP = N_("Lamp")
SIREN = N_("Siren")
# Bits of "access".
_TOLD, _SETTABLE = 1, 2
# Other settable switches of a device are settings of it, such as its child lock.
_ALARMS = frozenset({"alarm", "siren", "buzzer"})
_MOST_SENSORS = 16
_NO_SENSORS = frozenset({"linkquality"})


@dataclass(frozen=True, slots=True)
class Part:
    """One thing of the exposes: its kind, and the properties of its features by their names."""

    kind: Kind
    title: str
    names: dict[str, str]
    on: object = "ON"
    off: object = "OFF"
    brightest: int = 254
    more: dict[str, Any] = field(default_factory=dict)


def device_in(text: str, name: str) -> dict[str, Any]:
    """Return what bridge/devices tells of a device by its name or address; empty if nothing."""
    said = told(text)
    for one in said if isinstance(said, list) else ():
        if isinstance(one, dict) and name in (one.get("friendly_name"), one.get("ieee_address")):
            return one
    return {}


def state_in(text: str) -> str:
    """Return "online" or "offline", told as a word or as JSON by newer versions."""
    said = at_path(object_told(text), "state")
    return said if isinstance(said, str) else text.strip()


def outputs_of(device: dict[str, Any], topic: str, hazard: Hazard, *, timed: bool) -> list[Output]:
    """Return the outputs and sensors of a device that listens at <topic>/set."""
    exposed = at_path(device, "definition.exposes")
    exposes = [one for one in exposed if isinstance(one, dict)] if isinstance(exposed, list) else []
    parts = [part for one in exposes if (part := _part(one)) is not None]
    outputs: list[Output] = []
    for index, part in enumerate(parts, start=1):
        lamp = part.title == LAMP
        capability = Capability(
            part.names["state"],
            part.kind,
            f"{part.title} {index}",
            Hazard.LIGHT if lamp else hazard,
            self_timed=timed,
            readback=True,
            policy=QueuePolicy.LATEST if lamp else QueuePolicy.QUEUE,
        )
        outputs.append(ZigbeeOutput(capability, topic, part))
    taken = {one.capability.id for one in outputs}
    return outputs + [one for one in _sensors(exposes, topic) if one.capability.id not in taken]


class ZigbeeOutput(Output):
    """A switch or a lamp; Zigbee2MQTT tells its state when the device took a command."""

    def __init__(self, capability: Capability, topic: str, part: Part) -> None:
        super().__init__(capability)
        self._topic = topic
        self._part = part

    def off(self) -> tuple[Message, ...]:
        """Switch it off."""
        return (self._set({self._part.names["state"]: self._part.off}),)

    def on(self, instruction: Instruction, duration_s: float | None) -> tuple[Message, ...]:
        """Switch it on, in its colour; one that counts time is told how long."""
        said = {self._part.names["state"]: self._part.on, **self._look(instruction)}
        if self.capability.self_timed and duration_s is not None:
            # Zigbee counts tenths of a second.
            said["on_time"] = max(1, math.ceil(round(duration_s * 10, 3))) / 10
        return (self._set(said),)

    def shows(self, topic: str, text: str) -> bool | None:
        """Read the state in what is told at the device's topic."""
        if topic != self._topic:
            return None
        said = object_told(text).get(self._part.names["state"])
        if said == self._part.off:
            return False
        return True if said == self._part.on else None

    def _set(self, said: dict[str, Any]) -> Message:
        return f"{self._topic}/set", compact(said)

    def _look(self, instruction: Instruction) -> dict[str, Any]:
        names = self._part.names
        match self.capability.kind, instruction:
            case Kind.SWITCH, Switch() | Pulse():
                return {}
            case Kind.LEVEL, SetLevel(level=level):
                return {names["brightness"]: steps(level, self._part.brightest), "transition": 0}
            case Kind.LIGHT, _:
                red, green, blue, level = colour_of(instruction)
                look: dict[str, Any] = {names["color"]: {"r": red, "g": green, "b": blue}}
                if "brightness" in names:
                    look[names["brightness"]] = steps(level, self._part.brightest)
                return {**look, "transition": 0}
            case _:
                raise unsupported(instruction)


def _part(exposed: dict[str, Any]) -> Part | None:
    kind = exposed.get("type")
    if kind == "binary" and exposed.get("name") in _ALARMS:
        return _switch(exposed, SIREN)
    if kind not in ("switch", "light", "fan"):
        return None
    features = {one["name"]: one for one in _features(exposed)}
    state = features.get("state")
    made = _switch(state, LAMP if kind == "light" else RELAY) if state else None
    return _lamp(made, features) if made is not None and kind == "light" else made


def _lamp(switch: Part, features: dict[str, dict[str, Any]]) -> Part:
    names, brightness = dict(switch.names), features.get("brightness")
    colour = features.get("color_xy") or features.get("color_hs")
    most = 254
    if brightness is not None:
        names["brightness"] = brightness["property"]
        most = int(number(brightness.get("value_max")) or most)
    if colour is not None:
        names["color"] = colour["property"]
    kind = Kind.LIGHT if colour else Kind.LEVEL if brightness else Kind.SWITCH
    return Part(kind, LAMP, names, switch.on, switch.off, max(1, most))


def _switch(exposed: dict[str, Any], title: str) -> Part | None:
    name, on, off = exposed.get("property"), exposed.get("value_on"), exposed.get("value_off")
    if not isinstance(name, str) or not _access(exposed) & _SETTABLE or on is None or on == off:
        return None
    return Part(Kind.SWITCH, title, {"state": name}, on, off)


def _features(exposed: dict[str, Any]) -> Iterator[dict[str, Any]]:
    features = exposed.get("features")
    for one in features if isinstance(features, list) else ():
        known = isinstance(one, dict) and isinstance(one.get("name"), str)
        if known and isinstance(one.get("property"), str):
            yield one


def _access(exposed: dict[str, Any]) -> int:
    access = exposed.get("access")
    return access if isinstance(access, int) else 0


def _sensors(exposes: list[dict[str, Any]], topic: str) -> list[Output]:
    found: list[Output] = []
    for one in exposes:
        name = one.get("property")
        plain = one.get("type") in ("numeric", "binary") and _access(one) & 3 == _TOLD
        if plain and isinstance(name, str) and name not in _NO_SENSORS:
            unit = one.get("unit")
            title = name.replace("_", " ") + (f" ({unit})" if isinstance(unit, str) else "")
            capability = Capability(name, Kind.SENSOR, title, readback=True)
            found.append(Sensor(capability, _reader(topic, name, one.get("value_on"))))
    return found[:_MOST_SENSORS]


def _reader(topic: str, name: str, on: object) -> Callable[[str, str], float | None]:
    def read(told_at: str, text: str) -> float | None:
        if told_at != topic:
            return None
        said = object_told(text)
        if name not in said:
            return None
        return number(said[name]) if on is None else float(said[name] == on)

    return read
