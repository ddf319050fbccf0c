"""OBS Studio: a scene on air for a while, or a source shown for a while.

One rule: afterwards everything is as the streamer had it, also when we are gone.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field

from drivers.codecs import obs
from drivers.codecs.before import Before
from drivers.contract import (
    N_,
    Ack,
    Capability,
    Cause,
    Driver,
    DriverError,
    DriverEvents,
    DriverSettings,
    Instruction,
    Kind,
    Play,
    Pulse,
    SafeRecipe,
    Secret,
    Switch,
    is_off,
)
from drivers.transports import mdns
from drivers.transports.talking import Talking
from drivers.transports.websocket import WebSocketLink, WebSocketOptions

if TYPE_CHECKING:
    from collections.abc import Sequence

ASK_S = 2.0
SAFE_S = 0.9
MOST_SOURCES = 200
SCENE = "scene"
_OURS_S = 1.0
# Scenes by name, sources by whether they were shown.
_left: Before[str | bool] = Before()
_WRONG_PASSWORD = "4009"  # noqa: S105 - the code OBS closes with


class ObsSettings(DriverSettings):
    """Where OBS is, and what of it may be switched."""

    host: str = Field(
        "127.0.0.1",
        min_length=1,
        max_length=200,
        title=N_("Address"),
        description=N_("Leave it if OBS runs on this computer."),
    )
    port: int = Field(
        4455,
        ge=1,
        le=65535,
        title=N_("Port"),
        description=N_("In OBS: Tools, WebSocket Server Settings."),
    )
    password: Secret = Field(
        "",
        max_length=200,
        title=N_("Password"),
        description=N_("In OBS: Tools, WebSocket Server Settings, Show Connect Info."),
    )
    sources: str = Field(
        "",
        max_length=4000,
        title=N_("Sources"),
        description=N_("Separated by commas, such as Confetti, Main/Camera. Empty: all."),
    )


class Obs(Driver):
    """One OBS: "scene" plays scenes, and each source is a switch, such as "Main/Confetti"."""

    key = "obs"
    title = N_("OBS Studio")
    summary = N_("Scenes and sources of OBS, shown for a while and then as before.")
    icon = "effect"
    Settings: ClassVar[type[DriverSettings]] = ObsSettings

    def __init__(self, settings: DriverSettings, events: DriverEvents) -> None:
        super().__init__(settings, events)
        if not isinstance(settings, ObsSettings):
            raise DriverError(Cause.BAD_CONFIG)
        self._settings = settings
        self._link: WebSocketLink | None = None
        self._talk: Talking | None = None
        self._greeting: asyncio.Future[None] | None = None
        self._is_open = False
        self._scenes: tuple[str, ...] = ()
        # How the streamer had it, while nothing of ours is on.
        self._scene_before = ""
        self._items: dict[str, obs.Item] = {}
        self._ours: set[str] = set()  # outputs
        self._ours_until: dict[str, float] = {}

    async def open(self) -> tuple[Capability, ...]:
        """Greet OBS and learn its scenes and sources; what is on stays as it is."""
        settings = self._settings
        host = await mdns.address_of(settings.host)
        self.address = f"{f'[{host}]' if ':' in host else host}:{settings.port}"
        self._greeting = greeting = asyncio.get_running_loop().create_future()
        self._link = link = WebSocketLink(
            WebSocketOptions(f"ws://{self.address}", subprotocols=("obswebsocket.json",))
        )
        await link.open(self._hear, self._lose)
        self._talk = talk = Talking(link, obs.request, wait_s=ASK_S)
        done, _ = await asyncio.wait({greeting}, timeout=ASK_S)
        if not done:
            raise DriverError(
                Cause.BAD_ANSWER,
                say=N_(
                    "What answers there is not OBS. Check the port under Tools, WebSocket "
                    "Server Settings in OBS."
                ),
            )
        greeting.result()
        scene, self._scenes = obs.scenes_of(await talk.ask(obs.ask("GetSceneList")))
        self._scene_before = scene
        lists = await asyncio.gather(
            *(talk.ask(obs.ask("GetSceneItemList", sceneName=one)) for one in self._scenes)
        )
        groups = obs.groups_of(lists)
        lists += await asyncio.gather(
            *(talk.ask(obs.ask("GetGroupSceneItemList", sceneName=one)) for one in groups)
        )
        items = [
            item
            for name, told in zip((*self._scenes, *groups), lists, strict=True)
            for item in obs.items_of(name, told)
        ]
        found = obs.outputs_of(items, settings.sources)
        self._items = dict(list(found.items())[:MOST_SOURCES])
        await self._bring_back_what_was_left()
        self._is_open = True
        return self._outputs()

    async def apply(
        self, capability: str, instruction: Instruction, duration_s: float | None
    ) -> Ack:
        """Ask OBS for one change, and wait until it did it."""
        talk = self._talking()
        if capability != SCENE and capability not in self._items:
            raise DriverError(Cause.UNSUPPORTED, capability)
        if is_off(instruction):
            await self._back([capability], ASK_S)
            return Ack.CONFIRMED
        match instruction:
            case Play(effect=scene) if capability == SCENE and scene in self._scenes:
                message = obs.to_scene(scene)
            case Switch() | Pulse() if capability != SCENE:
                message = obs.show(self._items[capability], shown=True)
            case _:
                raise DriverError(Cause.UNSUPPORTED, type(instruction).__name__)
        if capability not in self._ours:
            was = self._scene_before if capability == SCENE else self._items[capability].shown
            _left.keep(self.address, capability, was)
        self._ours.add(capability)
        await talk.ask(message, turns_on=True)
        return Ack.CONFIRMED

    def stop_now(self) -> None:
        """Make everything as before, from any thread."""
        if self._talk is not None:
            self._talk.stop([self._rest_of(one) for one in tuple(self._ours)])

    async def make_safe(self) -> bool:
        """Make everything as before, confirmed by OBS."""
        if self._talk is None:
            return False
        self._talk.release()
        try:
            await self._back(tuple(self._ours), SAFE_S)
        except DriverError:
            return False
        return True

    async def close(self) -> None:
        """Make everything as before, and let go."""
        if self._talk is not None:
            self._talk.release()
            if self._ours:
                with contextlib.suppress(DriverError):
                    await self._back(tuple(self._ours), SAFE_S)
            self._talk.lose(DriverError(Cause.LOST, "closed"))
            self._talk = None
        if self._link is not None:
            await self._link.close()

    async def check(self) -> None:
        """Ask OBS for its version."""
        await self._talking().ask(obs.ask("GetVersion"))

    def safe_recipe(self) -> SafeRecipe:
        """Make everything as before; whoever sends it greets OBS with the password."""
        messages = [self._rest_of(one) for one in (SCENE, *self._items)]
        return SafeRecipe(
            "obs",
            self.address,
            tuple(json.dumps(one).encode() for one in messages),
            expect=b"ok",
            answer_s=1.0,
            options={"password": self._settings.password},
        )

    # ------------------------------------------------------------------ what is asked

    def _talking(self) -> Talking:
        if self._talk is None:
            raise DriverError(Cause.LOST, "closed")
        return self._talk

    def _rest_of(self, output: str) -> dict[str, Any]:
        if output == SCENE:
            return obs.to_scene(self._scene_before)
        item = self._items[output]
        return obs.show(item, shown=item.shown)

    async def _back(self, outputs: Sequence[str], wait_s: float) -> None:
        """Ask for the rest of all at once, for a sign of life if there is none; raises."""
        talk, now = self._talking(), asyncio.get_running_loop().time
        messages = [self._rest_of(one) for one in outputs] or [obs.ask("GetVersion")]
        asked = [talk.ask(one, wait_s=wait_s) for one in messages]
        for answer in await asyncio.gather(*asked, return_exceptions=True):
            if isinstance(answer, BaseException):
                raise answer
        for output in outputs:
            if output in self._ours:
                self._ours.discard(output)
                _left.forget(self.address, output)
                # OBS tells of our own change a moment later.
                self._ours_until[output] = now() + _OURS_S

    async def _bring_back_what_was_left(self) -> None:
        """Make as before what a connection that was lost left on."""
        for output in (SCENE, *self._items):
            was = _left.take(self.address, output)
            if isinstance(was, bool) and output != SCENE:
                self._items[output] = replace(self._items[output], shown=was)
                self._ours.add(output)
            elif isinstance(was, str) and was in self._scenes:
                self._scene_before = was
                self._ours.add(output)
        if self._ours:
            await self._back(tuple(self._ours), ASK_S)

    # ------------------------------------------------------------------ what is heard

    def _hear(self, text: str) -> None:
        with contextlib.suppress(ValueError, KeyError, TypeError):
            told = json.loads(text)
            code, data = told["op"], told["d"]
            if code == obs.HELLO:
                self._hello(data)
            elif code == obs.IDENTIFIED:
                self._greet(None)
            elif code == obs.ANSWER and self._talk is not None:
                self._talk.answer(int(data["requestId"]), _result(data))
            elif code == obs.EVENT:
                self._happened(data["eventType"], data.get("eventData") or {})

    def _hello(self, hello: dict[str, Any]) -> None:
        self.firmware = f"obs-websocket {hello.get('obsWebSocketVersion', '')}".strip()
        if self._link is not None:
            self._link.write_now(obs.identify(hello, self._settings.password))

    def _greet(self, error: DriverError | None) -> None:
        greeting = self._greeting
        if greeting is None or greeting.done():
            return
        if error is None:
            greeting.set_result(None)
        else:
            greeting.set_exception(error)

    def _happened(self, event: str, data: dict[str, Any]) -> None:
        """Keep how the streamer has it, while it is not ours."""
        if event == "CurrentProgramSceneChanged" and not self._is_ours(SCENE):
            self._scene_before = str(data["sceneName"])
        elif event == "SceneItemEnableStateChanged":
            key, shown = (data["sceneName"], data["sceneItemId"]), bool(data["sceneItemEnabled"])
            for output, item in self._items.items():
                if item.key == key and not self._is_ours(output):
                    self._items[output] = replace(item, shown=shown)
                    break

    def _is_ours(self, output: str) -> bool:
        now = asyncio.get_running_loop().time()
        return output in self._ours or now < self._ours_until.get(output, 0.0)

    def _lose(self, error: DriverError) -> None:
        if error.detail.startswith(_WRONG_PASSWORD):
            error = DriverError(
                Cause.BAD_CONFIG,
                say=N_(
                    "OBS does not take this password. It stands under Tools, WebSocket Server "
                    "Settings in OBS."
                ),
            )
        if self._talk is not None:
            self._talk.lose(error)
        self._greet(error)
        if self._is_open:
            self.events.on_lost(error)

    def _outputs(self) -> tuple[Capability, ...]:
        scenes = Capability(SCENE, Kind.EFFECT, N_("Scene"), effects=self._scenes)
        sources = [
            Capability(name, Kind.SWITCH, f"{one.scene}: {one.name}")
            for name, one in self._items.items()
        ]
        return (scenes, *sources) if self._scenes else tuple(sources)


def _result(data: dict[str, Any]) -> object:
    status = data["requestStatus"]
    if status["result"]:
        return data.get("responseData") or {}
    detail = f"{data.get('requestType')}: {status.get('comment') or status.get('code')}"
    return DriverError(Cause.REFUSED, detail)
