"""A Bluetooth device of one's own: its battery, and a value that commands are written to.

One rule: it knows nothing of the device but its commands, and obeys its own off above all.
"""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from drivers.codecs.gatt_settings import GattSettings
from drivers.codecs.written import WrittenOutput
from drivers.contract import (
    ACCEPTS,
    N_,
    Ack,
    Capability,
    Cause,
    Driver,
    DriverError,
    DriverEvents,
    DriverSettings,
    Found,
    Instruction,
    Kind,
    Observation,
    SafeRecipe,
    is_off,
)
from drivers.transports.ble import BleOptions, BlePipe, full_uuid
from drivers.transports.ble_radio import look_around
from drivers.transports.spoken import PipeSpeech

# Bluetooth SIG: Battery Service, Battery Level, one byte of percent.
BATTERY_SERVICE, BATTERY_LEVEL = full_uuid("180f"), full_uuid("2a19")
BATTERY = "battery"
_FULL = 100
_TAKEN_S = 0.4
_REACH_S = 3.0


class BleGatt(Driver):
    """One device; its outputs are "output1" and so on, in the order of the form, and "battery"."""

    key = "ble_gatt"
    title = N_("A Bluetooth device of your own")
    summary = N_("Any Bluetooth device whose commands you know, and how full its battery is.")
    icon = "bluetooth"
    Settings: ClassVar[type[DriverSettings]] = GattSettings

    def __init__(self, settings: DriverSettings, events: DriverEvents) -> None:
        super().__init__(settings, events)
        if not isinstance(settings, GattSettings):
            raise DriverError(Cause.BAD_CONFIG)
        self._settings = settings
        made = [
            WrittenOutput(f"output{number}", form, settings)
            for number, form in enumerate(settings.outputs, start=1)
        ]
        self._outputs = {one.capability.id: one for one in made}
        all_off = settings.command(settings.all_off).filled({})
        self._offs = (all_off,) if all_off else tuple(one.off.filled({}) for one in made)
        # Without a value to write to, any will do: nothing is written.
        way = (settings.value or BATTERY_LEVEL, settings.answers if settings.answer else "")
        # Every write is a command, and the device is asked to acknowledge it if it can.
        self._pipe = BlePipe(BleOptions(settings.device), way, split=False, sure=True)
        recipe = SafeRecipe("ble", settings.device, (), expect=settings.expected())
        self._speech = PipeSpeech(self._pipe, self._offs, recipe, together=False)

    async def open(self) -> tuple[Capability, ...]:
        """Connect, switch everything off, and look at the battery."""
        await self._speech.open(self.events.on_lost)
        self.address = self._pipe.link.address
        for off in self._speech.offs:
            await self._speech.say(off, turns_on=False)
        if not await self._pipe.link.written(_TAKEN_S):
            raise DriverError(Cause.NO_ANSWER)
        self.firmware = "Bluetooth"
        outputs = tuple(one.capability for one in self._outputs.values())
        return outputs + await self._watch_battery()

    async def apply(
        self, capability: str, instruction: Instruction, duration_s: float | None
    ) -> Ack:
        """Write the command for it."""
        output = self._outputs.get(capability)
        if output is None or not isinstance(instruction, ACCEPTS[output.capability.kind]):
            raise DriverError(Cause.UNSUPPORTED, f"{capability} {type(instruction).__name__}")
        if is_off(instruction):
            off = output.off.filled({})
            return await self._say(off, turns_on=False) if off else Ack.SENT
        return await self._say(output.said(instruction, duration_s), turns_on=True)

    def stop_now(self) -> None:
        """Switch everything off, from any thread."""
        self._speech.stop()

    async def make_safe(self) -> bool:
        """Switch everything off; the device must have taken it, and answered if it does."""
        return await self._speech.make_safe() and await self._pipe.link.written(_TAKEN_S)

    async def close(self) -> None:
        """Switch everything off a last time and let go."""
        await self._speech.close()

    async def check(self) -> None:
        """Look at the battery; of one without, see that it is still connected."""
        link = self._pipe.link
        if self._settings.battery and link.can(BATTERY_LEVEL, "read"):
            self._tell_battery(await link.read(BATTERY_LEVEL))
        elif not await link.written(_TAKEN_S):
            raise DriverError(Cause.NO_ANSWER)

    def safe_recipe(self) -> SafeRecipe | None:
        """The same commands do for a stranger."""
        recipe, pipe = self._speech.recipe(), self._pipe
        if recipe is None:
            return None
        options: dict[str, str | int | float] = {
            **recipe.options,
            "characteristic": pipe.write,
            "listen": pipe.tell,
            "response": int(pipe.link.can(pipe.write, "write")),
        }
        return replace(recipe, address=self.address, boot_wait_s=_REACH_S, options=options)

    @classmethod
    async def discover(cls) -> tuple[Found, ...]:
        """List what tells of a battery; nothing is connected to."""
        return tuple(
            Found(cls.key, one.name or one.address, one.address, {"device": one.address})
            for one in await look_around()
            if BATTERY_SERVICE in one.services
        )

    async def _say(self, data: bytes, *, turns_on: bool) -> Ack:
        ack = await self._speech.say(data, turns_on=turns_on)
        if not await self._pipe.link.written(_TAKEN_S):
            raise DriverError(Cause.NO_ANSWER)
        return Ack.CONFIRMED if self._pipe.link.can(self._pipe.write, "write") else ack

    async def _watch_battery(self) -> tuple[Capability, ...]:
        link = self._pipe.link
        if not self._settings.battery or not link.has(BATTERY_LEVEL):
            return ()
        if link.can(BATTERY_LEVEL, "notify"):
            await link.listen(BATTERY_LEVEL, self._tell_battery)
        if link.can(BATTERY_LEVEL, "read"):
            self._tell_battery(await link.read(BATTERY_LEVEL))
        return (Capability(BATTERY, Kind.SENSOR, N_("Battery"), readback=True),)

    def _tell_battery(self, data: bytes) -> None:
        if data and data[0] <= _FULL:
            self.events.on_observation(Observation(BATTERY, BATTERY, float(data[0])))
