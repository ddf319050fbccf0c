"""Devices as Home Assistant is shown them, and the topics that they are told on.

One rule: pure; what is for a body, and what hurts, is not shown at all.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from drivers.contract import Hazard, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from drivers.contract import Instruction

HIDDEN: Final = frozenset({Hazard.BODY, Hazard.PAIN})
PREFIX: Final = "homeassistant"
# What it says on its status topic when it has started.
BIRTH: Final = "online"
_PLAIN: Final = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Output:
    """One output: what it is, what it does now (None: it rests), and what it told.

    `most_level` is 0 to 1, `most_rounds` and `most_rpm` (rounds a minute) may be infinite.
    """

    id: str
    title: str
    kind: Kind
    hazard: Hazard = Hazard.NONE
    effects: tuple[str, ...] = ()
    doing: Instruction | None = None
    values: Mapping[str, float] = field(default_factory=dict)
    most_level: float = 1.0
    most_rounds: float = 200.0
    most_rpm: float = 100.0


@dataclass(frozen=True, slots=True)
class Device:
    """One device; `health` is "good", "shaky", "bad" or ""."""

    id: str
    name: str
    outputs: tuple[Output, ...]
    model: str = ""
    firmware: str = ""
    online: bool = True
    health: str = ""


@dataclass(frozen=True, slots=True)
class Own:
    """What Giftwire tells of itself."""

    stopped: bool = False
    live: bool = False
    gifts: int = 0
    coins: int = 0
    last_gift: str = ""


@dataclass(frozen=True, slots=True)
class Tree:
    """The topics of one Giftwire: `instance` tells it from others at the same broker."""

    instance: str
    prefix: str = PREFIX

    @property
    def base(self) -> str:
        """Under this is everything but the announcements."""
        return f"giftwire/{self.instance}"

    @property
    def node(self) -> str:
        """What ids begin with that must be unique in the whole of Home Assistant."""
        return f"giftwire_{self.instance}"

    @property
    def status(self) -> str:
        """Where it is told whether Giftwire is there."""
        return f"{self.base}/status"

    @property
    def stop(self) -> str:
        """Where STOP is pressed."""
        return f"{self.base}/stop"

    @property
    def births(self) -> frozenset[str]:
        """Where Home Assistant says that it has started."""
        return frozenset({f"{self.prefix}/status", f"{PREFIX}/status"})

    @property
    def filters(self) -> tuple[str, ...]:
        """What must be listened to."""
        return (self.stop, f"{self.base}/+/+/set", *sorted(self.births))

    def config(self, device_id: str = "") -> str:
        """Where a device is announced, or Giftwire itself."""
        object_id = f"{self.node}_{slug(device_id)}" if device_id else self.node
        return f"{self.prefix}/device/{object_id}/config"

    def unique(self, *names: str) -> str:
        """Return an id that nothing else in that Home Assistant has."""
        return ".".join((self.node, *(slug(name) for name in names)))

    def under(self, *names: str) -> str:
        """Return a topic under the base."""
        return "/".join((self.base, *(slug(name) for name in names)))

    def owns(self, topic: str) -> bool:
        """Say whether a topic is one of ours: rules neither hear it nor speak there."""
        announced = f"{self.prefix}/device/{self.node}"
        return topic == self.base or topic.startswith((f"{self.base}/", announced))


def slug(name: str) -> str:
    """Return a name fit for topics and ids: itself, or what is left of it and a number."""
    if _PLAIN.fullmatch(name):
        return name
    return f"{re.sub(r'[^A-Za-z0-9_-]', '_', name)}_{zlib.crc32(name.encode()):08x}"


def shown(device: Device) -> tuple[Output, ...]:
    """Return the outputs of a device that are shown."""
    return tuple(one for one in device.outputs if one.hazard not in HIDDEN)
