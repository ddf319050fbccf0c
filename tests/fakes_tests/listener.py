"""The unmodified TikTokLive client, and every event it gives out."""

from __future__ import annotations

import asyncio
from typing import Any


class Listener:
    """A TikTokLive client and every event it gave out, by class name."""

    def __init__(self, **settings: Any) -> None:
        from TikTokLive import TikTokLiveClient
        from TikTokLive import events as library

        self.client = TikTokLiveClient("@creator", **settings)
        self.client.logger.setLevel(60)
        self.events: dict[str, list[Any]] = {}
        self.room_info: Any = None
        self.gift_info: Any = None
        for name in dir(library):
            kind = getattr(library, name)
            if isinstance(kind, type) and name.endswith("Event") and hasattr(kind, "get_type"):
                self.client.add_listener(kind, self._note)
        self.client.listens_to("error")(
            lambda error: self.events.setdefault("error", []).append(error)
        )

    def _note(self, event: Any) -> None:
        name = type(event).__name__
        self.events.setdefault(name, []).append(event)
        if name == "ConnectEvent":  # the library forgets both when the connection ends
            self.room_info, self.gift_info = self.client.room_info, self.client.gift_info

    def got(self, name: str) -> list[Any]:
        return self.events.get(name, [])

    async def listen(self, **options: Any) -> None:
        """Run until the connection ends, whatever way."""
        task = await asyncio.wait_for(self.client.start(**options), 30)
        await asyncio.wait_for(task, 30)

    async def close(self) -> None:
        await self.client.disconnect()
        await self.client.web.close()
        await self.client.web.signer.client.aclose()
        # After an error the library lets its heartbeats die by themselves, up to 10 s later.
        for task in asyncio.all_tasks():
            if "_ping_loop_fn" in repr(task.get_coro()):
                task.cancel()
