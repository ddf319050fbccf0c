"""Light strips and bulbs over Bluetooth: ELK-BLEDOM, Triones, Magic Home and their like.

One rule: nothing waits behind a colour; the newest goes out when the last was taken.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from drivers.codecs import ble_strips
from drivers.codecs.ble_settings import BleSettings
from drivers.contract import (
    N_,
    Capability,
    Cause,
    DriverError,
    DriverEvents,
    DriverSettings,
    Found,
    Hazard,
    Kind,
    QueuePolicy,
    SafeRecipe,
)
from drivers.transports.ble import BleLink, BleOptions, full_uuid
from drivers.transports.ble_radio import look_around
from drivers.transports.lamps import Lamps
from drivers.transports.show import Show

if TYPE_CHECKING:
    from drivers.codecs.ble_strips import Model

ANSWER_S = 0.3
GREETING_S = 1.0
_TAKEN_S = 0.4
_SAFE_S = 0.9
_MOST_OWED = 3
# Finding and connecting anew is slower than a cable; the guardian may take this much longer.
_REACH_S = 3.0


class StripSettings(BleSettings):
    """Which device, and which words it understands."""

    model: Literal["auto", "elk", "elk07", "melk", "triones", "zengge"] = Field(
        "auto",
        title=N_("Kind of strip"),
        description=N_("Leave it, unless the strip stays dark."),
        json_schema_extra={
            "words": {
                "auto": N_("Find out"),
                "elk": "ELK-BLEDOM (duoCo Strip, Lotus Lantern)",
                "elk07": "ELK-BLEDOB, MELK-OG10",
                "melk": "MELK (Lotus Lamp X)",
                "triones": "Triones (HappyLighting)",
                "zengge": "Magic Home (Magic Hue, LEDnet)",
            }
        },
    )
    order: Literal["rgb", "grb", "bgr", "rbg", "gbr", "brg"] = Field(
        "rgb",
        title=N_("Order of colours"),
        description=N_("If red shows green, choose another one."),
        json_schema_extra={
            "words": {one: one.upper() for one in ("rgb", "grb", "bgr", "rbg", "gbr", "brg")}
        },
    )


class BleStrip(Lamps):
    """One strip or bulb, one colour at a time."""

    key = "ble_strip"
    title = N_("Bluetooth light strip")
    summary = N_("A cheap strip or bulb with its own phone app: ELK-BLEDOM, Triones, Magic Home.")
    icon = "light"
    Settings: ClassVar[type[DriverSettings]] = StripSettings

    def __init__(self, settings: DriverSettings, events: DriverEvents) -> None:
        super().__init__(settings, events)
        if not isinstance(settings, StripSettings):
            raise DriverError(Cause.BAD_CONFIG)
        self._settings = settings
        self._order = tuple("rgb".index(one) for one in settings.order)
        self._link: BleLink | None = None
        self._model: Model = ble_strips.MODELS[0]
        self._answers = False
        self._dark: bool | None = None
        self._news = asyncio.Event()
        # Answers that were heard, and those that are still to come.
        self._told = self._owed = 0
        # Only the thread of the show touches it.
        self._colour = b""
        self._show = Show("strip", self._send, ble_strips.StripScene(), rate_hz=0)

    async def open(self) -> tuple[Capability, ...]:
        """Find the strip, see which kind it is, and make it dark."""
        self._link = link = BleLink(BleOptions(self._settings.device))
        await link.open(self._lose)
        self.address = link.address
        self._model = model = ble_strips.model_of(
            self._settings.model,
            lambda place: link.can(place, "write") or link.can(place, "write-without-response"),
            link.name,
        )
        for greeting in ble_strips.greeting_of(link.name):
            link.write_now(model.write, greeting)
            await asyncio.sleep(GREETING_S)
        self.firmware = model.name
        await self._show.open()
        if not await link.written(_TAKEN_S):
            raise DriverError(Cause.NO_ANSWER)
        if link.can(model.tell, "notify"):
            await link.listen(model.tell, self._heard)
            self._answers = await self._is_dark() is not None
        light = Capability(
            ble_strips.OUTPUT, Kind.LIGHT, N_("Light"), Hazard.LIGHT, policy=QueuePolicy.LATEST
        )
        return (light,)

    async def make_safe(self) -> bool:
        """Make the strip dark; one that tells its state must tell that it is."""
        try:
            async with asyncio.timeout(_SAFE_S):
                if self._link is None or not await super().make_safe():
                    return False
                if not await self._link.written(_TAKEN_S):
                    return False
                return not self._answers or await self._is_dark() is True
        except TimeoutError:
            return False

    async def close(self) -> None:
        """Make the strip dark a last time and let go of it."""
        await self._show.close()
        link, self._link = self._link, None
        if link is not None:
            await link.close()

    async def check(self) -> None:
        """Ask for its state; of one that never tells, see that it takes what we send."""
        link = self._link
        if link is None or not await link.written(ANSWER_S):
            raise DriverError(Cause.NO_ANSWER)
        if self._answers and await self._is_dark() is None:
            raise DriverError(Cause.NO_ANSWER)

    def safe_recipe(self) -> SafeRecipe:
        """The word for off does for a stranger, too."""
        return SafeRecipe(
            "ble",
            self.address,
            (self._model.off,),
            boot_wait_s=_REACH_S,
            options={"characteristic": full_uuid(self._model.write)},
        )

    @classmethod
    async def discover(cls) -> tuple[Found, ...]:
        """List what calls itself like such a strip; none of them is connected to."""
        return tuple(
            Found(cls.key, one.name, one.address, {"device": one.address})
            for one in await look_around()
            if ble_strips.is_likely(one.name)
        )

    async def _is_dark(self) -> bool | None:
        """Ask the strip whether it is off; None if it does not answer.

        It is asked once more for each answer that is owed: the last one cannot be an older one's.
        """
        link = self._link
        asked = 1 + min(self._owed, _MOST_OWED)
        last = self._told + asked
        for _ in range(asked):
            if link is None or not link.write_now(self._model.write, ble_strips.ASK_STATE):
                return None
            self._owed += 1
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(ANSWER_S):
                while self._told < last:
                    self._news.clear()
                    await self._news.wait()
        return self._dark if self._told >= last else None

    def _heard(self, data: bytes) -> None:
        dark = ble_strips.is_dark(data)
        if dark is not None:
            self._dark = dark
            self._told += 1
            self._owed = max(0, self._owed - 1)
            self._news.set()

    def _send(self, colour: bytes) -> bool:
        link, model = self._link, self._model
        if link is None:
            return False
        if not colour:
            self._colour = b""
            return link.write_now(model.write, model.off, urgent=True)
        if colour == self._colour:
            return True
        if link.busy():
            return False  # asked again soon, with what is newest by then
        first = b"" if self._colour else model.on
        if first and not link.write_now(model.write, first):
            return False
        self._colour = colour
        red, green, blue = (colour[one] for one in self._order)
        return link.write_now(model.write, model.colour(red, green, blue))

    def _lose(self, error: DriverError) -> None:
        self._show.lose(error)
        self.events.on_lost(error)
