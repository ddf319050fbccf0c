"""PiShock hubs on a USB cable: shock, vibration and beep of the shockers paired with them.

One rule: the hub ends every activation itself, and it ignores a shocker it does not know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from drivers.codecs import pishock
from drivers.codecs.pishock import Hub
from drivers.codecs.port_settings import PortSettings
from drivers.codecs.shockers import LARGEST_ID, MOST_SHOCKERS
from drivers.contract import (
    N_,
    Ack,
    Cause,
    DriverError,
    DriverEvents,
    DriverSettings,
)
from drivers.transports.shocker_hub import ShockerHub

if TYPE_CHECKING:
    from drivers.codecs.shockers import Order
    from drivers.transports.asking import Asking
    from drivers.transports.held import HeldPipe


class PiShockSettings(PortSettings):
    """Which port, and which shockers."""

    shockers: Annotated[
        tuple[Annotated[int, Field(ge=0, le=LARGEST_ID)], ...], Field(max_length=MOST_SHOCKERS)
    ] = Field(
        (),
        title=N_("Shockers"),
        description=N_(
            "Their numbers, as PiShock's page shows them. Empty: all that the hub knows."
        ),
    )


class PiShock(ShockerHub):
    """One hub; its outputs are "shock_7", "vibrate_7" and "beep_7" for shocker 7."""

    key = "pishock"
    title = N_("PiShock")
    summary = N_("A PiShock hub on a USB cable. Off until you agree to what it can do.")
    Settings: ClassVar[type[DriverSettings]] = PiShockSettings
    sign_of_life = pishock.TOLD

    def __init__(self, settings: DriverSettings, events: DriverEvents) -> None:
        super().__init__(settings, events)
        if not isinstance(settings, PiShockSettings):
            raise DriverError(Cause.BAD_CONFIG)
        self._shockers = tuple(dict.fromkeys(settings.shockers))
        self._hub = Hub("", ())

    async def check(self) -> None:
        """Ask the hub about itself."""
        if self._asking is None:
            raise DriverError(Cause.LOST)
        self._hub = await self._asking.ask(pishock.ASK, pishock.hub_of)

    async def _greet(self) -> tuple[int, ...]:
        hub = self._hub
        shockers = self._shockers or hub.shockers[:MOST_SHOCKERS]
        missing = [str(one) for one in shockers if one not in hub.shockers]
        if not shockers:
            raise DriverError(
                Cause.BAD_CONFIG,
                say=N_("The hub knows no shocker yet. Pair one on PiShock's page."),
            )
        if missing:
            raise DriverError(
                Cause.BAD_CONFIG,
                say=N_("The hub knows no shocker {numbers}. Check the numbers on PiShock's page."),
                numbers=", ".join(missing),
            )
        self.firmware = f"PiShock {hub.version}"
        return shockers

    async def _send(self, asking: Asking, pipe: HeldPipe, order: Order) -> Ack:
        if order.shocker in self._hub.paused:
            raise DriverError(
                Cause.REFUSED,
                say=N_("This shocker is paused. Let it go on again on PiShock's page."),
            )
        pipe.turn_on(pishock.operate(order))
        return Ack.SENT

    async def _end(self, asking: Asking, pipe: HeldPipe, numbers: tuple[int, ...]) -> Ack:
        pipe.turn_off(pishock.end(numbers))
        return Ack.SENT

    def _ends(self, numbers: tuple[int, ...]) -> bytes:
        return pishock.end(numbers)

    async def _confirm(self, asking: Asking) -> None:
        if self._pipe is None:
            raise DriverError(Cause.LOST)
        self._pipe.turn_off(self._everything())
        # It says nothing to that, but it answers what comes after it.
        await self.check()

    def _shown(self, line: bytes) -> bytes:
        before, told, _ = line.partition(pishock.TOLD)
        return before + told + b"***" if told else line

    def _ask_something(self) -> bytes:
        return pishock.ASK
