"""A board that misbehaves on demand, behind a pseudo terminal: late, silent, double, wrong, garbage.

One rule: it knows the protocol from its description only and shares nothing with the driver.
"""

from __future__ import annotations

import functools
import os
import select
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LEASE_S = 3.0
_OUTPUTS = (
    "OUTPUT motor kind=motor hazard=motion rpm=100 rounds=200 on=160000 title=Motor",
    "OUTPUT light kind=light hazard=light hz=3 on=60000 title=Light",
    "OUTPUT relay kind=switch hazard=mains on=10000 title=Relay",
)


def crc(text: bytes) -> int:
    """CRC-16/CCITT-FALSE, the slow and obvious way."""
    value = 0xFFFF
    for byte in text:
        value ^= byte << 8
        for _ in range(8):
            value = (value << 1 ^ 0x1021 if value & 0x8000 else value << 1) & 0xFFFF
    return value


@dataclass
class Habits:
    """How the board behaves. `faults` is used up, one for each command that is no PING."""

    boot_s: float = 0.0
    silent: bool = False
    wrong_sketch: bool = False
    deaf_to_stop: bool = False
    version: int = 1
    faults: deque[str] = field(default_factory=deque)


@dataclass
class Activation:
    """What an output does until when."""

    id: int
    words: tuple[str, ...]
    until: float


