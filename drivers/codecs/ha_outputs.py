"""Outputs of what a device announced for Home Assistant: switches, lamps, fans, sirens, buttons.

One rule: an entity that needs a template to be told something is left out.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from drivers.codecs.ha_discovery import Entity, path_of
from drivers.codecs.mqtt_outputs import (
    Message,
    Output,
    Sensor,
    at_path,
    colour_of,
    compact,
    number,
    object_told,
    scaled,
    steps,
    told,
    unsupported,
)
from drivers.contract import Capability, Hazard, Kind, Pulse, QueuePolicy, SetLevel, Switch

if TYPE_CHECKING:
    from collections.abc import Callable

    from drivers.contract import Instruction

_COLOURS = frozenset({"rgb", "rgbw", "rgbww", "hs", "xy"})
_TEMPLATES = ("command_template", "rgb_command_template", "percentage_command_template")


def output_of(entity: Entity, hazard: Hazard) -> Output | None:
    """Return an entity as an output or a sensor; None for what we do not know or must not touch."""
    if entity.component in ("sensor", "binary_sensor"):
        return _sensor(entity)
    known = entity.component in ("switch", "light", "fan", "siren", "button")
    if not known or entity.is_setting or not entity.text("command_topic"):
        return None
    if any(entity.text(one) for one in _TEMPLATES) or entity.text("schema") == "template":
        return None
    if entity.component == "light":
        return Light(entity)
    if entity.component == "button":
        return Button(entity, hazard)
    return OnOff(entity, hazard)


def _name(entity: Entity) -> str:
    return f"{entity.component}_{entity.name}"


def _title(entity: Entity) -> str:
    return entity.text("name") or entity.name.replace("_", " ")


class Announced(Output):
    """What all of them share: texts for on and off, and where the state is told."""

    # ESPHome tells a switch's state only when it changed.
    repeats = False

    def __init__(self, entity: Entity, kind: Kind, hazard: Hazard) -> None:
        template = entity.text("value_template") or entity.text("state_value_template")
        path = path_of(template)
        self._state = entity.text("state_topic") if path is not None else ""
        self._path = path or ""
        self._command = entity.text("command_topic")
        self._on = entity.text("payload_on", "ON")
        self._off = entity.text("payload_off", "OFF")
        self._told_on = entity.text("state_on") or self._on
        self._told_off = entity.text("state_off") or self._off
        light = hazard is Hazard.LIGHT
        super().__init__(
            Capability(
                _name(entity),
                kind,
                _title(entity),
                hazard,
                readback=bool(self._state),
                policy=QueuePolicy.LATEST if light else QueuePolicy.QUEUE,
            )
        )

    def shows(self, topic: str, text: str) -> bool | None:
        """Read the state's own texts, bare, at their place, or under "state"."""
        if not self._state or topic != self._state:
            return None
        said: object = at_path(told(text), self._path) if self._path else text
        if not self._path and (inner := object_told(text).get("state")) is not None:
            said = inner
        return {self._told_off: False, self._told_on: True}.get(str(said))


class OnOff(Announced):
    """A switch, a siren, or a fan with or without speeds."""

    def __init__(self, entity: Entity, hazard: Hazard) -> None:
        self._speed = entity.text("percentage_command_topic") if entity.component == "fan" else ""
        self._fastest = int(number(entity.config.get("speed_range_max")) or 100)
        self._siren = entity.component == "siren"
        self._timed = entity.config.get("support_duration", True) is True
        super().__init__(entity, Kind.LEVEL if self._speed else Kind.SWITCH, hazard)

    def off(self) -> tuple[Message, ...]:
        """The text for off."""
        return ((self._command, compact({"state": self._off}) if self._siren else self._off),)

    def on(self, instruction: Instruction, duration_s: float | None) -> tuple[Message, ...]:
        """The text for on; a siren is told the length, too, in whole seconds."""
        match self.capability.kind, instruction:
            case Kind.SWITCH, Switch() | Pulse():
                return ((self._command, self._siren_on(duration_s) if self._siren else self._on),)
            case Kind.LEVEL, SetLevel(level=level):
                speed = (self._speed, str(steps(level, self._fastest)))
                return (speed, (self._command, self._on))
            case _:
                raise unsupported(instruction)

    def _siren_on(self, duration_s: float | None) -> str:
        said: dict[str, Any] = {"state": self._on}
        if self._timed and duration_s is not None:
            said["duration"] = max(1, math.ceil(duration_s))
        return compact(said)


