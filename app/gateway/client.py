"""The client end of the control channel: finds the core through the guardian, and finds it again.

One rule: nothing here blocks the loop it runs on, and STOP has two ways out at once.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError
from websockets.exceptions import WebSocketException

from app import endpoint
from app.core.links import LinkReason, LinkStage, LinkState, Signal, backoff, next_state
from app.gateway.messages import (
    PROTOCOL_VERSION,
    Bye,
    Changed,
    Hello,
    Quit,
    Refused,
    Reply,
    Request,
    Stop,
    Welcome,
    from_core,
)
from app.gateway.outbox import to_json
from app.tasks import Tasks
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from websockets.asyncio.client import ClientConnection

    from app.gateway.views import Snapshot

log = logging.getLogger(__name__)
_quiet = logging.getLogger("app.gateway.websockets")
_quiet.setLevel(logging.CRITICAL)

MAX_BYTES: Final = 32 * 1024 * 1024
WELCOME_S: Final = 5.0
ASK_S: Final = 60.0
DOOR_S: Final = 3.0
# A core that was just started is asked for often, so that the window is alive at once.
STARTING_S: Final = 15.0
LOOK_EVERY_S: Final = 0.05
STOP_ANSWER_S: Final = 1.0

STOP_UNANSWERED: Final = N_(
    "Nothing answers to STOP. Pull the plug of your devices, then restart Giftwire."
)
OTHER_VERSION: Final = N_(
    "Another version of Giftwire is still running. Quit it, then start this one again."
)
START_FAILED: Final = N_("Giftwire could not start its engine. Restart the computer or reinstall.")


class ChannelClosed(Exception):  # noqa: N818 - a state of the world, not a mistake
    """There is no core to ask now, or it went away before it answered."""


@dataclass(frozen=True, slots=True)
class StopReport:
    """What became of one `stop_all`: who answered within a second.

    `sentence` is empty if anybody did, else what the user must do.
    """

    channel: bool
    guardian: bool
    took_ms: float
    sentence: str = ""


class Client:
    """One client of the core. `stop_all` is for any thread, the rest for the loop's."""

    def __init__(
        self,
        profile: Path,
        *,
        start_core: Callable[[], None] | None,
        on_changed: Callable[[Changed], None],
        on_snapshot: Callable[[Snapshot], None],
        on_link: Callable[[LinkState], None],
        on_stop_report: Callable[[StopReport], None] | None = None,
        name: str = "desk",
    ) -> None:
        """Take the callbacks, all called in the loop's thread; nothing happens before `run`.

        `start_core` starts a guardian (`app.launch.start_guardian`) when none runs; it is called in
        a thread. None means: wait for somebody else's.
        """
        self._profile = profile
        self._start_core = start_core
        self._on_changed = on_changed
        self._on_snapshot = on_snapshot
        self._on_link = on_link
        self._on_stop_report = on_stop_report
        self._name = name
        self._tasks = Tasks()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._connection: ClientConnection | None = None
        self._waiting: dict[int, asyncio.Future[Reply]] = {}
        self._last_id = 0
        self._try_now = asyncio.Event()
        self._bye = ""
        self.link = LinkState(LinkStage.OFF, time.monotonic())

    async def run(self) -> None:
        """Stay connected until cancelled, or until the core quits on purpose (link OFF)."""
        self._loop = asyncio.get_running_loop()
        self._bye = ""
        waits = backoff(0.1, 5.0, random.random)
        try:
            while self._bye != "quit":
                self._move(Signal.START)
                detail = ""
                try:
                    await self._visit()
                    waits = backoff(0.1, 5.0, random.random)
                except _Blocked as error:
                    self._move(Signal.REFUSED, LinkReason.REFUSED, detail=str(error))
                    await self._pause(30.0)
                    continue
                except _UNREACHABLE as error:
                    detail = str(error)
                    log.info("no way to the core: %s", detail)
                if self._bye != "quit":
                    wait_s = next(waits)
                    self._move(Signal.FAILED, LinkReason.CRASHED, wait_s, detail=detail)
                    await self._pause(wait_s)
        finally:
            self._move(Signal.STOP)
            self._loop = None
            await self._tasks.cancel_all()

    async def ask(self, request: Request, timeout_s: float = ASK_S) -> Reply:
        """Send a request and return its reply, which may be a refusal (`ok` False).

        Raises ChannelClosed when there is no core, it goes away, or `timeout_s` passes.
        """
        connection = self._connection
        if connection is None:
            raise ChannelClosed("not connected")
        self._last_id += 1
        number = self._last_id
        future: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._waiting[number] = future
        try:
            async with asyncio.timeout(timeout_s):
                await connection.send(to_json(request.model_copy(update={"id": number})))
                return await future
        except (TimeoutError, WebSocketException) as error:
            raise ChannelClosed(str(error)) from error
        finally:
            self._waiting.pop(number, None)

    async def quit(self) -> None:
        """End the core and its guardian, whether we are connected or not.

        Raises ChannelClosed if neither can be reached.
        """
        try:
            await self.ask(Quit(), timeout_s=10.0)
        except ChannelClosed:
            try:
                await asyncio.to_thread(endpoint.ask, self._profile, {"want": "quit"}, 15.0)
            except endpoint.EndpointError as error:
                raise ChannelClosed(str(error)) from error

    def try_now(self) -> None:
        """Stop waiting and connect at once. The loop's thread only."""
        self._try_now.set()

    def stop_all(self, source: str = "desk") -> None:
        """Latch STOP by every way there is: channel and guardian. Any thread; returns at once.

        `on_stop_report` tells within about a second whether anybody answered.
        """
        attempt = _Attempt(source)
        threading.Thread(target=self._stop_by_guardian, args=(attempt,), name="stop").start()
        with contextlib.suppress(RuntimeError):
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._stop_by_channel, attempt)

    # ------------------------------------------------------------ STOP

    def _stop_by_guardian(self, attempt: _Attempt) -> None:
        try:
            request = {"want": "stop", "source": attempt.source}
            answer = endpoint.ask(self._profile, request, STOP_ANSWER_S)
            attempt.guardian = bool(answer.get("ok"))
        except endpoint.EndpointError as error:
            log.info("STOP did not get through by the guardian: %s", error)
        attempt.wait()
        report = attempt.report()
        if report.sentence:
            log.error("STOP: nobody answered within %d ms", report.took_ms)
        with contextlib.suppress(RuntimeError):
            if self._loop is not None and self._on_stop_report is not None:
                self._loop.call_soon_threadsafe(self._on_stop_report, report)

    def _stop_by_channel(self, attempt: _Attempt) -> None:
        if self._connection is None:
            attempt.channel_done.set()
            return
        _ = self._tasks.spawn("stop", self._ask_stop(attempt))

    async def _ask_stop(self, attempt: _Attempt) -> None:
        try:
            reply = await self.ask(Stop(source=attempt.source), STOP_ANSWER_S)
            attempt.channel = reply.ok
        except ChannelClosed as error:
            log.info("STOP did not get through by the channel: %s", error)
        finally:
            attempt.channel_done.set()

    # ------------------------------------------------------------ one connection

    async def _visit(self) -> None:
        """Connect, say hello, and read until the connection ends."""
        door = await self._door()
        # Imported late: the desk shows its window before it needs this.
        from websockets.asyncio.client import connect

        connection = await connect(
            f"ws://127.0.0.1:{door['port']}",
            compression=None,
            proxy=None,
            open_timeout=WELCOME_S,
            ping_interval=None,
            close_timeout=1.0,
            max_size=MAX_BYTES,
            user_agent_header=None,
            logger=_quiet,
        )
        try:
            await self._greet(connection, str(door["token"]))
            self._connection = connection
            async for raw in connection:
                self._take(raw)
        except WebSocketException as error:
            log.info("the channel to the core broke: %s", error)
        finally:
            self._connection = None
            for future in self._waiting.values():
                if not future.done():
                    future.set_exception(ChannelClosed("the core went away"))
            await connection.close()

    async def _greet(self, connection: ClientConnection, token: str) -> None:
        await connection.send(to_json(Hello(token=token, client=self._name)))
        try:
            async with asyncio.timeout(WELCOME_S):
                answer = from_core.validate_json(await connection.recv())
        except ValidationError as error:
            raise _Blocked(OTHER_VERSION) from error
        except WebSocketException as error:
            raise _Lost(str(error)) from error
        if isinstance(answer, Refused):
            if answer.code == "other_version":
                raise _Blocked(OTHER_VERSION)
            raise _Lost(answer.code)
        if not isinstance(answer, Welcome):
            raise _Lost("no welcome")
        if answer.protocol != PROTOCOL_VERSION:
            raise _Blocked(OTHER_VERSION)
        self._bye = ""
        self._move(Signal.CONNECTED)
        self._on_snapshot(answer.snapshot)

    def _take(self, raw: str | bytes) -> None:
        try:
            message = from_core.validate_json(raw)
        except ValidationError:
            log.exception("the core said something unknown")
            return
        if isinstance(message, Changed):
            self._on_changed(message)
        elif isinstance(message, Reply):
            future = self._waiting.get(message.id)
            if future is not None and not future.done():
                future.set_result(message)
        elif isinstance(message, Bye):
            self._bye = message.why

    async def _door(self) -> dict[str, Any]:
        """Return port and token, starting a guardian if there is none."""
        until = time.monotonic() + STARTING_S
        started = False
        while True:
            try:
                door = await asyncio.to_thread(
                    endpoint.ask, self._profile, {"want": "door"}, DOOR_S
                )
            except endpoint.NobodyThereError:
                if self._start_core is None:
                    raise
                if not started:
                    started = True
                    await self._start(self._start_core)
            else:
                if door.get("ok"):
                    return door
                if door.get("state") != "starting":
                    raise _Lost(f"{door.get('words', '')} {door.get('detail', '')}".strip())
            if time.monotonic() > until:
                raise _Lost("the core does not start")
            await asyncio.sleep(LOOK_EVERY_S)

    async def _start(self, start_core: Callable[[], None]) -> None:
        try:
            await asyncio.to_thread(start_core)
        except OSError as error:
            log.exception("the guardian could not be started")
            raise _Blocked(START_FAILED) from error

    # ------------------------------------------------------------ small things

    async def _pause(self, wait_s: float) -> None:
        self._try_now.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(wait_s):
                await self._try_now.wait()

    def _move(
        self,
        signal: Signal,
        reason: LinkReason = LinkReason.NONE,
        wait_s: float = 0.0,
        *,
        detail: str = "",
    ) -> None:
        state = next_state(
            self.link, signal, time.monotonic(), reason=reason, wait_s=wait_s, detail=detail
        )
        if state is not self.link:
            self.link = state
            self._on_link(state)


class _Blocked(Exception):  # noqa: N818 - internal
    """Trying again soon is useless; the text is a sentence for the user."""


class _Lost(Exception):  # noqa: N818 - internal
    """No connection this time."""


_UNREACHABLE = (OSError, TimeoutError, WebSocketException, endpoint.EndpointError, _Lost)


class _Attempt:
    """One STOP on its two ways."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.began = time.monotonic()
        self.channel = False
        self.guardian = False
        self.channel_done = threading.Event()

    def wait(self) -> None:
        """Wait for the other way, unless this one answered."""
        if not self.guardian:
            self.channel_done.wait(max(0.0, self.began + STOP_ANSWER_S - time.monotonic()))

    def report(self) -> StopReport:
        answered = self.channel or self.guardian
        took_ms = (time.monotonic() - self.began) * 1000
        sentence = "" if answered else STOP_UNANSWERED
        return StopReport(self.channel, self.guardian, took_ms, sentence)
