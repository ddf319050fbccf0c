"""What a Bluetooth gadget is to the stand-in: its services, what it took, and how it misbehaves.

One rule: a gadget is written from its maker's or its finder's documents, never from our drivers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

WRITE = ("write", "write-without-response")


def full(uuid: str) -> str:
    """Return the long form of an identifier, in small letters."""
    uuid = uuid.lower()
    return uuid if len(uuid) == 36 else f"0000{uuid}-0000-1000-8000-00805f9b34fb"


@dataclass
class Characteristic:
    """One value of a gadget; `flags` in BlueZ's words."""

    uuid: str
    flags: tuple[str, ...]
    value: bytes = b""
    path: str = ""
    notifying: bool = False

    def __post_init__(self) -> None:
        self.uuid = full(self.uuid)


@dataclass
class Faults:
    """How a gadget, or the radio between, misbehaves; errors are (D-Bus name, text)."""

    connects: list[tuple[str, str]] = field(default_factory=list)
    writes: list[tuple[str, str]] = field(default_factory=list)
    connect_s: float = 0.0
    write_s: float = 0.0
    never_connects: bool = False
    never_takes: bool = False


class Gadget:
    """One gadget. `took` is called in the stand-in's thread for every write.

    `writes` holds (characteristic, bytes, whether it was asked to answer) in their order.
    """

    def __init__(
        self,
        address: str,
        name: str,
        services: dict[str, list[Characteristic]],
        *,
        mtu: int = 23,
        advertised: tuple[str, ...] | None = None,
    ) -> None:
        self.address = address
        self.name = name
        self.services = {full(uuid): values for uuid, values in services.items()}
        self.advertised = tuple(map(full, services if advertised is None else advertised))
        self.mtu = mtu
        self.faults = Faults()
        self.connected = False
        self.connects = 0
        self.writes: list[tuple[str, bytes, bool]] = []
        self.path = ""
        self.tell: Callable[[Characteristic], None] = lambda _: None
        self.later: Callable[[float, Callable[[], object]], object] = lambda _s, _f: None

    @property
    def resting(self) -> bool:
        """Whether everything it drives rests."""
        return True

    @property
    def frames(self) -> list[bytes]:
        """The bytes of all writes."""
        return [data for _, data, _ in self.writes]

    def characteristics(self) -> list[Characteristic]:
        """Return everything that can be read, written or listened to."""
        return [one for values in self.services.values() for one in values]

    def characteristic(self, uuid: str) -> Characteristic:
        """Return one by its identifier; raises StopIteration if it is not there."""
        return next(one for one in self.characteristics() if one.uuid == full(uuid))

    def took(self, uuid: str, data: bytes) -> None:
        """Act on what was written."""

    def notify(self, uuid: str, data: bytes) -> None:
        """Tell whoever listens; in the stand-in's thread only."""
        one = self.characteristic(uuid)
        one.value = data
        if one.notifying:
            self.tell(one)
