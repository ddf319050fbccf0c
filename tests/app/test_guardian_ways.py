"""Recipes over the network: what arrives, what counts as confirmed, and what a silence costs."""

import contextlib
import socket
import threading
from dataclasses import replace

import pytest

from app.guardian.recipes import Recipe, send_all


def recipe(kind, address, **more):
    told = {"speed_baud": 0, "expect": b"", "answer_s": 0.5, "boot_wait_s": 0.0}
    return Recipe(kind=kind, address=address, **({"frames": (b"OFF",)} | told | more))


class Plug:
    """A plug on the network: says `answer` to the first connection, and keeps what it heard.

    It answers to whatever ends with `after`.
    """

    def __init__(self, answer=b"", *, host="127.0.0.1", after=b""):
        self.heard = b""
        self._answer, self._after = answer, after
        self._server = socket.create_server(
            (host, 0), family=socket.AF_INET6 if ":" in host else socket.AF_INET
        )
        self.port = self._server.getsockname()[1]
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self):
        with contextlib.suppress(OSError):
            link, _ = self._server.accept()
            with link:
                while data := link.recv(100):
                    self.heard += data
                    if self._answer and data.endswith(self._after):
                        link.sendall(self._answer)

    def close(self):
        with contextlib.suppress(OSError):
            socket.create_connection(self._server.getsockname()[:2], 1.0).close()
        self._thread.join(10)
        self._server.close()


@pytest.fixture
def plug():
    made = []

    def make(*args, **more):
        made.append(Plug(*args, **more))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def lamp():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as link:
        link.bind(("127.0.0.1", 0))
        link.settimeout(10)
        yield link


def test_all_frames_arrive_over_tcp_and_the_answer_confirms(plug):
    one = plug(b"+OK\r\n")
    asked = recipe("tcp", f"127.0.0.1:{one.port}", frames=(b"POST ", b"/off"), expect=b"OK")
    assert send_all({"p": asked}) == {"p": True}
    one.close()
    assert one.heard == b"POST /off"


def test_another_answer_confirms_nothing(plug):
    one = plug(b"ERROR")
    asked = recipe("tcp", f"127.0.0.1:{one.port}", expect=b"OK", answer_s=0.1)
    assert send_all({"p": asked}) == {"p": False}


def _http(status, body=b"", *more):
    return b"\r\n".join(
        [b"HTTP/1.1 " + status, *more, b"Content-Length: %d" % len(body), b"", body]
    )


GOOD = _http(b"200 OK", b"[]")
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nOK\r\n0\r\n\r\n"


@pytest.mark.parametrize(
    ("told", "expect", "safe"),
    [
        (GOOD + GOOD, b"", True),
        (GOOD + _http(b"204 No Content"), b"", True),
        (CHUNKED + _http(b"200 OK", b"it is OK"), b"OK", True),
        (GOOD, b"", False),  # one answer to two requests
        (GOOD + _http(b"500 Broken", b"we never say 200 here"), b"", False),
        (_http(b"400 Bad", b"HTTP/1.1 200 OK") + GOOD, b"", False),
        (_http(b"302 Found", b"", b"Location: http:// 200 /") + GOOD, b"", False),
        (CHUNKED + GOOD, b"OK", False),  # said in the status line only
        (b"no HTTP 200 at all\r\n\r\n", b"", False),
    ],
)
def test_every_request_over_http_must_be_answered_well(plug, told, expect, safe):
    one = plug(told, after=b"B")
    options = {"http": 1}
    address = f"127.0.0.1:{one.port}"
    frames = (b"A", b"B")
    made = recipe("tcp", address, frames=frames, expect=expect, options=options, answer_s=0.2)
    assert send_all({"p": made}) == {"p": safe}


def test_an_answer_to_one_of_two_commands_confirms_nothing(plug):
    one = plug(b"OK", after=b"OFF 2")
    made = recipe("tcp", f"127.0.0.1:{one.port}", expect=b"OK", answer_s=0.1)
    told = replace(made, frames=(b"OFF 1 OFF 2",), options={"answers": 2})
    assert send_all({"p": told}) == {"p": False}


def test_the_word_of_somebody_in_between_confirms_nothing(plug):
    one = plug(b"\x40\x02\x00\x01")
    options = {"only_taken": 1}
    asked = recipe("tcp", f"127.0.0.1:{one.port}", expect=b"\x40\x02", options=options)
    assert send_all({"p": asked}) == {"p": False}


def test_without_an_answer_to_expect_it_arrives_whole_all_the_same(plug):
    one = plug()
    asked = recipe("tcp", f"127.0.0.1:{one.port}", frames=(b"x" * 50_000, b"y"))
    assert send_all({"p": asked}) == {"p": False}
    one.close()
    assert one.heard == b"x" * 50_000 + b"y"


@pytest.mark.skipif(not socket.has_ipv6, reason="no IPv6 here")
def test_an_address_of_the_new_kind_is_understood(plug):
    try:
        one = plug(b"OK", host="::1")
    except OSError:
        pytest.skip("no IPv6 here")
    assert send_all({"p": recipe("tcp", f"[::1]:{one.port}", expect=b"OK")}) == {"p": True}


@pytest.mark.expect_log("could not make p safe", level="WARNING")
def test_nobody_there_is_told_and_costs_bounded_time():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert send_all({"p": recipe("tcp", f"127.0.0.1:{port}")}) == {"p": False}


def test_datagrams_are_sent_more_than_once(lamp):
    port = lamp.getsockname()[1]
    assert send_all({"l": recipe("udp", f"127.0.0.1:{port}")}) == {"l": False}
    assert [lamp.recv(100) for _ in range(3)] == [b"OFF"] * 3


def test_an_answer_to_a_datagram_confirms(lamp):
    def answer():
        _, who = lamp.recvfrom(100)
        lamp.sendto(b"dark", who)

    thread = threading.Thread(target=answer)
    thread.start()
    port = lamp.getsockname()[1]
    told = send_all({"l": recipe("udp", f"127.0.0.1:{port}", expect=b"dark")})
    thread.join(10)
    assert told == {"l": True}


def test_requests_of_their_own_are_all_sent_even_if_one_fails():
    heard = []

    def serve(server):
        for answer in (b"", b"HTTP/1.1 200 OK\r\n\r\n"):
            link, _ = server.accept()
            with link:
                heard.append(link.recv(100))
                link.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=serve, args=(server,))
        thread.start()
        address = f"127.0.0.1:{server.getsockname()[1]}"
        frames, options = (b"GET /1", b"GET /2"), {"apart": 1, "http": 1}
        made = recipe("tcp", address, frames=frames, options=options)
        assert send_all({"lamp": made}) == {"lamp": False}
        thread.join(10)
    assert heard == [b"GET /1", b"GET /2"]
