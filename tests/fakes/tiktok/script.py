"""What happens on one connection: a script is a row of steps, or a function that makes one.

Steps: Msg, list of Msg, Frame, Encoded, Raw, Split, Dribble, Sleep, WaitAck, WaitEntered, Ping,
Close, Abort, Hang, Mute, Call. After the last step the connection stays open until the client goes.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass

from tests.fakes.tiktok.connection import Connection
from tests.fakes.tiktok.frames import Encoded, Frame
from tests.fakes.tiktok.messages import Msg


@dataclass(frozen=True, slots=True)
class Raw:
    """Send these bytes as a binary message, or this text as a text message."""

    data: bytes | str


@dataclass(frozen=True, slots=True)
class Split:
    """Send one frame as `parts` WebSocket fragments."""

    frame: Frame
    parts: int = 3


@dataclass(frozen=True, slots=True)
class Dribble:
    """Send one frame in TCP pieces of `size` bytes with `pause_s` between them."""

    frame: Frame
    size: int = 200
    pause_s: float = 0.005


@dataclass(frozen=True, slots=True)
class Sleep:
    """Wait."""

    seconds: float


@dataclass(frozen=True, slots=True)
class WaitAck:
    """Wait until the client has acked the last frame that wanted it."""

    timeout_s: float = 10.0


@dataclass(frozen=True, slots=True)
class WaitEntered:
    """Wait until the client has sent im_enter_room."""

    timeout_s: float = 10.0


@dataclass(frozen=True, slots=True)
class Ping:
    """Send a WebSocket ping; a client has to answer it by itself."""


@dataclass(frozen=True, slots=True)
class Close:
    """Close with a WebSocket close frame."""

    code: int = 1000
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Abort:
    """Drop the TCP connection without a close frame: by RST, or by FIN (`reset` False).

    RST throws away what the client has not read yet; put WaitAck before it to lose nothing.
    """

    reset: bool = True


@dataclass(frozen=True, slots=True)
class Hang:
    """Stop reading and sending; TCP stays open, nothing is ever answered, not even a close."""


@dataclass(frozen=True, slots=True)
class Mute:
    """Send no more messages; heartbeats are still answered (a "deaf" link) unless told not to."""

    answer_heartbeats: bool = True


@dataclass(frozen=True, slots=True)
class Call:
    """Call a function of the test with the connection, and await its result if it has one."""

    function: Callable[[Connection], Awaitable[None] | None]


Step = (
    Msg
    | Sequence[Msg]
    | Frame
    | Encoded
    | Raw
    | Split
    | Dribble
    | Sleep
    | WaitAck
    | WaitEntered
    | Ping
    | Close
    | Abort
    | Hang
    | Mute
    | Call
)
Steps = Iterable[Step] | AsyncIterable[Step]
Script = Steps | Callable[[Connection], Steps]


async def run_script(script: Script, connection: Connection) -> None:
    """Play every step on the connection; ConnectionError means that the client has gone."""
    steps = script(connection) if callable(script) else script
    if isinstance(steps, AsyncIterable):
        async for step in steps:
            await play(step, connection)
    else:
        for step in steps:
            await play(step, connection)


async def play(step: Step, connection: Connection) -> None:
    """Play one step."""
    if isinstance(step, Encoded):
        await connection.send(step)
    elif isinstance(step, Frame | Msg | Sequence):
        await connection.send(as_frame(step).encode())
    elif isinstance(step, Raw | Split | Dribble | Ping):
        await _play_odd_bytes(step, connection)
    elif isinstance(step, Sleep | WaitAck | WaitEntered | Call):
        await _play_wait(step, connection)
    else:
        await _play_end(step, connection)


def as_frame(step: Frame | Msg | Sequence[Msg]) -> Frame:
    """Return what a message or a row of messages means: one ordinary frame."""
    if isinstance(step, Frame):
        return step
    return Frame([step] if isinstance(step, Msg) else step)


async def _play_odd_bytes(step: Raw | Split | Dribble | Ping, connection: Connection) -> None:
    match step:
        case Raw(data):
            await connection.send_raw(data)
        case Split(frame, parts):
            await connection.send_split(frame.encode(), parts)
        case Dribble(frame, size, pause_s):
            await connection.send_dribble(frame.encode(), size, pause_s)
        case Ping():
            await connection.socket.ping(b"are you there")


async def _play_wait(step: Sleep | WaitAck | WaitEntered | Call, connection: Connection) -> None:
    match step:
        case Sleep(seconds):
            await asyncio.sleep(seconds)
        case WaitAck(timeout_s):
            await connection.until(connection.all_acked, timeout_s)
        case WaitEntered(timeout_s):
            await connection.until(lambda: bool(connection.entered), timeout_s)
        case Call(function):
            result = function(connection)
            if result is not None:
                await result


async def _play_end(step: Close | Abort | Hang | Mute, connection: Connection) -> None:
    match step:
        case Close(code, reason):
            await connection.socket.close(code=code, message=reason.encode())
        case Abort(reset):
            connection.abort(reset=reset)
        case Hang():
            connection.hang()
        case Mute(answer_heartbeats):
            connection.mute(answer_heartbeats=answer_heartbeats)
