"""What could be added: drivers and known brokers are asked, and no answer holds a secret."""

import json
import logging

import pytest

from app.devices.config import DeviceConfig
from app.devices.discovery import KnownBroker, look_around
from drivers.contract import Cause, DriverError, Found
from drivers.mqtt_shelly import MqttShelly
from drivers.mqtt_tasmota import MqttTasmota
from drivers.simulated import Simulated
from tests.drivers.transports.test_mqtt import Broker, needs_mosquitto
from tests.fakes.mqtt_far import MqttFar
from tests.fakes.tasmota import Tasmota

OWN = KnownBroker({"host": ""}, {"host": "127.0.0.1", "port": 1, "user": "us", "password": "s3c"})
OTHER = KnownBroker(
    {"host": "there", "port": 1883, "user": "u", "tls": False, "any_certificate": False},
    {"host": "there", "port": 1883, "user": "u", "password": "t0p"},
    "there",
)


class Told(MqttTasmota):
    """What a broker told, without one."""

    tells = ({"topic": "plug"},)
    asked: list[str]

    @classmethod
    async def discover_at(cls, broker):
        cls.asked.append(broker["password"])
        return tuple(Found(cls.key, "Plug", "Sonoff", dict(one)) for one in cls.tells)


@pytest.fixture(autouse=True)
def fresh():
    Told.asked = []


def config(**settings):
    return DeviceConfig("d", "D", "mqtt_tasmota", settings)


async def test_every_known_broker_is_asked_and_told_by_its_name():
    own, other = await look_around([Told], [], [OWN, OTHER])
    assert Told.asked == ["s3c", "t0p"]
    assert (own.detail, own.settings) == ("Sonoff", {"host": "", "topic": "plug"})
    assert other.detail == "Sonoff · there"
    assert other.settings["host"] == "there"
    assert "t0p" not in repr((own, other))
    assert "s3c" not in repr((OWN, OTHER))


async def test_the_same_broker_under_another_name_offers_nothing_twice():
    as_other = KnownBroker({**OTHER.settings, "user": "else"}, OTHER.whole, "there")
    assert len(await look_around([Told], [], [OTHER, as_other])) == 1


@pytest.mark.parametrize(
    ("added", "left"),
    [
        ({"topic": "plug"}, ["there"]),
        ({"host": "", "port": 77, "topic": "plug", "load": "light"}, ["there"]),
        ({"host": "there", "user": "me", "topic": "plug"}, [""]),
        ({"host": "there", "port": 8883, "topic": "plug"}, ["", "there"]),
        ({"topic": "lamp"}, ["", "there"]),
    ],
)
async def test_what_is_added_already_is_not_offered_again(added, left):
    found = await look_around([Told], [config(**added)], [OWN, OTHER])
    assert [one.settings["host"] for one in found] == left


async def test_a_broker_that_is_away_costs_its_own_answers_only(caplog):
    class Away(Told):
        """Nobody is there."""

        @classmethod
        async def discover_at(cls, broker):
            raise DriverError(Cause.NO_ANSWER)

    found = await look_around([Simulated, Away], [], [OTHER])
    assert found
    assert all(one.driver == "simulated" for one in found)
    assert not [one for one in caplog.records if one.levelno >= logging.WARNING]


@needs_mosquitto
async def test_a_tasmota_at_a_broker_is_seen_by_what_it_keeps_there(tmp_path):
    broker = Broker(tmp_path)
    far = Tasmota(broker.port)
    try:
        said = {"dn": "Desk", "t": "plug", "ft": "%prefix%/%topic%/", "md": "Sonoff"}
        far.say("tasmota/discovery/A1B2C3/config", json.dumps(said), retain=True)
        place = {"host": "127.0.0.1", "port": broker.port}
        found = await look_around([MqttTasmota], [], [KnownBroker(place, place, "here")])
    finally:
        far.close()
        broker.end()
    assert [(one.title, one.settings) for one in found] == [("Desk", {**place, "topic": "plug"})]


class Shelly(MqttFar):
    """A first generation relay that tells who it is when it is asked."""

    filters = ("shellies/command",)

    def begin(self):
        pass

    def take(self, topic, text):
        if text == "announce":
            self.say("shellies/announce", {"id": "shelly1-B929CC", "model": "SHSW-1"})


@needs_mosquitto
async def test_a_shelly_is_asked_who_it_is(tmp_path):
    broker = Broker(tmp_path)
    far = Shelly(broker.port)
    try:
        place = {"host": "127.0.0.1", "port": broker.port}
        (one,) = await look_around([MqttShelly], [], [KnownBroker(place, place, "here")])
    finally:
        far.close()
        broker.end()
    told = {"topic": "shellies/shelly1-B929CC", "generation": "1"}
    assert (one.title, one.settings) == ("shelly1-B929CC", {**place, **told})
