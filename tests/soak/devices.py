"""Twenty devices of many ways for one run: their far ends, and how each is taken away and given back.

One rule: `away` and `back` are a hand on a cable or a plug, never a word to the program.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.drivers.transports.test_mqtt import MOSQUITTO, Broker
from tests.fakes import home_assistant, net_cable
from tests.fakes.dmx_box import ArtNetBox
from tests.fakes.firmware.board import Board
from tests.fakes.modbus_board import ModbusBoard
from tests.fakes.net_cable import NetCable
from tests.fakes.own_device import OwnNetDevice
from tests.fakes.relay_board import RelayBoard
from tests.fakes.tasmota import Tasmota

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = "127.0.0.1"
RELAY = {"name": "Relay", "kind": "switch", "load": "harmless"}
LINES = {**RELAY, "on": "REL 1", "off": "REL 0"}
REQUESTS = {**RELAY, "on": "GET /REL/1", "off": "GET /REL/0"}


@dataclass
class Thing:
    """One device. `away` and `back` are None where nobody can take it away; `mute` loses packets."""

    driver: str
    output: str
    settings: dict[str, Any]
    resting: Callable[[], bool]
    close: Callable[[], None]
    away: Callable[[], None] | None = None
    back: Callable[[], None] | None = None
    mute: Callable[[], None] | None = None
    id: str = ""
    gone: bool = False


class Devices:
    """All of them. The broker is one that others wrote; it can be ended and begun again."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="gw-soak")
        place = Path(self._folder.name)
        self._ends: list[Callable[[], None]] = []
        self._plugs: list[Tasmota] = []
        self.broker = Broker(place) if MOSQUITTO else None
        makers = [self._lease] * 4 + [self._deaf] * 3 + [self._asked] * 2 + [self._tcp] * 3
        makers += [self._http] * 2 + [self._house] * 2 + [self._artnet]
        makers += [self._plug] * 3 if self.broker else [self._lease] * 3
        self.things = [make(place / str(number)) for number, make in enumerate(makers)]
        for number, thing in enumerate(self.things):
            thing.id = f"d{number}"

    def close(self) -> None:
        """End all of it."""
        for end in self._ends:
            end()
        for thing in self.things:
            thing.close()
        for one in self._plugs:
            one.close()
        if self.broker is not None:
            self.broker.end()
        self._folder.cleanup()

    def restart_broker(self) -> None:
        """End the broker without a word and begin another, that knows nothing; plugs find it."""
        if self.broker is None:
            return
        self.broker.process.kill()
        self.broker.process.wait(20)
        were = [(one.topic, dict(one.on)) for one in self._plugs]
        for one in self._plugs:
            one.close()
        self.broker.again()
        for number, (topic, on) in enumerate(were):
            # The plug had power all the time: what was on is on.
            self._plugs[number] = Tasmota(self.broker.port, topic=topic)
            self._plugs[number].on.update(on)

    def still_on(self) -> list[str]:
        """Return what is on, by id and driver."""
        return [f"{one.id} {one.driver}" for one in self.things if not one.resting()]

    # ------------------------------------------------------------------ one of each

    def _lease(self, place: Path) -> Thing:
        board = Board(place)
        return Thing(
            "giftwire_line",
            "relay",
            {"port": board.path},
            lambda: board.resting,
            board.close,
            board.unplug,
            board.plug,
        )

    def _deaf(self, _place: Path) -> Thing:
        board = RelayBoard()
        settings = {"port": board.path, "load": "harmless"}
        return Thing("lcus_relay", "relay1", settings, lambda: board.resting, board.close)

    def _asked(self, _place: Path) -> Thing:
        board = ModbusBoard()
        settings = {"port": board.path, "load": "harmless"}
        return Thing("modbus_relay", "relay1", settings, lambda: board.resting, board.close)

    def _artnet(self, _place: Path) -> Thing:
        box = ArtNetBox()
        fixtures = [{"type": "relay", "start": 1}]
        settings = {"host": HERE, "port": box.port, "universe": box.universe, "fixtures": fixtures}
        return Thing("artnet", "relay1", settings, lambda: not any(box.line), box.close)

    def _tcp(self, _place: Path) -> Thing:
        far = OwnNetDevice("tcp")
        cable = self._cable(far.port)
        where = {"way": "tcp", "host": HERE, "host_port": cable.port}
        settings = {**where, "outputs": [LINES], "answer": "OK"}
        return self._on(
            cable, Thing("template", "output1", settings, lambda: far.resting, far.close)
        )

    def _http(self, _place: Path) -> Thing:
        far = OwnNetDevice("http")
        cable = self._cable(far.port)
        where = {"way": "http", "url": f"http://{HERE}:{cable.port}"}
        settings = {**where, "outputs": [REQUESTS], "answer": "OK"}
        return self._on(
            cable, Thing("template", "output1", settings, lambda: far.resting, far.close)
        )

    def _house(self, _place: Path) -> Thing:
        far = home_assistant.HomeAssistant()
        cable = self._cable(far.port)
        settings = {
            "address": f"http://{HERE}:{cable.port}",
            "token": home_assistant.TOKEN,
            "entities": "switch.plug",
        }
        return self._on(
            cable,
            Thing(
                "home_assistant",
                "switch_plug",
                settings,
                lambda: far.things["switch.plug"]["state"] != "on",
                far.close,
            ),
        )

    def _plug(self, _place: Path) -> Thing:
        assert self.broker is not None
        number = len(self._plugs)
        self._plugs.append(Tasmota(self.broker.port, topic=f"plug{number}"))
        cable = self._cable(self.broker.port)
        settings = {"host": HERE, "port": cable.port, "topic": f"plug{number}", "load": "harmless"}
        thing = Thing(
            "mqtt_tasmota", "relay1", settings, lambda: self._plugs[number].resting, _nothing
        )
        return self._on(cable, thing)

    def _cable(self, port: int) -> NetCable:
        cable = NetCable(port)
        # Cables first: what is behind them waits for its links to end.
        self._ends.append(cable.close)
        return cable

    def _on(self, cable: NetCable, thing: Thing) -> Thing:
        thing.away, thing.back = cable.unplug, cable.plug
        if not net_cable.why_not():
            thing.mute = cable.cut
        return thing


def _nothing() -> None:
    """Somebody else ends it."""
