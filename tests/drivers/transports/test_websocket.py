"""WebSockets to programs that hang, lie, hang up and fall silent."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import TYPE_CHECKING

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.server import serve

from drivers.contract import Cause, DriverError
from drivers.transports.pipe import QUEUE_BYTES
from drivers.transports.websocket import WebSocketLink, WebSocketOptions
from tests.drivers.transports.far import Near, Server, certificate, no_side_loop, server_tls

if TYPE_CHECKING:
    from collections.abc import Iterator


class Far:
    """A program that speaks WebSocket, on threads of its own."""

    def __init__(self, tls=None) -> None:
        self.news = threading.Condition()
        self.heard: list[str | bytes] = []
        self.heads: list[dict[str, str]] = []
        self.links: list = []
        self._server = serve(
            self._live,
            "127.0.0.1",
            0,
            ssl=tls,
            select_subprotocol=lambda _, asked: asked[0] if asked else None,
        )
        self.url = f"ws{'s' if tls else ''}://127.0.0.1:{self._server.socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, name="far")
        self._thread.start()

    def _live(self, link) -> None:
        with self.news:
            self.links.append(link)
            self.heads.append(dict(link.request.headers.raw_items()))
            self.news.notify_all()
        with contextlib.suppress(ConnectionClosed):
            for message in link:
                with self.news:
                    self.heard.append(message)
                    self.news.notify_all()

    def wait(self, true) -> bool:
        with self.news:
            return self.news.wait_for(true, 20)

    def end(self) -> None:
        self._server.shutdown()
        self._thread.join(20)
        for link in self.links:
            link.close()


@pytest.fixture
def far() -> Iterator[Far]:
    made = Far()
    yield made
    made.end()


async def opened(far: Far, near: Near, **options) -> WebSocketLink:
    link = WebSocketLink(WebSocketOptions(far.url, **options))
    await link.open(near.on_news, near.on_lost)
    assert await asyncio.to_thread(far.wait, lambda: far.links)
    return link


async def test_messages_go_both_ways_and_in_order(far):
    near = Near()
    link = await opened(far, near, headers={"X-Token": "abc"}, subprotocols=("obswebsocket.json",))
    assert not near.news
    for number in range(100):
        assert link.write_now(f"đèn {number}")
    expected = [f"đèn {number}" for number in range(100)]
    assert await asyncio.to_thread(far.wait, lambda: far.heard == expected)
    far.links[0].send(b"binary is not ours")
    for text in expected:
        far.links[0].send(text)
    await near.until(lambda: near.news == expected)
    assert near.threads == {"MainThread"}
    assert far.heads[0]["X-Token"] == "abc"
    assert far.links[0].subprotocol == "obswebsocket.json"
    await link.close()
    await link.close()
    assert near.lost == []
    assert no_side_loop()


async def test_stop_goes_out_while_the_loop_is_blocked(far):
    link = await opened(far, Near())
    threading.Timer(0.05, link.write_now, ["STOP"]).start()
    assert far.wait(lambda: far.heard == ["STOP"])  # blocks the program's loop
    await link.close()


async def test_what_was_written_before_close_still_arrives(far):
    link = await opened(far, Near())
    for number in range(50):
        link.write_now(str(number))
    await link.close()
    assert far.wait(lambda: len(far.heard) == 50)
    assert not link.write_now("x")


async def test_a_good_bye_is_a_loss_told_once_with_its_reason(far):
    near = Near()
    link = await opened(far, near)
    far.links[0].send("last words")
    far.links[0].close(4009, "wrong password")
    await near.until(lambda: near.lost)
    assert not link.write_now("x")
    await link.close()
    assert near.news == ["last words"]
    assert [(one.cause, one.detail) for one in near.lost] == [(Cause.LOST, "4009 wrong password")]


async def test_a_connection_cut_during_writes_is_a_loss_told_once(far):
    near = Near()
    link = await opened(far, near)
    for number in range(200):
        link.write_now("x" * 1000)
        if number == 100:
            far.links[0].socket.shutdown(2)
        await asyncio.sleep(0)
    await near.until(lambda: near.lost)
    await link.close()
    assert [one.cause for one in near.lost] == [Cause.LOST]


async def _shaken(server: Server) -> None:
    """Shake hands by hand, for a far end that then does what no library would."""
    import base64
    import hashlib

    await asyncio.to_thread(server.accept)
    head = b""
    while b"\r\n\r\n" not in head:
        head += await asyncio.to_thread(server.link.recv, 4096)
    key = next(
        line.partition(b":")[2].strip()
        for line in head.split(b"\r\n")
        if line.lower().startswith(b"sec-websocket-key")
    )
    accept = base64.b64encode(hashlib.sha1(key + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest())
    server.link.sendall(
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n"
    )


async def mute(near: Near, **options) -> tuple[WebSocketLink, Server]:
    server = Server()
    link = WebSocketLink(WebSocketOptions(f"ws://127.0.0.1:{server.port}", **options))
    shaking = asyncio.gather(_shaken(server))
    await link.open(near.on_news, near.on_lost)
    await shaking
    return link, server


async def test_a_program_that_answers_no_ping_is_lost():
    near = Near()
    link, server = await mute(near, ping_s=0.1, pong_s=0.1)
    await near.until(lambda: near.lost)
    await link.close()
    server.close()
    assert [one.cause for one in near.lost] == [Cause.NO_ANSWER]


async def test_a_program_that_reads_nothing_fills_only_our_queue_and_stop_empties_it():
    near = Near()
    link, server = await mute(near, ping_s=60)
    block, refused = "x" * 8192, 0
    while refused < 100:
        refused = 0 if link.write_now(block) else refused + 1
        assert link._out_bytes <= QUEUE_BYTES
        await asyncio.sleep(0.001)
    assert link.write_now("STOP", urgent=True)
    assert link._out_bytes == 4
    async with asyncio.timeout(4):  # the system itself gives up after five seconds
        await link.close()
    server.close()
    assert near.lost == []
    assert no_side_loop()


async def test_closing_that_is_cancelled_leaves_nothing():
    link, server = await mute(Near(), ping_s=60)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await link.close()
    await asyncio.to_thread(_drained, server)
    await link.close()
    server.close()


def _drained(server: Server) -> None:
    """Read until the connection ends."""
    with contextlib.suppress(ConnectionError):
        while server.link.recv(1 << 20):
            pass


async def test_nonsense_on_the_wire_is_a_loss_told_once():
    near = Near()
    link, server = await mute(near, ping_s=0.3)
    server.link.sendall(b"\xff\xff\xff\xff nonsense")
    await near.until(lambda: near.lost)
    await link.close()
    server.close()
    assert len(near.lost) == 1


@pytest.mark.parametrize(
    ("answer", "cause"),
    [
        (b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n", Cause.BAD_CONFIG),
        (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", Cause.BAD_ANSWER),
        (b"SSH-2.0-OpenSSH\r\n\r\n", Cause.BAD_ANSWER),
    ],
)
async def test_what_is_no_websocket_is_told_apart(answer, cause):
    server = Server()
    link = WebSocketLink(WebSocketOptions(f"ws://127.0.0.1:{server.port}", connect_timeout_s=20))
    opening = asyncio.gather(link.open(print, print), return_exceptions=True)
    await asyncio.to_thread(server.accept)
    await asyncio.to_thread(server.link.recv, 4096)
    server.link.sendall(answer)
    server.link.shutdown(1)
    (error,) = await opening
    assert isinstance(error, DriverError)
    assert error.cause is cause
    server.close()
    assert no_side_loop()


@pytest.mark.parametrize(
    ("url", "cause"),
    [
        ("http://127.0.0.1:1", Cause.BAD_CONFIG),
        ("127.0.0.1:4455", Cause.BAD_CONFIG),
        ("ws://obs.invalid:4455", Cause.NOT_FOUND),
        ("ws://127.0.0.1:1", Cause.NO_ANSWER),
    ],
)
async def test_an_address_where_nothing_is_is_told_apart(url, cause):
    link = WebSocketLink(WebSocketOptions(url))
    with pytest.raises(DriverError) as raised:
        await link.open(print, print)
    assert raised.value.cause is cause
    await link.close()
    assert no_side_loop()


async def test_a_handshake_that_never_ends_is_given_up():
    server = Server()
    link = WebSocketLink(WebSocketOptions(f"ws://127.0.0.1:{server.port}", connect_timeout_s=0.2))
    with pytest.raises(DriverError) as raised:
        await link.open(print, print)
    assert raised.value.cause is Cause.NO_ANSWER
    server.close()
    assert no_side_loop()


async def test_a_stranger_s_certificate_is_refused_unless_any_will_do(tmp_path):
    far = Far(server_tls(certificate(tmp_path)))
    link = WebSocketLink(WebSocketOptions(far.url, connect_timeout_s=20))
    with pytest.raises(DriverError) as raised:
        await link.open(print, print)
    assert raised.value.cause is Cause.BAD_CONFIG
    link = await opened(far, Near(), any_certificate=True)
    link.write_now("hello")
    assert await asyncio.to_thread(far.wait, lambda: far.heard == ["hello"])
    await link.close()
    far.end()


def test_secrets_in_headers_are_not_shown():
    assert "geheim" not in repr(WebSocketOptions("ws://x", headers={"Authorization": "geheim"}))
