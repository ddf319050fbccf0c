"""A device that speaks HTTP, on threads of its own; its paths say how it behaves."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Device(ThreadingHTTPServer):
    """A device; paths say how it behaves."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Requests)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.asked: list[tuple[str, str, bytes]] = []
        self.heads: list[dict[str, str]] = []
        self.news = threading.Condition()
        self.release = threading.Event()
        self.at_once = self.most_at_once = 0
        self._thread = threading.Thread(target=self.serve_forever, args=(0.01,), name="device")
        self._thread.start()

    def note(self, one: tuple[str, str, bytes], head: dict[str, str]) -> None:
        with self.news:
            self.asked.append(one)
            self.heads.append(head)
            self.news.notify_all()

    def wait(self, true) -> bool:
        with self.news:
            return self.news.wait_for(true, 20)

    def paths(self) -> list[str]:
        return [path for _, path, _ in self.asked]

    def end(self) -> None:
        self.release.set()
        self.shutdown()
        self.server_close()
        self._thread.join(20)


class _Requests(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Device

    def _answer(self) -> None:
        device = self.server
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with device.news:
            device.at_once += 1
            device.most_at_once = max(device.most_at_once, device.at_once)
        head = {name.lower(): value for name, value in self.headers.items()}
        device.note((self.command, self.path, body), head)
        if self.path.startswith("/hang"):
            device.release.wait(20)
        with device.news:
            device.at_once -= 1
        if self.path == "/cut":
            self.close_connection = True
            return
        status = int(self.path.rpartition("/")[2]) if "/status/" in self.path else 200
        text = b"x" * 5_000_000 if self.path == "/long" else b'{"on": true}'
        text = b"no json" if self.path == "/text" else text
        try:
            self.send_response(status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)
        except OSError:
            self.close_connection = True

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_PUT(self) -> None:
        self._answer()

    def log_message(self, *args) -> None:
        pass
