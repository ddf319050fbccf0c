"""Shellys at a broker: one of the first generation, one that speaks JSON-RPC.

One rule: written from shelly-api-docs.shelly.cloud; what did not change is not told.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.fakes.mqtt_far import MqttFar

if TYPE_CHECKING:
    import threading

_METHODS = {"Switch.Set": "switch", "Light.Set": "light", "RGB.Set": "rgb", "RGBW.Set": "rgbw"}
_NO_METHOD, _BAD_ARGUMENT = 404, -103


class OldShelly(MqttFar):
    """The first generation: shellies/<id>/relay/<n>."""

    def __init__(
        self, port: int, *, topic: str = "shellies/shelly1-A1B2C3", relays: int = 1
    ) -> None:
        self.topic = topic
        self.on = {str(relay): False for relay in range(relays)}
        self._start = dict(self.on)
        self.filters = (f"{topic}/relay/+/command", f"{topic}/command", "shellies/command")
        super().__init__(port, (f"{topic}/online", "false"))

    def begin(self) -> None:
        self.on = dict(self._start)
        self.say(f"{self.topic}/online", "true", retain=True)

    def take(self, topic: str, text: str) -> None:
        if topic.endswith("/relay/0/command") or "/relay/" in topic:
            self.set(topic.split("/")[-2], on=text == "on")
        elif text == "update":
            for relay in self.on:
                self._tell(relay)

    def set(self, relay: str, *, on: bool) -> None:
        """Switch a relay, by a command or by hand."""
        changed = self.on.get(relay) != on
        self.on[relay] = on
        if changed:
            self._tell(relay)

    def _tell(self, relay: str) -> None:
        self.say(f"{self.topic}/relay/{relay}", "on" if self.on[relay] else "off")


class Shelly(MqttFar):
    """Later generations: JSON-RPC, NotifyStatus, timers that flip back."""

    def __init__(
        self,
        port: int,
        *,
        topic: str = "shellyplus1-a1b2c3",
        parts: tuple[str, ...] = ("switch:0",),
    ) -> None:
        self.topic = topic
        self.looks: dict[str, dict[str, Any]] = {}
        self.refuse = False
        self._parts = parts
        self._timers_of: dict[str, threading.Timer] = {}
        self.filters = (f"{topic}/rpc", f"{topic}/command")
        super().__init__(port, (f"{topic}/online", "false"))

    def begin(self) -> None:
        self.on = dict.fromkeys(self._parts, False)
        self.say(f"{self.topic}/online", "true", retain=True)

    def take(self, topic: str, text: str) -> None:
        if not topic.endswith("/rpc"):
            return
        asked = json.loads(text)
        params = asked.get("params", {})
        answer = {"id": asked["id"], "src": self.topic, "dst": asked["src"]}
        method = asked["method"]
        if method == "Shelly.GetDeviceInfo":
            told = {"id": self.topic, "model": "SNSW-001X16EU", "gen": 2, "ver": "1.4.4"}
            answer["result"] = {**told, "app": "Plus1"}
        elif method == "Shelly.GetStatus":
            answer["result"] = {"sys": {}, **{one: self._status(one) for one in self.on}}
        elif self.refuse or f"{_METHODS.get(method)}:{params.get('id')}" not in self.on:
            answer["error"] = {"code": _BAD_ARGUMENT, "message": "bad argument"}
        else:
            part = f"{_METHODS[method]}:{params['id']}"
            answer["result"] = {"was_on": self.on[part]}
            self.say(f"{asked['src']}/rpc", answer)
            self._set(part, params)
            return
        self.say(f"{asked['src']}/rpc", answer)

    def set(self, part: str, *, on: bool) -> None:
        """Switch one, by a command, its clock or by hand."""
        changed = self.on[part] != on
        self.on[part] = on
        if changed:
            told = {"ts": 1.0, part: {"id": int(part[-1]), "output": on, "source": "MQTT"}}
            said = {"src": self.topic, "method": "NotifyStatus", "params": told}
            self.say(f"{self.topic}/events/rpc", said)

    def _set(self, part: str, params: dict[str, Any]) -> None:
        if (timer := self._timers_of.pop(part, None)) is not None:
            timer.cancel()
        self.looks[part] = params
        self.set(part, on=params["on"])
        if after := params.get("toggle_after"):
            back = not params["on"]
            self._timers_of[part] = self.after(after, lambda: self.set(part, on=back))

    def _status(self, part: str) -> dict[str, Any]:
        return {"id": int(part[-1]), "source": "init", "output": self.on[part], "apower": 3.5}
