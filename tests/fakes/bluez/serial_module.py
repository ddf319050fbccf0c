"""A Bluetooth module on a board's serial pins: what is written comes out there, and back.

One rule: like the real one it cuts what the board says into pieces as small as the radio takes.
Sources: Nordic's "Nordic UART Service" (nRF Connect SDK, NUS), the HM-10 module's data sheet.
"""

from __future__ import annotations

import contextlib
import os
import threading
from typing import TYPE_CHECKING

from tests.fakes.bluez.gadget import WRITE, Characteristic, Gadget

if TYPE_CHECKING:
    from tests.fakes.bluez.daemon import Bluez

NUS, RX, TX = (f"6e40000{n}-b5a3-f393-e0a9-e50e24dcca9e" for n in (1, 2, 3))


class SerialModule(Gadget):
    """A module in front of the board at `port`; close it before the board."""

    def __init__(
        self, bluez: Bluez, port: str, *, hm10: bool = False, name: str = "Giftwire ESP32"
    ) -> None:
        if hm10:
            both = Characteristic("ffe1", ("read", "write-without-response", "notify"))
            services, self._out, self._in = {"ffe0": [both]}, both.uuid, both.uuid
        else:
            values = [Characteristic(RX, WRITE), Characteristic(TX, ("notify",))]
            services, self._out, self._in = {NUS: values}, TX, RX
        super().__init__("24:0A:C4:00:00:01", name, services)
        import tty

        self._bluez = bluez
        self._port = os.open(port, os.O_RDWR | os.O_NOCTTY)
        tty.setraw(self._port)
        self._ended = False
        self._wake, self._waker = os.pipe()
        self._thread = threading.Thread(target=self._listen, name="serial module")
        self._thread.start()

    def took(self, uuid: str, data: bytes) -> None:
        """Send it on to the board."""
        if uuid == self._in and not self._ended:
            os.write(self._port, data)

    def close(self) -> None:
        """Take it off the board; may be called again."""
        if self._ended:
            return
        self._ended = True
        os.write(self._waker, b"x")
        self._thread.join(10)
        for one in (self._port, self._wake, self._waker):
            os.close(one)

    def _listen(self) -> None:
        import select

        poll = select.poll()
        poll.register(self._port, select.POLLIN)
        poll.register(self._wake, select.POLLIN)
        with contextlib.suppress(OSError):
            while not self._ended:
                for source, _ in poll.poll():
                    if source == self._port:
                        self._say(os.read(self._port, 4096))

    def _say(self, data: bytes) -> None:
        size = self.mtu - 3
        for start in range(0, len(data), size):
            self._bluez.call(self.notify, self._out, data[start : start + size])
