"""One connected device, as a driver must be.

One rule: it turns instructions into bytes and reports loss; limits and timers are not its.
"""

from __future__ import annotations

import enum
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from drivers.contract.capability import Capability, Observation
    from drivers.contract.failures import DriverError
    from drivers.contract.instructions import Instruction
    from drivers.contract.recipes import SafeRecipe
    from drivers.contract.settings import DriverSettings


class Ack(enum.StrEnum):
    """How sure we are that an instruction arrived."""

    CONFIRMED = "confirmed"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class Found:
    """Something that could be added as a device: the driver's settings, filled in."""

    driver: str
    title: str
    detail: str
    settings: dict[str, Any]


def _ignore(_capability: str) -> None:
    """Take the place of a callback nobody listens to."""


@dataclass(slots=True)
class DriverEvents:
    """Callbacks a driver may call, from the loop's thread only; `on_stop_pressed` from any.

    `on_lost` is called at most once. `on_ended(capability)` says that the newest activation of a
    capability came to its end by itself; a driver that cannot tell never calls it.
    """

    on_lost: Callable[[DriverError], None]
    on_observation: Callable[[Observation], None]
    on_stop_pressed: Callable[[], None]
    on_ended: Callable[[str], None] = _ignore


class Driver(ABC):
    """One connected device. One object is one connection: after a loss it is closed and replaced.

    Order of calls: open -> (apply | stop_now | make_safe)* -> close. `close` is idempotent and may
    follow a failed `open`. After `open`, `address` and `firmware` tell where and what it is.
    """

    key: ClassVar[str]
    title: ClassVar[str]
    summary: ClassVar[str]
    icon: ClassVar[str] = "device"
    simulated: ClassVar[bool] = False
    Settings: ClassVar[type[DriverSettings]]

    def __init__(self, settings: DriverSettings, events: DriverEvents) -> None:
        del settings  # each driver keeps its own kind
        self.events = events
        self.address = ""
        self.firmware = ""

    @abstractmethod
    async def open(self) -> tuple[Capability, ...]:
        """Connect, bring every output to its safe state, and tell what the device can do."""

    @abstractmethod
    async def apply(
        self, capability: str, instruction: Instruction, duration_s: float | None
    ) -> Ack:
        """Carry out one instruction; returns when the device took it, raises DriverError if not.

        `duration_s` is the longest the activation may last; self-timed devices are told it.
        """

    async def prolong(
        self, capability: str, instruction: Instruction, duration_s: float
    ) -> Ack | None:
        """Add rounds to the rotation that runs; it may last `duration_s` from now, in all.

        None, with nothing changed, if it cannot or nothing runs any more. Raises as `apply`.
        """
        del capability, instruction, duration_s
        return None

    @abstractmethod
    def stop_now(self) -> None:
        """Send every output to its safe state at once, from any thread, without the loop.

        From here until the next `make_safe` nothing may turn an output on: an instruction on its
        way is given up, a new one raises DriverError(REFUSED). Never blocks, never raises.
        """

    @abstractmethod
    async def make_safe(self) -> bool:
        """Bring every output to its safe state; True if the device confirmed it.

        Of a device that never answers anything it is enough that its bytes were taken. Never
        raises; answers within a second; instructions on their way are given up.
        """

    @abstractmethod
    async def close(self) -> None:
        """Let go of the transport; the device is left safe if it can still be reached."""

    def safe_recipe(self) -> SafeRecipe | None:
        """What a stranger must send to make the open device safe; None if it needs nothing."""
        return None

    async def check(self) -> None:
        """Ask for a sign of life; called now and then. Raises DriverError when there is none."""

    @classmethod
    def settings_for(cls, **values: object) -> DriverSettings:
        """Validate settings for this driver; pydantic's ValidationError names what is wrong."""
        return cls.Settings.model_validate(values)

    @classmethod
    def watch(cls, on_change: Callable[[], None]) -> Callable[[], None] | None:
        """Call `on_change`, from any thread, whenever something is plugged in, out or elsewhere.

        Returns what ends the watching; None if this family cannot be watched.
        """
        del on_change
        return None

    @classmethod
    async def discover(cls) -> tuple[Found, ...]:
        """List what could be connected, without sending a byte to an unassigned port."""
        return ()

    @classmethod
    async def discover_at(cls, broker: Mapping[str, Any]) -> tuple[Found, ...]:
        """List what an MQTT broker tells of; `broker` has host, port, user, password, tls.

        The settings of what is found say nothing of the broker. Raises DriverError.
        """
        del broker
        return ()
