"""What `import hidraw` finds when the stand-in is on the path.

One rule: results as hidapi 0.15 gives them: -1 of a failed write, OSError of a failed read.
"""

from __future__ import annotations

import json
import os
import socket
from typing import Any

BUS = "GIFTWIRE_STAND_IN_HID"


def _ask(link: socket.socket, **question: object) -> Any:
    link.sendall(json.dumps(question).encode() + b"\n")
    answer = b""
    while not answer.endswith(b"\n"):
        more = link.recv(4096)
        if not more:
            raise OSError("the bus is gone")
        answer += more
    return json.loads(answer)


def _bus() -> socket.socket:
    host, _, port = os.environ[BUS].partition(":")
    return socket.create_connection((host, int(port)), timeout=10)


def enumerate(vendor_id: int = 0, product_id: int = 0) -> list[dict[str, Any]]:  # noqa: A001 - hidapi's own name
    """Return a list of discovered HID devices."""
    with _bus() as link:
        listed = _ask(link, do="list")
    found = [{**one, "path": one["path"].encode()} for one in listed]
    return [
        one
        for one in found
        if vendor_id in (0, one["vendor_id"]) and product_id in (0, one["product_id"])
    ]


class device:  # noqa: N801 - hidapi's own name
    """One device."""

    def __init__(self) -> None:
        self._link: socket.socket | None = None

    def open_path(self, path: bytes) -> None:
        """Open connection by path."""
        link = _bus()
        if not _ask(link, do="open", path=path.decode()):
            link.close()
            raise OSError("open failed")
        self._link = link

    def close(self) -> None:
        """Close connection."""
        if self._link is not None:
            self._link.close()
            self._link = None

    def send_feature_report(self, buff: bytes) -> int:
        """Send a feature report; -1 if it fails."""
        return int(self._asked(do="feature", data=bytes(buff).hex()))

    def write(self, buff: bytes) -> int:
        """Send an output report; -1 if it fails."""
        return int(self._asked(do="output", data=bytes(buff).hex()))

    def get_feature_report(self, report_num: int, max_length: int) -> list[int]:
        """Receive a feature report."""
        answer = self._asked(do="get", number=report_num)
        if answer is None:
            raise OSError("read error")
        return list(bytes.fromhex(answer))[:max_length]

    def read(self, max_length: int, timeout_ms: int = 0) -> list[int]:
        """Return what the device sent unasked: nothing."""
        del max_length, timeout_ms
        if not self._asked(do="there"):
            raise OSError("read error")
        return []

    def error(self) -> str:
        """Get error from device."""
        return "Broken pipe"

    def _asked(self, **question: object) -> Any:
        if self._link is None:
            raise ValueError("not open")
        return _ask(self._link, **question)