class Light(Announced):
    """A lamp that is told in JSON, or with a topic for each thing."""

    def __init__(self, entity: Entity) -> None:
        config = entity.config
        modes = config.get("supported_color_modes")
        told_modes = set(modes) if isinstance(modes, list) and all(map(_is_text, modes)) else set()
        self._json = entity.text("schema") == "json"
        self._rgb = entity.text("rgb_command_topic")
        self._brightness = entity.text("brightness_command_topic")
        self._brightest = int(number(config.get("brightness_scale")) or 255)
        if self._json:
            colour = bool(_COLOURS & told_modes) or config.get("rgb") is True
            level = config.get("brightness") is True or bool(told_modes - {"onoff"})
        else:
            colour, level = bool(self._rgb), bool(self._brightness)
        kind = Kind.LIGHT if colour else Kind.LEVEL if level else Kind.SWITCH
        super().__init__(entity, kind, Hazard.LIGHT)

    def off(self) -> tuple[Message, ...]:
        """Dark."""
        return ((self._command, compact({"state": "OFF"}) if self._json else self._off),)

    def on(self, instruction: Instruction, duration_s: float | None) -> tuple[Message, ...]:
        """On, in its colour."""
        del duration_s
        if self.capability.kind is Kind.SWITCH:
            if not isinstance(instruction, Switch | Pulse):
                raise unsupported(instruction)
            return ((self._command, compact({"state": "ON"}) if self._json else self._on),)
        if self.capability.kind is Kind.LEVEL and not isinstance(instruction, SetLevel):
            raise unsupported(instruction)
        return self._as_json(instruction) if self._json else self._as_topics(instruction)

    def _as_json(self, instruction: Instruction) -> tuple[Message, ...]:
        red, green, blue, level = colour_of(instruction)
        said: dict[str, Any] = {"state": "ON", "brightness": steps(level, self._brightest)}
        if self.capability.kind is Kind.LIGHT:
            said["color"] = {"r": red, "g": green, "b": blue}
        return ((self._command, compact({**said, "transition": 0})),)

    def _as_topics(self, instruction: Instruction) -> tuple[Message, ...]:
        red, green, blue, level = colour_of(instruction)
        messages = []
        if self._rgb:
            channels = (red, green, blue) if self._brightness else scaled(instruction)
            messages.append((self._rgb, ",".join(map(str, channels))))
        if self._brightness:
            messages.append((self._brightness, str(steps(level, self._brightest))))
        return (*messages, (self._command, self._on))


class Button(Announced):
    """A button: what it starts is the device's own, and ends there."""

    def __init__(self, entity: Entity, hazard: Hazard) -> None:
        super().__init__(entity, Kind.PULSE, hazard)
        self._press = entity.text("payload_press", "PRESS")
        self.capability = Capability(
            _name(entity), Kind.PULSE, _title(entity), hazard, self_timed=True
        )

    def off(self) -> tuple[Message, ...]:
        """Nothing: a button is not held."""
        return ()

    def on(self, instruction: Instruction, duration_s: float | None) -> tuple[Message, ...]:
        """Press it."""
        del duration_s
        if not isinstance(instruction, Pulse):
            raise unsupported(instruction)
        return ((self._command, self._press),)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _sensor(entity: Entity) -> Output | None:
    path, topic = path_of(entity.text("value_template")), entity.text("state_topic")
    if path is None or not topic or entity.is_setting:
        return None
    binary = entity.component == "binary_sensor"
    on = entity.text("payload_on", "ON") if binary else None
    unit = entity.text("unit_of_measurement")
    title = f"{_title(entity)} ({unit})" if unit else _title(entity)
    capability = Capability(_name(entity), Kind.SENSOR, title, readback=True)
    return Sensor(capability, _reader(topic, path, on))


def _reader(topic: str, path: str, on: str | None) -> Callable[[str, str], float | None]:
    def read(told_at: str, text: str) -> float | None:
        if told_at != topic:
            return None
        said: object = at_path(told(text), path) if path else text
        return number(said) if on is None else float(str(said) == on)

    return read
