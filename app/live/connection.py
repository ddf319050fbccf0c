"""One connection to one stream: find it, sign, connect, read every frame, notice when it ends.

One rule: what is queued when a connection ends is still read, and an end is told only when sure.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from app.core.links import LinkReason
from app.link import LinkError, first_of
from app.live.lookup import Answer
from app.live.net import Browser, reason_of
from app.live.patience import HEALTHY_AFTER_S
from app.live.wire import FrameCounts, FrameReader, heartbeat_interval_s, read_first

if TYPE_CHECKING:
    import random
    import ssl
    from collections.abc import Callable, Coroutine

    from app.link import Clock
    from app.live.accounting import Accounting
    from app.live.catalogue import Catalogue
    from app.live.lookup import Looked, Lookup
    from app.live.patience import Patience, SignBudget
    from app.live.record import Tape
    from app.live.sign_apart import SignerApart
    from app.live.tiktok import SignedAddress, Signer

T = TypeVar("T")
# websockets' ClientConnection; the package is loaded when it is first needed.
Socket: TypeAlias = Any

START_TIMEOUT_S = 40.0
# TikTok answers heartbeats every 10 s and tells the viewer count every 2 s, in quiet rooms too.
SILENT_AFTER_S = 30.0
DEAF_AFTER_S = 45.0
# After "the stream has ended" the last gifts are still on their way.
DRAIN_S = 0.3
# Whether TikTok hides the stream from some viewers is asked when the joining is long over.
LOOK_CLOSER_AFTER_S = 5.0
# The list of gifts is for whoever edits rules; nothing that a stream needs waits for it.
LEARN_GIFTS_AFTER_S = 15.0
LEARN_GIFTS_EVERY_S = 3600.0
_OPEN_TIMEOUT_S = 10.0
_CLOSE_TIMEOUT_S = 2.0
_LARGEST_FRAME = 16 << 20
_FRAMES_BUFFERED = 4096
# After so many frames in a row everybody else on the loop gets a turn; some 1 ms of work.
_FRAMES_IN_A_ROW = 16


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all connections of a stream share."""

    clock: Clock
    lookup: Lookup
    signer: Signer | SignerApart
    budget: SignBudget
    patience: Patience
    accounting: Accounting
    frames: FrameCounts
    tape: Callable[[], Tape | None]
    trusted: Callable[[], ssl.SSLContext]
    random: random.Random
    remark: Callable[[LinkReason], None]
    catalogue: Catalogue


