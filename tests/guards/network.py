"""Tests talk to this machine only; a look-up or a connection elsewhere fails at once.

One rule: names under `.invalid` stay unknown, as the standards promise, so tests can use them.
"""

from __future__ import annotations

import ipaddress
import socket
import sys
from typing import Any

_HERE = {"", "localhost", "localhost.localdomain", "ip6-localhost", socket.gethostname()}


class NetworkGuard:
    """Watches Python's audit events; it cannot be taken out again, only switched off."""

    def __init__(self) -> None:
        self.on = False
        self.spawned = False
        self.refused: list[str] = []
        sys.addaudithook(self._hook)

    def _hook(self, event: str, args: tuple[Any, ...]) -> None:
        if event == "subprocess.Popen":
            self.spawned = True
        elif self.on and event == "socket.connect":
            self._check_address(args[1])
        elif self.on and event == "socket.getaddrinfo":
            self._check_host(args[0])

    def _check_address(self, address: object) -> None:
        if isinstance(address, tuple):
            self._check_host(address[0])

    def _check_host(self, host: object) -> None:
        name = host.decode() if isinstance(host, bytes) else str(host or "")
        if name.endswith(".invalid"):
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        if name not in _HERE and not _is_local(name):
            self.refused.append(f"network: {name!r} is not this machine")
            raise OSError(f"tests may not reach {name}")


def _is_local(name: str) -> bool:
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified
