"""The UDP transport: one device, everybody, a group; and nobody."""

from __future__ import annotations

import asyncio
import socket
import threading
from typing import TYPE_CHECKING

import pytest

from drivers.contract import Cause, DriverError
from drivers.transports.udp import UdpOptions, UdpPipe
from tests.drivers.transports.far import Near, no_side_loop

if TYPE_CHECKING:
    from collections.abc import Iterator

GROUP = "239.255.77.77"


@pytest.fixture
def device() -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as made:
        made.settimeout(20)
        made.bind(("127.0.0.1", 0))
        yield made


def port_of(device: socket.socket) -> int:
    return device.getsockname()[1]


async def test_a_datagram_is_one_call_and_the_answer_comes_back(device):
    near = Near()
    pipe = UdpPipe(UdpOptions("127.0.0.1", port_of(device)))
    assert not pipe.write_now(b"too early")
    await pipe.open(near.on_news, near.on_lost)
    assert pipe.write_now(b"one")
    assert pipe.write_now(b"two", urgent=True)
    (data, sender), (more, _) = device.recvfrom(100), device.recvfrom(100)
    assert (data, more) == (b"one", b"two")
    assert sender[1] == pipe.local_port
    assert pipe.remote == ("127.0.0.1", port_of(device))
    device.sendto(b"yes", sender)
    device.sendto(b"no", sender)
    await near.until(lambda: near.news == [b"yes", b"no"])
    assert near.threads == {"MainThread"}
    await pipe.close()
    assert not pipe.write_now(b"x")
    assert pipe.local_port == 0
    assert pipe.remote is None
    await pipe.close()
    assert no_side_loop()


async def test_a_write_from_a_thread_goes_out_while_the_loop_is_blocked(device):
    pipe = UdpPipe(UdpOptions("localhost", port_of(device)))
    await pipe.open(print, print)
    threading.Timer(0.05, pipe.write_now, [b"STOP"]).start()
    assert device.recv(100) == b"STOP"  # blocks the program's loop
    await pipe.close()


async def test_it_hears_its_own_device_only(device):
    near = Near()
    pipe = UdpPipe(UdpOptions("127.0.0.1", port_of(device)))
    await pipe.open(near.on_news, near.on_lost)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
        stranger.sendto(b"evil", ("127.0.0.1", pipe.local_port))
    device.sendto(b"good", ("127.0.0.1", pipe.local_port))
    await near.until(lambda: near.news)
    assert near.news == [b"good"]
    await pipe.close()


async def test_when_nobody_listens_it_is_told_once(device):
    near = Near()
    pipe = UdpPipe(UdpOptions("127.0.0.1", port_of(device)))
    await pipe.open(near.on_news, near.on_lost)
    device.close()
    for _ in range(5):
        pipe.write_now(b"x")
    await near.until(lambda: near.lost)
    assert not pipe.write_now(b"x")
    await asyncio.sleep(0)
    assert [one.cause for one in near.lost] == [Cause.NO_ANSWER]
    await pipe.close()


async def test_nobody_listening_can_be_no_loss(device):
    near = Near()
    options = UdpOptions("127.0.0.1", port_of(device), refused_is_loss=False)
    pipe = UdpPipe(options)
    await pipe.open(near.on_news, near.on_lost)
    device.close()
    assert all(pipe.write_now(b"x") for _ in range(20))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as again:
        again.settimeout(20)
        again.bind(("127.0.0.1", options.port))
        assert pipe.write_now(b"back")
        assert again.recv(100) == b"back"
    assert near.lost == []
    await pipe.close()


async def test_a_datagram_too_long_for_the_network_is_a_loss_told_once(device):
    near = Near()
    pipe = UdpPipe(UdpOptions("127.0.0.1", port_of(device)))
    await pipe.open(near.on_news, near.on_lost)
    assert not pipe.write_now(b"x" * 70_000)
    await near.until(lambda: near.lost)
    await pipe.close()
    assert len(near.lost) == 1


async def test_everybody_is_reached_and_heard():
    near = Near()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as device:
        device.settimeout(20)
        device.bind(("", 0))
        pipe = UdpPipe(UdpOptions("127.255.255.255", port_of(device), broadcast=True))
        await pipe.open_from(near.on_news, near.on_lost)
        assert pipe.write_now(b"who is there")
        data, sender = device.recvfrom(100)
        assert data == b"who is there"
        device.sendto(b"me", ("127.0.0.1", sender[1]))
        await near.until(lambda: near.news)
        assert near.news == [(b"me", "127.0.0.1", port_of(device))]
        assert pipe.write_to(b"you", "127.0.0.1", port_of(device))
        assert device.recv(100) == b"you"
        await pipe.close()


async def test_a_group_is_sent_to_and_heard():
    near, other = Near(), Near()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("", 0))
        port = port_of(free)
    options = UdpOptions(GROUP, port, local_host="127.0.0.1", local_port=port, join=True)
    one, two = UdpPipe(options), UdpPipe(UdpOptions(GROUP, port, local_host="127.0.0.1"))
    await one.open_from(near.on_news, near.on_lost)
    await two.open(other.on_news, other.on_lost)
    assert two.write_now(b"dmx")
    await near.until(lambda: near.news)
    assert near.news[0][0] == b"dmx"
    await one.close()
    await two.close()


@pytest.mark.parametrize(
    ("host", "port", "cause"),
    [
        ("lamp.invalid", 80, Cause.NOT_FOUND),
        ("127.0.0.1", 70000, Cause.BAD_CONFIG),
        ("127.255.255.255", 9, Cause.NO_PERMISSION),  # everybody, without saying so
    ],
)
async def test_an_address_that_makes_no_sense_is_told_apart(host, port, cause):
    pipe = UdpPipe(UdpOptions(host, port))
    with pytest.raises(DriverError) as raised:
        await pipe.open(print, print)
    assert raised.value.cause is cause
    assert no_side_loop()


async def test_a_port_taken_by_another_program_is_busy(device):
    pipe = UdpPipe(UdpOptions("127.0.0.1", 9, local_host="127.0.0.1", local_port=port_of(device)))
    with pytest.raises(DriverError) as raised:
        await pipe.open(print, print)
    assert raised.value.cause is Cause.BUSY
