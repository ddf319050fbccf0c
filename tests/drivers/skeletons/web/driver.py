"""Acme lamp: in the network, over HTTP.

One rule: every request is answered with 200 or carried out not at all; source: the maker's page.
"""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from drivers.contract import (
    N_,
    Ack,
    Capability,
    Cause,
    Driver,
    DriverError,
    DriverEvents,
    DriverSettings,
    Hazard,
    Instruction,
    Kind,
    QueuePolicy,
    SafeRecipe,
    SetLevel,
    is_off,
)
from drivers.transports.http import HttpOptions, HttpSession, request_recipe

ANSWER_S = 0.9  # make_safe has a second
LAMP = "lamp"
SAFE = ("POST", "/safe")


class AcmeLampSettings(DriverSettings):
    """Where it is."""

    host: str = Field(
        min_length=1,
        max_length=253,
        title=N_("Address"),
        description=N_("Its number in your network, such as 192.168.1.40."),
    )
    port: int = Field(80, ge=1, le=65535, title=N_("Port"), description=N_("As the device is set."))


class AcmeLamp(Driver):
    """One lamp. No connection stands between two requests: `check` finds out that it is gone."""

    key = "acme_lamp"
    title = N_("Acme lamp")
    summary = N_("A lamp in your network.")
    icon = "light"
    Settings: ClassVar[type[DriverSettings]] = AcmeLampSettings

    def __init__(self, settings: DriverSettings, events: DriverEvents) -> None:
        super().__init__(settings, events)
        if not isinstance(settings, AcmeLampSettings):
            raise DriverError(Cause.BAD_CONFIG)
        self.address = f"{settings.host}:{settings.port}"
        self._options = HttpOptions(f"http://{self.address}", timeout_s=ANSWER_S)
        self._http = HttpSession(self._options)

    async def open(self) -> tuple[Capability, ...]:
        """Make the lamp dark and ask what it is."""
        await self._http.open()
        await self._http.ask(*SAFE)
        info = (await self._http.ask("GET", "/info")).json()
        if not isinstance(info, dict) or "acme" not in info:
            raise DriverError(Cause.BAD_ANSWER)
        self.firmware = str(info["acme"])
        return (Capability(LAMP, Kind.LEVEL, N_("Lamp"), Hazard.LIGHT, policy=QueuePolicy.LATEST),)

    async def apply(
        self, capability: str, instruction: Instruction, duration_s: float | None
    ) -> Ack:
        """Send a request and wait for its answer."""
        del duration_s  # the lamp has no timer
        if capability != LAMP or not (isinstance(instruction, SetLevel) or is_off(instruction)):
            raise DriverError(Cause.UNSUPPORTED, f"{capability} {type(instruction).__name__}")
        level = instruction.level if isinstance(instruction, SetLevel) else 0.0
        asked = {"level": round(level * 100)}
        answer = await self._http.ask("POST", "/lamp", json=asked, turns_on=level > 0)
        if answer.json() != asked:
            raise DriverError(Cause.REFUSED, say=N_("The lamp is too hot. Let it cool down."))
        return Ack.CONFIRMED

    def stop_now(self) -> None:
        """Make the lamp dark, from any thread."""
        self._http.send_now(*SAFE)

    async def make_safe(self) -> bool:
        """Make the lamp dark and wait until it says so."""
        self._http.release()
        try:
            await self._http.ask(*SAFE)
        except DriverError:
            return False
        return True

    async def close(self) -> None:
        """Make the lamp dark a last time and let go."""
        self._http.send_now(*SAFE)
        await self._http.close()

    async def check(self) -> None:
        """Ask what it is."""
        await self._http.ask("GET", "/info")

    def safe_recipe(self) -> SafeRecipe | None:
        """The same request does for a stranger."""
        return request_recipe(self._options, *SAFE)
