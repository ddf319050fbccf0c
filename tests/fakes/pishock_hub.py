"""A PiShock hub behind a pseudo terminal.

One rule: as its maker's package finds it: it never answers an order, it ignores shockers it does
not know, and what it tells of itself holds the passwords of its Wi-Fi.
"""

from __future__ import annotations

import json
from typing import Any

from tests.fakes.shockers import ShockerBox

PASSWORD = "hunter2-wifi"


class PiShockHub(ShockerBox):
    """One hub with shockers; `mute` hubs tell nothing of themselves, `chatty` ones tell much."""

    def __init__(self, *shockers: int, paused: tuple[int, ...] = ()) -> None:
        self.shockers = shockers
        self.paused = paused
        self.mute = 0
        self.garble = False
        super().__init__()

    def take(self, data: bytes) -> bytes:
        """Carry out every whole line."""
        *lines, rest = data.split(b"\n")
        for line in lines:
            try:
                said = json.loads(line)
            except ValueError:
                self.say(b"[E] no JSON\r\n")
                continue
            if said.get("cmd") == "info":
                self._tell_all()
            elif said.get("cmd") == "operate":
                self._operate(said["value"])
        return rest

    def _operate(self, value: dict[str, Any]) -> None:
        number = value["id"]
        if number not in self.shockers or number in self.paused:
            return
        if value["op"] == "end":
            self.end(number)
        else:
            self.begin(number, value["op"], value.get("intensity", 0), value["duration"])

    def _tell_all(self) -> None:
        if self.mute:
            self.mute -= 1
            return
        told = {
            "version": "3.1.1.231119.1556",
            "type": 4,
            "wifi": "home",
            "shockers": [
                {"id": one, "type": 1, "paused": one in self.paused} for one in self.shockers
            ],
            "networks": [{"ssid": "home", "password": PASSWORD}],
        }
        text = json.dumps(told)[: 40 if self.garble else None]
        self.say(b"[I] a log line of the hub\r\nTERMINALINFO: " + text.encode() + b"\r\n")
