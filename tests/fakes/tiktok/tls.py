"""TLS of the loopback server: a throw-away CA and a certificate for 127.0.0.1, under tests/data.

The keys protect nothing; they are in the tree so that tests need no openssl and no clock.
"""

from __future__ import annotations

import ssl
from pathlib import Path

_FOLDER = Path(__file__).parents[2] / "data" / "loopback_tls"

CA_FILE = _FOLDER / "ca.pem"
"""Give this file to a client that shall trust the loopback server."""


def server_context() -> ssl.SSLContext:
    """Return the server's side of TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_FOLDER / "server.pem", _FOLDER / "server.key")
    return context


def trusting_context() -> ssl.SSLContext:
    """Return the side of a client that trusts our CA and nothing else."""
    return ssl.create_default_context(cafile=str(CA_FILE))
