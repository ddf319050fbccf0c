"""Home Assistant's words: which entities are outputs of which kind, and what to ask of them.

One rule: pure; only what can be switched off again is an output, and doors are none.
Sources: developers.home-assistant.io, WebSocket API and REST API; the services of each domain.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isfinite
from typing import TYPE_CHECKING, Any

from drivers.codecs.looks import Paint, byte, paint_at
from drivers.codecs.naming import output_name
from drivers.contract import Kind, Pulse, SetLevel, Switch, is_off

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from drivers.contract import Instruction

KINDS: dict[str, Kind] = {
    "light": Kind.LIGHT,
    "switch": Kind.SWITCH,
    "input_boolean": Kind.SWITCH,
    "siren": Kind.SWITCH,
    "fan": Kind.LEVEL,
    "number": Kind.LEVEL,
    "input_number": Kind.LEVEL,
    "button": Kind.PULSE,
    "input_button": Kind.PULSE,
    "scene": Kind.PULSE,
    "script": Kind.PULSE,
    "sensor": Kind.SENSOR,
    "binary_sensor": Kind.SENSOR,
}
GONE = frozenset({"unavailable"})
# What a light takes back of what it told; the first that is there says its colour.
_COLORS = ("rgbww_color", "rgbw_color", "rgb_color", "hs_color", "xy_color", "color_temp_kelvin")
_MODES = {"color_temp": "color_temp_kelvin", "hs": "hs_color", "xy": "xy_color"}
_COLORED = frozenset({"hs", "xy", "rgb", "rgbw", "rgbww"})
_NO_LEVEL = frozenset({"onoff"})


@dataclass(frozen=True, slots=True)
class Call:
    """One service to call on one entity."""

    domain: str
    service: str
    entity: str
    data: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def message(self) -> dict[str, Any]:
        """Return it as the WebSocket takes it, without its id."""
        return {
            "type": "call_service",
            "domain": self.domain,
            "service": self.service,
            "service_data": dict(self.data),
            "target": {"entity_id": self.entity},
        }

    @property
    def path(self) -> str:
        """Where the REST API takes it."""
        return f"/api/services/{self.domain}/{self.service}"

    @property
    def body(self) -> dict[str, Any]:
        """What the REST API takes there."""
        return {"entity_id": self.entity, **self.data}


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity as it was told last."""

    id: str
    state: str
    attributes: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def domain(self) -> str:
        """The part before the dot."""
        return self.id.partition(".")[0]

    @property
    def kind(self) -> Kind | None:
        """What it is to us; None for what we leave alone."""
        return KINDS.get(self.domain)

    @property
    def title(self) -> str:
        """The name people gave it."""
        return str(self.attributes.get("friendly_name") or self.id)

    @property
    def output(self) -> str:
        """Its name as an output."""
        return output_name(self.id.replace(".", "_"))

    @property
    def value(self) -> float | None:
        """What a sensor tells, as a number."""
        if self.state in ("on", "off"):
            return float(self.state == "on")
        try:
            return float(self.state)
        except ValueError:
            return None


def entities_of(states: object) -> dict[str, Entity]:
    """Read the answer to get_states; what is not an entity is left out."""
    found = [entity_of(one) for one in states] if isinstance(states, list) else []
    return {one.id: one for one in found if one is not None}


def entity_of(state: object) -> Entity | None:
    """Read one state, as get_states and events tell it."""
    if not isinstance(state, dict):
        return None
    name, attributes = state.get("entity_id"), state.get("attributes")
    if not isinstance(name, str) or "." not in name:
        return None
    known = attributes if isinstance(attributes, dict) else {}
    return Entity(name, str(state.get("state", "")), known)


def names_of(text: str) -> tuple[str, ...]:
    """Read entity ids parted by commas, spaces or lines, each once."""
    words = text.replace(",", " ").split()
    return tuple(dict.fromkeys(word.strip().lower() for word in words))


def ask(entity: Entity, instruction: Instruction) -> Call | None:
    """Return what carries an instruction out, None if the entity cannot."""
    if is_off(instruction):
        return off(entity)
    match entity.kind, instruction:
        case Kind.LIGHT, _:
            return paint(entity, paint_at(instruction, 0.0))
        case Kind.SWITCH, Switch() | Pulse():
            return Call(entity.domain, "turn_on", entity.id)
        case Kind.LEVEL, SetLevel(level=level):
            return _level(entity, level)
        case Kind.PULSE, Pulse():
            pressed = entity.domain in ("button", "input_button")
            return Call(entity.domain, "press" if pressed else "turn_on", entity.id)
        case _:
            return None


def off(entity: Entity) -> Call | None:
    """Return what brings it to rest; None for what is over by itself."""
    match entity.kind:
        case Kind.LIGHT | Kind.SWITCH:
            return Call(entity.domain, "turn_off", entity.id)
        case Kind.LEVEL:
            return _level(entity, 0.0)
        case Kind.PULSE if entity.domain == "script":
            return Call("script", "turn_off", entity.id)
        case _:
            return None


def back_to(entity: Entity) -> Call:
    """Return what makes a light as it was told earlier."""
    if entity.state != "on":
        return Call("light", "turn_off", entity.id)
    told, data = entity.attributes, {}
    if isinstance(told.get("brightness"), int):
        data["brightness"] = told["brightness"]
    mode = str(told.get("color_mode"))
    first = _MODES.get(mode, f"{mode}_color")
    for name in (first, *_COLORS):
        if told.get(name) is not None:
            data[name] = told[name]
            break
    if told.get("effect") not in (None, "None", "none", "off"):
        data["effect"] = told["effect"]
    return Call("light", "turn_on", entity.id, data)


def paint(light: Entity, look: Paint) -> Call:
    """Return what gives a light a colour, as far as it can show one; dark is off."""
    if look.strength <= 0:
        return Call("light", "turn_off", light.id)
    modes = _modes(light)
    data: dict[str, Any] = {}
    if modes & _COLORED:
        data["rgb_color"] = [look.red, look.green, look.blue]
        data["brightness"] = max(1, byte(look.level * 255))
    elif modes - _NO_LEVEL:
        data["brightness"] = max(1, byte(look.strength * 255))
    return Call("light", "turn_on", light.id, data)


def _modes(light: Entity) -> frozenset[str]:
    told = light.attributes.get("supported_color_modes")
    return frozenset(map(str, told)) if isinstance(told, list) else frozenset()


def _level(entity: Entity, level: float) -> Call:
    if entity.domain == "fan":
        if level <= 0:
            return Call("fan", "turn_off", entity.id)
        percent = max(1, round(level * 100))
        return Call("fan", "turn_on", entity.id, {"percentage": percent})
    least = _number(entity.attributes.get("min"), 0.0)
    most = _number(entity.attributes.get("max"), 100.0)
    step = _number(entity.attributes.get("step"), 1.0) or 1.0
    value = least + round(level * (most - least) / step) * step
    value = round(min(most, max(least, value)), 6)
    return Call(entity.domain, "set_value", entity.id, {"value": value})


def _number(value: object, otherwise: float) -> float:
    return float(value) if isinstance(value, int | float) and isfinite(value) else otherwise


def rest(entities: Iterable[Entity], before: Mapping[str, Entity]) -> list[Call]:
    """Return what brings all to rest; lights in `before` become as they were then."""
    made = [back_to(before[one.id]) if one.id in before else off(one) for one in entities]
    return [one for one in made if one is not None]
