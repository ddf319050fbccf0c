"""Requests over HTTP to a device that is slow, mute, rude, locked or gone."""

from __future__ import annotations

import asyncio
import base64
import logging
import threading
from typing import TYPE_CHECKING

import pytest

from drivers.contract import Cause, DriverError
from drivers.transports.http import HttpAnswer, HttpOptions, HttpSession, request_recipe
from tests.drivers.transports.far import (
    Server,
    certificate,
    no_side_loop,
    sent_by_the_guardian,
    server_tls,
)
from tests.drivers.transports.http_device import Device

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def device() -> Iterator[Device]:
    made = Device()
    yield made
    made.end()


async def opened(device: Device, **options) -> HttpSession:
    session = HttpSession(HttpOptions(device.url, **{"timeout_s": 20, **options}))
    await session.open()
    return session


async def failed(asking) -> Cause:
    with pytest.raises(DriverError) as raised:
        await asking
    return raised.value.cause


async def test_a_question_is_answered(device):
    session = await opened(device, headers={"X-Token": "abc"})
    answer = await session.ask("POST", "/rpc/Switch.Set?id=0", json={"on": True, "name": "Đèn"})
    assert (answer.status, answer.json()) == (200, {"on": True})
    assert device.asked == [
        ("POST", "/rpc/Switch.Set?id=0", '{"on":true,"name":"Đèn"}'.encode()),
    ]
    assert device.heads[0]["content-type"] == "application/json"
    assert device.heads[0]["x-token"] == "abc"
    await session.ask("PUT", "state", body=b"raw")
    assert device.asked[-1] == ("PUT", "/state", b"raw")
    await session.close()
    await session.close()
    assert no_side_loop()


async def test_stop_goes_out_while_the_loop_is_blocked(device):
    session = await opened(device)
    threading.Timer(0.05, lambda: session.send_now("GET", "/off")).start()
    assert device.wait(lambda: device.paths() == ["/off"])  # blocks the program's loop
    await session.close()


async def test_stop_gives_up_what_hangs_and_what_waits(device):
    session = await opened(device)
    asking = asyncio.gather(
        *(session.ask("GET", f"/hang/{number}") for number in range(3)), return_exceptions=True
    )
    await asyncio.to_thread(device.wait, lambda: device.asked)
    assert session.send_now("GET", "/off")
    assert [error.cause for error in await asking] == [Cause.REFUSED] * 3
    assert await asyncio.to_thread(device.wait, lambda: len(device.asked) == 2)
    assert device.paths() == ["/hang/0", "/off"]
    await session.close()


async def test_what_was_asked_before_stop_never_begins_after_it(device):
    session = await opened(device)
    asking = asyncio.gather(session.ask("GET", "/on"), return_exceptions=True)
    await asyncio.sleep(0)  # handed over, not begun
    session.send_now("GET", "/off")
    (result,) = await asking
    await session.ask("GET", "/state")
    assert isinstance(result, HttpAnswer | DriverError)
    paths = device.paths()
    assert "/on" not in paths[paths.index("/off") :]
    await session.close()


async def test_what_is_asked_after_stop_arrives_after_it(device):
    session = await opened(device)
    assert session.send_now("GET", "/hang")
    asking = asyncio.gather(session.ask("GET", "/on"))
    assert await asyncio.to_thread(device.wait, lambda: device.asked)
    assert device.paths() == ["/hang"]
    device.release.set()
    await asking
    assert device.paths() == ["/hang", "/on"]
    await session.close()


async def test_stop_is_tried_twice_and_not_for_ever(device):
    session = await opened(device)
    session.send_now("GET", "/status/500")
    await session.ask("GET", "/next")
    assert device.paths() == ["/status/500", "/status/500", "/next"]
    session.send_now("GET", "/status/404")
    await session.ask("GET", "/next")
    assert device.paths()[3:] == ["/status/404", "/next"]
    await session.close()


async def test_nothing_is_turned_on_from_stop_until_it_is_released(device):
    session = await opened(device)
    held = session.ask("GET", "/on", turns_on=True)  # made before STOP, awaited after it
    session.send_now("GET", "/off/1")
    session.send_now("GET", "/off/2")
    assert await failed(held) is Cause.REFUSED
    await session.ask("GET", "/state")
    session.release()
    await session.ask("GET", "/on", turns_on=True)
    paths = device.paths()
    assert sorted(paths[:2]) == ["/off/1", "/off/2"]
    assert paths[2:] == ["/state", "/on"]
    await session.close()


