"""What a test may leave behind: no thread, task, process, timer or window.

One rule: look cheaply first, wait only for what is really still there.
"""

from __future__ import annotations

import asyncio
import os
import sys
import threading
import time
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

# Slow machines end threads and processes late; only what stays costs this time.
GRACE_S = float(os.environ.get("GIFTWIRE_TEST_GRACE_S", "3"))
MARK = "GIFTWIRE_TEST_RUN"
# Python's own bookkeeping processes; they end with the interpreter.
OWN_PROCESSES = ("resource_tracker", "forkserver")


class TaskWatch:
    """Notes the tasks that are still alive when a runner closes its event loop."""

    def __init__(self) -> None:
        self.left: list[str] = []
        runners: Any = asyncio.runners
        self._cancel_all = runners._cancel_all_tasks
        runners._cancel_all_tasks = self._note_and_cancel

    def _note_and_cancel(self, loop: asyncio.AbstractEventLoop) -> None:
        # A task already told to stop is on its way out; nobody forgot it.
        alive = [task for task in asyncio.all_tasks(loop) if not task.cancelling()]
        self.left += [f"task {task.get_name()!r}: {task.get_coro()!r}" for task in alive]
        self._cancel_all(loop)

    def take(self) -> list[str]:
        """Return what was left since the last call."""
        left, self.left = self.left, []
        return left


def threads() -> set[threading.Thread]:
    """Return the living threads, without the stand-ins Python makes for threads of Qt."""
    dummy: type = threading._DummyThread  # type: ignore[attr-defined]  # no public name
    return {one for one in threading.enumerate() if not isinstance(one, dummy)}


def children() -> set[int]:
    """Return the process ids of our direct children, the finished but unwaited included."""
    tasks = Path("/proc/self/task")
    if (tasks / str(os.getpid()) / "children").exists():
        found: set[int] = set()
        for one in tasks.iterdir():
            try:
                found.update(map(int, (one / "children").read_text().split()))
            except OSError:
                continue  # the thread ended while we looked
        return found
    import psutil

    return {one.pid for one in psutil.Process().children()}


def process_line(pid: int) -> str:
    """Return the command line of a process, empty when it is gone or ours to ignore."""
    import psutil

    try:
        process = psutil.Process(pid)
        line = " ".join(process.cmdline()) or process.name()
        status = process.status()
    except psutil.Error:
        return ""
    if any(word in line for word in OWN_PROCESSES):
        return ""
    return f"process {pid} ({status}): {line}"


def marked(prefix: str) -> list[int]:
    """Return the processes, wherever in the tree, whose mark begins with `prefix`."""
    import psutil

    found = []
    for process in psutil.process_iter():
        try:
            if process.pid == os.getpid():
                continue
            if process.environ().get(MARK, "").startswith(prefix) and process_line(process.pid):
                found.append(process.pid)
        except (psutil.Error, OSError):
            continue
    return found


def end(pids: list[int]) -> None:
    """Kill leftovers so that one bad test does not spoil the next."""
    import psutil

    for pid in pids:
        try:
            psutil.Process(pid).kill()
        except psutil.Error:
            continue


class QtWatch:
    """Knows the timers that were started and the windows that stand open."""

    def __init__(self) -> None:
        self._timers: weakref.WeakSet[Any] = weakref.WeakSet()
        self._hooked = False

    def hook(self) -> None:
        """Follow QTimer.start from the moment Qt is loaded; costs nothing without Qt."""
        core = sys.modules.get("PySide6.QtCore")
        if self._hooked or core is None:
            return
        self._hooked = True
        start, timers = core.QTimer.start, self._timers

        def start_and_note(timer: Any, *args: Any) -> None:
            timers.add(timer)
            start(timer, *args)

        core.QTimer.start = start_and_note

    def timers(self) -> set[Any]:
        """Return the timers that would still fire."""
        valid = self._valid()
        return {one for one in list(self._timers) if valid(one) and one.isActive()}

    def windows(self) -> set[Any]:
        """Return the windows without a parent, visible or not."""
        widgets = sys.modules.get("PySide6.QtWidgets")
        app = widgets.QApplication.instance() if widgets else None
        if widgets is None or app is None:
            return set()
        # Qt keeps one tooltip label of its own for the whole program.
        every = widgets.QApplication.topLevelWidgets()
        return {one for one in every if one.parent() is None and "QTipLabel" not in repr(one)}

    def settle(self) -> None:
        """Carry out the deletions that Qt has put off."""
        core = sys.modules.get("PySide6.QtCore")
        if core is not None and core.QCoreApplication.instance() is not None:
            core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete.value)

    @staticmethod
    def _valid() -> Callable[[Any], bool]:
        shiboken = sys.modules.get("shiboken6")
        return shiboken.isValid if shiboken else bool


def wait_until_gone(look: Callable[[], list[str]], grace_s: float = GRACE_S) -> list[str]:
    """Ask `look` until it finds nothing or the grace is over; return what is left."""
    until = time.monotonic() + grace_s
    pause = threading.Event()
    left = look()
    while left and time.monotonic() < until:
        pause.wait(0.01)
        left = look()
    return left
