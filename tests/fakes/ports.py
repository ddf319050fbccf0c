"""The system's list of serial ports, as tests want it: pyserial's `comports` answers from here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from serial.tools import list_ports
from serial.tools.list_ports_common import ListPortInfo

if TYPE_CHECKING:
    import pytest


class FakePorts:
    """What is plugged in. Use `plug` and `unplug`; thread-safe enough, lists are replaced whole."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.listed: list[ListPortInfo] = []
        self.looks = 0
        monkeypatch.setattr(list_ports, "comports", self._comports)

    def _comports(self, include_links: bool = False) -> list[ListPortInfo]:
        del include_links
        self.looks += 1
        return list(self.listed)

    def plug(
        self,
        path: str,
        *,
        vid: int | None = 0x2341,
        pid: int = 0x0043,
        serial_number: str = "",
        location: str = "1-1:1.0",
        product: str = "Arduino Uno",
    ) -> None:
        """List a port."""
        port = ListPortInfo(path, skip_link_detection=True)
        port.vid = vid
        port.pid = pid if vid is not None else None
        port.serial_number = serial_number or None
        port.location = location or None
        port.product = product
        self.listed = [*self.listed, port]

    def unplug(self, path: str) -> None:
        """List it no longer."""
        self.listed = [one for one in self.listed if one.device != path]
