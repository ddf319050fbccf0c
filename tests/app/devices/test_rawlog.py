"""What went between a device and us: only while somebody looks, and never a secret."""

import asyncio

import pytest

from app.core.catalog import Catalog
from app.devices.config import DeviceConfig
from app.devices.rawlog import LINES, RawLog, written
from app.redaction import hide
from drivers.contract import Rotate, SetLevel
from drivers.transports.tcp import TcpOptions, TcpPipe
from tests.app.devices.rig import practice, running
from tests.app.devices.test_consent import Collar


class Hands:
    """A clock that is set by hand."""

    def __init__(self):
        self.now = 100.0

    def monotonic(self):
        return self.now

    def wall_ms(self):
        return 5


async def test_nothing_is_kept_while_nobody_looks_and_it_ends_by_itself():
    clock = Hands()
    log = RawLog(clock)
    log.note("note", "unseen")
    assert log.lines(0) == ()
    log.note("note", "seen")
    (line,) = log.lines(0)
    assert (line.number, line.way, line.text) == (1, "note", "seen")
    assert log.lines(1) == ()
    clock.now += 60
    log.note("note", "unseen again")
    assert log.lines(0) == ()


async def test_only_the_newest_lines_stay():
    log = RawLog(Hands())
    log.lines(0)
    for number in range(LINES + 50):
        log.note("in", str(number))
    lines = log.lines(0)
    assert (len(lines), lines[0].text, lines[-1].number) == (LINES, "50", LINES + 50)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"V ok 3\r\n", "V ok 3"),
        (b"a\nb\n", "a⏎b"),
        (bytes([0xA0, 1, 1, 0xA2]), "a0 01 01 a2"),
        (b"\x00\x01", "00 01"),
        (b"", ""),
    ],
)
def test_bytes_are_text_where_they_are_one(data, text):
    assert written(data) == text


async def test_a_hidden_text_is_in_no_line_whatever_the_bytes_around_it():
    hide("hush-hush-1")
    log = RawLog(Hands())
    log.lines(0)
    log.heard("out", b"key hush-hush-1\n")
    log.heard("out", b"\xff\x00hush-hush-1")
    await asyncio.sleep(0)
    texts = [one.text for one in log.lines(0)]
    assert len(texts) == 2
    assert not any("hush" in text or b"hush".hex(" ") in text for text in texts)


async def test_what_a_device_is_told_and_tells_can_be_read_along():
    async with running(practice("motor")) as rig:
        worker = rig.hub.worker("motor")
        worker.log.lines(0)
        wrong = rig.send("motor", "motor", SetLevel(1.0))
        turn = rig.hub.test("motor", "motor", Rotate(0.05, 100))
        await rig.finished(wrong, turn)
        lines = worker.log.lines(0)
        assert any(one.way == "note" and "acked" in one.text for one in lines)
        assert any(one.way == "in" and "rpm" in one.text for one in lines)


class OverTcp(Collar):
    """A device behind a real TCP pipe."""

    key = "over_tcp"
    port = 0

    async def open(self):
        self.pipe = TcpPipe(TcpOptions("127.0.0.1", self.port))
        await self.pipe.open(lambda _: None, self.events.on_lost)
        return await super().open()

    async def apply(self, capability, instruction, duration_s):
        self.pipe.write_now(b"level 1\n")
        return await super().apply(capability, instruction, duration_s)

    async def close(self):
        await self.pipe.close()


async def test_the_bytes_of_a_transport_are_overheard_without_the_drivers_doing():
    far_end = asyncio.Event()

    async def answer(reader, writer):
        await reader.readline()
        writer.write(b"fine\n")
        await writer.drain()
        await far_end.wait()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    OverTcp.port = server.sockets[0].getsockname()[1]
    catalog = Catalog(found={"over_tcp": OverTcp})
    async with running(DeviceConfig("t", "T", "over_tcp"), catalog=catalog) as rig:
        log = rig.hub.worker("t").log
        log.lines(0)
        rig.send("t", "lamp", SetLevel(0.5), 0.2)
        await rig.until(
            lambda: (
                {("out", "level 1"), ("in", "fine")}
                <= {(one.way, one.text) for one in log.lines(0)}
            )
        )
    far_end.set()
    server.close()
    await server.wait_closed()
