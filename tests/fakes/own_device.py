"""Something somebody built: a relay, a lamp, a fan, a motor and a shot, told by lines of text.

One rule: it knows its own words only; what carries them is told apart from what they mean.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import unquote

from tests.fakes.far_end import FarEnd

if TYPE_CHECKING:
    from collections.abc import Callable

_WORDS = {"REL", "LED", "FAN", "MOT"}


class Words:
    """What it does: `on` is what is on, by its word; `said` are all lines it understood."""

    def __init__(self, tell: Callable[[Callable[[], None]], None]) -> None:
        self.on: dict[str, str] = {}
        self.said: list[str] = []
        self.mute = False
        self._tell = tell
        self._timers: list[threading.Timer] = []

    def obey(self, line: str) -> str:
        """Carry one line out; return the answer."""
        word, _, rest = line.strip().partition(" ")
        self.said.append(line.strip())
        if (word, rest) == ("ALL", "OFF"):
            self.on.clear()
        elif word == "SHOT" and rest.isdecimal():
            self.on["SHOT"] = rest
            timer = threading.Timer(
                int(rest) / 1000, self._tell, (lambda: self.on.pop("SHOT", None),)
            )
            self._timers.append(timer)
            timer.start()
        elif word in _WORDS and rest in ("0", "000000"):
            self.on.pop(word, None)
        elif word in _WORDS and rest:
            self.on[word] = rest
        elif word != "ALIVE":
            return "WHAT?"
        return "" if self.mute else "OK"

    def end(self) -> None:
        """Let no timer live on."""
        for timer in self._timers:
            timer.cancel()
            timer.join(10)


class OwnBoard(FarEnd):
    """It hangs on a serial cable."""

    def __init__(self) -> None:
        self.words = Words(self.tell)
        super().__init__()

    @property
    def resting(self) -> bool:
        """Whether all of it is off."""
        return not self.words.on

    def take(self, data: bytes) -> bytes:
        """Obey every whole line."""
        *lines, rest = data.split(b"\n")
        for line in filter(None, lines):
            answer = self.words.obey(line.decode("utf-8", "replace"))
            if answer:
                self.say(answer.encode() + b"\r\n")
        return rest

    def close(self) -> None:
        """End, timers too."""
        super().close()
        self.words.end()


class OwnNetDevice:
    """It stands in the network; `carrier` is "tcp", "udp" or "http"."""

    def __init__(self, carrier: str) -> None:
        self._news = threading.Condition()
        self.words = Words(self.tell)
        self.heads: list[dict[str, str]] = []
        self._links: list[socket.socket] = []
        self._server: ThreadingHTTPServer | None = None
        self._ended = False
        if carrier == "http":
            self._server = _Requests.served(self)
            self.port = self._server.server_port
            listen: Callable[[], None] = partial(self._server.serve_forever, 0.01)
        else:
            kind = socket.SOCK_STREAM if carrier == "tcp" else socket.SOCK_DGRAM
            self._socket = socket.socket(socket.AF_INET, kind)
            self._socket.bind(("127.0.0.1", 0))
            self._socket.settimeout(0.05)
            self.port = self._socket.getsockname()[1]
            if carrier == "tcp":
                self._socket.listen()
            listen = self._accept if carrier == "tcp" else self._hear
        self._threads = [threading.Thread(target=listen, name="own device")]
        self._threads[0].start()

    @property
    def resting(self) -> bool:
        """Whether all of it is off."""
        return not self.words.on

    def wait_for(self, true: Callable[[], bool], timeout_s: float = 10.0) -> bool:
        """Block until something is true of this device; False when it took too long."""
        with self._news:
            return self._news.wait_for(true, timeout_s)

    def tell(self, change: Callable[[], None]) -> None:
        """Change something, and wake who waits for it."""
        with self._news:
            change()
            self._news.notify_all()

    def obey(self, line: str) -> str:
        """Carry one line out."""
        with self._news:
            answer = self.words.obey(line)
            self._news.notify_all()
        return answer

    def hang_up(self) -> None:
        """End every connection."""
        for link in self._links:
            with contextlib.suppress(OSError):
                link.shutdown(socket.SHUT_RDWR)
            link.close()
        self._links.clear()

    def close(self) -> None:
        """End; may be called again."""
        if self._ended:
            return
        self._ended = True
        self.hang_up()
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
        for thread in self._threads:
            thread.join(10)
        if self._server is None:
            self._socket.close()
        self.words.end()

    def _accept(self) -> None:
        while not self._ended:
            try:
                link, _ = self._socket.accept()
            except TimeoutError:
                continue
            self._links.append(link)
            thread = threading.Thread(target=self._listen, args=(link,), name="own device link")
            self._threads.append(thread)
            thread.start()

    def _listen(self, link: socket.socket) -> None:
        rest = b""
        with link, contextlib.suppress(OSError):
            while data := link.recv(4096):
                *lines, rest = (rest + data).split(b"\n")
                for line in filter(None, lines):
                    if answer := self.obey(line.decode()):
                        link.sendall(answer.encode() + b"\n")

    def _hear(self) -> None:
        while not self._ended:
            try:
                data, whose = self._socket.recvfrom(4096)
            except TimeoutError:
                continue
            if answer := self.obey(data.decode()):
                self._socket.sendto(answer.encode(), whose)


class _Requests(BaseHTTPRequestHandler):
    """Takes GET /REL/1 and POST /do with {"do": "REL 1"} or do=REL+1."""

    device: OwnNetDevice

    @classmethod
    def served(cls, device: OwnNetDevice) -> ThreadingHTTPServer:
        """Return a server of it that answers for a device."""
        kind = type("Requests", (cls,), {"device": device})
        server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
        server.daemon_threads = True
        return server

    def do_GET(self) -> None:
        self._answer(unquote(self.path[1:]).replace("/", " "))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        with contextlib.suppress(IndexError):
            body = body.split('"')[3]
        self._answer(body.removeprefix("do=").replace("+", " "))

    def _answer(self, line: str) -> None:
        self.device.heads.append({name.lower(): value for name, value in self.headers.items()})
        text = self.device.obey(line).encode()
        self.send_response(404 if text == b"WHAT?" else 200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *args: object) -> None:
        """Keep quiet."""
