"""OLA, a lighting host that others wrote, as a process of its own with a folder of its own.

One rule: it is told everything by its files, and ended by its own number.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

from tests.ports import free_port

if TYPE_CHECKING:
    from collections.abc import Callable

# Every plug-in that Debian's olad brings; one that is not wanted is told to rest.
PLUGINS = (
    *("artnet", "dummy", "e131", "espnet", "ftdidmx", "gpio", "karate", "kinet", "milinst"),
    *("nanoleaf", "opendmx", "openpixelcontrol", "osc", "pathport", "renard", "sandnet"),
    *("shownet", "spi", "spidmx", "stageprofi", "uartdmx", "usbdmx", "usbserial"),
)


def why_not() -> str:
    """Return why OLA cannot run here, or ""."""
    if not shutil.which("olad"):
        return "needs olad (Debian package ola)"
    if os.geteuid() == 0 and not _nobody():
        return "olad refuses to run as root, and there is no other user"
    return ""


def _nobody() -> str | None:
    import pwd

    names = {one.pw_name for one in pwd.getpwall()}
    return next((name for name in ("daemon", "nobody") if name in names), None)


class Ola:
    """A running olad; `plugins` are its settings by plug-in, `ports` universes by its own names."""

    def __init__(self, plugins: dict[str, dict[str, str]], ports: dict[str, int]) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="ola-"))
        self._write(plugins, ports)
        self._http, rpc = free_port(), free_port()
        self._log = (self.folder / "log").open("wb")
        self._process = subprocess.Popen(
            [
                *("olad", "-c", str(self.folder / "conf"), "-p", str(self._http), "-r", str(rpc)),
                *("-l", "3", "--no-register-with-dns-sd", "-i", "127.0.0.1"),
            ],
            stdout=self._log,
            stderr=subprocess.STDOUT,
            env={"HOME": str(self.folder), "PATH": os.environ["PATH"]},
            user=_nobody() if os.geteuid() == 0 else None,
            extra_groups=[] if os.geteuid() == 0 else None,
        )

    def device(self, path: str, name: str = "ttyUSB0") -> None:
        """Plug a serial device in: a name in the folder where OLA looks for them."""
        Path(path).chmod(0o666)
        (self.folder / "dev" / name).symlink_to(path)

    def levels(self, universe: int) -> list[int]:
        """Return the channels of a universe, [] if OLA does not know it."""
        levels = self._get(f"get_dmx?u={universe}").get("dmx", [])
        return levels if isinstance(levels, list) else []

    def set_levels(self, universe: int, levels: list[int]) -> None:
        """Set the channels of a universe."""
        told = {"u": str(universe), "d": ",".join(str(one) for one in levels)}
        self._get("set_dmx", urllib.parse.urlencode(told).encode())

    def wait_for(
        self, universe: int, true: Callable[[list[int]], bool], timeout_s: float = 30.0
    ) -> list[int]:
        """Block until `true(levels)` of a universe; return the levels as they were last."""
        until = time.monotonic() + timeout_s
        levels: list[int] = []
        while time.monotonic() < until:
            levels = self.levels(universe)
            if true(levels):
                break
            threading.Event().wait(0.05)
        return levels

    def wait_for_log(self, text: str, timeout_s: float = 30.0) -> bool:
        """Block until it wrote something; False when it took too long."""
        until = time.monotonic() + timeout_s
        while text not in self.log() and time.monotonic() < until:
            threading.Event().wait(0.05)
        return text in self.log()

    def log(self) -> str:
        """Return what it wrote."""
        return (self.folder / "log").read_text("utf-8", "replace")

    def close(self) -> None:
        """End the process and forget its folder."""
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(20)
        self._log.close()
        shutil.rmtree(self.folder)

    def _get(self, what: str, body: bytes | None = None) -> dict[str, object]:
        try:
            url = f"http://127.0.0.1:{self._http}/{what}"
            with urllib.request.urlopen(url, body, timeout=5) as answer:
                told = json.loads(answer.read() or b"{}")
                return told if isinstance(told, dict) else {}
        except (OSError, ValueError, urllib.error.URLError):
            return {}

    def _write(self, plugins: dict[str, dict[str, str]], ports: dict[str, int]) -> None:
        for name in ("conf", "dev"):
            (self.folder / name).mkdir()
        for plugin in PLUGINS:
            told = {"enabled": str(plugin in plugins).lower()} | plugins.get(plugin, {})
            lines = "".join(f"{key} = {value}\n" for key, value in told.items())
            lines = lines.replace("FOLDER", str(self.folder))
            (self.folder / "conf" / f"ola-{plugin}.conf").write_text(lines)
        patched = "".join(f"{name} = {universe}\n" for name, universe in ports.items())
        (self.folder / "conf" / "ola-port.conf").write_text(patched)
        for path in (self.folder, *self.folder.rglob("*")):
            path.chmod(0o777 if path.is_dir() else 0o666)
