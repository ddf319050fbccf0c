"""A DMX USB Pro behind a pseudo terminal, with a DMX line that keeps its last frame.

One rule: written from Enttec's specification 1.44 alone; OLA, which others wrote, talks to it too.
"""

from __future__ import annotations

from tests.fakes.far_end import FarEnd

_PARAMETERS, _SEND, _SERIAL, _MAKER, _DEVICE = 3, 6, 10, 77, 78
_FEWEST, _MOST = 25, 513


class EnttecBox(FarEnd):
    """One box. `line` is what is on its channels; `mute` boxes answer nothing."""

    def __init__(self) -> None:
        self.line = bytes(512)
        self.frames: list[bytes] = []
        self.asked: list[int] = []
        self.mute = False
        self.garble = False
        super().__init__()

    @property
    def resting(self) -> bool:
        """Whether every channel is 0."""
        return not any(self.line)

    def take(self, data: bytes) -> bytes:
        """Carry out every whole message; a byte that begins none is skipped."""
        while (at := data.find(0x7E)) >= 0:
            data = data[at:]
            if len(data) < 5:
                return data
            size = data[2] | data[3] << 8
            if size > 600:
                data = data[1:]
                continue
            if len(data) < size + 5:
                return data
            if data[size + 4] != 0xE7:
                data = data[1:]
                continue
            self._carry_out(data[1], data[4 : size + 4])
            data = data[size + 5 :]
        return b""

    def _carry_out(self, label: int, body: bytes) -> None:
        self.asked.append(label)
        if label == _SEND and _FEWEST <= len(body) <= _MOST and body[0] == 0:
            self.frames.append(body[1:])
            self.line = body[1:].ljust(512, b"\x00")
        elif label == _PARAMETERS:
            # Firmware 1.44, break 9 and mark 1 (of 10.67 us), 40 frames a second.
            self._answer(label, bytes([44, 1, 9, 1, 40]))
        elif label == _SERIAL:
            self._answer(label, bytes.fromhex("78563412"))
        elif label == _MAKER:
            self._answer(label, b"\x59\x4bENTTEC\x00")
        elif label == _DEVICE:
            self._answer(label, b"\x01\x00DMX USB PRO\x00")

    def _answer(self, label: int, body: bytes) -> None:
        if self.mute:
            return
        head = bytes([0x7E, label, len(body) & 0xFF, len(body) >> 8])
        self.say(head + body + (b"\x00" if self.garble else b"\xe7"))
