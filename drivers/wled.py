"""LED strips on a WLED controller: its LEDs in one colour, and the presets made in WLED.

One rule: WLED is told with everything how long it lasts, and ends it when nothing more comes.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import math
import threading
import time
from typing import Any, ClassVar

from pydantic import Field

from drivers.codecs import wled
from drivers.codecs.before import Before
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
    Hazard,
    Instruction,
    Kind,
    Play,
    QueuePolicy,
    SafeRecipe,
    is_off,
)
from drivers.transports import mdns
from drivers.transports.http import HttpOptions, HttpSession, request_recipe
from drivers.transports.refresher import Refresher
from drivers.transports.udp import UdpOptions, UdpPipe
from drivers.transports.websocket import WebSocketLink, WebSocketOptions

ASK_S = 0.9
_STATE = "/json/state"
_FRAMES_HZ = 25.0
# What does not change is said again so often: a lost datagram shows for no longer.
_AGAIN_S = 0.4
_TAKEN_S = 0.5
# WLED tells of a change a moment later; what it tells so soon after us is still of ours.
_OURS_S = 2.0
# WLED answers no pings (ws.cpp): that it is gone is noticed by the connection itself.
_NO_PINGS_S = 1e6
_left: Before[dict[str, Any]] = Before()


class WledSettings(DriverSettings):
    """Where it is, and what it shows afterwards."""

    host: str = Field(
        min_length=1,
        max_length=200,
        title=N_("Address"),
        description=N_("As in your browser when you open WLED, such as 192.168.1.40."),
    )
    port: int = Field(80, ge=1, le=65535, title=N_("Port"), description=N_("80 for every WLED."))
    rest_preset: int = Field(
        0,
        ge=0,
        le=250,
        title=N_("Preset to go back to"),
        description=N_("Its number in WLED. 0 goes back to whatever was on before."),
    )


class Wled(Driver):
    """One controller: "strip" is all its LEDs, "preset" the presets made in WLED, if any."""

    key = "wled"
    title = N_("WLED light strip")
    summary = N_("A light strip on a WLED controller in your network.")
    icon = "light"
    Settings: ClassVar[type[DriverSettings]] = WledSettings

    def __init__(self, settings: DriverSettings, events: DriverEvents) -> None:
        super().__init__(settings, events)
        if not isinstance(settings, WledSettings):
            raise DriverError(Cause.BAD_CONFIG)
        self._settings = settings
        self._http: HttpSession | None = None
        self._options: HttpOptions | None = None
        self._news: WebSocketLink | None = None
        self._udp: UdpPipe | None = None
        self._show = Refresher("wled", self._send, rate_hz=0, fastest_hz=_FRAMES_HZ)
        self._leds = 0
        self._presets: dict[str, int] = {}
        self._lock = threading.RLock()  # STOP comes from any thread, even a signal
        self._held = False
        self._stops = 0
        # What WLED showed when nothing of ours was on.
        self._before: dict[str, Any] = {}
        self._preset_on = False
        self._ours_until = 0.0
        self._proved = False
        self._lost = self._is_open = False
        # Only the refresher's thread touches what is below.
        self._sent = wled.REST
        self._sent_at = 0.0

    async def open(self) -> tuple[Capability, ...]:
        """Ask WLED what it is, end what is left of an earlier time, and listen to it."""
        host = await mdns.address_of(self._settings.host)
        self.address = f"{f'[{host}]' if ':' in host else host}:{self._settings.port}"
        self._options = HttpOptions(f"http://{self.address}", timeout_s=ASK_S)
        self._http = http = HttpSession(self._options)
        await http.open()
        told = (await http.ask("GET", "/json/si", timeout_s=3.0)).json()
        strip = wled.strip_of(told.get("info") if isinstance(told, dict) else None)
        if strip is None or not isinstance(told.get("state"), dict):
            raise DriverError(
                Cause.BAD_ANSWER, say=N_("What answers there is not WLED. Check the address.")
            )
        self.firmware, self._leds, self._before = strip.firmware, strip.leds, told["state"]
        left = _left.take(self.address, "preset")
        if left is not None:
            self._before = left
            self._ours_until = asyncio.get_running_loop().time() + _OURS_S
        found = await http.ask("GET", "/presets.json", timeout_s=3.0, any_status=True)
        with contextlib.suppress(DriverError):
            self._presets = wled.presets_of(found.json())
        self._udp = UdpPipe(UdpOptions(host, strip.udp_port, refused_is_loss=False))
        await self._udp.open(lambda _: None, self._lose)
        self._news = WebSocketLink(
            WebSocketOptions(f"ws://{self.address}/ws", ping_s=_NO_PINGS_S, pong_s=_NO_PINGS_S)
        )
        await self._news.open(self._hear, self._lose)
        self._show.open()
        rest = self._rest() if left or self._settings.rest_preset else {"live": False}
        await http.ask("POST", _STATE, json=rest)
        _left.forget(self.address, "preset")
        with self._lock:
            self._is_open = not self._lost
        if not self._is_open:
            raise DriverError(Cause.LOST, "closed")
        return self._outputs()

    async def apply(
        self, capability: str, instruction: Instruction, duration_s: float | None
    ) -> Ack:
        """Show a colour at once over UDP, or a preset over HTTP, which WLED confirms."""
        if capability == "strip" and isinstance(instruction, ACCEPTS[Kind.LIGHT]):
            return await self._light(instruction, duration_s)
        if (
            capability == "preset"
            and self._presets
            and isinstance(instruction, ACCEPTS[Kind.EFFECT])
        ):
            return await self._play(instruction, duration_s)
        raise DriverError(Cause.UNSUPPORTED, f"{capability}: {type(instruction).__name__}")

    def stop_now(self) -> None:
        """End realtime over UDP, and go back over HTTP, from any thread."""
        with self._lock:
            self._held = True
            self._stops += 1
            self._show.show(wled.REST, urgent=True)
        if self._http is not None:
            self._http.send_now("POST", _STATE, json=self._rest())

    async def make_safe(self) -> bool:
        """Go back to what was on before, confirmed by WLED."""
        http = self._http
        if http is None:
            return False
        with self._lock:
            self._held = False
            self._stops += 1
            self._show.show(wled.REST, urgent=True)
        http.release()
        try:
            await http.ask("POST", _STATE, json=self._rest())
        except DriverError:
            return False
        self._rested()
        return True

    async def close(self) -> None:
        """Go back a last time and let go of all connections."""
        http, self._http = self._http, None
        if http is not None:
            opened = self._udp is not None
            await self._show.close(*[wled.REST] if opened else ())
            if opened and self._news is not None:
                http.send_now("POST", _STATE, json=self._rest())
            await http.close()
        for one in (self._udp, self._news):
            if one is not None:
                await one.close()

    async def check(self) -> None:
        """Ask WLED for its state."""
        if self._http is None:
            raise DriverError(Cause.LOST)
        await self._http.ask("GET", "/json/info")

    def safe_recipe(self) -> SafeRecipe | None:
        """Leave realtime and show what was on before."""
        if self._options is None:
            return None
        return request_recipe(self._options, "POST", _STATE, json=self._rest())

    @classmethod
    async def discover(cls) -> tuple[Found, ...]:
        """List the controllers that tell their names on this network."""
        return tuple(
            Found(cls.key, one.name, one.address, {"host": one.host} | _other_port(one.port))
            for one in await mdns.look("_wled._tcp")
        )

    # ------------------------------------------------------------------ the strip

    async def _light(self, instruction: Instruction, duration_s: float | None) -> Ack:
        off = is_off(instruction)
        look = wled.Look(instruction, self._leds, math.inf if duration_s is None else duration_s)
        with self._lock:
            if self._http is None:
                raise DriverError(Cause.LOST, "closed")
            if self._held and not off:
                raise DriverError(Cause.REFUSED, "stopped")
            stops, began = self._stops, time.monotonic()
            self._show.show(wled.REST if off else look.frame, urgent=True)
        taken = await self._show.taken(_TAKEN_S)
        if stops != self._stops and not off:
            raise DriverError(Cause.REFUSED, "stopped")
        if not taken:
            raise DriverError(Cause.NO_ANSWER)
        if not off and not self._proved:
            live = await self._is_live()
            over = time.monotonic() - began >= look.duration_s or stops != self._stops
            if not over:
                self._believe(live=live)
        return Ack.SENT

    async def _is_live(self) -> bool:
        """Ask whether WLED shows what comes over UDP."""
        if self._http is None:
            raise DriverError(Cause.LOST, "closed")
        info = (await self._http.ask("GET", "/json/info")).json()
        return not isinstance(info, dict) or info.get("live") is not False

    def _believe(self, *, live: bool) -> None:
        """See once that WLED listens to the network: it can be switched off in its settings."""
        if not live:
            self._show.show(wled.REST, urgent=True)
            raise DriverError(
                Cause.REFUSED,
                say=N_(
                    "WLED does not take live light. Switch on “Receive UDP realtime” in WLED: "
                    "Config, Sync Interfaces."
                ),
            )
        self._proved = True

    def _send(self, frame: bytes) -> bool:
        """Send a picture in the refresher's thread, leaving out what was said a moment ago."""
        now_s = time.monotonic()
        if frame == self._sent == wled.REST or (
            frame == self._sent and now_s - self._sent_at < _AGAIN_S
        ):
            return True
        udp = self._udp
        if udp is None or not all(udp.write_now(one) for one in wled.datagrams(frame)):
            return False
        self._sent, self._sent_at = frame, now_s
        return True

    # ------------------------------------------------------------------ presets

    async def _play(self, instruction: Instruction, duration_s: float | None) -> Ack:
        http = self._http
        if http is None:
            raise DriverError(Cause.LOST, "closed")
        if not isinstance(instruction, Play):
            # The strip may be showing something of its own at the same time.
            rest = {key: value for key, value in self._rest().items() if key != "live"}
            await http.ask("POST", _STATE, json=rest)
            self._rested()
            return Ack.CONFIRMED
        number = self._presets.get(instruction.effect)
        if number is None:
            raise DriverError(Cause.UNSUPPORTED, instruction.effect)
        if number == self._shown_before():
            return Ack.CONFIRMED  # it is on already, and stays on
        self._preset_on = True
        _left.keep(self.address, "preset", self._before)
        asked = wled.play(number, duration_s, self._shown_before())
        await http.ask("POST", _STATE, json=asked, turns_on=True)
        return Ack.CONFIRMED

    def _shown_before(self) -> int:
        return self._settings.rest_preset or wled.preset_of(self._before)

    def _rest(self) -> dict[str, Any]:
        if self._settings.rest_preset:
            return {"on": True, "live": False, "tt": 0, "ps": self._settings.rest_preset}
        return wled.back_to(self._before)

    def _rested(self) -> None:
        if self._preset_on:
            self._preset_on = False
            _left.forget(self.address, "preset")
            self._ours_until = asyncio.get_running_loop().time() + _OURS_S

    def _hear(self, text: str) -> None:
        """Keep what WLED shows while nothing of ours is on."""
        if self._preset_on or asyncio.get_running_loop().time() < self._ours_until:
            return
        with contextlib.suppress(ValueError):
            told = json.loads(text)
            if isinstance(told, dict) and isinstance(told.get("state"), dict):
                self._before = told["state"]

    def _lose(self, error: DriverError) -> None:
        with self._lock:
            first, self._lost = not self._lost, True
        if first and self._is_open:
            self.events.on_lost(error)

    def _outputs(self) -> tuple[Capability, ...]:
        strip = Capability(
            "strip", Kind.LIGHT, N_("Strip"), Hazard.LIGHT, self_timed=True,
            policy=QueuePolicy.LATEST,
        )  # fmt: skip
        if not self._presets:
            return (strip,)
        preset = Capability(
            "preset", Kind.EFFECT, N_("Preset"), Hazard.LIGHT,
            self_timed=self._settings.rest_preset > 0, effects=tuple(self._presets),
        )  # fmt: skip
        return (strip, preset)


def _other_port(port: int) -> dict[str, Any]:
    return {} if port == 80 else {"port": port}  # noqa: PLR2004 - HTTP's own
