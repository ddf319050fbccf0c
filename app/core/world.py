"""What rules may ask about the world outside the event: devices, time, chance, viewers, themselves.

One rule: it is only read, and quickly; the runtime gives it, and everything else here stays pure.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.core.events import Viewer
    from drivers.contract import Kind

_NO_NUMBERS: Final[Mapping[str, float]] = MappingProxyType({})
_NO_TEXTS: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class LocalTime:
    """The clock on the streamer's wall: `weekday` 0 is Monday, `minute` of the day 0 to 1439."""

    weekday: int
    minute: int
    second: int = 0


@dataclass(frozen=True, slots=True)
class DeviceFacts:
    """How a device is now. `active`: an activation runs; `values` by name ("rpm", "level")."""

    known: bool = False
    online: bool = False
    active: bool = False
    values: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ViewerFacts:
    """What a viewer gave in this stream. `rank` 1 gave most coins; 0: nothing yet.

    `first_time`: never seen in a stream before this one.
    """

    coins: int = 0
    gifts: int = 0
    rank: int = 0
    first_time: bool = False


@dataclass(frozen=True, slots=True)
class RuleFacts:
    """How a rule is now: `on` counts its group and the switches of this session in."""

    known: bool = False
    on: bool = False
    running: int = 0
    runs: int = 0
    last_run_ago_s: float | None = None


class Directory(Protocol):
    """Which devices there are; read-only, and quick enough for every event."""

    def find(self, device: str, kind: Kind) -> tuple[str, str] | None:
        """Return device id and capability id for an id or a role; None if nothing fits.

        A role such as "motor" means the first device that has a capability of this kind.
        """


@runtime_checkable
class World(Directory, Protocol):
    """Everything a rule may ask about what is outside the engine."""

    def outputs(self, device: str) -> tuple[tuple[str, str], ...]:
        """Return device id and capability id of every output of a device, by id or role."""

    def device(self, device: str) -> DeviceFacts:
        """Return how a device is, by id or role."""

    def local_time(self, at_ms: int) -> LocalTime:
        """Return what the clock on the wall showed at a time in UTC epoch ms."""

    def chance(self) -> float:
        """Return a random number, 0 <= x < 1."""

    def viewer(self, viewer: Viewer) -> ViewerFacts:
        """Return what a viewer gave in this stream, this event counted in."""


class State(Protocol):
    """What a rule may ask about the engine that runs it."""

    def variable(self, name: str) -> float | str | None:
        """Return a variable's value; None if nothing has set it."""

    def numbers(self) -> Mapping[str, float]:
        """Return all variables that are numbers."""

    def texts(self) -> Mapping[str, str]:
        """Return all variables as texts may show them, numbers too."""

    def rule(self, rule_id: str) -> RuleFacts:
        """Return how a rule is."""

    def used(self, bag: str) -> frozenset[int]:
        """Return what this rule took out of one of its bags (`moves.Use`)."""

    def watching(self) -> int:
        """Return how many were watching when that was last told; 0 before."""


class Nowhere:
    """A world without devices and viewers, where it is Monday midnight and chance is 0."""

    def find(self, device: str, kind: Kind) -> tuple[str, str] | None:
        """Find nothing."""
        del device, kind
        return None

    def outputs(self, device: str) -> tuple[tuple[str, str], ...]:
        """Find nothing."""
        del device
        return ()

    def device(self, device: str) -> DeviceFacts:
        """Know nothing."""
        del device
        return DeviceFacts()

    def local_time(self, at_ms: int) -> LocalTime:
        """Return Monday midnight."""
        del at_ms
        return LocalTime(0, 0)

    def chance(self) -> float:
        """Return 0."""
        return 0.0

    def viewer(self, viewer: Viewer) -> ViewerFacts:
        """Know nothing."""
        del viewer
        return ViewerFacts()


class OnlyDevices(Nowhere):
    """A world of which only the devices are known."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    def find(self, device: str, kind: Kind) -> tuple[str, str] | None:
        """Find what the directory finds."""
        return self._directory.find(device, kind)


class Nothing:
    """The state of an engine that has no rules and no variables."""

    def variable(self, name: str) -> float | str | None:
        """Know nothing."""
        del name
        return None

    def numbers(self) -> Mapping[str, float]:
        """Know nothing."""
        return _NO_NUMBERS

    def texts(self) -> Mapping[str, str]:
        """Know nothing."""
        return _NO_TEXTS

    def rule(self, rule_id: str) -> RuleFacts:
        """Know nothing."""
        del rule_id
        return RuleFacts()

    def used(self, bag: str) -> frozenset[int]:
        """Know nothing."""
        del bag
        return frozenset()

    def watching(self) -> int:
        """Know of nobody."""
        return 0


NOWHERE: Final = Nowhere()
NOTHING: Final = Nothing()
