"""A device of one's own: its commands are written in a form, and sent as they are.

One rule: it knows nothing of the device but its commands, and obeys its own off above all.
"""

from __future__ import annotations

import asyncio
import contextlib
from functools import partial
from typing import ClassVar

from drivers.codecs.template_settings import TemplateSettings, request_of
from drivers.codecs.written import WrittenOutput
from drivers.contract import (
    ACCEPTS,
    N_,
    Ack,
    Capability,
    Cause,
    DriverError,
    DriverEvents,
    DriverSettings,
    Flash,
    Instruction,
    SafeRecipe,
    SetColor,
    is_off,
    own_length_s,
)
from drivers.transports import ports
from drivers.transports.blinking import Blinking
from drivers.transports.http import HttpOptions
from drivers.transports.on_port import OnPort
from drivers.transports.serial import SerialOptions, SerialPort
from drivers.transports.spoken import HttpSpeech, PipeSpeech, Speech
from drivers.transports.tcp import TcpOptions, TcpPipe
from drivers.transports.udp import UdpOptions, UdpPipe

BEAT_S = 1.0
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Template(OnPort):
    """One device; its outputs are "output1", "output2" and so on, in the order of the form."""

    key = "template"
    title = N_("A device of your own")
    summary = N_("Any device whose commands you know. You write them down; nothing is programmed.")
    icon = "pencil"
    Settings: ClassVar[type[DriverSettings]] = TemplateSettings

    def __init__(self, settings: DriverSettings, events: DriverEvents) -> None:
        super().__init__(settings, events)
        if not isinstance(settings, TemplateSettings):
            raise DriverError(Cause.BAD_CONFIG)
        self._settings = settings
        made = [
            WrittenOutput(f"output{number}", form, settings)
            for number, form in enumerate(settings.outputs, start=1)
        ]
        self._outputs = {one.capability.id: one for one in made}
        all_off = settings.command(settings.all_off).filled({})
        self._offs = (all_off,) if all_off else tuple(one.off.filled({}) for one in made)
        self._beat = settings.command(settings.heartbeat).filled({})
        self._speech: Speech | None = None
        self._blinking = Blinking()
        self._timer: asyncio.TimerHandle | None = None

    async def open(self) -> tuple[Capability, ...]:
        """Connect and switch everything off."""
        self._speech = speech = await self._make_speech()
        await speech.open(self._lose)
        if self._settings.way == "serial" and self._settings.boot_wait_s:
            await asyncio.sleep(self._settings.boot_wait_s)
        for off in speech.offs:
            await speech.say(off, turns_on=False)
        self.firmware = self._settings.way.upper()
        if self._beat and speech.mentions:
            self._send_beat()
        return tuple(one.capability for one in self._outputs.values())

    async def apply(
        self, capability: str, instruction: Instruction, duration_s: float | None
    ) -> Ack:
        """Say the command for it."""
        speech = self._speech
        if speech is None:
            raise DriverError(Cause.LOST)
        output = self._outputs.get(capability)
        if output is None or not isinstance(instruction, ACCEPTS[output.capability.kind]):
            raise DriverError(Cause.UNSUPPORTED, f"{capability} {type(instruction).__name__}")
        self._blinking.end(capability)
        if is_off(instruction):
            off = output.off.filled({})
            return await speech.say(off, turns_on=False) if off else Ack.SENT
        if isinstance(instruction, Flash):
            return await self._flash(speech, output, instruction)
        return await speech.say(output.said(instruction, duration_s), turns_on=True)

    def stop_now(self) -> None:
        """Switch everything off, from any thread."""
        if self._speech is not None:
            self._speech.stop()

    async def make_safe(self) -> bool:
        """Switch everything off; confirmed if the device answers."""
        self._blinking.end_all()
        return self._speech is not None and await self._speech.make_safe()

    async def close(self) -> None:
        """Switch everything off a last time and let go."""
        self._blinking.end_all()
        if self._timer is not None:
            self._timer.cancel()
        speech, self._speech = self._speech, None
        if speech is not None:
            await speech.close()

    def safe_recipe(self) -> SafeRecipe | None:
        """The commands that switch off, if there are any."""
        return None if self._speech is None else self._speech.recipe()

    # ------------------------------------------------------------------ ways

    async def _make_speech(self) -> Speech:
        settings = self._settings
        if settings.way == "http":
            return self._requests()
        expected = settings.expected()
        if settings.way == "serial":
            self.address = await ports.find(settings.port)
            recipe = SafeRecipe(
                "serial",
                self.address,
                (),
                settings.speed_baud,
                expect=expected,
                boot_wait_s=settings.boot_wait_s,
            )
            dtr, rts = settings.lines
            options = SerialOptions(self.address, settings.speed_baud, dtr=dtr, rts=rts)
            port = SerialPort(options)
            return PipeSpeech(port, self._offs, recipe)
        host = settings.host.strip("[] ")
        self.address = (
            f"[{host}]:{settings.host_port}" if ":" in host else (f"{host}:{settings.host_port}")
        )
        recipe = SafeRecipe(settings.way, self.address, (), expect=expected)
        if settings.way == "tcp":
            return PipeSpeech(TcpPipe(TcpOptions(host, settings.host_port)), self._offs, recipe)
        pipe = UdpPipe(UdpOptions(host, settings.host_port))
        return PipeSpeech(pipe, self._offs, recipe, together=False)

    def _requests(self) -> HttpSpeech:
        settings = self._settings
        self.address = settings.url
        said = [settings.all_off, *(text for one in settings.outputs for text in (one.on, one.off))]
        bodies = [request_of(text.encode())[2] for text in said]
        forms = any(body and body[:1] not in (b"{", b"[") for body in bodies)
        options = HttpOptions(
            settings.url,
            headers=FORM if forms else {},
            user=settings.user,
            password=settings.password,
        )
        return HttpSpeech(options, self._offs, request_of, settings.expected())

    def _lose(self, error: DriverError) -> None:
        self._blinking.end_all()
        self.events.on_lost(error)

    # ------------------------------------------------------------------ flashes and beats

    async def _flash(self, speech: Speech, output: WrittenOutput, flash: Flash) -> Ack:
        colour = SetColor(flash.red, flash.green, flash.blue)
        bright = output.said(colour, own_length_s(flash))
        dark = output.off.filled({})
        if not speech.mentions or not dark:
            # Requests take too long to blink with: it shines, and is switched off in time.
            return await speech.say(bright, turns_on=True)

        self._blinking.begin(
            output.capability.id,
            flash,
            partial(speech.mention, bright, turns_on=True),
            partial(speech.mention, dark, turns_on=False),
        )
        return Ack.SENT

    def _send_beat(self) -> None:
        if self._speech is not None:
            with contextlib.suppress(DriverError):
                self._speech.mention(self._beat, turns_on=False)
            self._timer = asyncio.get_running_loop().call_later(BEAT_S, self._send_beat)
