"""One connection to OBS Studio in the protocol obs-websocket 5.

One rule: opened, asked, closed; after any trouble it is thrown away and a new one made.
Source: obs-websocket's protocol document, version 5: op 0 Hello, 1 Identify, 2 Identified,
6 Request, 7 RequestResponse. The proof of the password is the drivers' own.
"""

from __future__ import annotations

import asyncio
import itertools
import json
from typing import TYPE_CHECKING, Any, Final

from app.core.outcome import Drop
from app.outlets.outlet import OutletError
from drivers.codecs.obs import proof

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection

_HELLO, _IDENTIFY, _IDENTIFIED, _REQUEST, _RESPONSE = 0, 1, 2, 6, 7
_RPC_VERSION: Final = 1
_OPEN_S: Final = 4.0
_ANSWER_S: Final = 4.0
# The server's close codes for a wrong and for a missing proof.
_NOT_LET_IN: Final = frozenset({4008, 4009})
_NO_SUCH_THING: Final = 600
_MAX_BYTES: Final = 4 << 20


class ObsClient:
    """One open connection."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._numbers = itertools.count(1)
        self._lock = asyncio.Lock()

    @classmethod
    async def connect(cls, host: str, port: int, password: str) -> ObsClient:
        """Connect and identify; raises OutletError."""
        from websockets.asyncio.client import connect
        from websockets.exceptions import ConnectionClosed, WebSocketException
        from websockets.typing import Subprotocol

        try:
            async with asyncio.timeout(_OPEN_S):
                connection = await connect(
                    f"ws://{host}:{port}",
                    subprotocols=[Subprotocol("obswebsocket.json")],
                    compression=None,
                    max_size=_MAX_BYTES,
                    proxy=None,
                )
        except (OSError, TimeoutError, WebSocketException) as error:
            raise OutletError(Drop.OFFLINE, type(error).__name__) from None
        try:
            async with asyncio.timeout(_OPEN_S):
                await _identify(connection, password)
        except (ConnectionClosed, TimeoutError, ValueError, KeyError, TypeError) as error:
            await connection.close()
            code = getattr(getattr(error, "rcvd", None), "code", 0)
            if code in _NOT_LET_IN:
                raise OutletError(Drop.REFUSED, "password") from None
            raise OutletError(Drop.NO_ANSWER, type(error).__name__) from None
        except OutletError:
            await connection.close()
            raise
        return cls(connection)

    @property
    def open(self) -> bool:
        """Whether OBS is still there, as far as can be seen."""
        return self._connection.close_code is None

    async def ask(self, request: str, **data: object) -> dict[str, Any]:
        """Make one request and return its data; raises OutletError.

        NOT_FOUND: OBS has nothing of that name; the connection is still good. Any other: it is not.
        """
        from websockets.exceptions import ConnectionClosed

        number = str(next(self._numbers))
        body = {"requestType": request, "requestId": number, "requestData": data}
        try:
            async with self._lock, asyncio.timeout(_ANSWER_S):
                await self._connection.send(json.dumps({"op": _REQUEST, "d": body}))
                answer = await self._answer(number)
        except ConnectionClosed:
            raise OutletError(Drop.LOST) from None
        except TimeoutError:
            raise OutletError(Drop.NO_ANSWER) from None
        status = answer.get("requestStatus", {})
        if not status.get("result"):
            missing = status.get("code") == _NO_SUCH_THING
            drop = Drop.NOT_FOUND if missing else Drop.REFUSED
            raise OutletError(drop, str(status.get("comment", status.get("code", ""))))
        found = answer.get("responseData")
        return found if isinstance(found, dict) else {}

    async def close(self) -> None:
        """Close the connection."""
        await self._connection.close()

    async def _answer(self, number: str) -> dict[str, Any]:
        while True:
            op, data = _message(await self._connection.recv())
            # Events, and answers to what somebody gave up waiting for, are passed over.
            if op == _RESPONSE and data.get("requestId") == number:
                return data


async def _identify(connection: ClientConnection, password: str) -> None:
    op, hello = _message(await connection.recv())
    if op != _HELLO:
        raise OutletError(Drop.REFUSED, "not obs-websocket 5")
    # No events are wanted, only answers.
    reply: dict[str, Any] = {"rpcVersion": _RPC_VERSION, "eventSubscriptions": 0}
    asked = hello.get("authentication")
    if asked is not None:
        if not password:
            raise OutletError(Drop.REFUSED, "password")
        reply["authentication"] = proof(password, asked["salt"], asked["challenge"])
    await connection.send(json.dumps({"op": _IDENTIFY, "d": reply}))
    op, _ = _message(await connection.recv())
    if op != _IDENTIFIED:
        raise OutletError(Drop.REFUSED, "not identified")


def _message(raw: str | bytes) -> tuple[int, dict[str, Any]]:
    message = json.loads(raw)
    data = message["d"]
    return int(message["op"]), data if isinstance(data, dict) else {}
