"""Telling Home Assistant through a broker: little by little, again and again, and no more."""

import asyncio
import socket

import pytest

from app.outlets import home_assistant as module
from app.outlets.home_assistant import Announcer, Bound
from app.outlets.home_assistant_model import Device, Output, Tree
from app.outlets.home_assistant_parts import Announcing, Part
from app.outlets.home_assistant_shelf import Shelf, Trail
from app.outlets.mqtt import MqttAddress
from drivers.contract import Kind, Off, Switch
from tests.app.outlets.ear import Ear
from tests.app.outlets.test_mqtt import MOSQUITTO, Broker
from tests.ports import free_port

TREE = Tree("ab12")
TO = Announcing(TREE)
OFF = (Off(), None)


class Board:
    """Says to a list, as long as the broker is `there`; keeps trails."""

    def __init__(self):
        self.said, self.kept, self.there = [], {}, True
        self.shelf = Shelf(self._say, self.kept.__setitem__)

    def _say(self, topic, text):
        if self.there:
            self.said.append((topic, text))
        return self.there

    def put(self, *parts, **states):
        self.said.clear()
        self.shelf.put("d1", {"device": {"name": "x"}}, parts, states, TO)
        return list(self.said)


LAMP = Part("light.a", "light", {"unique_id": "1"}, "t/a", "ON")


def test_only_news_is_said_and_a_new_connection_hears_all():
    board = Board()
    first = board.put(LAMP)
    assert [topic for topic, _ in first] == ["t/a", TREE.config("d1")]
    assert board.put(LAMP) == []
    dark = Part("light.a", "light", {"unique_id": "1"}, "t/a", "OFF")
    assert board.put(dark) == [("t/a", "OFF")]
    board.shelf.renew()
    assert len(board.put(dark)) == 2


def test_a_part_that_goes_is_taken_back_as_documented():
    board = Board()
    board.put(LAMP, Part("sensor.b", "sensor", {"unique_id": "2"}, "t/b", "1"))
    told = board.put(LAMP)
    assert ("t/b", "") in told
    first, second = (text for topic, text in told if topic == TREE.config("d1"))
    assert '"sensor.b":{"platform":"sensor"}' in first
    assert "sensor.b" not in second
    assert board.kept["d1"].parts == {"light.a": "light"}


def test_what_could_not_be_taken_back_is_remembered():
    board = Board()
    board.put(LAMP)
    board.there = False
    board.shelf.take_back("d1")
    kept = Trail.read(board.kept["d1"].written())
    again = Board()
    again.shelf.trails["d1"] = kept
    again.shelf.take_back("d1")
    assert again.said == [(TREE.config("d1"), ""), ("t/a", "")]
    assert again.kept == {"d1": None}
    assert Trail.read({"config": 1}) is None


async def test_of_commands_that_come_too_quickly_the_newest_counts_and_off_is_at_once():
    done = []
    bound = Bound(done.append)
    wishes = [(Switch(on=True), float(number)) for number in range(30)]
    for wish in wishes:
        bound.take(wish)
    assert done == [wishes[0]]
    bound.take(OFF)
    assert done == [wishes[0], OFF]
    bound.take(wishes[7])
    bound.take(wishes[8])
    async with asyncio.timeout(5):
        while len(done) < 3:  # noqa: ASYNC110 - a timer's doing
            await asyncio.sleep(0.01)
    assert done[2:] == [wishes[8]]
    bound.take(wishes[9])
    bound.end()
    await asyncio.sleep(module.APART_S * 1.2)
    assert len(done) == 3


@pytest.fixture
async def broker(tmp_path):
    if MOSQUITTO is None:
        pytest.skip("mosquitto is not installed")
    one = Broker(tmp_path)
    await one.start()
    yield one
    one.stop()


def announcer(asked=None, stops=None):
    asked, stops = asked if asked is not None else [], stops if stops is not None else []
    return Announcer(
        lambda _key, _trail: None,
        lambda *what: asked.append(what),
        lambda: stops.append("stop"),
    )


AIR = Output("air", "Air", Kind.SENSOR, values={"temperature": 21.0})


async def test_who_vanishes_is_told_to_be_away_and_tells_all_when_back(broker):
    one = announcer()
    one.show(Device("d1", "Desk", (AIR,)))
    async with Ear(broker.port) as ear:
        await one.use(TO, MqttAddress("127.0.0.1", broker.port, tls=False))
        await ear.until(lambda: ear.announced("Desk"), "announced")
        ear.heard.clear()
        # As a computer that lost its network: no goodbye.
        one._outlet._client.socket().shutdown(socket.SHUT_RDWR)
        await ear.until(lambda: (TREE.status, "offline") in ear.heard, "its last words")
        await ear.until(lambda: (TREE.status, "online") in ear.heard, "it is back")
        await ear.until(lambda: TREE.config("d1") in dict(ear.heard), "told again")
        await one.close()
        await ear.until(lambda: ear.kept[TREE.status] == "offline", "the end")


