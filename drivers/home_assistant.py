"""Lights, switches, fans and more that Home Assistant knows, each named by the user.

One rule: nothing that was not named is ever touched; lights become again what they were.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlsplit

from drivers.codecs import home_assistant as words
from drivers.codecs.before import Before
from drivers.codecs.home_assistant_settings import HomeAssistantSettings
from drivers.codecs.loads import HAZARDS
from drivers.codecs.looks import paint_at
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
    Found,
    Hazard,
    Instruction,
    Kind,
    Observation,
    QueuePolicy,
    SafeRecipe,
    is_off,
)
from drivers.transports import mdns
from drivers.transports.http import HttpOptions, request_recipe
from drivers.transports.talking import Talking
from drivers.transports.websocket import WebSocketLink, WebSocketOptions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from drivers.codecs.home_assistant import Call, Entity

ASK_S = 3.0
SAFE_S = 0.9
# Home Assistant tells of a change when its device did it: so long after us it is still ours.
_OURS_S = 3.0
_left: Before[Entity] = Before()
_HAZARDS = {Kind.LIGHT: Hazard.LIGHT, Kind.SENSOR: Hazard.NONE}
_NO_ENTITY = N_("Home Assistant knows no {entity}. Check the name under Settings, Entities there.")


class HomeAssistant(Driver):
    """One Home Assistant; "light.desk" is the output "light_desk"."""

    key = "home_assistant"
    title = N_("Home Assistant")
    summary = N_("Lights, plugs, fans and scripts of a Home Assistant in your network.")
    icon = "devices"
    Settings: ClassVar[type[DriverSettings]] = HomeAssistantSettings

    def __init__(self, settings: DriverSettings, events: DriverEvents) -> None:
        super().__init__(settings, events)
        if not isinstance(settings, HomeAssistantSettings):
            raise DriverError(Cause.BAD_CONFIG)
        self._settings = settings
        self._link: WebSocketLink | None = None
        self._talk: Talking | None = None
        self._greeting: asyncio.Future[str] | None = None
        self._is_open = False
        self._base = ""
        self._entities: dict[str, Entity] = {}  # by output
        self._before: dict[str, Entity] = {}  # lights, by entity
        self._lit: set[str] = set()
        self._ours_until: dict[str, float] = {}
        self._blinks: dict[str, list[asyncio.TimerHandle]] = {}

    async def open(self) -> tuple[Capability, ...]:
        """Sign in, read what the named entities are, and switch off what is no light."""
        settings = self._settings
        if not settings.token or not words.names_of(settings.entities):
            raise DriverError(
                Cause.BAD_CONFIG,
                say=N_("Fill in a token of Home Assistant, and the entities to use."),
            )
        self._base = await _with_address(settings.address)
        self.address = urlsplit(self._base).netloc
        self._greeting = asyncio.get_running_loop().create_future()
        url = f"ws{self._base.removeprefix('http')}/api/websocket"
        self._link = link = WebSocketLink(
            WebSocketOptions(url, any_certificate=settings.any_certificate)
        )
        await link.open(self._hear, self._lose)
        self._talk = talk = Talking(link, _numbered, wait_s=ASK_S)
        await self._sign_in(link)
        events = {"type": "subscribe_events", "event_type": "state_changed"}
        await talk.ask(events)
        states = words.entities_of(await talk.ask({"type": "get_states"}, wait_s=10.0))
        for name in words.names_of(settings.entities):
            if name not in states:
                raise DriverError(Cause.NOT_FOUND, name, say=_NO_ENTITY, entity=name)
            self._entities[states[name].output] = states[name]
        if settings.lights == "before":
            self._remember()
        await self._ask_all(self._rest(), ASK_S)
        for name in list(self._lit):
            self._rested(name)
        for entity in self._entities.values():
            self._observe(entity)
        self._is_open = True
        return tuple(self._capability(one) for one in self._entities.values())

    async def apply(
        self, capability: str, instruction: Instruction, duration_s: float | None
    ) -> Ack:
        """Call the service that does it, and wait until Home Assistant did it."""
        talk, entity = self._talking(), self._entities.get(capability)
        if entity is None or entity.kind is None:
            raise DriverError(Cause.UNSUPPORTED, capability)
        if not isinstance(instruction, ACCEPTS[entity.kind]):
            raise DriverError(Cause.UNSUPPORTED, type(instruction).__name__)
        self._end_blinking(entity.id)
        if is_off(instruction):
            await self._ask_all(words.rest([entity], self._before), ASK_S)
            self._rested(entity.id)
            return Ack.CONFIRMED
        # It would take the call and do nothing, without a word.
        if entity.state in words.GONE:
            raise DriverError(Cause.NO_ANSWER, entity.id)
        call = words.ask(entity, instruction)
        if call is None:
            raise DriverError(Cause.UNSUPPORTED, type(instruction).__name__)
        if entity.id in self._before and entity.id not in self._lit:
            _left.keep(self.address, entity.id, self._before[entity.id])
        if entity.kind is Kind.LIGHT:
            self._lit.add(entity.id)
        await talk.ask(call.message(), turns_on=True)
        if isinstance(instruction, Flash):
            self._blink(entity, instruction)
        return Ack.CONFIRMED

    def stop_now(self) -> None:
        """Bring everything to rest, from any thread."""
        if self._talk is not None:
            self._talk.stop([one.message() for one in self._rest()])

    async def make_safe(self) -> bool:
        """Bring everything to rest, and wait until Home Assistant did."""
        if self._talk is None:
            return False
        for name in list(self._blinks):
            self._end_blinking(name)
        self._talk.release()
        try:
            await self._ask_all(self._rest(), SAFE_S)
        except DriverError:
            return False
        for name in list(self._lit):
            self._rested(name)
        return True

    async def close(self) -> None:
        """Bring everything to rest a last time and let go."""
        for name in list(self._blinks):
            self._end_blinking(name)
        talk = self._talk
        if talk is not None:
            talk.release()
            with contextlib.suppress(DriverError):
                await self._ask_all(self._rest(), SAFE_S)
            talk.lose(DriverError(Cause.LOST, "closed"))
            self._talk = None
        if self._link is not None:
            await self._link.close()

    async def check(self) -> None:
        """Ask for a sign of life."""
        await self._talking().ask({"type": "ping"})

    def safe_recipe(self) -> SafeRecipe | None:
        """Ask the same over HTTP, one request after another on one connection."""
        settings = self._settings
        options = HttpOptions(
            self._base,
            headers={"Authorization": f"Bearer {settings.token}"},
            any_certificate=settings.any_certificate,
        )
        calls = words.rest(self._entities.values(), self._before)
        made = [request_recipe(options, "POST", one.path, json=one.body) for one in calls]
        whole = [one for one in made if one is not None]
        if not whole or len(whole) < len(made):
            return None
        frames = [frame for one in whole for frame in one.frames]
        more = [one.replace(b"Connection: close", b"Connection: keep-alive") for one in frames]
        return replace(whole[0], frames=(*more[:-1], frames[-1]), answer_s=2.0)

    @classmethod
    async def discover(cls) -> tuple[Found, ...]:
        """List those that tell their names; token and entities are still to be given."""
        return tuple(
            Found(cls.key, one.texts.get("location_name") or one.name, one.address, {"address": at})
            for one in await mdns.look("_home-assistant._tcp")
            if (at := one.texts.get("internal_url") or f"http://{one.address}:{one.port}")
        )

    # ------------------------------------------------------------------ what is asked

    def _talking(self) -> Talking:
        if self._talk is None:
            raise DriverError(Cause.LOST, "closed")
        return self._talk

    def _rest(self) -> list[Call]:
        """Return what brings to rest all that may be on: lights only if we lit them."""
        some = [
            one
            for one in list(self._entities.values())
            if one.id not in self._before or one.id in self._lit
        ]
        return words.rest(some, self._before)

    async def _ask_all(self, calls: Sequence[Call], wait_s: float) -> None:
        """Ask for all at once and wait for every answer; for a sign of life if there is none."""
        talk = self._talking()
        messages = [one.message() for one in calls] or [{"type": "ping"}]
        asked = [talk.ask(one, wait_s=wait_s) for one in messages]
        for answer in await asyncio.gather(*asked, return_exceptions=True):
            if isinstance(answer, BaseException):
                raise answer

    def _remember(self) -> None:
        """Take lights as they are, or as they were before a connection that was lost lit them."""
        for one in self._entities.values():
            left = _left.take(self.address, one.id)
            if one.kind is Kind.LIGHT:
                self._before[one.id] = left or one
                self._lit |= {one.id} if left else set()

    def _rested(self, name: str) -> None:
        _left.forget(self.address, name)
        self._lit.discard(name)
        self._ours_until[name] = asyncio.get_running_loop().time() + _OURS_S

    def _blink(self, light: Entity, flash: Flash) -> None:
        """Set the timers for the rest of a flash: it is lit since now."""
        loop, half_s = asyncio.get_running_loop(), 0.5 / flash.rate_hz
        self._blinks[light.id] = [
            loop.call_later(n * half_s, self._show, light, paint_at(flash, n * half_s + 0.001))
            for n in range(1, flash.times * 2)
        ]

    def _show(self, light: Entity, look: Any) -> None:  # noqa: ANN401 - a Paint
        if self._talk is not None:
            self._talk.say(words.paint(light, look).message(), turns_on=True)

    def _end_blinking(self, name: str) -> None:
        for timer in self._blinks.pop(name, ()):
            timer.cancel()

    # ------------------------------------------------------------------ what is heard

    async def _sign_in(self, link: WebSocketLink) -> None:
        """Answer the question for the token; HA says the result in words of its own."""
        greeting = self._greeting
        if greeting is None:
            return
        link.write_now(json.dumps({"type": "auth", "access_token": self._settings.token}))
        done, _ = await asyncio.wait({greeting}, timeout=ASK_S)
        if not done:
            raise DriverError(
                Cause.BAD_ANSWER,
                say=N_(
                    "What answers there is not Home Assistant. Check the address and the port; "
                    "most use 8123."
                ),
            )
        self.firmware = greeting.result()

    def _hear(self, text: str) -> None:
        with contextlib.suppress(ValueError):
            told = json.loads(text)
            for one in told if isinstance(told, list) else [told]:
                if isinstance(one, dict):
                    self._take(one)

    def _take(self, told: dict[str, Any]) -> None:
        match told.get("type"):
            case "auth_ok":
                self._greet(f"Home Assistant {told.get('ha_version', '')}".strip())
            case "auth_invalid":
                self._greet(
                    DriverError(
                        Cause.BAD_CONFIG,
                        say=N_(
                            "Home Assistant does not take this token. Make a new one there: "
                            "your profile, Security."
                        ),
                    )
                )
            case "result" | "pong" if self._talk is not None:
                self._talk.answer(told.get("id"), _result(told))
            case "event":
                event = told.get("event")
                data = event.get("data") if isinstance(event, dict) else None
                self._changed(words.entity_of(data.get("new_state") if data else None))

    def _greet(self, said: str | DriverError) -> None:
        greeting = self._greeting
        if greeting is None or greeting.done():
            return
        if isinstance(said, DriverError):
            greeting.set_exception(said)
        else:
            greeting.set_result(said)

    def _changed(self, entity: Entity | None) -> None:
        """Keep what an entity is now, and what a light is while it is not ours."""
        if entity is None or entity.output not in self._entities:
            return
        self._entities[entity.output] = entity
        self._observe(entity)
        ours = entity.id in self._lit or (
            asyncio.get_running_loop().time() < self._ours_until.get(entity.id, 0.0)
        )
        if entity.id in self._before and not ours and entity.state not in words.GONE:
            self._before[entity.id] = entity

    def _observe(self, entity: Entity) -> None:
        value = entity.value
        if value is not None:
            name = "value" if entity.kind is Kind.SENSOR else "on"
            self.events.on_observation(Observation(entity.output, name, value))

    def _lose(self, error: DriverError) -> None:
        if self._talk is not None:
            self._talk.lose(error)
        self._greet(error)
        if self._is_open:
            self.events.on_lost(error)

    def _capability(self, entity: Entity) -> Capability:
        kind = entity.kind or Kind.SENSOR
        hazard = _HAZARDS.get(kind, HAZARDS[self._settings.load])
        newest = kind in (Kind.LIGHT, Kind.LEVEL)
        policy = QueuePolicy.LATEST if newest else QueuePolicy.QUEUE
        return Capability(entity.output, kind, entity.title, hazard, readback=False, policy=policy)


def _numbered(number: int, message: Mapping[str, Any]) -> str:
    return json.dumps({"id": number, **message})


def _result(told: dict[str, Any]) -> object:
    if told.get("success", True):
        return told.get("result")
    error = told.get("error")
    detail = str(error.get("message", "")) if isinstance(error, dict) else ""
    return DriverError(Cause.REFUSED, detail)


async def _with_address(base_url: str) -> str:
    """Return the address without a path, a name that ends in .local looked up."""
    parts = urlsplit(base_url)
    host = await mdns.address_of(parts.hostname or "") if parts.scheme == "http" else ""
    if not host or host == parts.hostname:
        return base_url.rstrip("/")
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{host}{port}{parts.path}".rstrip("/")
