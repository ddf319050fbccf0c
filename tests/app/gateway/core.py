"""A whole core in this process, its guardian played by the test at the far ends of the pipe."""

from __future__ import annotations

import asyncio
import json
import os
import threading

from websockets.asyncio.client import connect

from app.gateway.messages import Hello, Status, from_core
from app.gateway.pipe import Begin, CorePipe
from app.launch import CoreOptions
from app.lines import read_lines
from app.runtime import Runtime

PATIENCE_S = 20.0


class Core:
    """Use it as an async context; `ask` goes through the control channel as a desk does."""

    def __init__(self, profile, *, begin=None, **options):
        theirs, self._out = os.pipe()
        self._into, ours = os.pipe()
        self.told = []
        self.pipe = CorePipe(theirs, ours)
        self.runtime = Runtime(
            profile, self.pipe, CoreOptions(**{"demo": True, **options}), begin or Begin()
        )
        self._reader = threading.Thread(target=self._read)
        self._numbers = iter(range(1, 10_000))
        self.changed = []

    def _read(self):
        for message in read_lines(self._into):
            self.told.append(message)

    def say(self, **message):
        """Say something to the core as its guardian."""
        os.write(self._out, json.dumps(message).encode() + b"\n")

    def hang_up(self):
        """End as a guardian that was killed."""
        if self._out >= 0:
            os.close(self._out)
        self._out = -1

    def heard(self, key):
        return [one[key] for one in list(self.told) if key in one]

    async def until(self, look, what):
        async with asyncio.timeout(PATIENCE_S):
            while not (found := look()):
                assert not self._running.done() or not self._running.exception(), what
                await asyncio.sleep(0.01)
        return found

    async def __aenter__(self):
        self._reader.start()
        self._running = asyncio.get_running_loop().create_task(self.runtime.run())
        (port,) = await self.until(lambda: self.heard("ready"), "a ready core")
        self.say(token="t")
        self._socket = await connect(
            f"ws://127.0.0.1:{port}",
            proxy=None,
            compression=None,
            max_size=None,
            # A test that looks at something else for a while must not hold its own goodbye.
            max_queue=None,
        )
        await self._socket.send(Hello(token="t").model_dump_json())
        self.welcome = from_core.validate_json(await self._socket.recv())
        return self

    async def ask(self, request):
        request = request.model_copy(update={"id": next(self._numbers)})
        await self._socket.send(request.model_dump_json())
        async with asyncio.timeout(PATIENCE_S):
            while True:
                message = from_core.validate_json(await self._socket.recv())
                if message.type == "reply" and message.id == request.id:
                    return message
                self.changed.append(message)

    async def now(self):
        return (await self.ask(Status())).snapshot

    async def see(self, look, what):
        """Look at snapshots until `look` finds something; return that."""
        async with asyncio.timeout(PATIENCE_S):
            while not (found := look(await self.now())):  # noqa: ASYNC110 - no news of it
                await asyncio.sleep(0.02)
        assert found, what
        return found

    async def ended(self):
        async with asyncio.timeout(PATIENCE_S):
            await self._running

    async def __aexit__(self, *_):
        await self._socket.close()
        if not self._running.done():
            self.say(quit=1)
        try:
            await self.ended()
        finally:
            self.pipe.close()
            self._reader.join(PATIENCE_S)
            self.hang_up()