async def test_stop_handed_over_before_close_still_arrives(device):
    session = await opened(device)
    assert session.send_now("GET", "/off")
    await session.close()
    assert device.paths() == ["/off"]
    assert not session.send_now("GET", "/off")
    assert await failed(session.ask("GET", "/on")) is Cause.LOST


async def test_a_small_device_is_asked_one_thing_at_a_time_in_order(device):
    session = await opened(device)
    await asyncio.gather(*(session.ask("GET", f"/{number}") for number in range(20)))
    assert device.paths() == [f"/{number}" for number in range(20)]
    assert device.most_at_once == 1
    await session.close()


async def test_only_so_many_may_wait(device):
    session = await opened(device, most_waiting=2)
    asking = asyncio.gather(
        *(session.ask("GET", "/hang") for _ in range(3)), return_exceptions=True
    )
    await asyncio.to_thread(device.wait, lambda: device.asked)
    device.release.set()
    results = await asking
    assert [type(one) for one in results] == [HttpAnswer, HttpAnswer, DriverError]
    assert results[2].cause is Cause.REFUSED
    await session.close()


@pytest.mark.parametrize(
    ("path", "cause"),
    [
        ("/status/401", Cause.BAD_CONFIG),
        ("/status/403", Cause.BAD_CONFIG),
        ("/status/404", Cause.REFUSED),
        ("/status/503", Cause.REFUSED),
        ("/status/302", Cause.REFUSED),
        ("/cut", Cause.NO_ANSWER),
        ("/long", Cause.BAD_ANSWER),
    ],
)
async def test_answers_that_are_none_are_told_apart(device, path, cause):
    session = await opened(device)
    assert await failed(session.ask("GET", path)) is cause
    assert (await session.ask("GET", "/state")).status == 200
    await session.close()


async def test_any_status_can_be_wanted_and_text_is_no_json(device):
    session = await opened(device)
    assert (await session.ask("GET", "/status/404", any_status=True)).status == 404
    with pytest.raises(DriverError) as raised:
        (await session.ask("GET", "/text")).json()
    assert raised.value.cause is Cause.BAD_ANSWER
    await session.close()


async def test_a_late_answer_is_no_answer_and_the_next_one_is_not_mixed_up(device):
    session = await opened(device)
    assert await failed(session.ask("GET", "/hang", timeout_s=0.1)) is Cause.NO_ANSWER
    device.release.set()
    assert (await session.ask("GET", "/state")).json() == {"on": True}
    await session.close()


async def test_what_speaks_something_else_is_a_bad_answer():
    server = Server()
    session = HttpSession(HttpOptions(f"http://127.0.0.1:{server.port}", timeout_s=20))
    await session.open()
    asking = asyncio.gather(session.ask("GET", "/"), return_exceptions=True)
    await asyncio.to_thread(server.accept)
    server.link.sendall(b"SSH-2.0-OpenSSH\r\n\r\n")
    server.link.close()
    (error,) = await asking
    assert error.cause is Cause.BAD_ANSWER
    await session.close()
    server.close()


async def test_a_device_that_is_gone_does_not_answer(device):
    session = await opened(device)
    await session.ask("GET", "/state")
    await failed(session.ask("GET", "/cut"))
    url = device.url
    device.shutdown()
    device.server_close()
    assert await failed(session.ask("GET", "/state", timeout_s=0.5)) is Cause.NO_ANSWER
    await session.close()
    gone = HttpSession(HttpOptions(url))
    await gone.open()
    assert await failed(gone.ask("GET", "/state")) is Cause.NO_ANSWER
    await gone.close()


async def test_a_name_nobody_knows_is_not_found():
    session = HttpSession(HttpOptions("http://lamp.invalid", timeout_s=20))
    await session.open()
    assert await failed(session.ask("GET", "/")) is Cause.NOT_FOUND
    await session.close()


