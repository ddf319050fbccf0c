"""The gadgets of the tests: light strips, a value that can be switched, a battery.

One rule: each is written from the document its class names.
"""

from __future__ import annotations

from tests.fakes.bluez.gadget import WRITE, Characteristic, Gadget, full

_ELK, _STATUS = 9, bytes.fromhex("ef0177")
_ON, _OFF = 0x23, 0x24


class ElkStrip(Gadget):
    """ELK-BLEDOM. Source: linuxthings.co.uk and arduino12/ble_rgb_led_strip_controller."""

    def __init__(self, address: str = "BE:58:00:01:02:03", name: str = "ELK-BLEDOM") -> None:
        values = [Characteristic("fff3", WRITE), Characteristic("fff4", ("notify",))]
        super().__init__(address, name, {"fff0": values})
        self.on = False
        self.rgb = (255, 255, 255)

    @property
    def resting(self) -> bool:
        """Whether it is dark."""
        return not (self.on and any(self.rgb))

    def took(self, uuid: str, data: bytes) -> None:
        """Understand one frame of nine bytes."""
        if len(data) != _ELK or data[0] != 0x7E or data[-1] != 0xEF:
            return
        if data[2:4] == b"\x05\x03":
            self.rgb = (data[4], data[5], data[6])
        elif data[2] == 0x04:
            self.on = bool(data[3])


class TrionesStrip(Gadget):
    """Triones, or with other places for its values Zengge. Source: madhead/saberlight."""

    def __init__(
        self, address: str = "FF:FF:00:00:81:19", name: str = "Triones-FFFF00008119"
    ) -> None:
        zengge = not name.startswith("Triones")
        self._ask, self._tell = ("ffe9", "ffe4") if zengge else ("ffd9", "ffd4")
        one = Characteristic(self._ask, ("write-without-response",))
        other = Characteristic(self._tell, ("notify",))
        places = ("ffe5", "ffe0") if zengge else ("ffd5", "ffd0")
        super().__init__(address, name, {places[0]: [one], places[1]: [other]})
        self.on = False
        self.rgb = (255, 255, 255)
        self.mute = False

    @property
    def resting(self) -> bool:
        """Whether it is dark."""
        return not (self.on and any(self.rgb))

    def took(self, uuid: str, data: bytes) -> None:
        """Understand power, colour and the question for its state."""
        if uuid != full(self._ask):
            return
        if len(data) == 3 and data[0] == 0xCC and data[2] == 0x33:
            self.on = data[1] == _ON
        elif len(data) == 7 and data[0] == 0x56 and data[5:] == b"\xf0\xaa":
            self.rgb = (data[1], data[2], data[3])
        elif data == _STATUS and not self.mute:
            power = _ON if self.on else _OFF
            state = bytes([0x66, 0x15, power, 0x41, 0x20, 0, *self.rgb, 0, 0x06, 0x99])
            self.notify(self._tell, state)


class Switchable(Gadget):
    """A value that is on or off, and a battery (Bluetooth SIG: service 180F, value 2A19)."""

    PLACE = "12345678-0000-4000-8000-000000000001"

    def __init__(self, address: str = "AA:BB:CC:00:00:02", name: str = "Desk gadget") -> None:
        self.output = Characteristic(self.PLACE, WRITE)
        self.battery = Characteristic("2a19", ("read", "notify"), b"\x5a")
        own = "12345678-0000-4000-8000-000000000000"
        super().__init__(
            address, name, {own: [self.output], "180f": [self.battery]}, advertised=("180f",)
        )
        self.shown = b"\x00"

    @property
    def resting(self) -> bool:
        """Whether nothing but zeros was written last."""
        return not any(self.shown)

    def took(self, uuid: str, data: bytes) -> None:
        """Show what was written."""
        if uuid == self.PLACE:
            self.shown = data

    def discharge(self, percent: int) -> None:
        """Tell a new charge; in the stand-in's thread only."""
        self.notify("2a19", bytes([percent]))


class Talking(Gadget):
    """Takes "P LEVEL MS" and "L COLOUR MS" as text, answers OK, and ends each by its own clock."""

    def __init__(self, address: str = "AA:BB:CC:00:00:03", name: str = "Talking gadget") -> None:
        both = Characteristic("ffe1", ("write-without-response", "notify"))
        super().__init__(address, name, {"ffe0": [both]}, mtu=64)
        self.on: dict[str, int] = {}
        self.answer = b"OK"

    @property
    def resting(self) -> bool:
        """Whether nothing runs any more."""
        return not self.on

    def took(self, uuid: str, data: bytes) -> None:
        """Understand one command."""
        name, number = data[:1].decode(), len(self.writes)
        _, _, length_ms = data.decode().partition(" ")
        self.on.pop(name, None)
        if int(length_ms):
            self.on[name] = number
            self.later(int(length_ms) / 1000, lambda: self._end(name, number))
        if self.answer:
            self.notify("ffe1", self.answer)

    def _end(self, name: str, number: int) -> None:
        if self.on.get(name) == number:
            del self.on[name]
