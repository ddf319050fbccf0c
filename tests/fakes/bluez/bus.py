"""A message bus of our own that programs take for the system's.

One rule: no rights are needed, and the environment is as before when it is closed.
"""

from __future__ import annotations

import contextlib
import functools
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

_VARIABLE = "DBUS_SYSTEM_BUS_ADDRESS"
_CONFIG = """<busconfig>
  <type>session</type>
  <listen>unix:tmpdir={folder}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*"/>
    <allow own="*"/>
    <allow eavesdrop="true"/>
  </policy>
</busconfig>
"""


@functools.cache
def why_not() -> str:
    """Return why there can be no such bus here, or ""."""
    if sys.platform != "linux":
        return "BlueZ is Linux's"
    if importlib.util.find_spec("dbus_fast") is None:
        return "dbus-fast is not installed"
    return "" if shutil.which("dbus-daemon") else "dbus-daemon is not installed"


class PrivateBus:
    """A bus from construction to `close`; `address` is where programs find it."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="giftwire-bus-")
        config = Path(self._folder.name) / "bus.conf"
        config.write_text(_CONFIG.format(folder=self._folder.name), "utf-8")
        command = ["dbus-daemon", "--nofork", "--print-address=1", f"--config-file={config}"]
        # It complains of limits that only root's own bus may lift.
        self._daemon = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self._daemon.stdout is not None
        self.address = self._daemon.stdout.readline().strip()
        self._before = os.environ.get(_VARIABLE)
        os.environ[_VARIABLE] = self.address

    def kill(self) -> None:
        """End the bus under everybody who uses it."""
        self._daemon.kill()
        self._daemon.wait()

    def close(self) -> None:
        """End the bus; may be called after `kill`."""
        self.kill()
        if self._daemon.stdout is not None:
            self._daemon.stdout.close()
        if self._before is None:
            os.environ.pop(_VARIABLE, None)
        else:
            os.environ[_VARIABLE] = self._before
        with contextlib.suppress(OSError):
            self._folder.cleanup()
