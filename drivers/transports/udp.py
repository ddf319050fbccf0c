"""A UDP socket: to one device, to everybody on the network, or to a multicast group.

One rule: a datagram goes out in the thread that hands it over; nothing ever waits.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import socket
import sys
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from drivers.contract import Cause, DriverError, who_listens
from drivers.transports.sentences import NO_SUCH_ADDRESS
from drivers.transports.side_loop import side
from drivers.transports.told import Told, checked_port, network_error

if TYPE_CHECKING:
    from collections.abc import Callable

# As the system gives it: host and port, and more for IPv6.
Address = tuple[Any, ...]

_LOOK_UP_S = 5.0


@dataclass(frozen=True, slots=True)
class UdpOptions:
    """Where to send. A `host` that is a multicast group is sent to with `ttl` hops.

    `broadcast` True allows a broadcast address (255.255.255.255, 192.168.1.255). `local_port` 0
    lets the system choose; `local_host` names the network card (its address), "" any; `join`
    also receives what others send to the group. For one device `refused_is_loss` False ignores a
    system that says nobody listens at the port.
    """

    host: str
    port: int
    broadcast: bool = False
    local_host: str = ""
    local_port: int = 0
    join: bool = False
    ttl: int = 1
    refused_is_loss: bool = True


class UdpPipe:
    """One UDP socket; see `drivers.transports.pipe.Pipe`. One call of `on_bytes` is one datagram.

    To one device the socket is connected: it hears this device only and learns when nobody
    listens there. To many it hears everybody. `write_now` sends at once in the caller's thread,
    so a True means that the system took the datagram, and `urgent` changes nothing.
    """

    def __init__(self, options: UdpOptions) -> None:
        self._options = options
        self._lock = threading.RLock()  # STOP comes from any thread, even a signal
        self._socket: socket.socket | None = None
        self._target: Address | None = None
        self._remote = (options.host, options.port)
        self._transport: asyncio.DatagramTransport | None = None
        self._told: Told[tuple[bytes, str, int]] | None = None
        self._entered = False
        self._overheard = who_listens()

    @property
    def local_port(self) -> int:
        """The port we hear answers on; 0 while closed."""
        with self._lock:
            return 0 if self._socket is None else int(self._socket.getsockname()[1])

    @property
    def remote(self) -> tuple[str, int] | None:
        """Where datagrams go, as a number; None while closed."""
        with self._lock:
            return None if self._socket is None else self._remote

    async def open(
        self, on_bytes: Callable[[bytes], None], on_lost: Callable[[DriverError], None]
    ) -> None:
        """Look the name up and make the socket; not a byte is sent. Raises DriverError."""
        await self.open_from(lambda data, _host, _port: on_bytes(data), on_lost)

    async def open_from(
        self,
        on_datagram: Callable[[bytes, str, int], None],
        on_lost: Callable[[DriverError], None],
    ) -> None:
        """Open like `open`; each datagram comes with the address and port of its sender."""
        self._told = Told(lambda one: on_datagram(*one), on_lost)
        self._overheard = who_listens()
        side.enter()
        self._entered = True
        try:
            async with asyncio.timeout(_LOOK_UP_S):
                await side.run(self._open())
        except (OSError, ValueError, OverflowError, DriverError) as error:
            await self.close()
            raise network_error(error) from error
        except BaseException:
            await self.close()
            raise

    def write_now(self, data: bytes, *, urgent: bool = False) -> bool:
        """Send one datagram from any thread; False if closed, lost or the system is full."""
        del urgent  # nothing ever waits here
        return self._send(data, self._target)

    def write_to(self, data: bytes, host: str, port: int) -> bool:
        """Send one datagram to a numeric address other than the options'; only a pipe to many."""
        return self._send(data, (host, port))

    async def close(self) -> None:
        """Let go of the socket; what was handed over is on its way."""
        if self._told is not None:
            self._told.silence()
        with self._lock:
            self._socket = None
        transport, self._transport = self._transport, None
        if not self._entered:
            return
        self._entered = False
        if transport is not None:
            side.call(transport.close)
        await side.leave()

    def _send(self, data: bytes, target: Address | None) -> bool:
        with self._lock:
            link, told = self._socket, self._told
            if link is None or told is None or told.is_lost():
                return False
            self._overheard("out", data)
            try:
                if target is None:
                    link.send(data)
                else:
                    link.sendto(data, target)
            except (BlockingIOError, InterruptedError):
                return False
            except ConnectionError as error:
                # It tells of an earlier datagram; this one was not sent.
                self.refused(error)
                return not told.is_lost() and self._again(link, data, target)
            except OSError as error:
                told.lose(network_error(error, Cause.LOST))
                return False
            return True

    def _again(self, link: socket.socket, data: bytes, target: Address | None) -> bool:
        with contextlib.suppress(OSError):
            if target is None:
                link.send(data)
            else:
                link.sendto(data, target)
            return True
        return False

    # ------------------------------------------------------------------ the side loop's side

    async def _open(self) -> None:
        options, loop = self._options, asyncio.get_running_loop()
        family, address = await _address(options.host, checked_port(options.port))
        link = socket.socket(family, socket.SOCK_DGRAM)
        try:
            link.settimeout(0)
            many = _set_up(link, options, str(address[0]))
            if not many:
                link.connect(address)
            transport, _ = await loop.create_datagram_endpoint(lambda: _Ear(self), sock=link)
        except BaseException:
            link.close()
            raise
        with self._lock:
            self._transport, self._target = transport, address if many else None
            self._remote = str(address[0]), int(address[1])
            self._socket = link

    def heard(self, data: bytes, host: str, port: int) -> None:
        """Take a datagram from the side loop."""
        self._overheard("in", data)
        if self._told is not None:
            self._told.put((data, host, port), len(data))

    def refused(self, error: OSError) -> None:
        """Take word that nobody listens at the port."""
        to_one = self._target is None
        if self._told is not None and to_one and self._options.refused_is_loss:
            self._told.lose(DriverError(Cause.NO_ANSWER, str(error)))


