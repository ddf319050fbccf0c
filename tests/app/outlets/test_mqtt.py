"""MQTT, against a broker that others wrote: mosquitto."""

import asyncio
import contextlib
import shutil
import subprocess
import threading

import pytest

from app.core.effects import PublishMqtt
from app.core.links import LinkStage
from app.core.outcome import Drop
from app.outlets.mqtt import MOST_A_SECOND, MqttAddress, MqttOutlet
from app.outlets.outlet import OutletError
from tests.ports import free_port

MOSQUITTO = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin")
pytestmark = pytest.mark.skipif(MOSQUITTO is None, reason="mosquitto is not installed")


class Broker:
    """A mosquitto on a free port of this computer."""

    def __init__(self, folder):
        self.port = free_port()
        self._config = folder / "mosquitto.conf"
        self._config.write_text(f"listener {self.port} 127.0.0.1\nallow_anonymous true\n")
        self._process = None

    async def start(self):
        self._process = await asyncio.to_thread(
            subprocess.Popen,
            [MOSQUITTO, "-c", str(self._config)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        async with asyncio.timeout(10):
            while True:
                try:
                    _, writer = await asyncio.open_connection("127.0.0.1", self.port)
                except OSError:
                    await asyncio.sleep(0.02)
                else:
                    writer.close()
                    await writer.wait_closed()
                    return

    def stop(self):
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
            self._process = None


@pytest.fixture
async def broker(tmp_path):
    one = Broker(tmp_path)
    await one.start()
    yield one
    one.stop()


class Heard:
    """An outlet and what it heard."""

    def __init__(self, port):
        self.messages = []
        self._more = asyncio.Event()

        async def address():
            return MqttAddress("127.0.0.1", port, tls=False)

        self.links = []
        self.outlet = MqttOutlet(address, self._hear, self.links.append)

    def _hear(self, topic, text):
        self.messages.append((topic, text))
        self._more.set()

    async def until(self, count):
        async with asyncio.timeout(15):
            while len(self.messages) < count:
                self._more.clear()
                await self._more.wait()
        return self.messages


@pytest.fixture
async def pair(broker):
    """Return one outlet that listens and one that speaks."""
    ears, mouth = Heard(broker.port), Heard(broker.port)
    yield ears, mouth
    await ears.outlet.close()
    await mouth.outlet.close()


async def test_what_one_publishes_another_hears(pair):
    ears, mouth = pair
    await ears.outlet.listen(["room/+/lamp"])
    await asyncio.sleep(0.2)
    assert await mouth.outlet.carry_out(PublishMqtt("room/1/lamp", "bật đèn")) == "room/1/lamp"
    await mouth.outlet.carry_out(PublishMqtt("room/1/fan", "on"))
    await mouth.outlet.carry_out(PublishMqtt("room/2/lamp", "off"))
    assert await ears.until(2) == [("room/1/lamp", "bật đèn"), ("room/2/lamp", "off")]


async def test_what_lay_at_the_broker_before_is_not_told(pair):
    ears, mouth = pair
    await mouth.outlet.carry_out(PublishMqtt("lamp", "old", retain=True))
    await ears.outlet.listen(["lamp"])
    await asyncio.sleep(0.3)
    await mouth.outlet.carry_out(PublishMqtt("lamp", "new"))
    assert await ears.until(1) == [("lamp", "new")]


async def test_topics_can_be_changed(pair):
    ears, mouth = pair
    await ears.outlet.listen(["a"])
    await ears.outlet.listen(["b"])
    await asyncio.sleep(0.2)
    await mouth.outlet.carry_out(PublishMqtt("a", "1"))
    await mouth.outlet.carry_out(PublishMqtt("b", "2"))
    assert await ears.until(1) == [("b", "2")]


async def test_a_broker_that_comes_back_is_found_again_with_its_topics(broker, pair):
    ears, mouth = pair
    await ears.outlet.listen(["lamp"])
    await mouth.outlet.carry_out(PublishMqtt("x", "1"))
    broker.stop()
    await broker.start()
    async with asyncio.timeout(30):
        while not ears.messages:
            try:
                await mouth.outlet.carry_out(PublishMqtt("lamp", "on"))
            except OutletError:
                continue
            await asyncio.sleep(0.1)
    assert ears.messages[0] == ("lamp", "on")
    # Who left by himself is not told that he was cut off.
    await ears.outlet.close()
    await asyncio.sleep(0.1)
    assert ears.links == [LinkStage.ONLINE, LinkStage.WAITING, LinkStage.ONLINE]


class Relay:
    """A line to the broker that can be cut, so that nothing comes through though it looks open."""

    def __init__(self, port):
        self._port = port
        self._writers = []
        self.cut = False

    async def start(self):
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self._server.sockets[0].getsockname()[1]

    async def _serve(self, reader, writer):
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._port)
        self._writers += [writer, far_writer]
        await asyncio.gather(self._pass(reader, far_writer), self._pass(far_reader, writer))

    async def _pass(self, reader, writer):
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(65536):
                if not self.cut:
                    writer.write(data)
        writer.close()

    def hang_up(self):
        for writer in self._writers:
            writer.transport.abort()
        self._writers.clear()

    async def stop(self):
        self._server.close()
        self.hang_up()
        await self._server.wait_closed()


async def test_what_went_out_into_a_dead_line_does_not_come_later(broker, pair):
    ears, _ = pair
    await ears.outlet.listen(["lamp"])
    relay = Relay(broker.port)
    mouth = Heard(await relay.start())
    await mouth.outlet.carry_out(PublishMqtt("lamp", "1"))
    assert await ears.until(1) == [("lamp", "1")]
    relay.cut = True
    with contextlib.suppress(OutletError):
        await mouth.outlet.carry_out(PublishMqtt("lamp", "late"))
    relay.hang_up()
    relay.cut = False
    async with asyncio.timeout(30):
        while len(ears.messages) < 2:
            try:
                await mouth.outlet.carry_out(PublishMqtt("lamp", "3"))
            except OutletError:
                continue
            await asyncio.sleep(0.1)
    assert ("lamp", "late") not in ears.messages
    await mouth.outlet.close()
    await relay.stop()


async def test_brokers_that_do_not_answer_keep_no_thread_of_the_program(pair):
    _, mouth = pair
    await mouth.outlet.carry_out(PublishMqtt("x", "1"))
    before = threading.active_count()
    await asyncio.gather(*(mouth.outlet.carry_out(PublishMqtt("x", str(n))) for n in range(50)))
    assert threading.active_count() == before


async def test_a_topic_that_storms_is_heard_a_hundred_times_a_second(pair):
    ears, mouth = pair
    await ears.outlet.listen(["storm"])
    await asyncio.sleep(0.2)
    for _ in range(40):
        texts = [PublishMqtt("storm", str(n)) for n in range(50)]
        await asyncio.gather(*(mouth.outlet.carry_out(one) for one in texts))
    await asyncio.sleep(1.1)
    storm = len(ears.messages)
    await mouth.outlet.carry_out(PublishMqtt("storm", "calm"))
    assert (await ears.until(storm + 1))[-1] == ("storm", "calm")
    # However long the computer took for them.
    assert MOST_A_SECOND <= storm < 1500


async def test_without_a_broker_it_is_offline_and_without_an_address_not_set_up():
    nobody = Heard(free_port())
    with pytest.raises(OutletError) as told:
        await nobody.outlet.carry_out(PublishMqtt("x"))
    assert told.value.drop is Drop.OFFLINE
    await nobody.outlet.close()

    async def no_address():
        return MqttAddress()

    with pytest.raises(OutletError) as told:
        await MqttOutlet(no_address).carry_out(PublishMqtt("x"))
    assert told.value.drop is Drop.NOT_SET_UP
