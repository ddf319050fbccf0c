"""Web requests, against a server on this computer."""

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
