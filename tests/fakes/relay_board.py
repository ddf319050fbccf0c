"""A relay board behind a pseudo terminal: switches by LCUS frames, or the two words of an E-3.

One rule: written from the makers' sheets alone; a frame whose sum is wrong switches nothing.
"""

from __future__ import annotations

from tests.fakes.far_end import FarEnd

_FRAME = 4
_HEAD = 0xA0
_ASKED = 0xFF
_E3_ON, _E3_OFF = 0xAA, 0xBB


class RelayBoard(FarEnd):
    """One board; `closed` holds the channels whose contact is closed.

    Asked with FF it says nothing, or `tells` its state in "lines" or "bytes".
    """

    def __init__(self, *, tells: str = "", relays: int = 4, e3: bool = False) -> None:
        self.closed: set[int] = set()
        self.stuck: set[int] = set()
        self._tells, self._relays, self._e3 = tells, relays, e3
        super().__init__()

    @property
    def resting(self) -> bool:
        """Whether every contact is open."""
        return not self.closed

    def take(self, data: bytes) -> bytes:
        """Switch by every whole frame."""
        if self._e3:
            for word in data:
                if word in (_E3_ON, _E3_OFF):
                    self._switch(1, on=word == _E3_ON)
            return b""
        while data:
            if data[0] == _ASKED:
                self._tell()
            if data[0] != _HEAD:
                data = data[1:]
                continue
            if len(data) < _FRAME:
                break
            head, channel, op, check = data[:_FRAME]
            whole = (head + channel + op) & 0xFF == check
            data = data[_FRAME if whole else 1 :]
            if whole:
                self._switch(channel, on=bool(op))
        return data

    def _switch(self, channel: int, *, on: bool) -> None:
        if channel in self.stuck:
            return
        if on:
            self.closed.add(channel)
        else:
            self.closed.discard(channel)

    def _tell(self) -> None:
        states = [number in self.closed for number in range(1, self._relays + 1)]
        if self._tells == "bytes":
            self.say(bytes(states))
        elif self._tells == "lines":
            for number, on in enumerate(states, start=1):
                self.say(f"CH{number}:{'ON' if on else 'OFF'} \r\n".encode())
