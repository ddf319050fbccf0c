"""Who offers what on this network, by mDNS; the owner of `zeroconf` here.

One rule: it only asks the network for names; nobody is spoken to who was not found by one.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import logging
import os
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from drivers.transports.side_loop import side

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zeroconf.asyncio import AsyncZeroconf

log = logging.getLogger(__name__)

LOOK_S = 1.5
# Name the network cards to look on by their addresses, parted by commas; unset looks on all.
CARDS = "GIFTWIRE_MDNS_CARDS"
_DETAIL_S = 1.0
_NAME_S = 1.5


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Something that offers a service; `name` is its own, `host` one that outlives its address."""

    name: str
    host: str
    address: str
    port: int
    texts: Mapping[str, str] = field(default_factory=dict, hash=False)


async def look(service: str, look_s: float = LOOK_S) -> tuple[Neighbour, ...]:
    """Return who offers a service, such as "_wled._tcp", sorted by name; () without a network."""
    side.enter()
    try:
        return await side.run(_look(f"{service}.local.", look_s))
    except Exception as error:  # noqa: BLE001 - no network is nothing to complain of
        log.debug("nobody looked for %s: %r", service, error)
        return ()
    finally:
        await side.leave()


async def address_of(host: str) -> str:
    """Return the address of a name that ends in .local, everything else as it is.

    Many systems cannot look such names up by themselves.
    """
    name = host.strip().rstrip(".")
    if not name.lower().endswith(".local"):
        return host.strip()
    side.enter()
    try:
        return await side.run(_address_of(name)) or name
    except Exception as error:  # noqa: BLE001 - then the system may know it
        log.debug("nobody looked %s up: %r", name, error)
        return name
    finally:
        await side.leave()


class Offer:
    """A service of ours that programs and devices on this network can find; ask for its end."""

    def __init__(self, service: str, name: str, port: int, addresses: tuple[str, ...]) -> None:
        """`service` is such as "_mqtt._tcp", `name` what people read, `addresses` are IPv4."""
        self._service, self._name = f"{service}.local.", name
        self._port, self._addresses = port, addresses
        self._zeroconf: AsyncZeroconf | None = None

    async def begin(self) -> None:
        """Tell the network of it; without a network nobody hears, and nothing is raised."""
        side.enter()
        try:
            await side.run(self._begin())
        except Exception as error:  # noqa: BLE001 - no network is nothing to complain of
            log.debug("nobody was told of %s: %r", self._service, error)

    async def end(self) -> None:
        """Take it back; call it once, after `begin`."""
        try:
            await side.run(self._end())
        except Exception as error:  # noqa: BLE001 - as above
            log.debug("%s was not taken back: %r", self._service, error)
        finally:
            await side.leave()

    async def _begin(self) -> None:
        from zeroconf.asyncio import AsyncServiceInfo

        info = AsyncServiceInfo(
            self._service,
            f"{self._name}.{self._service}",
            parsed_addresses=list(self._addresses),
            port=self._port,
            # Of another computer in the house with the same program it must differ.
            server=f"giftwire-{secrets.token_hex(4)}.local.",
        )
        # Its own socket: one that looks for others lives shorter.
        self._zeroconf = _open()
        told = await self._zeroconf.async_register_service(info, allow_name_change=True)
        await told

    async def _end(self) -> None:
        zeroconf, self._zeroconf = self._zeroconf, None
        if zeroconf is not None:
            await zeroconf.async_unregister_all_services()
            await zeroconf.async_close()


class _Shared:
    """One socket for all who look at the same time; the side loop's only."""

    def __init__(self) -> None:
        self.users = 0
        self.zeroconf: AsyncZeroconf | None = None

    async def __aenter__(self) -> AsyncZeroconf:
        if self.zeroconf is None:
            self.zeroconf = _open()
        self.users += 1
        return self.zeroconf

    async def __aexit__(self, *_: object) -> None:
        self.users -= 1
        if self.users == 0 and self.zeroconf is not None:
            zeroconf, self.zeroconf = self.zeroconf, None
            await zeroconf.async_close()


def _open() -> AsyncZeroconf:
    from zeroconf import InterfaceChoice, IPVersion
    from zeroconf.asyncio import AsyncZeroconf

    cards = os.environ.get(CARDS, "").split(",")
    return AsyncZeroconf(
        interfaces=InterfaceChoice.All if cards == [""] else cards, ip_version=IPVersion.V4Only
    )


_shared = _Shared()


async def _look(service: str, look_s: float) -> tuple[Neighbour, ...]:
    from zeroconf.asyncio import AsyncServiceBrowser

    names: set[str] = set()

    def changed(*, name: str, state_change: Any, **_: object) -> None:  # noqa: ANN401 - zeroconf's
        gone = state_change.name == "Removed"
        (names.discard if gone else names.add)(name)

    async with _shared as zeroconf:
        browser = AsyncServiceBrowser(zeroconf.zeroconf, service, handlers=[changed])
        try:
            await asyncio.sleep(look_s)
        finally:
            await browser.async_cancel()
        details = [_details(zeroconf, service, one) for one in sorted(names)]
        found = await asyncio.gather(*details)
    return tuple(one for one in found if one is not None)


async def _details(zeroconf: AsyncZeroconf, service: str, name: str) -> Neighbour | None:
    from zeroconf import IPVersion
    from zeroconf.asyncio import AsyncServiceInfo

    info = AsyncServiceInfo(service, name)
    if not await info.async_request(zeroconf.zeroconf, _DETAIL_S * 1000):
        return None
    addresses = info.parsed_addresses(IPVersion.V4Only)
    if not addresses or info.port is None:
        return None
    texts = {
        key.decode(errors="replace"): (value or b"").decode(errors="replace")
        for key, value in info.properties.items()
    }
    host = (info.server or addresses[0]).rstrip(".")
    return Neighbour(name.removesuffix(f".{service}"), host, addresses[0], info.port, texts)


async def _address_of(name: str) -> str:
    from zeroconf import AddressResolverIPv4  # type: ignore[attr-defined]  # it is told, not typed

    async with _shared as zeroconf:
        resolver = AddressResolverIPv4(f"{name}.")
        if not await resolver.async_request(zeroconf.zeroconf, _NAME_S * 1000):
            return ""
    found = resolver.ip_addresses_by_version(_v4())
    with contextlib.suppress(IndexError):
        return str(ipaddress.ip_address(str(found[0])))
    return ""


def _v4() -> Any:  # noqa: ANN401 - zeroconf's own kind
    from zeroconf import IPVersion

    return IPVersion.V4Only
