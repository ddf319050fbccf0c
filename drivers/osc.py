"""Programs and consoles that understand OSC: Resolume, TouchDesigner, QLab, VRChat, X32 and so on.

One rule: nobody answers, so nothing is confirmed; some systems at least say that nobody listens.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from drivers.codecs.loads import HAZARDS
from drivers.codecs.osc import OscOutput
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
    Flash,
    Instruction,
    Kind,
    SafeRecipe,
    SetColor,
    is_off,
)
from drivers.transports.blinking import Blinking
from drivers.transports.spoken import PipeSpeech
from drivers.transports.udp import UdpOptions, UdpPipe

if TYPE_CHECKING:
    from collections.abc import Mapping


class OscSettings(DriverSettings):
    """Where the other program is, and what is to be sent there."""

    host: str = Field(
        "127.0.0.1",
        min_length=1,
        max_length=253,
        title=N_("Address"),
        description=N_("Of the computer it runs on; 127.0.0.1 is this one."),
    )
    port: int = Field(
        9000,
        ge=1,
        le=65_535,
        title=N_("Port number"),
        description=N_("As its settings show it: 7000 for Resolume, 9000 for VRChat."),
    )
    outputs: Annotated[tuple[OscOutput, ...], Field(min_length=1, max_length=64)] = Field(
        title=N_("Outputs"), description=N_("What it can do, each with its OSC address.")
    )


class Osc(Driver):
    """One program; its outputs are "output1", "output2" and so on, in the order of the form."""

    key = "osc"
    title = N_("OSC")
    summary = N_("Resolume, QLab, VRChat and any other program or console that understands OSC.")
    icon = "effect"
    Settings: ClassVar[type[DriverSettings]] = OscSettings

    def __init__(self, settings: DriverSettings, events: DriverEvents) -> None:
        super().__init__(settings, events)
        if not isinstance(settings, OscSettings):
            raise DriverError(Cause.BAD_CONFIG)
        self._settings = settings
        self._outputs: Mapping[str, OscOutput] = {
            f"output{number}": form for number, form in enumerate(settings.outputs, start=1)
        }
        self._speech: PipeSpeech | None = None
        self._blinking = Blinking()

    async def open(self) -> tuple[Capability, ...]:
        """Find the computer and send off to every output."""
        settings = self._settings
        host = settings.host.strip("[] ")
        named = f"[{host}]" if ":" in host else host
        self.address = f"{named}:{settings.port}"
        offs = [one.off() for one in settings.outputs]
        options = UdpOptions(host, settings.port, broadcast=host.endswith(".255"))
        recipe = SafeRecipe("udp", self.address, ())
        self._speech = speech = PipeSpeech(UdpPipe(options), offs, recipe, together=False)
        await speech.open(self._lose)
        for off in speech.offs:
            await speech.say(off, turns_on=False)
        self.firmware = "OSC 1.0"
        return tuple(
            Capability(
                name, Kind(one.kind), one.name, HAZARDS[one.load], effects=tuple(one.effects)
            )
            for name, one in self._outputs.items()
        )

    async def apply(
        self, capability: str, instruction: Instruction, duration_s: float | None
    ) -> Ack:
        """Send a message; nobody answers."""
        del duration_s  # OSC has no timer
        speech, output = self._speech, self._outputs.get(capability)
        if speech is None:
            raise DriverError(Cause.LOST)
        if output is None or not isinstance(instruction, ACCEPTS[Kind(output.kind)]):
            raise DriverError(Cause.UNSUPPORTED, f"{capability} {type(instruction).__name__}")
        self._blinking.end(capability)
        if is_off(instruction):
            return await speech.say(output.off(), turns_on=False)
        if isinstance(instruction, Flash):
            self._flash(speech, capability, instruction)
            return Ack.SENT
        return await speech.say(output.on(instruction), turns_on=True)

    def stop_now(self) -> None:
        """Send off to every output, from any thread."""
        if self._speech is not None:
            self._speech.stop()

    async def make_safe(self) -> bool:
        """Send off to every output; that the system took it is all one can know."""
        self._blinking.end_all()
        return self._speech is not None and await self._speech.make_safe()

    async def close(self) -> None:
        """Send off a last time and let go."""
        self._blinking.end_all()
        speech, self._speech = self._speech, None
        if speech is not None:
            await speech.close()

    def safe_recipe(self) -> SafeRecipe | None:
        """The same messages do for a stranger."""
        return None if self._speech is None else self._speech.recipe()

    def _flash(self, speech: PipeSpeech, capability: str, flash: Flash) -> None:
        output = self._outputs[capability]
        bright = output.on(SetColor(flash.red, flash.green, flash.blue))
        dark = output.off()

        self._blinking.begin(
            capability,
            flash,
            partial(speech.mention, bright, turns_on=True),
            partial(speech.mention, dark, turns_on=False),
        )

    def _lose(self, error: DriverError) -> None:
        self._blinking.end_all()
        self.events.on_lost(DriverError(Cause.LOST, error.detail))
