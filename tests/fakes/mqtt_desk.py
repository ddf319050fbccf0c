"""Something made at home that listens to topics of its own and tells its state, kept by the broker.

One rule: it knows nothing of whoever speaks to it; it tells only what changed.
"""

from __future__ import annotations

import json
import re

from tests.fakes.mqtt_far import MqttFar

_LENGTH = re.compile(r"\b(\d+)ms\b")


class Desk(MqttFar):
    """Listens to desk/<name>/set: OFF, 0 or {"on": false} ends it, all else starts it.

    A text with "250ms" in it ends by itself. Its state is text, or JSON with `nested`.
    """

    def __init__(self, port: int, *, nested: bool = False, silent: bool = False) -> None:
        self._nested = nested
        self._silent = silent
        self.filters = ("desk/+/set",)
        super().__init__(port, ("desk/here", "offline"))

    def begin(self) -> None:
        self.say("desk/here", "online", retain=True)

    def take(self, topic: str, text: str) -> None:
        name = topic.split("/")[1]
        self.set(name, on=text not in ("OFF", "0", '{"on": false}'))
        if length := _LENGTH.search(text):
            self.after(int(length[1]) / 1000, lambda: self.set(name, on=False))

    def set(self, name: str, *, on: bool) -> None:
        """Switch one, by a command or by hand."""
        changed = self.on.get(name, False) != on
        self.on[name] = on
        if changed and not self._silent:
            word = "ON" if on else "OFF"
            said = json.dumps({"outputs": [{"state": word}]}) if self._nested else word
            self.say(f"desk/{name}/state", said)
