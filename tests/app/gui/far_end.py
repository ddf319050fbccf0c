"""The process at the far end of the control channel: the real server and endpoint, scripted state.

It stands in for core and guardian as a process; the channel between is the product's own.
"""

from __future__ import annotations

import asyncio
import secrets
import threading
from typing import TYPE_CHECKING, Any

from app.endpoint import Endpoint
from app.gateway.messages import (
    AnyRequest,
    Changed,
    CheckLive,
    CheckLiveResult,
    Discover,
    GetReceipt,
    Reply,
    Resume,
    SetRulesRunning,
    Stop,
)
from app.gateway.server import Server
from app.gateway.views import Snapshot, StopView
from tests.app.gui import sample
from tests.app.gui.sample_receipt import receipt

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class FarEnd:
    """Answers like a core, remembers every request, and says what a test wants it to say."""

    def __init__(self, profile: Path) -> None:
        self.now = sample.snapshot()
        self.asked: list[AnyRequest] = []
        self.stops_by_guardian = 0
        self._profile = profile
        self._loop: asyncio.AbstractEventLoop | None = None
        self._up = threading.Event()
        self._down = asyncio.Event()
        self._thread = threading.Thread()
        self._endpoint: Endpoint | None = None
        self._why = ""
        self.server: Server | None = None
        self._port = 0
        self.refuse = ""

    def start(self) -> None:
        self._up.clear()
        self._thread = threading.Thread(target=self._run, name="far end")
        self._thread.start()
        assert self._up.wait(10)
        self._endpoint = Endpoint(self._profile, self._answer)

    def stop(self, why: str = "restart") -> None:
        """End the process: `why` is what it tells its clients."""
        self._why = why
        if self._endpoint is not None:
            self._endpoint.close()
            self._endpoint = None
        if self._loop is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._down.set)
            self._thread.join(10)

    def say(self, changed: Changed) -> None:
        """Send a change to the desk."""
        assert self._loop is not None
        assert self.server is not None
        self._loop.call_soon_threadsafe(self.server.publish, changed)

    def hang(self, on_blocked: Callable[[], object]) -> threading.Event:
        """Block the loop until the returned event is set; `on_blocked` tells when it is."""
        free = threading.Event()

        def block() -> None:
            on_blocked()
            free.wait(20)

        assert self._loop is not None
        self._loop.call_soon_threadsafe(block)
        return free

    def requests(self, kind: type) -> list[Any]:
        """Return the requests of one kind, in order."""
        return [one for one in self.asked if isinstance(one, kind)]

    # ------------------------------------------------------------ what a core does

    def snapshot(self) -> Snapshot:
        return self.now

    async def handle(self, request: AnyRequest) -> Reply:
        self.asked.append(request)
        if self.refuse:
            return Reply(id=request.id, ok=False, code=self.refuse)
        if isinstance(request, Stop):
            self._change(stop=StopView(stopped=True, confirmed={"motor": True}, took_ms=12.0))
        elif isinstance(request, Resume):
            self._change(stop=StopView())
        elif isinstance(request, SetRulesRunning):
            self._change(rules_running=request.on)
        elif isinstance(request, GetReceipt):
            found = receipt().model_copy(update={"event_id": request.event_id})
            return Reply(id=request.id, receipt=found)
        elif isinstance(request, CheckLive):
            found = CheckLiveResult(user=request.user, answer="live")
            return Reply(id=request.id, check_live=found)
        elif isinstance(request, Discover):
            return Reply(id=request.id, discover=sample.discovered())
        return Reply(id=request.id)

    def _change(self, **parts: Any) -> None:
        self.now = self.now.model_copy(update=parts)
        assert self.server is not None
        self.server.publish(Changed(**parts))

    def _answer(self, request: dict[str, Any]) -> dict[str, Any]:
        if request.get("want") == "stop":
            self.stops_by_guardian += 1
            return {"ok": True}
        token = secrets.token_urlsafe(16)
        if self.server is None or not self._thread.is_alive():
            return {"ok": False, "state": "starting"}
        self.server.allow(token)
        return {"ok": True, "port": self._port, "token": token}

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._down = asyncio.Event()
        self.server = Server(self)
        self._port = await self.server.start()
        self._up.set()
        await self._down.wait()
        await self.server.stop(self._why)
