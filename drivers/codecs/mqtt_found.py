"""What devices tell a broker of themselves, read: Tasmota, Shelly, Zigbee2MQTT, ESPHome, WLED.

One rule: what is not understood, is gone, or cannot be switched, is not offered.
Sources: tasmota.github.io (MQTT, Discovery), shelly-api-docs.shelly.cloud (gen1, gen2: MQTT),
zigbee2mqtt.io (MQTT topics), home-assistant.io/integrations/mqtt, kno.wled.ge (MQTT).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeGuard

from drivers.codecs import ha_discovery, zigbee2mqtt
from drivers.codecs.ha_outputs import output_of
from drivers.codecs.mqtt_outputs import at_path, object_told, told
from drivers.contract import ACCEPTS, Hazard

if TYPE_CHECKING:
    from collections.abc import Iterator

Heard = Mapping[str, str]
_PREFIX: Final = "homeassistant"
# What bridges and firmware announce for Home Assistant, drivers of their own read better; and
# what we announce there ourselves is here already.
_OTHERS: Final = ("zigbee2mqtt", "tasmota", "shelly", "wled", "giftwire")
_TOPIC: Final = re.compile(r"[^/#+\x00]+(/[^/#+\x00]+)*")
_NODE: Final = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_NEW_SHELLY: Final = re.compile(r"shelly[a-z0-9]*-[0-9a-f]{6,12}")


@dataclass(frozen=True, slots=True)
class Seen:
    """A device that told of itself, and the settings by which it is reached there."""

    title: str
    detail: str
    settings: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Looking:
    """Where devices of a family tell of themselves, what makes them, and how to read it."""

    filters: tuple[str, ...]
    read: Callable[[Heard], list[Seen]]
    ask: tuple[tuple[str, str], ...] = ()


def tasmota(heard: Heard) -> list[Seen]:
    """Read tasmota/discovery/<mac>/config; a device whose last will speaks is gone."""
    found = []
    for topic, text in heard.items():
        said = object_told(text) if topic.startswith("tasmota/discovery/") else {}
        name, full = said.get("t"), said.get("ft")
        plain = said.get("tp") in (None, ["cmnd", "stat", "tele"])
        if not _fits(name) or not isinstance(full, str) or "%prefix%" not in full or not plain:
            continue
        start = full.replace("%prefix%", "tele").replace("%topic%", name).rstrip("/")
        if heard.get(f"{start}/LWT") == "Offline":
            continue
        settings = {"topic": name} | ({} if full == "%prefix%/%topic%/" else {"full_topic": full})
        found.append(Seen(_named(said.get("dn"), name), _worded(said.get("md")), settings))
    return found


def shelly(heard: Heard) -> list[Seen]:
    """Read both generations: announcements, and who told that it is online."""
    found: dict[str, Seen] = {}
    for topic, text in heard.items():
        prefix, _, last = topic.rpartition("/")
        said = object_told(text)
        if topic == "shellies/announce" and _fits(said.get("id")) and "gen" not in said:
            prefix = f"shellies/{said['id']}"
        elif last == "announce":
            old = prefix.startswith("shellies/")
            if not _fits(said.get("id")) or not (old or isinstance(said.get("gen"), int)):
                continue
        elif last != "online" or text != "true" or not _is_shelly(prefix):
            continue
        if heard.get(f"{prefix}/online") == "false":
            continue
        old = prefix.startswith("shellies/")
        title = _named(said.get("name"), prefix.removeprefix("shellies/"))
        detail = _worded(said.get("model")) or "Shelly"
        settings = {"topic": prefix, "generation": "1" if old else "2"}
        if prefix not in found or said:
            found[prefix] = Seen(title, detail, settings)
    return list(found.values())


def zigbee(heard: Heard) -> list[Seen]:
    """Read <base>/bridge/devices; sensors and remotes are left out."""
    found = []
    for topic, text in heard.items():
        base, _, rest = topic.partition("/")
        if rest != "bridge/devices" or not _fits(base):
            continue
        listed = told(text)
        for one in listed if isinstance(listed, list) else ():
            name = one.get("friendly_name") if isinstance(one, dict) else None
            if not _fits(name) or not _switchable(one, f"{base}/{name}"):
                continue
            made = (at_path(one, "definition.vendor"), at_path(one, "definition.model"))
            detail = " ".join(part for part in made if isinstance(part, str))[:80]
            settings = {"name": name} | ({} if base == "zigbee2mqtt" else {"base": base})
            found.append(Seen(_named(name, name), detail, settings))
    return found


def announced(heard: Heard) -> list[Seen]:
    """Read what was announced for Home Assistant, by node; what a driver of its own reads is not.

    A node is offered if at least one thing of it can be switched.
    """
    nodes: dict[str, list[ha_discovery.Entity]] = {}
    for topic, text in heard.items():
        parts = topic.split("/")
        if parts[0] != _PREFIX or len(parts) not in (4, 5) or not _NODE.fullmatch(parts[2]):
            continue
        nodes.setdefault(parts[2], []).extend(ha_discovery.entities(topic, text, _PREFIX))
    found = []
    for node, entities in nodes.items():
        if not entities or any(_of_others(one) for one in entities):
            continue
        if any(_is_output(one) for one in entities):
            title = next(_strings(at_path(one.config, "device.name") for one in entities), node)
            detail = next((one.made_by for one in entities if one.made_by), "")
            found.append(Seen(_named(title, node), detail, {"node": node}))
    return found


def wled(heard: Heard) -> list[Seen]:
    """Read wled/<id>/status, which the broker keeps."""
    topics = [topic.removesuffix("/status") for topic, text in heard.items() if text == "online"]
    return [Seen(one.partition("/")[2], one, {"topic": one}) for one in topics if "/" in one]


TASMOTA: Final = Looking(("tasmota/discovery/+/config", "tele/+/LWT", "+/tele/LWT"), tasmota)
SHELLY: Final = Looking(
    ("shellies/announce", "shellies/+/announce", "shellies/+/online", "+/announce", "+/online"),
    shelly,
    # Both generations tell who they are when asked so.
    (("shellies/command", "announce"),),
)
ZIGBEE: Final = Looking(("+/bridge/devices",), zigbee)
ANNOUNCED: Final = Looking((f"{_PREFIX}/+/+/config", f"{_PREFIX}/+/+/+/config"), announced)
WLED: Final = Looking(("wled/+/status",), wled)


def _fits(name: object) -> TypeGuard[str]:
    return isinstance(name, str) and len(name) <= 200 and bool(_TOPIC.fullmatch(name))  # noqa: PLR2004 - of a topic


def _is_shelly(prefix: str) -> bool:
    return prefix.startswith("shellies/") or bool(_NEW_SHELLY.fullmatch(prefix))


def _switchable(device: dict[str, Any], topic: str) -> bool:
    outputs = zigbee2mqtt.outputs_of(device, topic, Hazard.NONE, timed=False)
    return any(ACCEPTS[one.capability.kind] for one in outputs)


def _is_output(entity: ha_discovery.Entity) -> bool:
    output = output_of(entity, Hazard.NONE)
    return output is not None and bool(ACCEPTS[output.capability.kind])


def _of_others(entity: ha_discovery.Entity) -> bool:
    says = ("origin.name", "device.manufacturer", "device.sw_version")
    texts = " ".join(_strings(at_path(entity.config, one) for one in says)).casefold()
    return any(one in texts for one in _OTHERS)


def _strings(values: Iterator[object]) -> Iterator[str]:
    return (one for one in values if isinstance(one, str) and one)


def _named(said: object, otherwise: str) -> str:
    """Return a device's own name, if it has one that can be read."""
    name = _worded(said)
    return name or otherwise[:80]


def _worded(said: object) -> str:
    plain = " ".join(said.split()) if isinstance(said, str) else ""
    return "".join(one for one in plain if one.isprintable())[:80]
