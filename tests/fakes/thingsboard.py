"""A device made for ThingsBoard: pins switched by RPC, values told as telemetry.

One rule: written from thingsboard.io/docs/reference/mqtt-api and its GPIO sample sketch.
"""

from __future__ import annotations

import json

from tests.fakes.mqtt_far import MqttFar


class ThingsBoardDevice(MqttFar):
    """Knows setGpioStatus {"pin", "enabled"} and setValue with a number, or {"value", "ms"}."""

    def __init__(self, port: int, *, prefix: str = "v1/devices/me") -> None:
        self.prefix = prefix
        self.fail = ""
        self.filters = (f"{prefix}/rpc/request/+",)
        super().__init__(port)

    def begin(self) -> None:
        self.say(f"{self.prefix}/telemetry", {"temperature": 20.5})

    def take(self, topic: str, text: str) -> None:
        asked = json.loads(text)
        params, answer = asked["params"], topic.replace("request", "response")
        if self.fail:
            self.say(answer, {"error": self.fail})
            return
        if asked["method"] == "setGpioStatus":
            self.on[str(params["pin"])] = params["enabled"]
        elif asked["method"] == "setValue":
            value = params["value"] if isinstance(params, dict) else params
            self.on["value"] = value not in (0, False, "off", "#000000")
            if isinstance(params, dict) and params.get("ms"):
                self.after(params["ms"] / 1000, self.end)
        self.say(answer, {name: bool(on) for name, on in self.on.items()})
        self.tell()

    def end(self) -> None:
        """Go off by itself."""
        self.on["value"] = False
        self.tell()

    def tell(self) -> None:
        """Tell the state of everything."""
        values = {f"out_{name}": bool(on) for name, on in self.on.items()}
        self.say(
            f"{self.prefix}/telemetry",
            [{"ts": 1, "values": {"temperature": 21}}, {"ts": 2, "values": values}],
        )