class Board:
    """One board in a thread; `path` is its port."""

    def __init__(self, link: Path, habits: Habits | None = None) -> None:
        self.habits = habits or Habits()
        self.path = str(link)
        self.lines: list[str] = []
        self.seen: list[tuple[float, str]] = []
        self.started: list[tuple[int, tuple[str, ...]]] = []
        self.on: dict[str, Activation] = {}
        self.opened = 0
        self._link = link
        self._lock = threading.Condition()
        self._end = threading.Event()
        self._master = -1
        self.plug()

    # ------------------------------------------------------------------ the hand on the cable

    def plug(self, link: Path | None = None) -> None:
        """Put the cable in, under another name if asked; a board without power has forgotten all."""
        import pty
        import tty

        self._link = link or self._link
        self.path = str(self._link)
        self._master, slave = pty.openpty()
        tty.setraw(slave)
        if self._link.is_symlink():
            self._link.unlink()
        self._link.symlink_to(os.ttyname(slave))
        os.close(slave)
        self._end = threading.Event()
        self._summed, self._taken, self._rest = False, deque[int](maxlen=16), b""
        self.on = {}
        self._heard = time.monotonic()
        self._deaf_until = 0.0
        self._later: list[tuple[float, bytes]] = []
        self._thread = threading.Thread(target=self._run, name="fake board", daemon=True)
        self._thread.start()

    def unplug(self) -> None:
        """Pull the cable out."""
        self._end.set()
        self._thread.join()
        os.close(self._master)
        self._master = -1
        self._link.unlink(missing_ok=True)

    def close(self) -> None:
        """End the board, plugged in or not."""
        if self._master >= 0:
            self.unplug()

    def say(self, raw: bytes) -> None:
        """Let the board say anything."""
        os.write(self._master, raw)

    def wait_for(self, true: Callable[[], object], timeout_s: float = 10.0) -> bool:
        """Wait until `true()`, looked at whenever a line came or an output changed."""
        with self._lock:
            return bool(self._lock.wait_for(true, timeout_s))

    @property
    def resting(self) -> bool:
        """Whether every output is off."""
        return not self.on

    # ------------------------------------------------------------------ the board

    def _run(self) -> None:
        was_open = False
        poll = select.poll()
        poll.register(self._master, select.POLLIN)
        while not self._end.is_set():
            events = poll.poll(2)
            hung_up = any(what & select.POLLHUP for _, what in events)
            if not hung_up and not was_open:
                self._on_opened()
            was_open = not hung_up
            if hung_up:
                self._end.wait(0.001)
            if any(what & select.POLLIN for _, what in events):
                try:
                    data = os.read(self._master, 4096)
                except OSError:
                    data = b""
                self._hear(data)
            self._tick()

    def _on_opened(self) -> None:
        self.opened += 1
        if self.opened == 1 and not self._rest and self.habits.boot_s == 0:
            return
        if self.habits.boot_s:
            self._change(self.on.clear)
            self._summed, self._rest = False, b""
            self._deaf_until = time.monotonic() + self.habits.boot_s

    def _hear(self, data: bytes) -> None:
        if self._deaf_until:
            return
        *lines, self._rest = (self._rest + data).split(b"\n")
        for raw in lines:
            text = raw.rstrip(b"\r").decode("ascii", "replace")
            if text:
                with self._lock:
                    self.lines.append(text)
                    self.seen.append((time.monotonic(), text))
                self._take(text)
                self._change(lambda: None)

    def _tick(self) -> None:
        now = time.monotonic()
        if self._deaf_until and now >= self._deaf_until:
            self._deaf_until = 0.0
            self._say("BOOT fw=9.9")
        if self.on and now - self._heard > LEASE_S:
            self._say("LEASE")
            self._end_all("lease")
        for name, activation in list(self.on.items()):
            if now >= activation.until:
                self._change(functools.partial(self.on.pop, name))
                self._say(f"DONE {activation.id} time")
        for item in [one for one in self._later if one[0] <= now]:
            self._later.remove(item)
            self.say(item[1])

    def _take(self, text: str) -> None:
        if self.habits.silent:
            return
        if self.habits.wrong_sketch:
            self.say(b"Temperature: 21.5 C\r\n\xff\xfe\x00")
            return
        if text.startswith("STOP"):
            self._stop(text)
            return
        body, star, digits = text.rpartition("*")
        summed = bool(star) and len(digits) == 4
        if summed and digits != f"{crc(body.encode()):04X}":
            self._say("ERR 0 sum")
            return
        if self._summed and not summed and not text.startswith("HELLO"):
            self._say("ERR 0 sum")
            return
        self._heard = time.monotonic()
        words = (body if summed else text).split()
        if words[0] == "HELLO":
            self._hello(words)
        else:
            self._command(int(words[0]), tuple(words[1:]))

    def _stop(self, text: str) -> None:
        if self.habits.deaf_to_stop:
            return
        self._heard = time.monotonic()
        self._end_all("stop")
        token = "".join(one for one in text[4:].split("*", maxsplit=1)[0] if one.isdigit()) or "0"
        self._say(f"SAFE {token}")

    def _hello(self, words: list[str]) -> None:
        self._summed = "sum=1" in words
        self._taken.clear()
        self._say(
            f"HELLO v={self.habits.version} board=fake fw=9.9 sum={int(self._summed)} lease=3000 outputs=3"
        )
        for line in _OUTPUTS:
            self._say(line)

    def _command(self, number: int, words: tuple[str, ...]) -> None:
        fault = self.habits.faults.popleft() if words[0] != "PING" and self.habits.faults else ""
        if fault == "deaf":
            return
        again = number in self._taken
        if fault == "refuse":
            self._say(f"ERR {number} range")
            return
        if not again:
            self._taken.append(number)
            self._act(number, words)
        self._answer(fault, number, f"OK {number} again" if again else f"OK {number}")

    def _answer(self, fault: str, number: int, text: str) -> None:
        kind, _, wait = fault.partition(":")
        if kind == "never":
            return
        if kind == "late":
            self._later.append((time.monotonic() + float(wait), self._line(text)))
        elif kind == "twice":
            self._say(text)
            self._say(text)
        elif kind == "wrong":
            self._say(f"OK {number + 1000}")
        elif kind == "half":
            self.say(self._line(text)[:4])
        elif kind == "garbage":
            self.say(b"\x00\xff\xfeOK " + bytes(range(128, 200)) + b"\n" + self._line(text))
        else:
            self._say(text)

    def _act(self, number: int, words: tuple[str, ...]) -> None:
        if words[0] == "PING":
            return
        name = words[1]
        if words[0] == "OFF":
            self._change(lambda: self.on.pop(name, None))
            return
        ms = next(int(one[3:]) for one in words if one.startswith("ms="))
        until = time.monotonic() + ms / 1000
        self.started.append((number, words))
        self._change(lambda: self.on.__setitem__(name, Activation(number, words, until)))

    def _end_all(self, why: str) -> None:
        ended = list(self.on.values())
        self._change(self.on.clear)
        for one in ended:
            self._say(f"DONE {one.id} {why}")

    def _change(self, change: Callable[[], object]) -> None:
        with self._lock:
            change()
            self._lock.notify_all()

    def _line(self, text: str) -> bytes:
        raw = text.encode()
        return raw + (b"*%04X\n" % crc(raw) if self._summed else b"\n")

    def _say(self, text: str) -> None:
        try:
            os.write(self._master, self._line(text))
        except OSError:
            return
