"""What the process tests share: a house of real processes, and a lamp on a pseudo-terminal."""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

from app import endpoint
from app.gateway.client import Client

ROOT = Path(__file__).parents[2]
PATIENCE_S = 30.0


def until(look, what, timeout_s=PATIENCE_S):
    """Ask `look` until it gives something true; return that."""
    end = time.monotonic() + timeout_s
    pause = threading.Event()
    while True:
        found = look()
        if found:
            return found
        assert time.monotonic() < end, f"never came: {what}"
        pause.wait(0.005)


class Lamp:
    """The far end of a serial line: remembers what it was told, and when; answers OFF if asked."""

    def __init__(self, answer=b""):
        self.answer = answer
        self.heard = []
        self._master, self._slave = os.openpty()
        self.address = os.ttyname(self._slave)
        import termios
        import tty

        tty.setraw(self._slave, termios.TCSANOW)
        self._thread = threading.Thread(target=self._listen, name="lamp")
        self._thread.start()

    def _listen(self):
        with contextlib.suppress(OSError):
            while data := os.read(self._master, 1024):
                self.heard += [(time.monotonic(), word) for word in data.split()]
                if b"END" in data:
                    return
                if b"OFF" in data and self.answer:
                    os.write(self._master, self.answer)

    def words(self):
        return [word for _, word in self.heard]

    def when(self, word):
        """Wait for a word and return when it came."""
        until(lambda: word in self.words(), word)
        return next(at for at, one in self.heard if one == word)

    def close(self):
        os.write(self._slave, b"END\n")
        self._thread.join(PATIENCE_S)
        os.close(self._master)
        os.close(self._slave)


class House:
    """A guardian process with the tiny core below it."""

    def __init__(self, profile, *core):
        self.profile = profile
        self.lines = []
        self.process = self.start(*core)

    def start(self, *core):
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.tiny_guardian", str(self.profile), *core],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._reader = threading.Thread(target=self._read, args=(process,))
        self._reader.start()
        return process

    def _read(self, process):
        for line in process.stdout:
            self.lines.append(line.rstrip())

    def ask(self, want, **more):
        return endpoint.ask(self.profile, {"want": want, **more}, PATIENCE_S)

    def state(self):
        try:
            return self.ask("state")
        except endpoint.EndpointError:
            return {"state": "none"}

    def running(self, *, other_than=0):
        """Wait for a running core, not the one with this process id; return the state."""
        return until(
            lambda: (
                (state := self.state())["state"] == "running"
                and state["pid"] != other_than
                and state
            ),
            "a running core",
        )

    def close(self):
        if self.process.poll() is None:
            with contextlib.suppress(endpoint.EndpointError):
                self.ask("quit")
        try:
            self.process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise
        finally:
            self._reader.join(PATIENCE_S)
            self.process.stdout.close()


class Desk:
    """A client of the house, with what it was told."""

    def __init__(self, profile, **more):
        self.changed, self.snapshots, self.links, self.reports = [], [], [], []
        options = {"start_core": None, **more}
        self.client = Client(
            profile,
            on_changed=self.changed.append,
            on_snapshot=self.snapshots.append,
            on_link=self.links.append,
            on_stop_report=self.reports.append,
            **options,
        )

    async def __aenter__(self):
        self._task = asyncio.get_running_loop().create_task(self.client.run())
        try:
            await self.seen(lambda: self.snapshots, "a snapshot")
        except BaseException:
            await self.__aexit__()
            raise
        return self

    async def __aexit__(self, *_):
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def seen(self, look, what):
        async with asyncio.timeout(PATIENCE_S):
            while not (found := look()):
                assert not self._task.done() or not self._task.exception(), what
                await asyncio.sleep(0.005)
        return found
