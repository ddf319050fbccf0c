"""A Tasmota plug at a broker: relays, a light, TimedPower and PulseTime.

One rule: written from tasmota.github.io (Commands, MQTT) and support_command.ino; it answers a
query and a command alike, on stat/RESULT and, for power, on stat/POWER<n> too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.fakes.mqtt_far import MqttFar

if TYPE_CHECKING:
    import threading

_UNKNOWN = {"Command": "Unknown"}


class Tasmota(MqttFar):
    """`relays` relays, the last one a lamp with `light` "rgb" or "dimmer"."""

    def __init__(
        self,
        port: int,
        *,
        topic: str = "plug",
        relays: int = 1,
        timed: bool = True,
        light: str = "",
        full: str = "%prefix%/%topic%/",
        echoes: bool = True,
    ) -> None:
        self.topic = topic
        self.relays = relays
        self.light = light
        self.colour = "FFFFFF"
        self.dimmer = 100
        self.power_on_state = 3
        self.pulse: dict[int, int] = {}
        self.echoes = echoes
        self._timed = timed
        self._ends: dict[int, threading.Timer] = {}
        self._full = full
        self.filters = (self.at("cmnd", "#"),)
        super().__init__(port, (self.at("tele", "LWT"), "Offline"))

    def at(self, prefix: str, name: str) -> str:
        """Return the topic of a name."""
        return self._full.replace("%prefix%", prefix).replace("%topic%", self.topic) + name

    def begin(self) -> None:
        self.say(self.at("tele", "LWT"), "Online", retain=True)

    def take(self, topic: str, text: str) -> None:
        found = re.fullmatch(r"([a-z]+)(\d*)", topic.rsplit("/", 1)[-1].lower())
        if found is None:
            return
        name, index = found[1], found[2]
        commands = {
            "power": self._power,
            "timedpower": self._timed_power,
            "pulsetime": self._pulse_time,
            "status": self._status,
            "poweronstate": self._power_on_state,
            "color": self._color,
            "dimmer": self._dim,
            "publish": self._publish,
        }
        do = commands.get(name)
        if do is None or (name == "timedpower" and not self._timed):
            self._result(_UNKNOWN)
        else:
            do(index, text.strip())

    def set(self, relay: int, *, on: bool) -> None:
        """Switch a relay, by a command or by the button on the plug."""
        self.on[str(relay)] = on
        name = "POWER" if self.relays == 1 else f"POWER{relay}"
        word = "ON" if on else "OFF"
        self._result({name: word})
        self.say(self.at("stat", name), word)
        if on and (pulse := self.pulse.get(relay)):
            wait_s = pulse / 10 if pulse < 112 else pulse - 100
            self._end_later(relay, wait_s)

    def _power(self, index: str, text: str) -> None:
        relays = range(1, self.relays + 1) if index == "0" else [int(index or 1)]
        for relay in relays:
            word = text.upper()
            on = word in ("ON", "1") if word in ("ON", "1", "OFF", "0") else self.on.get(str(relay))
            self.set(relay, on=bool(on))

    def _timed_power(self, index: str, text: str) -> None:
        if not index and not text:
            self._result({"TimedPower": "Empty"})
            return
        parts = [one.strip() for one in text.split(",")]
        relay = int(index or 1)
        assert parts[1:] in ([], ["ON"], ["1"])
        self._end_later(relay, max(50, int(parts[0])) / 1000)
        self.set(relay, on=True)

    def _end_later(self, relay: int, wait_s: float) -> None:
        if relay in self._ends:
            self._ends[relay].cancel()
        self._ends[relay] = self.after(wait_s, lambda: self.set(relay, on=False))

    def _pulse_time(self, index: str, text: str) -> None:
        self.pulse[int(index or 1)] = int(text)
        self._result({f"PulseTime{index}": {"Set": int(text), "Remaining": int(text)}})

    def _power_on_state(self, _index: str, text: str) -> None:
        self.power_on_state = int(text)
        self._result({"PowerOnState": int(text)})

    def _publish(self, _index: str, text: str) -> None:
        if not self.echoes:
            self._result(_UNKNOWN)
            return
        topic, _, said = text.partition(" ")
        self.say(topic, said)
        self._result({"Publish": "Done"})

    def _color(self, _index: str, text: str) -> None:
        self.colour = text.removeprefix("#")
        self._lamp({"Color": self.colour})

    def _dim(self, _index: str, text: str) -> None:
        self.dimmer = int(text)
        self._lamp({"Dimmer": self.dimmer})

    def _lamp(self, said: dict[str, Any]) -> None:
        self.on[str(self.relays)] = True
        name = "POWER" if self.relays == 1 else f"POWER{self.relays}"
        self._result({name: "ON", **said})

    def _status(self, _index: str, text: str) -> None:
        if text == "2":
            said = {"StatusFWR": {"Version": "15.1.0(tasmota)", "Hardware": "ESP8266EX"}}
            self.say(self.at("stat", "STATUS2"), said)
        if text == "11":
            powers: dict[str, Any] = {
                "POWER" if self.relays == 1 else f"POWER{relay}": (
                    "ON" if self.on.get(str(relay)) else "OFF"
                )
                for relay in range(1, self.relays + 1)
            }
            if self.light:
                powers["Dimmer"] = self.dimmer
            if self.light == "rgb":
                powers |= {"Color": self.colour, "HSBColor": "0,0,100"}
            time = {"Time": "2026-11-21T10:00:00", "Uptime": "0T00:10:11"}
            self.say(self.at("stat", "STATUS11"), {"StatusSTS": time | powers})

    def _result(self, said: dict[str, Any]) -> None:
        self.say(self.at("stat", "RESULT"), said)