@pytest.mark.parametrize(
    "url", ["192.168.1.7", "ftp://x", "http://", "http://[::1", "http://x:99999"]
)
async def test_an_address_of_no_sense_is_a_wrong_setting(url):
    session = HttpSession(HttpOptions(url))
    assert await failed(session.open()) is Cause.BAD_CONFIG
    await session.close()
    assert no_side_loop()


async def test_the_password_is_sent_and_never_shown(device, caplog):
    caplog.set_level(logging.DEBUG, "drivers")
    options = HttpOptions(device.url, user="admin", password="geheim", headers={"T": "geheim"})
    session = HttpSession(options)
    await session.open()
    await session.ask("GET", "/cm?password=geheim")
    secret = base64.b64encode(b"admin:geheim").decode()
    assert device.heads[0]["authorization"] == f"Basic {secret}"
    assert "geheim" not in repr(options)
    assert "geheim" not in caplog.text
    await session.close()


async def test_a_stranger_s_certificate_is_refused_unless_any_will_do(tmp_path):
    server = Server(server_tls(certificate(tmp_path)))
    url = f"https://127.0.0.1:{server.port}"
    session = HttpSession(HttpOptions(url, timeout_s=20))
    await session.open()
    accepting = asyncio.gather(asyncio.to_thread(server.accept), return_exceptions=True)
    assert await failed(session.ask("GET", "/")) is Cause.BAD_CONFIG
    await accepting
    await session.close()
    session = HttpSession(HttpOptions(url, any_certificate=True, timeout_s=20))
    await session.open()
    asking = asyncio.gather(session.ask("GET", "/"))
    await asyncio.to_thread(server.accept)
    await asyncio.to_thread(server.link.recv, 4096)
    server.link.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")
    assert (await asking)[0].body == b"hi"
    await session.close()
    server.close()


async def test_a_stranger_can_send_the_recipe(device):
    options = HttpOptions(device.url + "/api/", user="u", password="p", headers={"X-Key": "k"})
    made = request_recipe(options, "PUT", "/lights/1", json={"on": False})
    assert await asyncio.to_thread(sent_by_the_guardian, made)
    assert device.asked == [("PUT", "/api/lights/1", b'{"on":false}')]
    assert device.heads[0]["authorization"] == f"Basic {base64.b64encode(b'u:p').decode()}"
    assert device.heads[0]["x-key"] == "k"
    wrong = request_recipe(options, "GET", "/status/401")
    assert not await asyncio.to_thread(sent_by_the_guardian, wrong)


async def test_a_path_never_leads_to_another_address(device):
    session = await opened(device)
    for path in ("http://127.0.0.1:1/on", "//127.0.0.1:1/on", "a:b", "cm?cmnd=Color Đỏ#1"):
        await session.ask("GET", path)
        recipe = request_recipe(HttpOptions(device.url), "GET", path)
        assert await asyncio.to_thread(sent_by_the_guardian, recipe)
        ours, theirs = device.paths()[-2:]
        assert ours == theirs
    assert device.paths()[0] == "/http://127.0.0.1:1/on"
    await session.close()


async def test_a_header_of_no_sense_is_a_wrong_setting(device):
    session = HttpSession(HttpOptions(device.url, headers={"X-Key": "khóa bí mật ạ"}))
    assert await failed(session.open()) is Cause.BAD_CONFIG
    assert no_side_loop()


async def test_closing_that_is_cancelled_leaves_nothing(device):
    session = await opened(device)
    assert session.send_now("GET", "/hang")
    await asyncio.to_thread(device.wait, lambda: device.asked)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await session.close()
    await asyncio.to_thread(ended)
    await session.close()


def ended() -> None:
    while not no_side_loop():
        threading.Event().wait(0.01)


def test_some_requests_no_stranger_can_send():
    assert request_recipe(HttpOptions("http://x", digest=True, user="a"), "GET", "/") is None
    own = request_recipe(HttpOptions("https://x", any_certificate=True), "GET", "/")
    assert dict(own.options) == {"http": 1, "tls": 1, "any_certificate": 1}
    made = request_recipe(HttpOptions("https://[::1]"), "GET", "/off")
    assert (made.address, dict(made.options)) == ("[::1]:443", {"http": 1, "tls": 1})
