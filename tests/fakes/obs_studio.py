"""The stand-in OBS in a thread of its own, which tells of every change as OBS does.

One rule: the protocol is that of `tests.fakes.obs`; what is added here are its events.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
from typing import TYPE_CHECKING, Any

from websockets.exceptions import ConnectionClosed

from tests.fakes.obs import FakeObs

if TYPE_CHECKING:
    from collections.abc import Callable

    from websockets.asyncio.server import ServerConnection

_WAIT_S = 10.0
_STEP_S = 0.005


class _Telling(FakeObs):
    """Sends the events of scenes and sources, and says in lists which sources are shown."""

    def __init__(self, password: str) -> None:
        super().__init__(password)
        self.deaf = False
        self.requests: list[dict[str, Any]] = []

    async def tell(self, event: str, **data: object) -> None:
        message = {"eventType": event, "eventIntent": 1, "eventData": data}
        for one in list(self._open):
            with contextlib.suppress(ConnectionClosed):
                await one.send(json.dumps({"op": 5, "d": message}))

    async def _answer(self, connection: ServerConnection, request: dict[str, Any]) -> None:
        data = request.get("requestData") or {}
        self.requests.append(request)
        if self.deaf:
            self._do(request["requestType"], data)
            return
        await super()._answer(connection, request)
        if request["requestType"] == "SetCurrentProgramScene":
            await self.tell("CurrentProgramSceneChanged", **data)
        elif request["requestType"] == "SetSceneItemEnabled":
            await self.tell("SceneItemEnableStateChanged", **data)

    def _do(self, name: str, data: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if name == "GetVersion":
            return 100, {"obsVersion": "31.0.0", "rpcVersion": 1}
        code, found = super()._do(name, data)
        for one in found.get("sceneItems", ()):
            one["sceneItemEnabled"] = self.scenes[data["sceneName"]][one["sourceName"]]
        return code, found


class ObsStudio:
    """One OBS at 127.0.0.1:`port`; `scenes`, `scene` and `asked` as FakeObs has them."""

    def __init__(self, password: str = "") -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, name="obs studio")
        self._thread.start()
        self.obs = _Telling(password)
        self.run(self.obs.__aenter__)
        self.port = self.obs.port

    @property
    def look(self) -> tuple[object, ...]:
        """What is on air, and what every scene shows."""
        return self.obs.scene, json.dumps(self.obs.scenes)

    def run(self, function: Callable[[], Any]) -> Any:
        """Run a coroutine function on its loop and wait for it."""
        return asyncio.run_coroutine_threadsafe(function(), self.loop).result(_WAIT_S)

    def wait_for(self, true: Callable[[], bool], timeout_s: float = _WAIT_S) -> bool:
        """Block until something is true of it; False when it took too long."""
        for _ in range(round(timeout_s / _STEP_S)):
            if true():
                return True
            threading.Event().wait(_STEP_S)
        return true()

    def change_scene(self, scene: str) -> None:
        """The streamer changes the scene."""
        self.obs.scene = scene
        self.run(lambda: self.obs.tell("CurrentProgramSceneChanged", sceneName=scene))

    def show(self, scene: str, source: str, *, shown: bool) -> None:
        """The streamer shows or hides a source."""
        self.obs.scenes[scene][source] = shown
        number = list(self.obs.scenes[scene]).index(source) + 1
        event = {"sceneName": scene, "sceneItemId": number, "sceneItemEnabled": shown}
        self.run(lambda: self.obs.tell("SceneItemEnableStateChanged", **event))

    def unplug(self) -> None:
        """Close OBS."""
        self.close()

    def close(self) -> None:
        """End; may be called again."""
        if self.loop.is_closed():
            return
        self.run(self._end)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(_WAIT_S)
        self.loop.close()

    async def _end(self) -> None:
        await self.obs.__aexit__()
