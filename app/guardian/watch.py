"""The guardian's loop: one thread decides everything, from one queue of what happened.

One rule: it never waits for the core, a port or a caller; those have threads of their own.
"""

from __future__ import annotations

import enum
import logging
import queue
import secrets
import threading
import time
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from app.endpoint import Endpoint
from app.guardian import recipes
from app.guardian.child import Child, errors_file

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

log = logging.getLogger(__name__)

TICK_S = 0.1
# Silence is counted in our own wakings: a PC that slept, or stood still, counts as one of them.
LONGEST_TICK_S = 0.2
SILENCE_S = 1.0
START_S = 30.0
STOP_ANSWER_S = 0.4
QUIT_S = 8.0
BURY_S = 2.0
ORPHANED_PIPE_S = 0.5
FIRST_WAIT_S = 0.5
LONGEST_WAIT_S = 10.0
HEALTHY_S = 60.0
FRESH_EVERY_S = 3600.0
ANSWER_S = 20.0

Answer = dict[str, Any]


class Phase(enum.StrEnum):
    """What the guardian is about."""

    STARTING = "starting"
    RUNNING = "running"
    SECURING = "securing"
    RESTARTING = "restarting"
    ENDING = "ending"
    ENDED = "ended"


class Guardian:
    """Guards one profile. `quit` is for any thread and for signal handlers."""

    def __init__(
        self,
        profile: Path,
        command: Sequence[str],
        *,
        on_line: Callable[[str], None] | None = None,
    ) -> None:
        """Take the profile or raise `endpoint.TakenError`; `command` starts the core.

        `on_line` gets the core's lines for the console. Nothing is started before `run`.
        """
        self._profile = profile
        self._command = command
        self._on_line = on_line
        self._inbox: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._phase = Phase.STARTING
        self._child: Child | None = None
        self._port = 0
        self._silence_s = 0.0
        self._crashes = 0
        self._restarts = 0
        self._restart_at = 0.0
        self._deadline = 0.0
        self._why = ""
        self._detail = ""
        self._quitting = False
        self._stopped: str | None = None
        self._safe: dict[str, bool] = {}
        self._prepared: set[str] = set()
        self._stop_waits: list[tuple[float, Future[Answer]]] = []
        self._quit_waits: list[Future[Answer]] = []
        self._endpoint = Endpoint(profile, self._ask)

    def run(self) -> int:
        """Guard until told to quit; return 0, or 1 if devices may not be safe."""
        last = fresh = time.monotonic()
        try:
            self._start()
            while self._phase != Phase.ENDED:
                self._take()
                now = time.monotonic()
                self._tick(now, min(now - last, LONGEST_TICK_S))
                last = now
                if now - fresh > FRESH_EVERY_S:
                    fresh = now
                    self._endpoint.keep_fresh()
        finally:
            self._leave()
        return 0 if all(self._safe.values()) else 1

    def _leave(self) -> None:
        """Let nothing behind that is on, also if we end by an error of our own."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.bury(BURY_S)
            self._safe = recipes.send_all(_readable(child.armed))
        self._endpoint.close()

    def _prepare(self, kind: str) -> None:
        """Have at hand what recipes of this kind need, from the first one on."""
        if kind not in self._prepared:
            self._prepared.add(kind)
            threading.Thread(
                target=recipes.prepare, args=(kind,), name="prepare", daemon=True
            ).start()

    def quit(self) -> None:
        """End the core in order, then ourselves."""
        self._inbox.put(self._quit)

    # ------------------------------------------------------------ the loop

    def _take(self) -> None:
        """Wait for something to happen, then do everything that has."""
        try:
            self._do(self._inbox.get(timeout=TICK_S))
            while True:
                self._do(self._inbox.get_nowait())
        except queue.Empty:
            pass

    def _do(self, what: Callable[[], None]) -> None:
        try:
            what()
        except Exception:
            # One bad message must not be the end of the guard.
            log.exception("the guardian could not do what was asked")

    def _tick(self, now: float, passed_s: float) -> None:
        child = self._child
        self._silence_s += passed_s
        if self._phase == Phase.RESTARTING and now >= self._restart_at:
            self._start()
        elif child is not None and child.gone_for_s() > ORPHANED_PIPE_S:
            self._on_gone(child)
        elif child is not None and not child.killed and self._too_late(now):
            child.kill()
        for wait in [one for one in self._stop_waits if now > one[0]]:
            log.error("the core did not answer to STOP; it is ended")
            self._stop_waits.remove(wait)
            self._stop_waits.append((float("inf"), wait[1]))
            if child is not None:
                child.kill()

    def _too_late(self, now: float) -> bool:
        """Say whether the core hangs."""
        match self._phase:
            case Phase.RUNNING:
                if self._silence_s > SILENCE_S:
                    log.error("the core gave no sign of life for a second; it is ended")
                    self._why = "no sign of life"
                    return True
            case Phase.STARTING:
                if self._silence_s > START_S:
                    log.error("the core did not get ready; it is ended")
                    self._why = "did not get ready"
                    return True
            case Phase.ENDING:
                return now > self._deadline
        return False

    # ------------------------------------------------------------ the core's life

    def _start(self) -> None:
        self._phase = Phase.STARTING
        self._silence_s = 0.0
        self._port = 0
        try:
            child = Child(self._command, errors_file(self._profile), self._hear)
        except OSError as error:
            log.error("the core cannot be started: %s", error)  # noqa: TRY400 - the words suffice
            self._fall(str(error), healthy=False)
            return
        self._child = child
        begin = {"stopped": self._stopped, "crashes": self._crashes, "safe": self._safe}
        child.put({"begin": begin})
        log.info("core started, process %d", child.pid)

    def _hear(self, child: Child, message: dict[str, Any] | None) -> None:
        """Bring a message into the loop. In the child's thread."""
        if message is None:
            self._inbox.put(lambda: self._on_gone(child))
        else:
            self._inbox.put(lambda: self._on_message(child, message))

    def _on_message(self, child: Child, message: dict[str, Any]) -> None:
        match message:
            case {"beat": _}:
                self._silence_s = 0.0
            case {"line": str(line)}:
                if self._on_line is not None:
                    self._on_line(line)
            case {"ready": int(port)}:
                self._port = port
                self._silence_s = 0.0
                if self._phase == Phase.STARTING:
                    self._phase = Phase.RUNNING
            case {"bye": str(why)}:
                child.bye = why
            case _:
                self._on_safety(child, message)

    def _on_safety(self, child: Child, message: dict[str, Any]) -> None:
        match message:
            case {"arm": str(device_id), "recipe": dict(recipe)}:
                child.armed[device_id] = recipe
                self._prepare(str(recipe.get("kind", "")))
            case {"disarm": str(device_id)}:
                child.armed.pop(device_id, None)
            case {"stopped": str(source)}:
                self._stopped = source
                self._answer_stops({"ok": True, "how": "core", "safe": {}})
            case {"resumed": _}:
                self._stopped = None

    def _on_gone(self, child: Child) -> None:
        """The core has ended, or its pipe has: make sure of it, then make the devices safe."""
        if child is not self._child:
            return
        self._child = None
        code = child.bury(0.05 if not child.bye else BURY_S)
        healthy = time.monotonic() - child.started > HEALTHY_S
        ended_well = child.bye == "quit" or self._quitting
        if not ended_well and child.bye != "restart":
            log.error("the core ended by itself (code %s): %s", code, child.last_words())
        if child.bye == "quit":
            self._quitting = True
        if child.bye == "restart":
            healthy = True
        detail = self._why or ("" if child.bye else child.last_words())
        armed = _readable(child.armed)
        if not armed:
            self._safe = {}
            self._after_safe(detail, healthy=healthy)
            return
        self._phase = Phase.SECURING

        def secure() -> None:
            safe = recipes.send_all(armed)
            self._inbox.put(lambda: self._on_safe(safe, detail, healthy=healthy))

        threading.Thread(target=secure, name="secure", daemon=True).start()

    def _on_safe(self, safe: dict[str, bool], detail: str, *, healthy: bool) -> None:
        self._safe = safe
        log.info("recipes sent: %s", safe)
        self._after_safe(detail, healthy=healthy)

    def _after_safe(self, detail: str, *, healthy: bool) -> None:
        self._answer_stops({"ok": True, "how": "recipes", "safe": self._safe})
        if self._quitting:
            self._end()
        else:
            self._fall(detail, healthy=healthy)

    def _fall(self, detail: str, *, healthy: bool) -> None:
        """Plan the next start."""
        self._crashes = 1 if healthy else self._crashes + 1
        self._restarts += 1
        # 2 ** 1000 is no float; the cap is reached long before.
        wait_s = min(LONGEST_WAIT_S, FIRST_WAIT_S * 2.0 ** min(10, self._crashes - 1))
        self._why, self._detail = "", detail
        self._restart_at = time.monotonic() + wait_s
        self._phase = Phase.RESTARTING

    def _quit(self) -> None:
        if self._quitting:
            return
        self._quitting = True
        child = self._child
        if child is not None:
            child.put({"quit": 1})
            self._deadline = time.monotonic() + QUIT_S
            self._phase = Phase.ENDING
        elif self._phase != Phase.SECURING:
            self._end()

    def _end(self) -> None:
        self._phase = Phase.ENDED
        for future in self._quit_waits:
            future.set_result({"ok": True, "safe": self._safe})

    # ------------------------------------------------------------ the endpoint

    def _ask(self, request: Answer) -> Answer:
        """Answer one request. In a thread of the endpoint."""
        future: Future[Answer] = Future()
        self._inbox.put(lambda: self._on_ask(request, future))
        try:
            return future.result(ANSWER_S)
        except TimeoutError:
            return {"ok": False, "words": "The guardian of Giftwire is busy. Try again."}

    def _on_ask(self, request: Answer, future: Future[Answer]) -> None:
        match request.get("want"):
            case "door":
                future.set_result(self._open_door())
            case "stop":
                self._on_stop(str(request.get("source", ""))[:40] or "unknown", future)
            case "state":
                future.set_result(self._state())
            case "quit":
                self._quit_waits.append(future)
                if self._phase == Phase.ENDED:
                    self._end()
                self._quit()
            case _:
                future.set_result({"ok": False, "words": "Unknown request."})

    def _open_door(self) -> Answer:
        if self._phase == Phase.RUNNING and self._child is not None:
            token = secrets.token_urlsafe(32)
            if self._child.put({"token": token}):
                return {"ok": True, "port": self._port, "token": token}
        return {**self._state(), "ok": False}

    def _on_stop(self, source: str, future: Future[Answer]) -> None:
        self._stopped = source
        child = self._child
        if self._phase in {Phase.RUNNING, Phase.ENDING} and child is not None:
            child.put({"stop": source})
            self._stop_waits.append((time.monotonic() + STOP_ANSWER_S, future))
        elif self._phase == Phase.SECURING:
            self._stop_waits.append((float("inf"), future))
        else:
            # Nothing is on. A core that is just starting hears of it as soon as it listens.
            if child is not None:
                child.put({"stop": source})
            future.set_result({"ok": True, "how": self._phase.value, "safe": self._safe})

    def _answer_stops(self, answer: Answer) -> None:
        waits, self._stop_waits = self._stop_waits, []
        for _, future in waits:
            future.set_result(answer)

    def _state(self) -> Answer:
        retry_in_s = max(0.0, self._restart_at - time.monotonic())
        restarting = self._phase == Phase.RESTARTING
        return {
            "ok": True,
            "state": self._phase.value,
            "words": self._words(retry_in_s),
            "pid": self._child.pid if self._child is not None else 0,
            "port": self._port,
            "restarts": self._restarts,
            "retry_in_s": round(retry_in_s, 1) if restarting else None,
            "stopped": self._stopped,
            "armed": sorted(self._child.armed) if self._child is not None else [],
            "safe": self._safe,
            "detail": self._detail,
        }

    def _words(self, retry_in_s: float) -> str:
        match self._phase:
            case Phase.STARTING:
                return "Giftwire is starting."
            case Phase.RUNNING:
                return "Giftwire is running."
            case Phase.SECURING:
                return "The engine stopped. Devices are being made safe."
            case Phase.RESTARTING:
                times = "" if self._crashes == 1 else f" {self._crashes} times in a row"
                return f"The engine stopped{times}. It starts again in {retry_in_s:.1f} s."
            case _:
                return "Giftwire is ending."


def _readable(armed: dict[str, dict[str, Any]]) -> dict[str, recipes.Recipe]:
    found = {}
    for device_id, message in armed.items():
        try:
            found[device_id] = recipes.read(message)
        except (KeyError, TypeError, ValueError):
            log.exception("the recipe of %s cannot be read", device_id)
    return found
