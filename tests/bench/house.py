"""The real program for a measurement: TikTok, guardian, core, desk and board in their processes."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from app import endpoint
from tests import hands
from tests.bench.sink import Sink
from tests.bench.source import BENCH, USER
from tests.e2e.harness import ROOT, until

if TYPE_CHECKING:
    from tests.bench.screen import Screen

_QUIET = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def rest(seconds):
    """Let time pass: what is measured needs it."""
    threading.Event().wait(seconds)


def steps(boards=1, outputs=1):
    """Return what a rule does on every output of every board, all for the same time."""
    level = {"key": "set_level", "percent": "50", "seconds": "count / 1000"}
    return [
        {**level, "device": device, "capability": output}
        for device in device_ids(boards)
        for output in Sink.names_of(outputs)
    ]


def device_ids(boards):
    """Return the devices' ids: bench, bench2, .."""
    return [f"bench{number}" for number in ("", *range(2, boards + 1))][:boards]


def rules(size, do=None):
    """Return a document in which one rule of `size` matches; the others want other things."""
    do = steps() if do is None else do
    whens = [{"key": "gift", "gifts": [{"id": BENCH.id, "name": BENCH.name}]}]
    for number in range(size - 1):
        gift = {"key": "gift", "gifts": [{"id": 2_000_000 + number, "name": f"Gift {number}"}]}
        whens.append(gift if number % 2 else {"key": "chat_command", "command": f"!c{number}"})
    return {
        "version": 1,
        "rules": [
            {"id": f"r{number}", "on": True, "when": when, "do": do}
            for number, when in enumerate(whens)
        ],
    }


class Source:
    """The loopback TikTok in its own process."""

    def __init__(self):
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.source"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.url = self._answer()["tiktok"]

    def ask(self, **order):
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self):
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the stand-in TikTok has ended")
        return json.loads(line)

    def close(self):
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(20)


class House:
    """One profile with everything around it; a context manager. Nothing runs before `start_*`."""

    def __init__(self, *, rule_count=10, stream=True, boards=1, outputs=1, do=None):
        self._ends = contextlib.ExitStack()
        self.folder = Path(self._ends.enter_context(tempfile.TemporaryDirectory(prefix="gw-bench")))
        self.profile = self.folder / "profile"
        self.profile.mkdir()
        self.guardian = self.desk = self.source = None
        self._words = ["--profile", str(self.profile)]
        document = rules(rule_count, steps(boards, outputs) if do is None else do)
        (self.profile / "rules.json").write_text(json.dumps(document))
        self.sinks = [self._board(outputs) for _ in range(boards)]
        if self.sinks:
            devices = [
                {"id": one, "name": one, "driver": "giftwire_line", "settings": {"port": sink.path}}
                for one, sink in zip(device_ids(boards), self.sinks, strict=True)
            ]
            file = {"version": 1, "devices": devices}
            (self.profile / "devices.json").write_text(json.dumps(file))
            hands.used(self.profile, *device_ids(boards))
        if stream:
            self.source = Source()
            self._ends.callback(self.source.close)
            self._words += ["--tiktok", self.source.url, "--user", USER]
        self._ends.callback(self._quit)

    @property
    def sink(self):
        """The first board."""
        return self.sinks[0]

    def _board(self, outputs):
        sink = Sink(outputs)
        self._ends.callback(sink.close)
        return sink

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._ends.close()

    def start_guardian(self):
        """Start guardian and core without a desk; return when that was."""
        began = time.perf_counter()
        self._run("guardian", *self._words)
        return began

    def start_desk(self, screen: Screen):
        """Start the desk, which starts what is missing; return when that was."""
        began = time.perf_counter()
        self.desk = self._run(*self._words, env=screen.env)
        return began

    def ready(self):
        """Wait for a core that answers; return when, in `time.perf_counter()`."""
        until(lambda: self._state().get("state") == "running", "a running core", 60.0)
        return time.perf_counter()

    def settled(self):
        """Wait until the board has been greeted and the stream entered."""
        self.ready()
        for sink in self.sinks:
            sink.greeted.wait(30)
        if self.source is not None:
            self.source.ask(what="entered", index=0)
        rest(1.5)  # what follows a start is not what is measured

    def processes(self):
        """Return {name: process} of what runs of the program."""
        core = psutil.Process(self._state()["pid"])
        found = {"guardian": core.parent(), "core": core}
        if self.desk is not None:
            found["desk"] = psutil.Process(self.desk.pid)
        return found

    def _run(self, *words, env=None):
        command = [sys.executable, "-m", "app", *words]
        return subprocess.Popen(command, cwd=ROOT, env=env, **_QUIET)

    def _state(self):
        try:
            return endpoint.ask(self.profile, {"want": "state"}, 10.0)
        except endpoint.EndpointError:
            return {}

    def leave_desk(self):
        """End the desk alone; the core goes on."""
        if self.desk is not None:
            self.desk.terminate()
            self.desk.wait(30)
            self.desk = None

    def _quit(self):
        self.leave_desk()
        with contextlib.suppress(endpoint.EndpointError):
            endpoint.ask(self.profile, {"want": "quit"}, 20.0)
        until(lambda: not self._state(), "the end of the guardian", 30.0)
