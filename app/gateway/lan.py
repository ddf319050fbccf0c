"""Where this computer is on its own network: the addresses that devices there can reach.

One rule: the likeliest comes first; nothing is sent to find out.
"""

from __future__ import annotations

import contextlib
import ipaddress
import re
import socket
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

# Cards that lead to no other thing in the house: of virtual machines, containers, tunnels.
_VIRTUAL: Final = re.compile(
    r"docker|veth|^br-|virbr|vmnet|vbox|virtualbox|vmware|vethernet|hyper-v|wsl|^tun|^tap|^utun"
    r"|wireguard|^wg|zerotier|tailscale|npcap|loopback",
    re.IGNORECASE,
)
# A documentation address: the system only says by which card it would go there.
_ELSEWHERE: Final = ("192.0.2.1", 9)


def addresses() -> tuple[str, ...]:
    """Return the IPv4 addresses of this computer on its networks; () without one."""
    return ordered(_cards(), _usual())


def ordered(cards: Iterable[tuple[str, str]], usual: str) -> tuple[str, ...]:
    """Return the addresses of cards (name, address) that count; `usual` leads to the internet."""
    real: list[str] = []
    virtual: list[str] = []
    for name, address in cards:
        number = ipaddress.ip_address(address)
        if number.is_loopback or number.is_link_local or number.version != 4:  # noqa: PLR2004 - IPv4
            continue
        (virtual if _VIRTUAL.search(name) else real).append(address)
    found = list(dict.fromkeys(real or virtual))
    return tuple(sorted(found, key=lambda one: one != usual))


def _cards() -> list[tuple[str, str]]:
    try:
        import ifaddr
    except ImportError:
        return [("", one) for one in (_usual(),) if one]
    found: list[tuple[str, str]] = []
    with contextlib.suppress(OSError):
        for card in ifaddr.get_adapters():
            name = f"{card.name} {card.nice_name}"
            found += [(name, str(one.ip)) for one in card.ips if one.is_IPv4]
    return found


def _usual() -> str:
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        asked.connect(_ELSEWHERE)
        return str(asked.getsockname()[0])
    return ""