class Connection:
    """One connection, to be supervised. `found` is a fresh answer of the lookup, if any."""

    def __init__(self, around: Surroundings, user: str, found: Looked | None = None) -> None:
        """Take everything; nothing is sent before `connect`."""
        self._around = around
        self._clock = around.clock
        self._accounting = around.accounting
        self._user = user
        self._found = found
        self._room_id = 0
        self._host_id = 0
        self._since_ms = 0
        self._socket: Socket = None
        self._signed: SignedAddress | None = None
        self._online_at: float | None = None
        self._heard_at = 0.0
        self._told_at = 0.0
        self._ending = asyncio.Event()

    async def connect(self) -> LinkReason | None:
        """Find the stream and open its socket; PROXIED if that is a stand-in. Raises LinkError."""
        if not self._user:
            raise LinkError(LinkReason.BAD_USER_NAME, blocked=True)
        found = self._found or await self._around.lookup.find(self._user)
        self._refuse(found)
        self._room_id, self._host_id = found.room_id, found.host_id
        self._since_ms = found.since_ms
        wait_s = self._around.budget.take()
        if wait_s:
            raise LinkError(LinkReason.SIGN_BUDGET, wait_s)
        try:
            self._signed = await self._within(
                START_TIMEOUT_S, self._around.signer.sign(self._user, self._room_id)
            )
            self._socket = await self._within(START_TIMEOUT_S, self._open(self._signed))
        except LinkError as error:
            raise self._patient(await self._after_refusal(error)) from error
        self._online_at = self._heard_at = self._told_at = self._clock.monotonic()
        return LinkReason.PROXIED if self._signed.proxied else None

    async def serve(self) -> None:
        """Read until the connection ends; always raises LinkError with the reason."""
        try:
            await self._serve()
        except LinkError as error:
            self._note(f"down: {error}")
            raise self._patient(error) from error

    async def close(self) -> None:
        """Close the socket, if it was opened; a peer that hangs is left after 2 s."""
        socket, self._socket = self._socket, None
        if socket is not None:
            await socket.close()

    # ------------------------------------------------------------ connecting

    def _refuse(self, found: Looked) -> None:
        if found.answer is Answer.LIVE:
            return
        patience = self._around.patience
        if found.answer is Answer.NOT_FOUND:
            raise LinkError(LinkReason.USER_NOT_FOUND, patience.wait_s(LinkReason.USER_NOT_FOUND))
        if found.answer is Answer.OFFLINE:
            reason = LinkReason.OFFLINE
            if self._accounting.room_id:
                # The end was told while we were away.
                self._tell_end()
                reason = LinkReason.STREAM_ENDED
            raise LinkError(reason, patience.wait_s(reason))
        raise LinkError(found.reason, patience.wait_s(found.reason), detail=found.detail)

    async def _within(self, timeout_s: float, work: Coroutine[Any, Any, T]) -> T:
        result: list[T] = []

        async def run() -> None:
            result.append(await work)

        if await first_of(run(), self._clock.sleep(timeout_s)) == 1 and not result:
            raise LinkError(LinkReason.TIMED_OUT)
        return result[0]

    async def _open(self, signed: SignedAddress) -> Socket:
        from websockets.asyncio.client import connect
        from websockets.exceptions import InvalidHandshake, InvalidStatus, InvalidURI
        from websockets.typing import Subprotocol

        try:
            return await connect(
                signed.url,
                additional_headers={"Cookie": signed.cookie},
                user_agent_header=signed.user_agent,
                subprotocols=[Subprotocol("echo-protocol")],
                # TikTok answers no pings; the watchdog is ours. It sends frames packed already.
                ping_interval=None,
                compression=None,
                max_size=_LARGEST_FRAME,
                max_queue=_FRAMES_BUFFERED,
                open_timeout=_OPEN_TIMEOUT_S,
                close_timeout=_CLOSE_TIMEOUT_S,
                proxy=None,
                ssl=self._around.trusted() if signed.url.startswith("wss:") else None,
            )
        except InvalidStatus as error:
            headers = error.response.headers
            detail = headers.get("Handshake-Msg") or f"HTTP {error.response.status_code}"
            raise LinkError(LinkReason.BLOCKED_BY_TIKTOK, detail=detail[:80]) from error
        except TimeoutError as error:
            raise LinkError(LinkReason.TIMED_OUT) from error
        except OSError as error:
            raise LinkError(reason_of(error), detail=type(error).__name__) from error
        except (InvalidHandshake, InvalidURI, EOFError) as error:
            raise LinkError(LinkReason.UNEXPECTED_ANSWER, detail=type(error).__name__) from error

    async def _after_refusal(self, error: LinkError) -> LinkError:
        """Return what to tell: a limited LIVE is refused just as an unwelcome browser is."""
        if error.reason is not LinkReason.BLOCKED_BY_TIKTOK:
            return error
        around = self._around
        other = Browser.pick(around.random, other_than=around.signer.browser)
        await around.signer.use_browser(other)
        if await around.lookup.is_limited(self._room_id):
            return LinkError(LinkReason.AGE_RESTRICTED, detail=error.detail)
        return error

    def _patient(self, error: LinkError) -> LinkError:
        if error.blocked or error.wait_s is not None:
            return error
        online_s = 0.0 if self._online_at is None else self._clock.monotonic() - self._online_at
        healthy = online_s > HEALTHY_AFTER_S
        wait_s = self._around.patience.wait_s(error.reason, healthy=healthy)
        return LinkError(error.reason, wait_s, detail=error.detail)

    # ------------------------------------------------------------ serving

    async def _serve(self) -> None:
        signed = self._signed
        if self._socket is None or signed is None:
            raise LinkError(LinkReason.LOST, detail="not connected")
        enter_id = self._around.random.getrandbits(62) | 1
        reader = FrameReader(self._room_id, enter_id, self._around.frames)
        self._note("up", user=self._user, room_id=self._room_id, first=signed.first)
        await self._send(reader.enter())
        self._take_first(signed.first)
        works = (self._read(reader), self._beat(reader), self._watch(), self._finish())
        await first_of(*works, self._look_closer(proxied=signed.proxied), self._learn_gifts())
        # Only the reader ends without an error: the socket is closed and everything is read.
        if self._accounting.ending is not None:
            await self._verify_end()
        code = self._socket.close_code
        raise LinkError(LinkReason.LOST, detail=f"closed ({code})" if code else "dropped")

    def _take_first(self, body: bytes) -> None:
        now, wall_ms = self._clock.monotonic(), self._clock.wall_ms()
        self._accounting.enter(self._room_id, self._host_id, now, wall_ms, self._since_ms)
        try:
            self._accounting.take(read_first(body), now, wall_ms, first=True)
        except ValueError:
            self._around.frames.bad_frames += 1
        # An end told before we came is another stream's, or none: TikTok said that it runs.
        self._accounting.ending = None

    async def _read(self, reader: FrameReader) -> None:
        from websockets.exceptions import ConnectionClosed

        in_a_row = 0
        try:
            async for data in self._socket:
                now = self._heard_at = self._clock.monotonic()
                tape = self._around.tape()
                if tape is not None and isinstance(data, bytes):
                    tape.frame(data)
                received = reader.receive(data)
                if received is not None:
                    self._told_at = now
                    self._accounting.take(received, now, self._clock.wall_ms())
                    for reply in received.replies:
                        await self._send(reply)
                    if self._accounting.ending is not None:
                        self._ending.set()
                in_a_row += 1
                if in_a_row >= _FRAMES_IN_A_ROW:
                    in_a_row = 0
                    await asyncio.sleep(0)
        except ConnectionClosed:
            return

    async def _send(self, frame: bytes) -> None:
        """Send; on a closing socket nothing is lost by not sending, but queued frames would be."""
        from websockets.exceptions import ConnectionClosed

        try:
            await self._socket.send(frame)
        except ConnectionClosed:
            return

    async def _beat(self, reader: FrameReader) -> None:
        options = self._socket.response.headers.get("Handshake-Options", "")
        interval_s = heartbeat_interval_s(options)
        while True:
            await self._send(reader.heartbeat())
            await self._clock.sleep(interval_s)

    async def _watch(self) -> None:
        while True:
            now = self._clock.monotonic()
            silent_in = self._heard_at + SILENT_AFTER_S - now
            deaf_in = self._told_at + DEAF_AFTER_S - now
            if silent_in <= 0:
                raise LinkError(LinkReason.SILENT, detail="no frame")
            if deaf_in <= 0:
                raise LinkError(LinkReason.SILENT, detail="no message")
            await self._clock.sleep(min(silent_in, deaf_in))

    async def _look_closer(self, *, proxied: bool) -> None:
        """Tell once that TikTok hides the stream from some viewers; then wait for the end."""
        await self._clock.sleep(LOOK_CLOSER_AFTER_S)
        # A stand-in server is the more likely reason for missing gifts; one reason is shown.
        if not proxied and await self._around.lookup.is_limited(self._room_id):
            self._around.remark(LinkReason.AGE_RESTRICTED)
        await asyncio.Event().wait()

    async def _learn_gifts(self) -> None:
        """Ask for TikTok's list of gifts whenever it is due."""
        await self._clock.sleep(LEARN_GIFTS_AFTER_S)
        while True:
            await self._around.catalogue.look(self._room_id)
            await self._clock.sleep(LEARN_GIFTS_EVERY_S)

    async def _finish(self) -> None:
        """Wait for the word that the stream has ended, let it drain, and make sure."""
        while True:
            await self._ending.wait()
            until = self._clock.monotonic() + 10 * DRAIN_S
            while self._clock.monotonic() < min(self._heard_at + DRAIN_S, until):
                await self._clock.sleep(DRAIN_S)
            await self._verify_end()
            self._ending.clear()

    async def _verify_end(self) -> None:
        """Raise STREAM_ENDED unless TikTok says that the stream still runs."""
        if await self._around.lookup.is_alive(self._room_id):
            self._accounting.ending = None
            return
        self._tell_end()
        raise LinkError(LinkReason.STREAM_ENDED)

    def _tell_end(self) -> None:
        self._accounting.end(self._clock.monotonic(), self._clock.wall_ms())

    def _note(self, what: str, *, user: str = "", room_id: int = 0, first: bytes = b"") -> None:
        tape = self._around.tape()
        if tape is None:
            return
        tape.note({"what": what, "user": user, "room_id": room_id, "host_id": self._host_id})
        if first:
            tape.first(first)
