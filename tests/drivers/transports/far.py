"""What the tests of the network transports share: what was told, and far ends that misbehave."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import datetime
import ipaddress
import socket
import ssl
import threading
from typing import TYPE_CHECKING

from app.guardian import recipes

if TYPE_CHECKING:
    from pathlib import Path

    from drivers.contract import DriverError, SafeRecipe


class Near:
    """What a transport told."""

    def __init__(self) -> None:
        self.news: list = []
        self.lost: list[DriverError] = []
        self.threads: set[str] = set()
        self._change = asyncio.Event()

    def on_news(self, *news) -> None:
        self.threads.add(threading.current_thread().name)
        self.news.append(news[0] if len(news) == 1 else news)
        self._change.set()

    def on_lost(self, error: DriverError) -> None:
        self.threads.add(threading.current_thread().name)
        self.lost.append(error)
        self._change.set()

    async def until(self, true) -> None:
        async with asyncio.timeout(20):
            while not true():
                self._change.clear()
                await self._change.wait()


class Server:
    """A TCP server in a thread of its own, one connection at a time; it reads when told to."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._tls = tls
        self.link: socket.socket | None = None

    def accept(self) -> socket.socket:
        self._listener.settimeout(20)
        link, _ = self._listener.accept()
        link.settimeout(20)
        self.link = self._tls.wrap_socket(link, server_side=True) if self._tls else link
        return self.link

    def read(self, size: int) -> bytes:
        data = b""
        while len(data) < size and (more := self.link.recv(size - len(data))):
            data += more
        return data

    def reset(self) -> None:
        """End the connection as a crashed machine that is asked again does."""
        self.link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.link.close()

    def close(self) -> None:
        for one in (self.link, self._listener):
            if one is not None:
                with contextlib.suppress(OSError):
                    one.close()


def certificate(folder: Path) -> tuple[Path, Path]:
    """Make a certificate for 127.0.0.1 that signs itself: the files of it and of its key."""
    x509 = _cryptography()
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "cert.pem").write_bytes(made.public_bytes(pem))
    (folder / "key.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return folder / "cert.pem", folder / "key.pem"


def _cryptography():
    import pytest

    return pytest.importorskip("cryptography.x509", reason="makes the certificate of this test")


def server_tls(files: tuple[Path, Path]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*files)
    return context


def no_side_loop() -> bool:
    return not any(one.name == "side loop" for one in threading.enumerate())


def mqtt_threads() -> int:
    """Count the connections to brokers that are up."""
    names = [one.name for one in threading.enumerate()]
    return sum(one.startswith("mqtt ") and not one.endswith(" end") for one in names)


def sent_by_the_guardian(made: SafeRecipe) -> bool:
    """Send a recipe with the guardian's own code; say whether it counts as confirmed."""
    fields = {one.name: getattr(made, one.name) for one in dataclasses.fields(made)}
    return recipes.send_all({"device": recipes.Recipe(**fields)})["device"]
