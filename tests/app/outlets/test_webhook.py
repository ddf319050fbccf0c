"""Web requests, against a server on this computer."""

import asyncio
import contextlib
import socket

import pytest
from aiohttp import web

from app.core.effects import Webhook
from app.core.outcome import Drop
from app.outlets.outlet import OutletError
from app.outlets.webhook import WebhookOutlet

SECRETS = {"door": "s3cret"}


class Server:
    """Keeps what it was asked; answers with `status`."""

    def __init__(self):
        self.asked = []
        self.status = 200
        self.port = 0

    async def start(self):
        app = web.Application()
        app.router.add_route("*", "/{tail:.*}", self._answer)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self):
        await self._runner.cleanup()

    async def _answer(self, request):
        self.asked.append(
            (request.method, request.path_qs, dict(request.headers), await request.text())
        )
        headers = {"Location": f"http://127.0.0.1:{self.port}/elsewhere"}
        return web.Response(status=self.status, headers=headers if self.status == 302 else {})


@pytest.fixture
async def server():
    one = Server()
    await one.start()
    yield one
    await one.stop()


@pytest.fixture
async def outlet():
    async def secret(name):
        return SECRETS.get(name, "")

    one = WebhookOutlet(secret)
    yield one
    await one.close()


def hook(server, **more):
    return Webhook(f"http://127.0.0.1:{server.port}/gift?n=1", **more)


async def test_a_text_arrives_with_its_secret_in_the_header_only(server, outlet):
    assert (
        await outlet.carry_out(hook(server, body='{"gift": "Hoa hồng"}', secret="door"))
        == "HTTP 200"
    )
    ((method, path, headers, body),) = server.asked
    assert (method, path, body) == ("POST", "/gift?n=1", '{"gift": "Hoa hồng"}')
    assert headers["Authorization"] == "Bearer s3cret"
    assert headers["Content-Type"] == "application/json"
    assert "s3cret" not in path + body


async def test_a_plain_text_is_told_as_one_and_a_get_has_no_body(server, outlet):
    await outlet.carry_out(hook(server, body="hello"))
    await outlet.carry_out(hook(server, method="GET", body="hello"))
    assert server.asked[0][2]["Content-Type"].startswith("text/plain")
    assert server.asked[1][0] == "GET"
    assert server.asked[1][3] == ""


@pytest.mark.parametrize("status", [400, 401, 404, 500])
async def test_a_refusal_is_told_with_its_number(server, outlet, status):
    server.status = status
    with pytest.raises(OutletError) as told:
        await outlet.carry_out(hook(server))
    assert (told.value.drop, told.value.detail) == (Drop.REFUSED, f"HTTP {status}")


async def test_no_redirect_is_followed(server, outlet):
    server.status = 302
    await outlet.carry_out(hook(server, secret="door"))
    assert len(server.asked) == 1


async def test_a_secret_that_is_not_there_sends_nothing(server, outlet):
    with pytest.raises(OutletError) as told:
        await outlet.carry_out(hook(server, secret="attic"))
    assert told.value.drop is Drop.NOT_SET_UP
    assert server.asked == []


async def test_a_server_that_is_not_there_is_offline(server, outlet):
    await server.stop()
    with pytest.raises(OutletError) as told:
        await outlet.carry_out(hook(server))
    assert told.value.drop is Drop.OFFLINE
    assert str(server.port) not in told.value.detail


@pytest.mark.parametrize(
    "url", ["ftp://example.com/x", "http://", "http://me:pw@example.com/", "file:///etc/x"]
)
async def test_odd_addresses_are_refused(outlet, url):
    with pytest.raises(OutletError) as told:
        await outlet.carry_out(Webhook(url))
    assert told.value.drop is Drop.REFUSED


def book(**names):
    """A book of names, as the system has one."""

    def look_up(host, _port, **_):
        if host not in names:
            raise socket.gaierror
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", (names[host], 0))]

    return look_up


@pytest.mark.parametrize("home", ["127.0.0.1", "192.168.1.5", "169.254.169.254", "::1", "10.0.0.1"])
async def test_a_name_of_the_world_does_not_lead_home(server, home):
    outlet = WebhookOutlet(no_secrets, book(**{"hooks.example.com": home}))
    with pytest.raises(OutletError) as told:
        await outlet.carry_out(Webhook(f"http://hooks.example.com:{server.port}/x"))
    assert told.value.drop is Drop.AT_HOME
    assert "hooks.example.com" in told.value.detail
    assert server.asked == []
    await outlet.close()


@pytest.mark.parametrize("name", ["lamp.local", "nas", "box.lan", "pc.tail12.ts.net"])
async def test_a_name_at_home_is_called_by_that_name(server, name):
    outlet = WebhookOutlet(no_secrets, book(**{name: "127.0.0.1"}))
    assert await outlet.carry_out(Webhook(f"http://{name}:{server.port}/x")) == "HTTP 200"
    assert server.asked[0][2]["Host"] == f"{name}:{server.port}"
    with pytest.raises(OutletError) as told:
        await outlet.carry_out(Webhook("http://nobody.local/x"))
    assert told.value.drop is Drop.OFFLINE
    await outlet.close()


async def test_a_name_is_looked_up_once_and_that_address_is_called(server):
    """A name that leads elsewhere the second time is not asked a second time."""
    answers = ["127.0.0.1", "192.0.2.1"]

    def look_up(host, _port, **_):
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", (answers.pop(0), 0))]

    outlet = WebhookOutlet(no_secrets, look_up)
    assert await outlet.carry_out(Webhook(f"http://nas.local:{server.port}/x")) == "HTTP 200"
    assert answers == ["192.0.2.1"]
    await outlet.close()


async def test_an_answer_without_end_is_not_read(outlet):
    written = 0

    async def babble(reader, writer):
        nonlocal written
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        with contextlib.suppress(ConnectionError):
            while True:
                writer.write(b"x" * 65536)
                written += 65536
                await writer.drain()
        writer.close()

    babbler = await asyncio.start_server(babble, "127.0.0.1", 0)
    port = babbler.sockets[0].getsockname()[1]
    async with asyncio.timeout(10):
        assert await outlet.carry_out(Webhook(f"http://127.0.0.1:{port}/")) == "HTTP 200"
    babbler.close()
    await babbler.wait_closed()
    assert written < 64 << 20


async def no_secrets(_name):
    return ""
