"""A program that understands OSC, on the server of python-osc, which others wrote.

One rule: what arrives is what their parser made of it.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class OscProgram:
    """Listens on a port; `state` is the newest of every address, `heard` all of it."""

    def __init__(self) -> None:
        from pythonosc.dispatcher import Dispatcher
        from pythonosc.osc_server import BlockingOSCUDPServer

        self.state: dict[str, tuple[object, ...]] = {}
        self.heard: list[tuple[str, tuple[object, ...]]] = []
        self._news = threading.Condition()
        dispatcher = Dispatcher()
        dispatcher.set_default_handler(self._take)
        self._server = BlockingOSCUDPServer(("127.0.0.1", 0), dispatcher)
        self.port: int = self._server.server_address[1]
        self._ended = False
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.01,), name="osc program"
        )
        self._thread.start()

    @property
    def resting(self) -> bool:
        """Whether everything it was told is off."""
        return not any(any(values) for values in self.state.values())

    def wait_for(self, true: Callable[[], bool], timeout_s: float = 10.0) -> bool:
        """Block until something is true of this program; False when it took too long."""
        with self._news:
            return self._news.wait_for(true, timeout_s)

    def close(self) -> None:
        """End; may be called again."""
        if not self._ended:
            self._ended = True
            self._server.shutdown()
            self._server.server_close()
            self._thread.join(10)

    def _take(self, address: str, *values: object) -> None:
        with self._news:
            self.state[address] = values
            self.heard.append((address, values))
            self._news.notify_all()
