"""sACN: golden bytes, the library's receiver as the judge, groups, and the end of a stream."""

from __future__ import annotations

import asyncio
import socket
import threading

import pytest

from drivers.codecs import sacn
from drivers.contract import Ack, Cause, DriverError, SetColor, SetLevel
from drivers.sacn import Sacn
from tests.drivers import golden
from tests.drivers.alone import alone
from tests.drivers.benches.bench import Heard
from tests.fakes.dmx_box import SacnBox


@pytest.fixture(autouse=True)
def only_we():
    # Their port is the same for everybody on this computer.
    with alone("sacn"):
        yield


@pytest.fixture
def box():
    made = SacnBox()
    yield made
    made.close()


async def opened(port: int, **settings):
    told = {"host": "127.0.0.1", "universe": 7, "port": port} | settings
    driver = Sacn(Sacn.settings_for(**told), Heard().events())
    try:
        await driver.open()
    except DriverError:
        await driver.close()
        raise
    return driver


def without_order(packet: bytes) -> bytes:
    return packet[:22] + bytes(16) + packet[38:111] + b"\x00" + packet[112:]


@pytest.mark.parametrize("case", golden.read("sacn"), ids=str)
async def test_golden_bytes(box, case):
    driver = await opened(box.port, **case.settings)
    assert await driver.apply(case.output, case.instruction, case.duration_s) is Ack.SENT
    assert box.wait_for(lambda: without_order(box.heard[-1]) == case.frames[0])
    await driver.close()


async def test_the_stream_ends_dark_and_says_so(box):
    driver = await opened(box.port, priority=150)
    await driver.apply("lamp1", SetColor(1, 2, 3), 9.0)
    assert box.wait_for(lambda: box.line[:4] == bytes([1, 2, 3, 0]))
    assert box.priority == 150
    assert len(box.sources) == 1
    await driver.close()
    assert box.wait_for(lambda: box.ended == 3)
    assert not any(box.line)
    assert box.sources == {}
    assert box.refused == 0
    orders = [one[111] for one in box.heard]
    assert orders == [1 + n % 255 for n in range(len(orders))]


@pytest.mark.parametrize("behind", range(0, 256, 17))
async def test_a_stranger_ends_the_light_whatever_number_came_last(box, behind):
    driver = await opened(box.port)
    stream = driver._stream
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
        stranger.connect(("127.0.0.1", box.port))
        await driver._line.pipe.close()
        for order in (behind + 100, behind):
            stranger.send(stream.show(b"\xff", order))
        assert box.wait_for(lambda: any(box.line))
        for frame in driver.safe_recipe().frames:
            stranger.send(frame)
        assert box.wait_for(lambda: box.ended > 0)
    assert not any(box.line)
    await driver.close()


async def test_where_nobody_listens_is_told_at_once():
    box = SacnBox()
    box.close()
    with pytest.raises(DriverError) as raised:
        await opened(box.port)
    assert raised.value.cause is Cause.NO_ANSWER


async def test_without_an_address_the_group_of_the_universe_hears_it():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ear:
        ear.settimeout(10)
        ear.bind(("", 0))
        member = socket.inet_aton("239.255.1.44") + socket.inet_aton("127.0.0.1")
        ear.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, member)
        port = ear.getsockname()[1]
        driver = await opened(port, host="", card="127.0.0.1", universe=300)
        assert driver.address == f"239.255.1.44:{port}"
        packet = await asyncio.to_thread(ear.recv, 1000)
        assert packet[113:115] == (300).to_bytes(2, "big")
        await driver.close()


async def test_a_receiver_that_others_wrote_shows_what_we_send():
    library = pytest.importorskip("sacn", reason="the library is the judge")
    seen: list[tuple[int, ...]] = []
    news = threading.Condition()

    def take(packet) -> None:
        with news:
            seen.append(packet.dmxData[:3])
            news.notify_all()

    def saw(levels: tuple[int, ...]) -> bool:
        with news:
            return news.wait_for(lambda: seen[-1:] == [levels], 20)

    try:
        receiver = library.sACNreceiver(bind_address="127.0.0.1")
        receiver.start()
    except OSError:
        pytest.skip("something else has port 5568")
    try:
        receiver.register_listener("universe", take, universe=7)
        driver = await opened(sacn.PORT)
        await driver.apply("lamp1", SetColor(9, 8, 7), 9.0)
        assert await asyncio.to_thread(saw, (9, 8, 7))
        driver.stop_now()
        assert await asyncio.to_thread(saw, (0, 0, 0))
        assert await driver.make_safe()
        await driver.apply("lamp1", SetLevel(1.0), 9.0)
        assert await asyncio.to_thread(saw, (255, 255, 255))
        await driver.close()
        assert await asyncio.to_thread(saw, (0, 0, 0))
    finally:
        receiver.stop()
