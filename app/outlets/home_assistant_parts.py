"""Devices in the words of Home Assistant's MQTT discovery, a whole device in one message.

One rule: pure; ids hold for life, names follow the user's.
Sources: home-assistant.io/integrations/mqtt (device discovery payload, availability), and the
pages switch.mqtt, light.mqtt (JSON schema), number.mqtt, select.mqtt, button.mqtt, sensor.mqtt and
binary_sensor.mqtt there; units and device classes as in developers.home-assistant.io, sensor.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app.core.parts import Say
from app.outlets import home_assistant_talk as talk
from app.outlets.home_assistant_model import Device, Output, Own, Tree, shown, slug
from drivers.contract import Hazard, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from app.core.speech import Language

ORIGIN: Final = "Giftwire"
_UNIT: Final = re.compile(r"(.+) \(([^()]{1,12})\)")
# What outputs tell beside what they do, with its device class and unit there.
_READINGS: Final[dict[str, tuple[Say, str, str]]] = {
    "temperature": (Say("Temperature", "Nhiệt độ"), "temperature", "°C"),
    "humidity": (Say("Humidity", "Độ ẩm"), "humidity", "%"),
    "battery": (Say("Battery", "Pin"), "battery", "%"),
    "voltage": (Say("Voltage", "Điện áp"), "voltage", "V"),
    "current": (Say("Current", "Dòng điện"), "current", "A"),
    "power": (Say("Power", "Công suất"), "power", "W"),
    "heart_rate": (Say("Heart rate", "Nhịp tim"), "", "bpm"),
    "distance": (Say("Distance", "Khoảng cách"), "", ""),
    "signal": (Say("Signal", "Tín hiệu"), "", ""),
    "rpm": (Say("Speed", "Tốc độ"), "", "rpm"),
}
_ROUNDS: Final = Say("Rounds", "Số vòng")
_TURNING: Final = Say("{output} turning", "{output} đang quay")
_STOP: Final = Say("STOP ALL", "DỪNG HẾT")
_STOPPED: Final = Say("Stopped", "Đang dừng")
_LIVE: Final = Say("LIVE", "LIVE")
_GIFTS: Final = Say("Gifts of this LIVE", "Quà của buổi LIVE")
_COINS: Final = Say("Coins of this LIVE", "Xu của buổi LIVE")
_LAST: Final = Say("Last gift", "Quà gần nhất")
_MOST_ROUNDS: Final = 200.0
# What Home Assistant takes for "nothing is known".
_UNKNOWN: Final = "None"


@dataclass(frozen=True, slots=True)
class Part:
    """One entity: its key in the announcement, what it is there, how it is set up, what it tells.

    `topic` "": it never tells anything; `text` "": not yet.
    """

    key: str
    platform: str
    setup: Mapping[str, Any]
    topic: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Announcing:
    """For whom and how devices are announced; `operate`: they may be operated from there."""

    tree: Tree
    operate: bool = False
    language: Language = "en"
    version: str = ""

    def word(self, say: Say, **values: str) -> str:
        """Return a text in the user's language."""
        return (say.vi if self.language == "vi" else say.en).format(**values)


def parts_of(device: Device, to: Announcing) -> tuple[Part, ...]:
    """Return the entities of a device; none if nothing of it is shown."""
    outputs = shown(device)
    alone = len(outputs) == 1
    found = [part for one in outputs for part in _of_output(device, one, to, alone=alone)]
    if found:
        found.append(_problem(device, to))
    return tuple(found)


def own_parts(own: Own, to: Announcing) -> tuple[Part, ...]:
    """Return what there is of Giftwire itself: STOP, which anybody may press, and what goes on."""
    stop = {"command_topic": to.tree.stop, "payload_press": "STOP", "icon": "mdi:alert-octagon"}
    name = to.word(_STOP)
    count = {"state_class": "total_increasing"}
    return (
        Part("stop", "button", {**stop, "unique_id": to.tree.unique("stop"), "name": name}),
        _own_told("stopped", "binary_sensor", talk.ON if own.stopped else talk.OFF, _STOPPED, to),
        _own_told("live", "binary_sensor", talk.ON if own.live else talk.OFF, _LIVE, to),
        _own_told("gifts", "sensor", str(own.gifts), _GIFTS, to, icon="mdi:gift", **count),
        _own_told("coins", "sensor", str(own.coins), _COINS, to, **count),
        _own_told(
            "last_gift",
            "sensor",
            own.last_gift[:255],
            _LAST,
            to,
            icon="mdi:gift-outline",
        ),
    )