async def test_a_sensor_that_is_away_is_there_still(broker):
    one = announcer()
    one.show(Device("d1", "Desk", (AIR,), model="m"))
    async with Ear(broker.port) as ear:
        await one.use(TO, MqttAddress("127.0.0.1", broker.port, tls=False))
        await ear.until(lambda: ear.told("Desk", "sensor.air.temperature") == "21", "told")
        away = Output("air", "Air", Kind.SENSOR)
        one.show(Device("d1", "Desk", (away,), model="m", online=False))
        await ear.until(lambda: ear.kept["giftwire/ab12/d1/status"] == "offline", "away")
        assert ear.told("Desk", "sensor.air.temperature") == "21"
        # Other hardware under its name has sensors of its own.
        one.show(Device("d1", "Desk", (away,), model="other"))
        await ear.until(lambda: ear.announced("Desk") is None, "nothing is known of that one")
        await one.close()


async def test_after_a_restart_sensors_are_waited_for(broker):
    one = announcer()
    parts = {"sensor.air.temperature": "sensor", "problem": "binary_sensor"}
    one.recall({"d1": Trail(TREE.config("d1"), (), parts)})
    one.show(Device("d1", "Desk", (Output("air", "Air", Kind.SENSOR),)))
    async with Ear(broker.port) as ear:
        await one.use(TO, MqttAddress("127.0.0.1", broker.port, tls=False))
        await ear.until(lambda: ear.told("Desk", "sensor.air.temperature") == "None", "unknown")
        await one.close()


async def test_how_it_is(broker):
    one = announcer()
    assert one.stage == "off"
    await one.use(TO, MqttAddress())
    assert one.stage == "not_set_up"
    await one.use(TO, MqttAddress("127.0.0.1", free_port(), tls=False))
    assert one.stage == "waiting"
    await one.use(None, MqttAddress())
    assert one.stage == "off"
    await one.close()


async def test_off_with_the_broker_away_it_is_told_when_it_is_back(broker):
    kept = {}
    one = Announcer(kept.__setitem__, lambda *_: None, lambda: None)
    one.recall({"d1": Trail(TREE.config("d1"), ("t/a",), {})})
    await one.use(None, MqttAddress("127.0.0.1", free_port(), tls=False))
    assert (one.stage, one.announced) == ("clearing", 1)
    async with Ear(broker.port) as ear:
        for topic in (TREE.config("d1"), "t/a"):
            ear.say(topic, "{}", retain=True)
        await ear.until(lambda: len(ear.kept) == 2, "what was left")
        await one.use(None, MqttAddress("127.0.0.1", broker.port, tls=False))
        await ear.until(lambda: not ear.kept, "nothing")
    assert (one.stage, kept) == ("off", {"d1": None})
    await one.close()


async def test_another_broker_is_told_and_the_first_forgets(broker, tmp_path):
    (tmp_path / "other").mkdir()
    other = Broker(tmp_path / "other")
    await other.start()
    one = announcer()
    one.show(Device("d1", "Desk", (AIR,)))
    try:
        async with Ear(broker.port) as ear, Ear(other.port) as second:
            await one.use(TO, MqttAddress("127.0.0.1", broker.port, tls=False))
            await ear.until(lambda: ear.announced("Desk"), "announced")
            await one.use(TO, MqttAddress("127.0.0.1", other.port, tls=False))
            await second.until(lambda: second.announced("Desk"), "announced there")
            await ear.until(lambda: not ear.kept, "nothing here")
            await one.close()
    finally:
        other.stop()


async def test_stop_is_heard_with_the_loop_blocked(broker):
    stops = []
    one = announcer(stops=stops)
    async with Ear(broker.port) as ear:
        await one.use(TO, MqttAddress("127.0.0.1", broker.port, tls=False))
        await ear.until(lambda: ear.kept.get(TREE.status) == "online", "there")
        ear.say(TREE.stop, "STOP")
        deadline = asyncio.get_running_loop().time() + 10
        # Nothing runs on this loop meanwhile.
        while not stops and asyncio.get_running_loop().time() < deadline:
            pass
        assert stops
        await one.close()
