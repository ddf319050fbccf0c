"""Ports for servers that must know theirs before they listen.

One rule: none that the system gives to outgoing connections, which may take one at any moment.
"""

from __future__ import annotations

import itertools
import os
import socket

# Below what Linux (32768), macOS and Windows (49152) hand out; a stretch for each worker.
_FIRST, _STRETCH, _WORKERS = 20_000, 1_000, 10
_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % _WORKERS
# Whoever runs tests beside us begins elsewhere in it.
_next = itertools.count(os.getpid())


def free_port() -> int:
    """Return a port of this computer that nobody listens on, another one each time."""
    while True:
        port = _FIRST + _worker * _STRETCH + next(_next) % _STRETCH
        with socket.socket() as tried:
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
