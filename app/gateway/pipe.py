"""The core's end of the pipe to its guardian.

One rule: everything here works with the core's loop blocked; no call waits for the guardian longer
than a quarter of a second, and once only while it hangs.
"""

from __future__ import annotations

import logging
import os
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.lines import LineWriter, read_lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from drivers.contract import SafeRecipe

log = logging.getLogger(__name__)

BEAT_EVERY_S = 0.2
# A computer that is busy with something else is not a guardian that hangs.
ARM_WAIT_S = 0.25
BEGIN_WAIT_S = 5.0
# Once the guardian is gone the core has this long to make its devices safe and end.
ORPHAN_S = 5.0


@dataclass(frozen=True, slots=True)
class Begin:
    """What the guardian tells a new core.

    `stopped` is the source of a STOP that is still latched, or None. `crashes` counts the cores
    that ended badly just before this one. `safe` says per device id whether the device confirmed
    the recipe that the guardian sent after such an end.
    """

    stopped: str | None = None
    crashes: int = 0
    safe: dict[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PipeCalls:
    """What the core wants to be called for. ALL are called in the pipe's reader THREAD.

    `on_token(token)`: let this one-time token in (`Server.allow` may be passed as it is).
    `on_stop(source)`: make every device safe at once, without the loop; the pipe tells the
    guardian "stopped" when this returns. It must not raise and should take milliseconds.
    `on_quit()`: end in order: devices safe, state saved; usually a `call_soon_threadsafe`.
    `on_eof()`: the guardian is gone: make devices safe at once, then end as for `on_quit`; whoever
    is not gone after 5 s is ended by force.
    """

    on_token: Callable[[str], None]
    on_stop: Callable[[str], None]
    on_quit: Callable[[], None]
    on_eof: Callable[[], None]


class CorePipe:
    """The pipe to the guardian. Every method may be called from every thread.

    Order: make, `begin`, `start`, then anything, `close`. It fits the hub's `Guard`.
    """

    def __init__(self, read_fd: int, write_fd: int, *, forceful: bool = False) -> None:
        """Take over two file descriptors; `forceful` ends the process if it outlives an EOF."""
        self._lines = read_lines(read_fd)
        self._writer = LineWriter(write_fd, "pipe writer")
        self._forceful = forceful
        self._calls: PipeCalls | None = None
        self._begun = threading.Event()
        self._started = threading.Event()
        self._begin = Begin()
        self._gone = False
        self._closing = False
        self._reader = threading.Thread(target=self._read, name="pipe reader", daemon=True)
        self._reader.start()

    def begin(self, timeout_s: float = BEGIN_WAIT_S) -> Begin:
        """Return what the guardian told at the start; waits for it, so call it first."""
        if not self._begun.wait(timeout_s):
            log.warning("the guardian did not say how to begin")
        return self._begin

    def start(self, calls: PipeCalls) -> None:
        """Deliver from now on; what came meanwhile is delivered at once."""
        self._calls = calls
        self._started.set()

    def close(self) -> None:
        """Write what waits and close our end; the guardian sees the end of the core."""
        self._closing = True
        self._started.set()
        self._writer.close()

    # ------------------------------------------------------------ to the guardian

    def arm(self, device_id: str, recipe: SafeRecipe) -> bool:
        """Leave `recipe` with the guardian; returns when it is in the pipe (about 0.1 ms).

        Call it before the first byte that turns something on. False, and logged, if it hangs.
        """
        message = {"arm": device_id, "recipe": recipe_as_told(recipe)}
        taken = self._writer.put_now(message, ARM_WAIT_S)
        if not taken and not self._gone:
            log.error("the guardian does not take the safe recipe of %s", device_id)
        return taken

    def disarm(self, device_id: str) -> None:
        """Tell that the device is safe and needs no recipe any more."""
        self._writer.put({"disarm": device_id})

    def ready(self, port: int) -> None:
        """Tell that the control channel listens on 127.0.0.1:`port` and the devices are started."""
        self._writer.put({"ready": port})

    def beat(self) -> None:
        """Give a sign of life; the LOOP calls it every 0.2 s (`BEAT_EVERY_S`)."""
        self._writer.put({"beat": 1}, optional=True)

    def stopped(self, source: str) -> None:
        """Tell that STOP is latched, after the devices were told; a restarted core keeps it.

        Like `arm` it returns when the guardian is sure to learn of it, whatever becomes of us.
        """
        self._writer.put_now({"stopped": source}, ARM_WAIT_S)

    def resumed(self) -> None:
        """Tell that STOP was released; returns when the guardian is sure to learn of it."""
        self._writer.put_now({"resumed": 1}, ARM_WAIT_S)

    def gift_line(self, line: str) -> None:
        """Hand over a finished line for the console of `--headless`; dropped if nobody reads."""
        self._writer.put({"line": line}, optional=True)

    def bye(self, why: str = "quit") -> None:
        """Tell that the core now ends on purpose: "quit" ends the guardian, "restart" does not."""
        self._writer.put({"bye": why})

    # ------------------------------------------------------------ from the guardian

    def _read(self) -> None:
        for message in self._lines:
            if "begin" in message:
                self._begin = _begin(message["begin"])
                self._begun.set()
                continue
            self._deliver(message)
        self._gone = True
        self._begun.set()
        self._started.wait()
        if self._calls is None or self._closing:
            # Once we have said that we end, the guardian may hang up first.
            return
        if self._forceful:
            last = threading.Timer(ORPHAN_S, os._exit, (70,))
            last.daemon = True
            last.start()
        self._calls.on_eof()

    def _deliver(self, message: dict[str, Any]) -> None:
        self._started.wait()
        calls = self._calls
        if calls is None:
            return
        try:
            if "token" in message:
                calls.on_token(str(message["token"]))
            elif "stop" in message:
                calls.on_stop(str(message["stop"]))
                self.stopped(str(message["stop"]))
            elif "quit" in message:
                calls.on_quit()
        except Exception:
            # The reader must live: the next message may be a STOP.
            log.exception("a message of the guardian failed: %s", sorted(message))


def open_pipe() -> CorePipe:
    """Return the pipe on standard input and output, and turn those away from it.

    Afterwards a print in this process goes to standard error and cannot garble the pipe.
    """
    read_fd, write_fd = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    try:
        os.dup2(2, 1)
    except OSError:
        os.dup2(nothing, 1)
    os.close(nothing)
    return CorePipe(read_fd, write_fd, forceful=True)


def recipe_as_told(recipe: SafeRecipe) -> dict[str, Any]:
    """Return a recipe as the guardian is told it: `app.guardian.recipes.read` reads it."""
    return {
        "kind": recipe.kind,
        "address": recipe.address,
        "frames": [frame.hex() for frame in recipe.frames],
        "speed_baud": recipe.speed_baud,
        "expect": recipe.expect.hex(),
        "answer_s": recipe.answer_s,
        "boot_wait_s": recipe.boot_wait_s,
        "options": dict(recipe.options),
    }


def _begin(told: dict[str, Any]) -> Begin:
    return Begin(
        stopped=told.get("stopped"),
        crashes=int(told.get("crashes", 0)),
        safe={str(key): bool(value) for key, value in dict(told.get("safe") or {}).items()},
    )
