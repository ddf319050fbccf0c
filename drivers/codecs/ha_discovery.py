"""Home Assistant's MQTT discovery, read: what a device says of its switches, lamps and sensors.

One rule: what is not understood, such as templates with code in them, is left out, never guessed.
Sources: home-assistant.io/integrations/mqtt (discovery), core's abbreviations.py and discovery.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from drivers.codecs.mqtt_outputs import at_path, object_told

if TYPE_CHECKING:
    from collections.abc import Iterator

# What Giftwire announces itself is no device to be added: it would drive itself without end.
OURS: Final = "Giftwire"
_TOPIC = re.compile(r"(\w+)/(?:([a-zA-Z0-9_-]+)/)?([a-zA-Z0-9_-]+)/config")
# "{{ value_json.a['b'] }}", whatever filter follows.
_PLAIN = re.compile(r"\{\{\s*value_json((?:\.\w+|\[['\"][^'\"]+['\"]\])+)\s*(?:\|[^{}]*)?\}\}")
_STEP = re.compile(r"\.(\w+)|\[['\"]([^'\"]+)['\"]\]")
_WHOLE = re.compile(r"\{\{\s*value\s*(?:\|[^{}]*)?\}\}")

ABBREVIATIONS: Final[dict[str, str]] = {
    "avty": "availability",
    "avty_t": "availability_topic",
    "bri_cmd_t": "brightness_command_topic",
    "bri_scl": "brightness_scale",
    "cmd_off_tpl": "command_off_template",
    "cmd_on_tpl": "command_on_template",
    "cmd_t": "command_topic",
    "cmd_tpl": "command_template",
    "cmps": "components",
    "dev": "device",
    "dev_cla": "device_class",
    "ent_cat": "entity_category",
    "o": "origin",
    "obj_id": "object_id",
    "p": "platform",
    "pct_cmd_t": "percentage_command_topic",
    "pct_cmd_tpl": "percentage_command_template",
    "pl_avail": "payload_available",
    "pl_not_avail": "payload_not_available",
    "pl_off": "payload_off",
    "pl_on": "payload_on",
    "pl_prs": "payload_press",
    "rgb_cmd_t": "rgb_command_topic",
    "rgb_cmd_tpl": "rgb_command_template",
    "spd_rng_max": "speed_range_max",
    "spd_rng_min": "speed_range_min",
    "stat_off": "state_off",
    "stat_on": "state_on",
    "stat_t": "state_topic",
    "stat_val_tpl": "state_value_template",
    "sup_clrm": "supported_color_modes",
    "sup_dur": "support_duration",
    "t": "topic",
    "uniq_id": "unique_id",
    "unit_of_meas": "unit_of_measurement",
    "val_tpl": "value_template",
}
_DEVICE: Final[dict[str, str]] = {
    "ids": "identifiers",
    "mdl": "model",
    "mf": "manufacturer",
    "sw": "sw_version",
}


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing a device announced; the names in `config` are the long ones."""

    component: str
    name: str
    config: dict[str, Any]

    def text(self, key: str, default: str = "") -> str:
        """Return a text of the configuration."""
        value = self.config.get(key, default)
        return value if isinstance(value, str) else default

    @property
    def is_setting(self) -> bool:
        """Whether it belongs to the device's own upkeep, such as its restart."""
        return bool(self.text("entity_category"))

    @property
    def made_by(self) -> str:
        """Its device's model and firmware."""
        told = (at_path(self.config, f"device.{one}") for one in ("model", "sw_version"))
        return " ".join(one for one in told if isinstance(one, str))[:80]


@dataclass(frozen=True, slots=True)
class Presence:
    """Where it is told whether a device is there, and how."""

    topic: str
    path: str
    online: str
    offline: str

    def says(self, topic: str, text: str) -> bool | None:
        """Say whether a message tells that it is there; None if it tells nothing."""
        if topic != self.topic:
            return None
        said = at_path(object_told(text), self.path) if self.path else text
        return {self.offline: False, self.online: True}.get(str(said))


def entities(topic: str, text: str, prefix: str) -> list[Entity]:
    """Return what a message of discovery announces; an empty text takes back what was."""
    found = _TOPIC.fullmatch(topic.removeprefix(f"{prefix}/"))
    config = _long(object_told(text))
    if found is None or not config or at_path(config, "origin.name") == OURS:
        return []
    if found[1] == "device":
        return list(_of_device(config))
    return [Entity(found[1], found[3], _based(config))]


def presences(entity: Entity) -> list[Presence]:
    """Return where it is told whether the entity is there."""
    config = entity.config
    if isinstance(config.get("availability_topic"), str):
        return [_presence(config, "availability_topic", "availability_template")]
    told = config.get("availability")
    places = told if isinstance(told, list) else [told]
    return [
        _presence(one, "topic", "value_template")
        for one in places
        if isinstance(one, dict) and isinstance(one.get("topic"), str)
    ]


def path_of(template: str) -> str | None:
    """Return the path a template reads, "" for the whole text, None for one with code in it."""
    template = template.strip()
    if not template or _WHOLE.fullmatch(template):
        return ""
    found = _PLAIN.fullmatch(template)
    if found is None:
        return None
    return ".".join(one[1] or one[2] for one in _STEP.finditer(found[1]))


def _presence(config: dict[str, Any], topic: str, template: str) -> Presence:
    path = path_of(str(config.get(template, "")))
    return Presence(
        str(config[topic]),
        path or "",
        str(config.get("payload_available", "online")),
        str(config.get("payload_not_available", "offline")),
    )


def _of_device(config: dict[str, Any]) -> Iterator[Entity]:
    """Return the entities of a whole device announced in one message."""
    parts = config.get("components")
    shared = {key: value for key, value in config.items() if key != "components"}
    for name, part in parts.items() if isinstance(parts, dict) else ():
        if isinstance(part, dict):
            own = _long(part)
            component = own.get("platform")
            if isinstance(component, str):
                yield Entity(component, re.sub(r"[^\w-]", "_", name), _based({**shared, **own}))


def _long(config: dict[str, Any]) -> dict[str, Any]:
    """Return a configuration with the long names everywhere they may be short."""
    said = {ABBREVIATIONS.get(key, key): value for key, value in config.items()}
    if isinstance(said.get("device"), dict):
        said["device"] = {_DEVICE.get(key, key): value for key, value in said["device"].items()}
    told = said.get("availability")
    if isinstance(told, list):
        said["availability"] = [_long(one) for one in told if isinstance(one, dict)]
    elif isinstance(told, dict):
        said["availability"] = [_long(told)]
    return said


def _based(config: dict[str, Any]) -> dict[str, Any]:
    """Return a configuration with "~" in its topics replaced by what it stands for."""
    base = config.get("~")
    if not isinstance(base, str):
        return config
    told = config.get("availability")
    places = [_based({**one, "~": base}) for one in told] if isinstance(told, list) else told
    made = {
        key: _topic(value, base) if key.endswith("topic") else value
        for key, value in config.items()
        if key != "~"
    }
    return made if places is None else {**made, "availability": places}


def _topic(value: object, base: str) -> object:
    if not isinstance(value, str):
        return value
    if value.startswith("~"):
        return base + value[1:]
    return value[:-1] + base if value.endswith("~") else value
