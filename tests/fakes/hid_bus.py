"""USB relay boards without a port, and the stand-in hidapi that every process meets them by.

One rule: written from what others' programs send and read (usbrelay, libsigrok), not from ours.
"""

from __future__ import annotations

import json
import os
import socketserver
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.fakes.hidapi.hidraw import BUS

if TYPE_CHECKING:
    from collections.abc import Callable

_FOLDER = str(Path(__file__).parent / "hidapi")
_NAMES = ("hid", "hidraw")


class RelayBoard:
    """One board. `way` is how its firmware tells: "plain", "numbered" (report 1), or "never"."""

    def __init__(self, path: str, channels: int, serial: str, way: str) -> None:
        self.path, self.channels, self.way = path, channels, way
        self.serial = serial
        self.product = f"USBRelay{channels}"
        self.closed: set[int] = set()
        self.heard: list[bytes] = []
        self.there = True
        self.stuck = False
        self.locked = False

    def take(self, report: bytes) -> int:
        """Obey a feature report; return what sending it results in."""
        if not self.there or len(report) != 9 or report[0] != 0:
            return -1
        self.heard.append(report)
        if self.stuck:
            return len(report)
        command, channel = report[1], report[2]
        every = set(range(1, self.channels + 1))
        if command == 0xFE:
            self.closed = every
        elif command == 0xFC:
            self.closed = set()
        elif command == 0xFF and channel in every:
            self.closed.add(channel)
        elif command == 0xFD:
            self.closed.discard(channel)
        return len(report)

    def tell(self, number: int) -> bytes | None:
        """Return what the board tells of itself, None if there is no such report."""
        wanted = {"plain": 0, "numbered": 1}.get(self.way)
        if not self.there or number != wanted:
            return None
        bits = sum(1 << one - 1 for one in self.closed)
        told = b"BITFT\0\0" + bytes([bits])
        return told if number else b"\0" + told


class HidBus:
    """Boards, and other things, for all processes that are started while it lives."""

    def __init__(self) -> None:
        self.boards: list[RelayBoard] = []
        self.others: list[dict[str, Any]] = []
        self._news = threading.Condition()
        bus = self

        class Link(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                bus._serve(self)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Link)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.01,), name="hid bus"
        )
        self._thread.start()
        self._kept = {name: sys.modules.pop(name, None) for name in _NAMES}
        self._environ = {name: os.environ.get(name) for name in (BUS, "PYTHONPATH")}
        sys.path.insert(0, _FOLDER)
        host, port = self._server.server_address[:2]
        os.environ[BUS] = f"{host!s}:{port}"
        paths = (_FOLDER, self._environ["PYTHONPATH"])
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, paths))

    def plug(self, channels: int = 2, *, serial: str = "", way: str = "plain") -> RelayBoard:
        """Plug a board in."""
        board = RelayBoard(f"/dev/hidraw{len(self.boards)}", channels, serial, way)
        self.boards.append(board)
        return board

    def unplug(self, board: RelayBoard) -> None:
        """Pull a board out; its contacts stay as they are."""
        with self._news:
            board.there = False

    def wait_for(self, true: Callable[[], bool], timeout_s: float = 10.0) -> bool:
        """Block until something is true of the boards; False when it took too long."""
        with self._news:
            return self._news.wait_for(true, timeout_s)

    def close(self) -> None:
        """End, and give the real hidapi its place back; may be called again."""
        if _FOLDER not in sys.path:
            return
        sys.path.remove(_FOLDER)
        for name, module in self._kept.items():
            sys.modules.pop(name, None)
            if module is not None:
                sys.modules[name] = module
        for name, value in self._environ.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)

    def _serve(self, link: socketserver.StreamRequestHandler) -> None:
        board: RelayBoard | None = None
        for line in link.rfile:
            asked = json.loads(line)
            with self._news:
                if asked["do"] == "open":
                    board = self._found(asked["path"])
                answer = self._answer(board, asked)
                self._news.notify_all()
            link.wfile.write(json.dumps(answer).encode() + b"\n")

    def _found(self, path: str) -> RelayBoard | None:
        fit = (one for one in self.boards if one.path == path and one.there and not one.locked)
        return next(fit, None)

    def _answer(self, board: RelayBoard | None, asked: dict[str, Any]) -> Any:
        if asked["do"] == "list":
            return [self._listed(one) for one in self.boards if one.there] + self.others
        if board is None:
            return False
        if asked["do"] == "feature":
            return board.take(bytes.fromhex(asked["data"]))
        if asked["do"] == "get":
            told = board.tell(asked["number"])
            return None if told is None else told.hex()
        return board.there

    def _listed(self, board: RelayBoard) -> dict[str, Any]:
        return {
            "path": board.path,
            "vendor_id": 0x16C0,
            "product_id": 0x05DF,
            "serial_number": board.serial,
            "release_number": 0x0100,
            "manufacturer_string": "www.dcttech.com",
            "product_string": board.product,
            "usage_page": 0xFF00,
            "usage": 1,
            "interface_number": 0,
        }
