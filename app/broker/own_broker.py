"""The broker as the core sees it: switched on and off, its accounts changed, its status told.

One rule: it is supervised like everything that connects; its process ends with us.
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import functools
import json
import logging
import random
from asyncio.subprocess import DEVNULL, PIPE, Process
from typing import TYPE_CHECKING, Any, Final

from app import launch
from app.broker import messages
from app.broker.model import KEPT_REFUSALS, BrokerStatus
from app.core.links import LinkReason, LinkStage, backoff
from app.link import LinkError, Supervisor, SystemClock
from app.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.broker.model import BrokerConfig, Refusal
    from app.core.links import LinkState

log = logging.getLogger(__name__)

_START_S: Final = 30.0
_APPLIED_S: Final = 5.0
_END_S: Final = 5.0
_MOST_BYTES: Final = 4 * 1024 * 1024
_FIRST_WAIT_S, _LONGEST_WAIT_S = 0.2, 10.0


@dataclasses.dataclass(frozen=True, slots=True)
class Patience:
    """How long a port may be taken, and how long the process may say nothing, in seconds.

    The broker of a core that was killed still holds the port for its grace.
    """

    port_s: float = 5.0
    silent_s: float = 15.0


class OwnBroker:
    """The broker of this program. The loop's thread only."""

    def __init__(
        self, on_status: Callable[[BrokerStatus], None], patience: Patience | None = None
    ) -> None:
        """`on_status` is called with every change; nothing happens before `set`."""
        self.status = BrokerStatus()
        self._on_status = on_status
        self.patience = patience or Patience()
        self._config: BrokerConfig | None = None
        self._revision = 0
        self._applied = 0
        self._changed = asyncio.Event()
        self._older: tuple[Refusal, ...] = ()
        self._child: _Child | None = None
        self._one_at_a_time = asyncio.Lock()
        self._tasks = Tasks()
        self._link = Supervisor(
            "broker",
            self._make,
            SystemClock(),
            functools.partial(backoff, _FIRST_WAIT_S, _LONGEST_WAIT_S, random.random),
            self._on_link,
            tasks=self._tasks,
        )

    async def set(self, config: BrokerConfig | None) -> None:
        """Be this broker from now on, None: off.

        Where it listens already, accounts change without dropping clients that may stay, and it
        returns when they have. Otherwise it returns at once; the status tells how it goes.
        """
        async with self._one_at_a_time:
            before, self._config = self._config, config
            if config is None:
                await self._link.stop()
                return
            self._revision += 1
            moved = before is None or (before.bind, before.port) != (config.bind, config.port)
            if moved:
                await self._link.stop()
                self._link.start()
                return
            self._link.try_now()
            if self._child is not None:
                await self._child.tell(config, self._revision)
                await self._until_applied(self._revision)

    async def stop(self) -> None:
        """Switch it off; returns when its process has ended."""
        await self.set(None)
        await self._tasks.cancel_all()

    async def _until_applied(self, revision: int) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_APPLIED_S):
                while self._applied < revision and self.status.stage is LinkStage.ONLINE:
                    self._changed.clear()
                    await self._changed.wait()

    # ------------------------------------------------------------ the link

    def _make(self) -> _Child:
        self._child = _Child(self)
        return self._child

    def current(self) -> tuple[BrokerConfig | None, int]:
        """Return what a new process is told."""
        return self._config, self._revision

    def _on_link(self, state: LinkState) -> None:
        told = dataclasses.replace(self.status, stage=state.stage, reason=state.reason)
        if state.stage is not LinkStage.ONLINE:
            self._older = told.refusals
            told = dataclasses.replace(told, port=0, clients=())
        elif self._child is not None:
            told = dataclasses.replace(told, port=self._child.port)
        self._tell(told)

    def heard(self, news: Mapping[str, Any]) -> None:
        """Take the news of the process."""
        clients, refusals = messages.read_status(news)
        self._applied = news["revision"]
        kept = (*self._older, *refusals)[-KEPT_REFUSALS:]
        told = dataclasses.replace(self.status, clients=clients, refusals=kept)
        if self.status.stage is LinkStage.ONLINE:
            told = dataclasses.replace(told, port=news["port"])
        self._tell(told)

    def _tell(self, status: BrokerStatus) -> None:
        self._changed.set()
        if status != self.status:
            self.status = status
            self._on_status(status)


class _Child:
    """One process: one connection of the link."""

    def __init__(self, owner: OwnBroker) -> None:
        self.port = 0
        self._owner = owner
        self._process: Process | None = None

    async def connect(self) -> LinkReason | None:
        try:
            self._process = await asyncio.create_subprocess_exec(
                *launch.own_command("broker"),
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,
                cwd=launch.own_folder(),
                limit=_MOST_BYTES,
                **launch.apart(),
            )
        except OSError as error:
            raise LinkError(LinkReason.BROKER_ENDED, detail=str(error)) from error
        config, revision = self._owner.current()
        if config is not None:
            await self.tell(config, revision)
        first = await self._news(_START_S + self._owner.patience.port_s)
        if "failed" in first:
            reason = LinkReason(first["failed"])
            raise LinkError(reason, blocked=True, detail=first["detail"])
        self.port = first["port"]
        self._owner.heard(first)
        return None

    async def serve(self) -> None:
        while True:
            self._owner.heard(await self._news(self._owner.patience.silent_s))

    async def tell(self, config: BrokerConfig, revision: int) -> None:
        """Say what to be; nothing if the process has not started or has ended."""
        if self._process is not None:
            wait_s = self._owner.patience.port_s
            await self._say(self._process, messages.config(config, revision, wait_s))

    async def close(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if self.port:
            await self._say(process, messages.line({"end": True}))
        else:
            # Nobody is connected, and it may be waiting for a port.
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        if process.stdin is not None:
            process.stdin.close()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_END_S):
                await process.wait()
                return
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()

    async def _news(self, within_s: float) -> dict[str, Any]:
        process = self._process
        if process is None or process.stdout is None:
            raise LinkError(LinkReason.BROKER_ENDED)
        while True:
            try:
                async with asyncio.timeout(within_s):
                    line = await process.stdout.readline()
            except TimeoutError:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                raise LinkError(LinkReason.BROKER_ENDED, detail="it hung") from None
            if not line.endswith(b"\n"):
                raise LinkError(LinkReason.BROKER_ENDED)
            content: dict[str, Any] = json.loads(line)
            if "log" not in content:
                return content
            log.warning("the broker's process: %s", content["log"])

    async def _say(self, process: Process, line: bytes) -> None:
        if process.stdin is not None:
            with contextlib.suppress(OSError):
                process.stdin.write(line)
                await process.stdin.drain()
