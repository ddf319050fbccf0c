"""Identities of ports, and what changes when boards come, go and move."""

from __future__ import annotations

import threading

import pytest

from drivers.contract import Cause, DriverError
from drivers.transports import ports
from drivers.transports.ports import Changes, PortInfo, PortWatch, difference, identity, resolve
from tests.fakes.ports import FakePorts


def usb(path: str, serial: str = "", location: str = "1-1:1.0", pid: int = 0x7523) -> PortInfo:
    return PortInfo(path, "Board", 0x1A86, pid, serial, location)


def test_a_serial_number_of_its_own_is_the_best_identity():
    port = usb("/dev/ttyACM0", "55:3A/1")
    assert identity(port, [port]) == "usb:1A86:7523:55%3A3A%2F1"
    assert (
        resolve(identity(port, [port]), [usb("/dev/ttyACM7", "55:3A/1", "3-2:1.0")])
        == "/dev/ttyACM7"
    )


@pytest.mark.parametrize(
    "shared", ["", "0", "0000", "0001", "123456789", "0123456789ABCDEF", "FFFF"]
)
def test_without_one_the_socket_is_the_identity(shared):
    port = usb("COM5", shared, "1-4.2")
    assert identity(port, [port]) == "usb:1A86:7523@1-4.2"


def test_a_board_with_two_ports_names_the_interface():
    both = [usb("/dev/ttyACM0", "S1", "1-1:1.0"), usb("/dev/ttyACM1", "S1", "1-1:1.2")]
    keys = [identity(one, both) for one in both]
    assert keys == ["usb:1A86:7523:S1:0", "usb:1A86:7523:S1:2"]
    assert [resolve(key, both) for key in keys] == ["/dev/ttyACM0", "/dev/ttyACM1"]
    plain = [usb("/dev/ttyACM0", "", "1-1:1.0"), usb("/dev/ttyACM1", "", "1-1:1.2")]
    assert [resolve(identity(one, plain), plain) for one in plain] == [
        "/dev/ttyACM0",
        "/dev/ttyACM1",
    ]


def test_two_boards_with_one_serial_number_go_by_their_sockets():
    both = [usb("a", "SAME", "1-1:1.0"), usb("b", "SAME", "1-2:1.0")]
    assert [identity(one, both) for one in both] == ["usb:1A86:7523@1-1", "usb:1A86:7523@1-2"]


def test_an_ambiguous_identity_is_refused():
    both = [usb("a", "SAME", "1-1:1.0"), usb("b", "SAME", "1-2:1.0")]
    with pytest.raises(DriverError) as raised:
        resolve("usb:1A86:7523:SAME", both)
    assert raised.value.cause is Cause.AMBIGUOUS
    assert str(raised.value.said).startswith("Two boards look the same: a, b.")


def test_what_is_not_plugged_in_is_not_found():
    with pytest.raises(DriverError) as raised:
        resolve("usb:1A86:7523:GONE", [usb("a", "HERE")])
    assert raised.value.cause is Cause.NOT_FOUND


def test_ports_that_are_not_usb_go_by_their_name():
    port = PortInfo("/dev/ttyS0", "n/a")
    assert identity(port, [port]) == "/dev/ttyS0"
    assert resolve("/dev/ttyS0", []) == "/dev/ttyS0"
    assert resolve("COM3", []) == "COM3"


def test_appeared_vanished_and_moved_are_told_apart():
    before = [usb("a", "S1"), usb("b", "S2", "1-2")]
    after = [usb("c", "S1"), usb("b", "S3", "1-3")]
    assert difference(before, after) == Changes(
        appeared=("usb:1A86:7523:S3",), vanished=("usb:1A86:7523:S2",), moved=("usb:1A86:7523:S1",)
    )
    assert not difference(before, before)


def test_the_systems_list_is_read(monkeypatch):
    fake = FakePorts(monkeypatch)
    fake.plug("/dev/ttyUSB1", serial_number="X1")
    fake.plug("/dev/ttyS0", vid=None, location="")
    first, second = ports.list_ports()
    assert (first.path, first.vid, first.serial_key) == ("/dev/ttyS0", None, "")
    assert second.serial_key == "usb:2341:0043:X1"


def test_one_thread_watches_for_all_and_ends_with_the_last(monkeypatch):
    fake = FakePorts(monkeypatch)
    watch = PortWatch(poll_s=0.01)
    seen: list[Changes] = []
    news = threading.Semaphore(0)

    def note(changes: Changes) -> None:
        seen.append(changes)
        news.release()

    leave = [watch.listen(note), watch.listen(lambda _: None)]
    assert sum(one.name == "port watch" for one in threading.enumerate()) == 1
    looks = fake.looks
    while fake.looks < looks + 2:
        news.acquire(timeout=0.01)
    fake.plug("/dev/ttyACM0", serial_number="S")
    assert news.acquire(timeout=10)
    fake.unplug("/dev/ttyACM0")
    fake.plug("/dev/ttyACM1", serial_number="S")
    assert news.acquire(timeout=10)
    assert seen[0].appeared == ("usb:2341:0043:S",)
    for one in leave:
        one()
        one()
    assert not any(one.name == "port watch" for one in threading.enumerate())


def test_a_list_that_fails_for_a_moment_is_no_change(monkeypatch):
    fake = FakePorts(monkeypatch)
    fake.plug("/dev/ttyACM0", serial_number="S")
    watch = PortWatch()
    before = watch._look(())
    monkeypatch.setattr("serial.tools.list_ports.comports", _broken)
    assert watch._look(before) is before


def _broken() -> list[object]:
    raise OSError("busy")