class _Ear(asyncio.DatagramProtocol):
    """Hears for a pipe; its transport never sends."""

    def __init__(self, pipe: UdpPipe) -> None:
        self._pipe = pipe

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self._pipe.heard(data, addr[0], addr[1])

    def error_received(self, exc: Exception) -> None:
        if isinstance(exc, ConnectionError):
            self._pipe.refused(exc)


async def _address(host: str, port: int) -> tuple[int, Address]:
    """Look a name up; IPv4 where there is one: gadgets seldom speak anything else."""
    with contextlib.suppress(ValueError):
        return socket.AF_INET, (str(ipaddress.IPv4Address(host)), port)
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_DGRAM)
    if not found:
        raise DriverError(Cause.NOT_FOUND, host, say=NO_SUCH_ADDRESS)
    best = next((one for one in found if one[0] == socket.AF_INET), found[0])
    return best[0], best[4]


def _set_up(link: socket.socket, options: UdpOptions, host: str) -> bool:
    """Set what kind of sending it is; True if it goes to many."""
    group = ipaddress.ip_address(host.partition("%")[0]).is_multicast
    if options.broadcast:
        link.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
    if options.local_port:
        link.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if hasattr(socket, "SO_REUSEPORT") and group and sys.platform != "win32":
            link.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    any_card = "0.0.0.0" if link.family == socket.AF_INET else "::"  # noqa: S104 - to hear answers
    if options.local_port or options.local_host or group or options.broadcast:
        link.bind((any_card if group else options.local_host or any_card, options.local_port))
    if group:
        _set_up_group(link, options, host)
    return group or options.broadcast


def _set_up_group(link: socket.socket, options: UdpOptions, host: str) -> None:
    if link.family == socket.AF_INET6:
        link.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_HOPS, options.ttl)
        if options.join:
            member = socket.inet_pton(socket.AF_INET6, host.partition("%")[0]) + bytes(4)
            link.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, member)
        return
    card = socket.inet_aton(options.local_host or "0.0.0.0")  # noqa: S104 - the system chooses
    link.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, options.ttl)
    link.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, card)
    if options.join:
        member = socket.inet_aton(host) + card
        link.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, member)
