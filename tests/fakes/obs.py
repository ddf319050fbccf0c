"""A stand-in OBS Studio that speaks obs-websocket 5 on this computer.

One rule: it answers as the protocol document says; a public client of others is its judge.
Scenes hold sources with an id each; `asked` keeps every request in its order.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import importlib
import json
from typing import Any, Self

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

SALT, CHALLENGE = (
    "lM1GncleQOaCu9lT1yeUZhFYnqhsLLP1G5lAGo3ixaI=",
    "+IxH4CnCiqpX1rM9scsNynZzbOe4KhDeYcTNS3PDaeY=",
)
_PACKED = Subprotocol("obswebsocket.msgpack")
_PROTOCOLS = (Subprotocol("obswebsocket.json"), _PACKED)
_OK, _NOT_FOUND, _UNKNOWN, _WRONG_KIND = 100, 600, 204, 602


class FakeObs:
    """One OBS. Use as an async context manager; `port` is where it listens."""

    def __init__(self, password: str = "") -> None:
        self.password = password
        self.scenes: dict[str, dict[str, bool]] = {
            "Main": {"Camera": True, "Confetti": False},
            "Party": {"Lights": True},
        }
        # Those of the scenes that are groups in others, under their names.
        self.groups: set[str] = set()
        self.scene = "Main"
        self.asked: list[str] = []
        self.port = 0
        self._server: Server | None = None
        self._open: set[ServerConnection] = set()

    async def __aenter__(self) -> Self:
        self._server = await serve(
            self._meet, "127.0.0.1", self.port, subprotocols=_PROTOCOLS, compression=None
        )
        self.port = next(iter(self._server.sockets)).getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    async def drop_all(self) -> None:
        """Lose every connection, as when OBS is closed."""
        for connection in list(self._open):
            await connection.close(1001)

    async def _meet(self, connection: ServerConnection) -> None:
        self._open.add(connection)
        try:
            if await self._identified(connection):
                async for raw in connection:
                    await self._answer(connection, _read(connection, raw)["d"])
        finally:
            self._open.discard(connection)

    async def _identified(self, connection: ServerConnection) -> bool:
        with contextlib.suppress(ConnectionClosed):
            return await self._greeted(connection)
        return False

    async def _greeted(self, connection: ServerConnection) -> bool:
        hello: dict[str, Any] = {"obsWebSocketVersion": "5.5.2", "rpcVersion": 1}
        if self.password:
            hello["authentication"] = {"salt": SALT, "challenge": CHALLENGE}
        await _send(connection, {"op": 0, "d": hello})
        reply = _read(connection, await connection.recv())
        if self.password and reply["d"].get("authentication") != self._proof():
            await connection.close(4009, "Authentication failed.")
            return False
        await _send(connection, {"op": 2, "d": {"negotiatedRpcVersion": 1}})
        return bool(reply["op"] == 1)

    def _proof(self) -> str:
        secret = base64.b64encode(hashlib.sha256(f"{self.password}{SALT}".encode()).digest())
        whole = hashlib.sha256(secret + CHALLENGE.encode()).digest()
        return base64.b64encode(whole).decode()

    async def _answer(self, connection: ServerConnection, request: dict[str, Any]) -> None:
        name, data = request["requestType"], request.get("requestData") or {}
        self.asked.append(name)
        code, found = self._do(name, data)
        answer = {
            "requestType": name,
            "requestId": request["requestId"],
            "requestStatus": {"result": code == _OK, "code": code},
            "responseData": found,
        }
        # An event in between, as a busy OBS sends them.
        event = {"eventType": "StudioModeStateChanged", "eventIntent": 1, "eventData": {}}
        await _send(connection, {"op": 5, "d": event})
        await _send(connection, {"op": 7, "d": answer})

    def _do(self, name: str, data: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        match name:
            case "GetSceneList":
                scenes = [one for one in self.scenes if one not in self.groups]
                listed = [{"sceneName": scene, "sceneIndex": n} for n, scene in enumerate(scenes)]
                return _OK, {"currentProgramSceneName": self.scene, "scenes": listed}
            case "GetCurrentProgramScene":
                return _OK, {"sceneName": self.scene, "currentProgramSceneName": self.scene}
            case _ if data.get("sceneName") not in self.scenes:
                return (_NOT_FOUND, {}) if "sceneName" in data else (_UNKNOWN, {})
            case "SetCurrentProgramScene":
                self.scene = data["sceneName"]
                return _OK, {}
            case _:
                return self._of_items(name, data)

    def _of_items(self, name: str, data: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        items = self.scenes[data["sceneName"]]
        names = list(items)
        match name:
            case "GetSceneItemList" | "GetGroupSceneItemList":
                if (data["sceneName"] in self.groups) is not (name == "GetGroupSceneItemList"):
                    return _WRONG_KIND, {}
                listed = [
                    {"sourceName": one, "sceneItemId": n, "isGroup": one in self.groups}
                    for n, one in enumerate(names, 1)
                ]
                return _OK, {"sceneItems": listed}
            case "GetSceneItemId" if data["sourceName"] in items:
                return _OK, {"sceneItemId": names.index(data["sourceName"]) + 1}
            case "SetSceneItemEnabled" if 0 < data["sceneItemId"] <= len(names):
                items[names[data["sceneItemId"] - 1]] = data["sceneItemEnabled"]
                return _OK, {}
            case _:
                return _NOT_FOUND, {}


async def _send(connection: ServerConnection, message: dict[str, Any]) -> None:
    if connection.subprotocol == _PACKED:
        await connection.send(_packer().packb(message))
    else:
        await connection.send(json.dumps(message))


def _read(connection: ServerConnection, raw: str | bytes) -> dict[str, Any]:
    if connection.subprotocol == _PACKED:
        unpacked: dict[str, Any] = _packer().unpackb(raw)
        return unpacked
    read: dict[str, Any] = json.loads(raw)
    return read


def _packer() -> Any:
    return importlib.import_module("msgpack")
