"""Art-Net: golden bytes, OLA as the judge, and boxes that are not there."""

from __future__ import annotations

import asyncio
import socket

import pytest

from app.devices.families import group_of
from drivers.artnet import ArtNet
from drivers.codecs import artnet
from drivers.codecs.net_lights import is_broadcast
from drivers.contract import Ack, Cause, DriverError, SetColor, SetLevel, overheard_by
from drivers.sacn import Sacn
from tests.drivers import golden
from tests.drivers.alone import alone
from tests.drivers.benches.bench import Heard
from tests.drivers.test_contract import until
from tests.fakes import ola
from tests.fakes.dmx_box import ArtNetBox


@pytest.fixture(autouse=True)
def only_we():
    # Their port is the same for everybody on this computer.
    with alone("artnet"):
        yield


@pytest.fixture
def box():
    made = ArtNetBox()
    yield made
    made.close()


async def opened(port: int, **settings):
    heard = Heard()
    told = ArtNet.settings_for(host="127.0.0.1", port=port, **settings)
    driver = ArtNet(told, heard.events())
    try:
        await driver.open()
    except DriverError:
        await driver.close()
        raise
    return driver, heard


@pytest.mark.parametrize("case", golden.read("artnet"), ids=str)
async def test_golden_bytes(box, case):
    driver, _ = await opened(box.port, **case.settings)
    assert await driver.apply(case.output, case.instruction, case.duration_s) is Ack.SENT
    (wanted,) = case.frames

    def without_order() -> bytes:
        return box.heard[-1][:12] + b"\0" + box.heard[-1][13:]

    assert box.wait_for(lambda: without_order() == wanted)
    await driver.close()


def test_the_order_counts_round_and_leaves_out_zero():
    numbers, last = [], 0
    for _ in range(600):
        last = artnet.next_order(last)
        numbers.append(last)
    assert numbers[:3] == [1, 2, 3]
    assert numbers[253:257] == [254, 255, 1, 2]
    assert 0 not in numbers


async def test_frames_are_in_order_and_repeated_while_nothing_changes(box):
    driver, _ = await opened(box.port)
    await driver.apply("lamp1", SetColor(1, 2, 3), 9.0)
    before = len(box.heard)
    assert box.wait_for(lambda: len(box.heard) > before + 3)
    orders = [one[12] for one in box.heard]
    assert orders == [1 + n % 255 for n in range(len(orders))]
    await driver.close()
    assert box.wait_for(lambda: [one[18:21] for one in box.heard[-3:]] == [bytes(3)] * 3)


async def test_two_devices_on_one_line_do_not_fight(box):
    driver, _ = await opened(box.port)
    with pytest.raises(DriverError) as raised:
        await opened(box.port)
    assert raised.value.cause is Cause.BUSY
    # What was refused took nothing away from the first, and leaves the line free after it.
    await driver.apply("lamp1", SetColor(1, 2, 3), 9.0)
    other, _ = await opened(box.port, universe=1)
    await other.close()
    await driver.close()
    again, _ = await opened(box.port)
    await again.close()


def test_it_is_listed_among_what_is_on_the_network():
    assert group_of(ArtNet) == group_of(Sacn) == "network"


async def test_whoever_reads_along_sees_each_change_once(box):
    seen: list[bytes] = []
    with overheard_by(lambda way, data: seen.append(data[18:21])):
        driver, _ = await opened(box.port)
    await driver.apply("lamp1", SetColor(1, 2, 3), 9.0)
    before = len(box.heard)
    assert box.wait_for(lambda: len(box.heard) > before + 3)
    await driver.close()
    assert seen == [bytes(3), bytes([1, 2, 3]), bytes(3)]


async def test_where_nobody_listens_is_told_at_once():
    box = ArtNetBox()
    box.close()
    with pytest.raises(DriverError) as raised:
        await opened(box.port)
    assert raised.value.cause is Cause.NO_ANSWER


async def test_a_box_that_goes_is_lost_once_though_it_never_answered(box):
    driver, heard = await opened(box.port)
    await driver.apply("lamp1", SetLevel(1.0), 9.0)
    await asyncio.to_thread(box.close)
    await until(lambda: heard.lost)
    assert heard.lost[0].cause is Cause.LOST
    with pytest.raises(DriverError):
        await driver.apply("lamp1", SetLevel(1.0), 9.0)
    await driver.close()
    assert len(heard.lost) == 1


def test_addresses_of_everybody_are_known():
    assert is_broadcast("255.255.255.255")
    assert is_broadcast("2.255.255.255")
    assert not is_broadcast("192.168.1.50")
    assert not is_broadcast("box.local")


async def test_a_name_is_looked_up_once_and_a_stranger_gets_the_number(box):
    driver = ArtNet(ArtNet.settings_for(host="localhost", port=box.port), Heard().events())
    await driver.open()
    assert driver.address == f"127.0.0.1:{box.port}"
    assert driver.safe_recipe().address == driver.address
    await driver.close()


async def test_everybody_is_told_when_the_address_says_so(box):
    # All of 127.0.0.0/8 is this computer; its broadcast address goes to who listens to any.
    everybody = ArtNet.settings_for(host="127.255.255.255", port=box.port, universe=3)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ear:
        ear.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        ear.settimeout(10)
        try:
            ear.bind(("127.255.255.255", box.port))
        except OSError:
            pytest.skip("only POSIX systems let one listen at a broadcast address")
        driver = ArtNet(everybody, Heard().events())
        await driver.open()
        assert (await asyncio.to_thread(ear.recv, 600))[:8] == b"Art-Net\0"
        await driver.close()


@pytest.mark.skipif(bool(ola.why_not()), reason=ola.why_not() or "here")
async def test_a_host_that_others_wrote_shows_what_we_send():
    plugin = {"ip": "127.0.0.1", "use_loopback": "true", "net": "0", "subnet": "0"}
    host = ola.Ola({"artnet": {**plugin, "output_ports": "0"}}, {"2-1-I-0": 5})
    try:
        if not await asyncio.to_thread(host.wait_for_log, "Patched 2-1-I-0 to universe 5"):
            pytest.skip("OLA cannot listen here: something else has port 6454")
        fixtures = [{"type": "rgb", "start": 1}, {"type": "rgb", "start": 40}]
        driver, _ = await opened(artnet.PORT, universe=5, fixtures=fixtures)
        await driver.apply("lamp40", SetColor(9, 8, 7), 60.0)
        wanted = [0] * 39 + [9, 8, 7]
        levels = await asyncio.to_thread(host.wait_for, 5, lambda now: now[:42] == wanted)
        assert levels[:42] == wanted
        driver.stop_now()
        levels = await asyncio.to_thread(host.wait_for, 5, lambda now: not any(now))
        assert levels
        assert not any(levels)
        # What a stranger sends is outside the order and taken all the same.
        assert await driver.make_safe()
        await driver.apply("lamp1", SetColor(1, 2, 3), 60.0)
        await asyncio.to_thread(host.wait_for, 5, lambda now: now[:3] == [1, 2, 3])
        await driver._line.pipe.close()
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
            stranger.sendto(driver.safe_recipe().frames[0], ("127.0.0.1", artnet.PORT))
        levels = await asyncio.to_thread(host.wait_for, 5, lambda now: not any(now))
        assert not any(levels)
        await driver.close()
    finally:
        await asyncio.to_thread(host.close)