def announcement(
    about: Mapping[str, Any], parts: Iterable[Part], to: Announcing, gone: Mapping[str, str]
) -> str:
    """Return the message that announces a device; `gone`: keys and platforms to be taken back."""
    components: dict[str, Any] = {key: {"platform": platform} for key, platform in gone.items()}
    for part in parts:
        topics = {"state_topic": part.topic} if part.topic else {}
        components[part.key] = {"platform": part.platform, **part.setup, **topics}
    said = {
        **about,
        "origin": {"name": ORIGIN, "sw_version": to.version},
        "components": components,
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def about_device(device: Device, to: Announcing) -> dict[str, Any]:
    """Return who a device is, and where it is told whether it is there."""
    tree = to.tree
    told = {"model": device.model, "sw_version": device.firmware}
    return {
        "device": {
            "identifiers": [tree.unique(device.id)],
            "name": device.name,
            "manufacturer": ORIGIN,
            "via_device": tree.node,
            **{key: text for key, text in told.items() if text},
        },
        "availability": [{"topic": tree.status}, {"topic": presence(device, tree)}],
        "availability_mode": "all",
    }


def about_us(to: Announcing) -> dict[str, Any]:
    """Return who Giftwire is, and where it is told whether it is there."""
    us = {"identifiers": [to.tree.node], "name": ORIGIN, "manufacturer": ORIGIN}
    return {
        "device": {**us, "sw_version": to.version} if to.version else us,
        "availability": [{"topic": to.tree.status}],
    }


def presence(device: Device, tree: Tree) -> str:
    """Return where it is told whether a device is there."""
    return tree.under(device.id, "status")


# ------------------------------------------------------------ one output


def _of_output(device: Device, one: Output, to: Announcing, *, alone: bool) -> Iterator[Part]:
    if one.kind is not Kind.SENSOR:
        yield (_operated if to.operate else _watched)(device, one, to, alone=alone)
        if one.kind is Kind.MOTOR and to.operate:
            yield _turning(device, one, to, alone=alone)
    known = [name for name in one.values if name in _READINGS or one.kind is Kind.SENSOR]
    for name in known:
        single = one.kind is Kind.SENSOR and len(known) == 1
        yield _reading(device, one, name, to, single=single)


def _made(
    device: Device, one: Output, to: Announcing, platform: str, text: str, setup: Mapping[str, Any]
) -> Part:
    """Return the entity for what an output does."""
    tree = to.tree
    topic = tree.under(device.id, one.id, "state") if text else ""
    told = {"unique_id": tree.unique(device.id, one.id), **setup}
    return Part(f"{platform}.{slug(one.id)}", platform, told, topic, text)


def _named(one: Output, *, alone: bool) -> dict[str, Any]:
    """Name an entity by its output; the only one is called as its device is."""
    return {"name": None if alone else one.title}


def _operated(device: Device, one: Output, to: Announcing, *, alone: bool) -> Part:
    command = {"command_topic": to.tree.under(device.id, one.id, "set")}
    setup = {**_named(one, alone=alone), **command}
    if one.kind in _MODES and (one.kind is Kind.LIGHT or one.hazard is Hazard.LIGHT):
        modes = {"schema": "json", "supported_color_modes": [_MODES[one.kind]]}
        dims = one.kind is not Kind.SWITCH
        return _made(
            device, one, to, "light", talk.light(one), {**setup, **modes, "brightness": dims}
        )
    if one.kind is Kind.PULSE:
        return _made(device, one, to, "button", "", {**setup, "payload_press": talk.PRESS})
    if one.kind is Kind.MOTOR:
        most = one.most_rounds if math.isfinite(one.most_rounds) else _MOST_ROUNDS
        name = {"name": to.word(_ROUNDS) if alone else one.title}
        limits = {"min": 0, "max": most, "step": 0.1, "mode": "box"}
        return _made(device, one, to, "number", talk.rounds(one), {**setup, **name, **limits})
    if one.kind in (Kind.LEVEL, Kind.POSITION):
        limits = {"min": 0, "max": max(1, round(one.most_level * 100)), "step": 1}
        percent = {**limits, "unit_of_measurement": "%"}
        return _made(device, one, to, "number", talk.percent(one), {**setup, **percent})
    if one.kind is Kind.EFFECT and len(one.effects) > 1:
        options = {"options": [talk.NONE, *(name for name in one.effects if name != talk.NONE)]}
        return _made(device, one, to, "select", talk.effect(one), {**setup, **options})
    return _made(device, one, to, "switch", talk.on_off(one), setup)


_MODES: Final = {Kind.SWITCH: "onoff", Kind.LEVEL: "brightness", Kind.LIGHT: "rgb"}


def _watched(device: Device, one: Output, to: Announcing, *, alone: bool) -> Part:
    setup = _named(one, alone=alone)
    if one.kind in (Kind.LEVEL, Kind.POSITION):
        percent = {"unit_of_measurement": "%", "state_class": "measurement"}
        return _made(device, one, to, "sensor", talk.percent(one), {**setup, **percent})
    classes = {Kind.LIGHT: "light", Kind.MOTOR: "running"}
    told = {"device_class": classes[one.kind]} if one.kind in classes else {}
    return _made(device, one, to, "binary_sensor", talk.on_off(one), {**setup, **told})


def _turning(device: Device, one: Output, to: Announcing, *, alone: bool) -> Part:
    setup: dict[str, Any] = {"device_class": "running"}
    if not alone:
        setup["name"] = to.word(_TURNING, output=one.title)
    tree = to.tree
    return Part(
        f"turning.{slug(one.id)}",
        "binary_sensor",
        {**setup, "unique_id": tree.unique(device.id, one.id, "turning")},
        tree.under(device.id, one.id, "turning"),
        talk.on_off(one),
    )


def _reading(device: Device, one: Output, name: str, to: Announcing, *, single: bool) -> Part:
    title, unit = one.title, ""
    if found := _UNIT.fullmatch(title):
        title, unit = found[1], found[2] if single else ""
    say, of_class, usual = _READINGS.get(name, (None, "", ""))
    setup: dict[str, Any] = {"state_class": "measurement"}
    if of_class and not unit:
        setup["device_class"] = of_class
    if unit or usual:
        setup["unit_of_measurement"] = unit or usual
    word = to.word(say) if say is not None else name.replace("_", " ")
    setup["name"] = title if single else f"{title}: {word}"
    tree = to.tree
    return Part(
        f"sensor.{slug(one.id)}.{slug(name)}",
        "sensor",
        {**setup, "unique_id": tree.unique(device.id, one.id, name)},
        tree.under(device.id, one.id, f"value_{name}"),
        _number(one.values[name]),
    )


def _problem(device: Device, to: Announcing) -> Part:
    """Tell whether a device answers badly."""
    setup = {
        "unique_id": to.tree.unique(device.id, "problem"),
        "device_class": "problem",
        "entity_category": "diagnostic",
    }
    text = talk.ON if device.health in ("shaky", "bad") else talk.OFF
    return Part("problem", "binary_sensor", setup, to.tree.under(device.id, "problem"), text)


def _own_told(key: str, platform: str, text: str, name: Say, to: Announcing, **setup: str) -> Part:
    told = {"unique_id": to.tree.unique(key), "name": to.word(name), **setup}
    return Part(key, platform, told, to.tree.under("own", key), text)


def _number(value: float) -> str:
    return f"{value:.6g}" if math.isfinite(value) else _UNKNOWN
