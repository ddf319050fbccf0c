"""A screen nobody looks at (Xvfb), whose pixels can be read from a file."""

from __future__ import annotations

import ctypes
import mmap
import os
import shutil
import subprocess
import threading
import time
from pathlib import Path

WIDTH, HEIGHT = 1400, 900
_STEP = 9973  # a prime number of bytes: the samples lie everywhere


def available():
    return shutil.which("Xvfb") is not None


class _ClientMessage(ctypes.Structure):
    """XClientMessageEvent, with room for the rest of the XEvent union."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("rest", ctypes.c_long * 24),
    )


class Screen:
    """One Xvfb. `env` makes a program use it."""

    def __init__(self, folder):
        reader, writer = os.pipe()
        command = ["Xvfb", "-displayfd", str(writer), "-fbdir", str(folder), "-nolisten", "tcp"]
        command += ["-screen", "0", f"{WIDTH}x{HEIGHT}x24"]
        self._process = subprocess.Popen(
            command, pass_fds=(writer,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        os.close(writer)
        with os.fdopen(reader) as end:
            self.display = f":{end.readline().strip()}"
        self.env = {**os.environ, "DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb"}
        with (Path(folder) / "Xvfb_screen0").open("rb") as file:
            self._pixels = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._empty = self.samples()

    def samples(self):
        """Return some bytes of the picture, spread over all of it."""
        return self._pixels[4096::_STEP]

    def painted(self):
        """Say whether something covers a third of the screen."""
        now = self.samples()
        changed = sum(one != other for one, other in zip(now, self._empty, strict=True))
        return changed > len(now) / 3

    def window(self):
        """Return the number of the largest visible window named Giftwire."""
        words = ["xdotool", "search", "--onlyvisible", "--name", "^Giftwire$"]
        found = subprocess.run(words, env=self.env, capture_output=True, text=True, check=False)
        return found.stdout.split()[-1]

    def close_window(self):
        """Click the window's X, as far as the window can tell."""
        window = int(self.window())
        x11 = ctypes.CDLL("libX11.so.6")
        x11.XOpenDisplay.restype = ctypes.c_void_p
        x11.XInternAtom.restype = ctypes.c_ulong
        display = ctypes.c_void_p(x11.XOpenDisplay(self.display.encode()))
        names = (b"WM_PROTOCOLS", b"WM_DELETE_WINDOW")
        protocols, delete = (x11.XInternAtom(display, name, 0) for name in names)
        event = _ClientMessage(33, 0, 1, display, window, protocols, 32, (delete, 0, 0, 0, 0))
        x11.XSendEvent(display, ctypes.c_ulong(window), 0, ctypes.c_long(0), ctypes.byref(event))
        x11.XCloseDisplay(display)

    def until_painted(self, timeout_s=60.0):
        """Wait for the first frame; return `time.perf_counter()` then."""
        end, pause = time.perf_counter() + timeout_s, threading.Event()
        while not self.painted():
            if time.perf_counter() > end:
                raise TimeoutError("no window was painted")
            pause.wait(0.002)  # nothing tells of a changed pixel
        return time.perf_counter()

    def close(self):
        self._pixels.close()
        self._process.terminate()
        self._process.wait(20)
