"""Acme lamp: its far end, on this computer, over HTTP.

One rule: written from the maker's page alone; a request it does not know does nothing.
"""

from __future__ import annotations

from aiohttp import web

from tests.fakes.net_end import NetEnd


class AcmeLampEnd(NetEnd):
    """One lamp; `level` 0 to 100, `heard` every path and body."""

    def __init__(self) -> None:
        self.level = 0
        self.hot = False
        self.heard: list[tuple[str, bytes]] = []
        super().__init__()

    @property
    def resting(self) -> bool:
        """Whether it is dark."""
        return self.level == 0

    def routes(self) -> list[web.AbstractRouteDef]:
        """Say what it answers."""
        return [
            web.get("/info", self._info),
            web.post("/safe", self._safe),
            web.post("/lamp", self._lamp),
        ]

    async def _info(self, _request: web.Request) -> web.Response:
        return web.json_response({"acme": "1.0"})

    async def _safe(self, _request: web.Request) -> web.Response:
        with self.told():
            self.level = 0
        return web.json_response({"level": 0})

    async def _lamp(self, request: web.Request) -> web.Response:
        body = await request.read()
        asked = await request.json()
        with self.told():
            self.heard.append((request.path, body))
            self.level = 0 if self.hot else int(asked["level"])
        return web.json_response({"level": self.level})
