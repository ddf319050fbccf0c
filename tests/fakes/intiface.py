"""A Buttplug server, as Intiface is one, with toys that have no bodies.

One rule: written from Buttplug's own schema and server (protocol 4, at 8ecb259); its official
client, which our driver uses, is its judge. It stops every toy when a client goes, and when no
ping comes in time.
"""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from tests.fakes.net_end import NetEnd

if TYPE_CHECKING:
    import asyncio

_INIT, _PING, _MSG, _DEVICE = 1, 2, 3, 4


def vibe(index: int = 0, name: str = "Hush") -> dict[str, Any]:
    """One motor and a battery."""
    return _toy(index, name, {"Output": {"Vibrate": {"Value": [0, 20]}}})


def stroker(index: int = 1, name: str = "Launch") -> dict[str, Any]:
    """Moves to a place in a time."""
    moves = {"HwPositionWithDuration": {"Value": [0, 100], "Duration": [0, 10_000]}}
    return _toy(index, name, {"Output": moves | {"Position": {"Value": [0, 100]}}})


def wearable(index: int = 2, name: str = "Nora") -> dict[str, Any]:
    """Turns both ways, vibrates, warms and glows."""
    return _toy(
        index,
        name,
        {"Output": {"Rotate": {"Value": [-20, 20]}}},
        {"Output": {"Vibrate": {"Value": [0, 20]}}},
        {"Output": {"Temperature": {"Value": [0, 10]}}},
        {"Output": {"Led": {"Value": [0, 100]}}},
    )


def _toy(index: int, name: str, *features: dict[str, Any]) -> dict[str, Any]:
    battery = {"Input": {"Battery": {"Value": [[0, 100]], "Command": ["Read"]}}}
    every = [*features, battery]
    return {
        "DeviceIndex": index,
        "DeviceName": name,
        "DeviceMessageTimingGap": 100,
        "DeviceFeatures": {
            str(n): {"FeatureIndex": n, "FeatureDescription": "", **one}
            for n, one in enumerate(every)
        },
    }


class Intiface(NetEnd):
    """One server. `levels` holds what runs: (toy, feature, kind) -> step."""

    def __init__(
        self, *toys: dict[str, Any], max_ping_ms: int = 0, version: int = 4, hidden: bool = False
    ) -> None:
        self.toys = {str(one["DeviceIndex"]): one for one in toys or (vibe(),)}
        self.hidden = self.toys if hidden else {}
        if hidden:
            self.toys = {}
        self.max_ping_ms = max_ping_ms
        self.version = version
        self.levels: dict[tuple[int, int, str], int] = {}
        self.heard: list[tuple[str, dict[str, Any]]] = []
        self.deaf: set[str] = set()
        self.broken_toy = False
        self._dead_man: asyncio.TimerHandle | None = None
        super().__init__()

    @property
    def resting(self) -> bool:
        return not any(self.levels.values())

    def routes(self) -> list[web.AbstractRouteDef]:
        return [web.get("/", self._meet)]

    async def end(self) -> None:
        if self._dead_man is not None:
            self._dead_man.cancel()

    def change(self, *toys: dict[str, Any]) -> None:
        """Toys come and go."""

        async def tell() -> None:
            self.toys = {str(one["DeviceIndex"]): one for one in toys}
            for link in list(self.sockets):
                await _say(link, {"DeviceList": {"Id": 0, "Devices": self.toys}})

        self.run(tell)

    async def _meet(self, request: web.Request) -> web.WebSocketResponse:
        link = await self.socket(request)
        try:
            async for message in link:
                if message.type is WSMsgType.TEXT:
                    for one in json.loads(message.data):
                        ((kind, body),) = one.items()
                        await self._take(link, kind, body)
        finally:
            self.sockets.discard(link)
            self._stop()
        return link

    async def _take(self, link: web.WebSocketResponse, kind: str, body: dict[str, Any]) -> None:
        with self.told():
            self.heard.append((kind, body))
        self._ping_came()
        if kind in self.deaf:
            return
        answer = self._answer(kind, body)
        ((name, told),) = answer.items()
        await _say(link, {name: {"Id": body["Id"], **told}})
        if kind == "StartScanning" and self.hidden:
            self.toys, self.hidden = self.hidden, {}
            await _say(link, {"DeviceList": {"Id": 0, "Devices": self.toys}})

    def _answer(self, kind: str, body: dict[str, Any]) -> dict[str, Any]:
        match kind:
            case "RequestServerInfo":
                return self._greet(body)
            case "RequestDeviceList":
                return {"DeviceList": {"Devices": self.toys}}
            case "OutputCmd":
                return self._output(body)
            case "InputCmd":
                ids = {key: body[key] for key in ("DeviceIndex", "FeatureIndex")}
                return {"InputReading": ids | {"Reading": {"Battery": {"Value": 77}}}}
            case "StopCmd":
                self._stop(body.get("DeviceIndex"), body.get("FeatureIndex"))
            case "Ping" | "StartScanning" | "StopScanning" | "Disconnect":
                pass
            case _:
                return _error(_MSG, f"Unknown message {kind}")
        return {"Ok": {}}

    def _greet(self, body: dict[str, Any]) -> dict[str, Any]:
        if body["ProtocolVersionMajor"] != self.version:
            return _error(_INIT, "Server and client speak different versions")
        info = {"ServerName": "Intiface Central", "MaxPingTime": self.max_ping_ms}
        version = {"ProtocolVersionMajor": self.version, "ProtocolVersionMinor": 0}
        return {"ServerInfo": info | version}

    def _output(self, body: dict[str, Any]) -> dict[str, Any]:
        toy = self.toys.get(str(body["DeviceIndex"]))
        if toy is None or self.broken_toy:
            return _error(_DEVICE, f"Device {body['DeviceIndex']} not available")
        ((kind, told),) = body["Command"].items()
        feature = toy["DeviceFeatures"].get(str(body["FeatureIndex"]), {})
        if kind not in feature.get("Output", {}):
            return _error(_MSG, f"No {kind} there")
        least, most = feature["Output"][kind]["Value"]
        if not isinstance(told["Value"], int) or not least <= told["Value"] <= most:
            return _error(_MSG, "Out of range")
        with self.told():
            self.levels[body["DeviceIndex"], body["FeatureIndex"], kind] = told["Value"]
        return {"Ok": {}}

    def _stop(self, toy: int | None = None, feature: int | None = None) -> None:
        with self.told():
            for key in self.levels:
                if toy in (None, key[0]) and feature in (None, key[1]):
                    self.levels[key] = 0

    def _ping_came(self) -> None:
        if self._dead_man is not None:
            self._dead_man.cancel()
        if self.max_ping_ms:
            self._dead_man = self.loop.call_later(self.max_ping_ms / 1000, self._stop)


def _error(code: int, text: str) -> dict[str, Any]:
    return {"Error": {"ErrorMessage": text, "ErrorCode": code}}


async def _say(link: web.WebSocketResponse, message: dict[str, Any]) -> None:
    with contextlib.suppress(ConnectionError):
        await link.send_str(json.dumps([message]))
