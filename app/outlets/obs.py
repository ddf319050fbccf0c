"""Switches scenes and shows sources in OBS Studio.

One rule: connected when first needed and kept; a lost connection costs one try and no effect.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from app.core.effects import ShowScene, ShowSource
from app.core.links import LinkStage
from app.core.outcome import Drop
from app.outlets.obs_client import ObsClient
from app.outlets.outlet import NotSetUpError, Outlet, OutletError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from app.core.effects import Effect


@dataclass(frozen=True, slots=True)
class ObsAddress:
    """Where OBS listens; `port` 0: the user has not set it up."""

    host: str = "127.0.0.1"
    port: int = 0
    password: str = ""


class ObsOutlet(Outlet):
    """Asks OBS. The address is asked for before each connection."""

    key: ClassVar[str] = ShowScene.outlet

    def __init__(
        self,
        address: Callable[[], Awaitable[ObsAddress]],
        on_link: Callable[[LinkStage], None] = lambda _stage: None,
    ) -> None:
        """Take the address; `on_link` hears when a connection is there, and when it was cut."""
        self._address = address
        self._on_link = on_link
        self._client: ObsClient | None = None
        self._lock = asyncio.Lock()

    async def carry_out(self, effect: Effect) -> str:
        """Switch or show; the word for the receipt is the scene."""
        async with self._lock:
            try:
                return await self._do(await self._connected(), effect)
            except OutletError as error:
                if error.drop not in (Drop.LOST, Drop.NO_ANSWER):
                    raise
                await self._let_go()
            # OBS was closed and opened again since the last effect.
            return await self._do(await self._connected(), effect)

    def look(self) -> None:
        """Tell if OBS has gone since the last time."""
        if self._client is not None and not self._client.open:
            self._on_link(LinkStage.WAITING)

    async def reach(self) -> None:
        """Connect if there is no connection; raises OutletError."""
        async with self._lock:
            if self._client is not None and not self._client.open:
                await self._let_go()
            await self._connected()

    async def scenes(self) -> dict[str, tuple[str, ...]]:
        """Return the sources of every scene, for who chooses one; raises OutletError."""
        async with self._lock:
            client = await self._connected()
            found = await client.ask("GetSceneList")
            scenes = [str(one.get("sceneName", "")) for one in found.get("scenes", ())]
            listed: dict[str, tuple[str, ...]] = {}
            for scene in reversed(scenes):
                items = await client.ask("GetSceneItemList", sceneName=scene)
                names = (str(one.get("sourceName", "")) for one in items.get("sceneItems", ()))
                listed[scene] = tuple(names)
            return listed

    async def close(self) -> None:
        """Close the connection."""
        await self._let_go()

    async def _connected(self) -> ObsClient:
        if self._client is None:
            address = await self._address()
            if not address.port:
                raise NotSetUpError("obs")
            self._client = await ObsClient.connect(address.host, address.port, address.password)
            self._on_link(LinkStage.ONLINE)
        return self._client

    async def _let_go(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    async def _do(self, client: ObsClient, effect: Effect) -> str:
        match effect:
            case ShowScene(scene=scene):
                await client.ask("SetCurrentProgramScene", sceneName=scene)
                return scene
            case ShowSource():
                return await _show(client, effect)
            case _:
                raise OutletError(Drop.UNSUPPORTED)


async def _show(client: ObsClient, effect: ShowSource) -> str:
    scene = effect.scene
    if not scene:
        current = await client.ask("GetCurrentProgramScene")
        # Older servers know the second name only.
        scene = str(current.get("sceneName") or current.get("currentProgramSceneName") or "")
    item = await client.ask("GetSceneItemId", sceneName=scene, sourceName=effect.source)
    await client.ask(
        "SetSceneItemEnabled",
        sceneName=scene,
        sceneItemId=item.get("sceneItemId"),
        sceneItemEnabled=effect.visible,
    )
    return scene
