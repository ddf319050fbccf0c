"""An OpenShock hub behind a pseudo terminal.

One rule: as its firmware reads and answers lines; it also repeats what was said, as a terminal.
"""

from __future__ import annotations

import json

from tests.fakes.shockers import ShockerBox

_MODELS = {"caixianlin", "petrainer", "petrainer998dr", "wellturnt330", "d80"}
_TYPES = {"shock", "vibrate", "sound", "stop"}
_CLEAR = b"\r\x1b[K> "


class OpenShockHub(ShockerBox):
    """One hub. `mute` answers are swallowed, `late` ones wait for the next command.

    `latched`: its own emergency stop was pressed.
    """

    def __init__(self) -> None:
        self.mute = 0
        self.twice = False
        self.latched = False
        super().__init__()

    def take(self, data: bytes) -> bytes:
        """Carry out every whole line."""
        *lines, rest = data.replace(b"\r", b"\n").split(b"\n")
        for line in filter(None, lines):
            self.say(_CLEAR + line + b"\n")
            command, _, argument = line.partition(b" ")
            if command == b"rftransmit":
                self._answer(self._transmit(argument))
            elif command == b"rftxpin":
                self._answer("Response|RmtPin|15")
            else:
                self._answer(f'Error|Command "{command.decode()}" not found')
        return rest

    def _answer(self, text: str) -> None:
        if self.mute:
            self.mute -= 1
            return
        self.say(f"$SYS$|{text}\n".encode() * (2 if self.twice else 1))

    def _transmit(self, argument: bytes) -> str:
        try:
            told = json.loads(argument)
        except ValueError:
            return "Error|Failed to parse JSON"
        whole = (
            told.get("model") in _MODELS
            and told.get("type") in _TYPES
            and 0 <= told.get("id", -1) <= 65535
            and 0 <= told.get("intensity", -1) <= 255
            and 0 <= told.get("durationMs", -1) <= 65535
        )
        if not whole:
            return "Error|Failed to parse shocker command"
        if self.latched:
            return "Error|Failed to send command"
        if told["type"] == "stop":
            self.end(told["id"])
        else:
            # The radio knows no more than 99.
            self.begin(told["id"], told["type"], min(99, told["intensity"]), told["durationMs"])
        return "Success|Command sent"
