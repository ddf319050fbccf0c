"""A whole core in this process with the real window before it: the far end of what tests click."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import itertools

from app.core.links import LinkStage, LinkState
from app.gateway.messages import Reply, Status, from_core
from app.gui.bridge import Bridge
from app.gui.collecting import Collector, take_over
from app.gui.options import OptionsFile
from app.gui.page import Desk, find_pages
from app.gui.window import Window
from tests.app.gateway.core import PATIENCE_S, Core
from tests.app.gui.conftest import close


class Line:
    """One connection as a client has it: replies by number, changes to the bridge."""

    def __init__(self, core: Core, bridge: Bridge) -> None:
        self._socket, self._bridge = core._socket, bridge
        self._numbers = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[Reply]] = {}
        self.asked: list[object] = []
        self._reader = asyncio.get_running_loop().create_task(self._read())

    async def ask(self, request):
        self.asked.append(request)
        request = request.model_copy(update={"id": next(self._numbers)})
        answer = self._waiting[request.id] = asyncio.get_running_loop().create_future()
        await self._socket.send(request.model_dump_json())
        return await answer

    def stop_all(self, source="desk"):
        raise AssertionError(source)

    async def _read(self):
        async for text in self._socket:
            message = from_core.validate_json(text)
            if message.type == "reply":
                self._waiting.pop(message.id).set_result(message)
            elif message.type == "changed":
                self._bridge.take_changed(message)

    async def end(self):
        self._reader.cancel()
        await asyncio.wait([self._reader])


class Near:
    """The window, its bridge, the core behind it, and how to wait for either."""

    def __init__(self, core, line, bridge, window):
        self.core, self.line, self.bridge, self.window = core, line, bridge, window

    def page(self, key):
        """Open a page by its key."""
        self.window.go(key)
        return self.window.pages[key]

    async def until(self, true, what):
        async with asyncio.timeout(PATIENCE_S):
            while not (found := true()):  # noqa: ASYNC110 - widgets bring no news
                await asyncio.sleep(0.01)
        assert found, what
        return found

    async def rules(self, *raws):
        """Open the Rules page on these rules."""
        from tests.app.gateway.play import put

        if raws:
            await put(self.line, *raws)
        page = self.page("rules")
        await self.until(lambda: page.rules.known, "the rules")
        return page


@contextlib.asynccontextmanager
async def one_collector():
    """Collect between events only: the core's threads must take no widget away, as in the desk."""
    collector = Collector()

    async def look():
        while True:
            collector.look()
            await asyncio.sleep(0.05)

    take_over()
    looking = asyncio.get_running_loop().create_task(look())
    try:
        yield
    finally:
        looking.cancel()
        await asyncio.wait([looking])
        gc.enable()


@contextlib.asynccontextmanager
async def near_core(profile, language, size=(1280, 800)):
    """Yield a window on a whole core; in the end both are gone."""
    async with one_collector(), Core(profile) as core:
        tasks = set()

        def spawn(name, coro):
            task = asyncio.get_running_loop().create_task(coro, name=name)
            tasks.add(task)
            task.add_done_callback(tasks.discard)
            return task

        bridge = Bridge(spawn)
        line = Line(core, bridge)
        bridge.open(line)
        window = Window(Desk(bridge, OptionsFile(profile), language), find_pages())
        window.resize(*size)
        window.show()
        window.activateWindow()
        bridge.take_link(LinkState(LinkStage.ONLINE, 0.0))
        bridge.take_snapshot((await line.ask(Status())).snapshot)
        near = Near(core, line, bridge, window)
        try:
            await near.until(lambda: bridge.state.ready == 4, "four devices")
            await near.until(window.isActiveWindow, "the window in front")
            yield near
        finally:
            close(window)
            for task in list(tasks):
                task.cancel()
            if tasks:
                await asyncio.wait(list(tasks))
            await line.end()
