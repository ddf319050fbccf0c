"""One connection to one broker, shared by all who use the same settings; the owner of paho.

One rule: paho is called by one thread of ours only, so nothing of its locks can hold up a STOP.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import logging
import secrets
import socket
import ssl
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from drivers.contract import N_, Cause, DriverError
from drivers.transports.side_loop import in_thread
from drivers.transports.tcp import notice_breaks, tls_context
from drivers.transports.told import checked_port, network_error

if TYPE_CHECKING:
    from paho.mqtt.client import Client, MQTTMessage
    from paho.mqtt.reasoncodes import ReasonCode

log = logging.getLogger(__name__)

# Messages waiting in our own queue, and those handed to paho but not yet to the system.
QUEUE_MESSAGES = 256
_AT_ONCE = 16
_LAST_WRITES_S = 0.3
_CUT_S = 0.5
_JOIN_S = 2.0
_UNANSWERED_S = 5.0
_ACCEPTED = 0
_REFUSED = N_("The broker refuses. Check user and password.")
_KEPT_OUT = N_("The broker does not let us in. Look into its log, and try another broker or port.")
_WRONG_PASSWORD = frozenset({"Bad user name or password", "Not authorized"})


@dataclass(frozen=True, slots=True)
class MqttOptions:
    """Which broker, and who we are there. Equal options share one connection.

    `client_id` "" makes one up. A broker that is silent for twice `keep_alive_s` is lost. The
    broker publishes `will_payload` to `will_topic` when we vanish without a word.
    """

    host: str
    port: int = 1883
    user: str = ""
    password: str = field(default="", repr=False)
    tls: bool = False
    any_certificate: bool = False
    client_id: str = ""
    keep_alive_s: int = 5
    connect_timeout_s: float = 3.0
    will_topic: str = ""
    will_payload: bytes = b""


class Member(Protocol):
    """What a connection knows of each who shares it; called from threads of the connection."""

    def heard(self, topic: str, payload: bytes, *, retained: bool) -> None:
        """Take a message of the broker, whatever it was subscribed for."""

    def lose(self, error: DriverError) -> None:
        """Take word that the connection is no more."""

    def wants(self, topic_filter: str) -> bool:
        """Say whether it listens to this filter."""


@dataclass(eq=False, slots=True)
class Job:
    """Something for paho: a message (topic), or a filter to listen to or to leave.

    `done` is "" once it is, or why it never will be.
    """

    owner: Member
    topic: str = ""
    payload: bytes = b""
    qos: int = 0
    retain: bool = False
    urgent: bool = False
    listen: str = ""
    leave: str = ""
    done: concurrent.futures.Future[str] = field(default_factory=concurrent.futures.Future)


class Connection:
    """The connection; it ends with its last member, or when it is lost."""

    def __init__(self, options: MqttOptions) -> None:
        self._options = options
        # None once the broker has let us in, or why it did not.
        self.ready: concurrent.futures.Future[DriverError | None] = concurrent.futures.Future()
        self._change = threading.Condition()  # re-entrant: STOP comes even from a signal
        self._members: list[Member] = []
        self._jobs: deque[Job] = deque()
        self._under_way: dict[int, Job] = {}
        self._early: dict[int, str] = {}
        self._lost: DriverError | None = None
        self._closing = False
        name = f"mqtt {options.host}:{options.port}"
        self._thread = threading.Thread(target=self._live, name=name, daemon=True)
        self._client: Client | None = None

    # ------------------------------------------------------------------ the members' side

    def enter(self, member: Member) -> bool:
        """Let one more share it; False if it has ended."""
        with self._change:
            if self._lost is not None or self._closing:
                return False
            self._members.append(member)
            if len(self._members) == 1:
                self._thread.start()
            return True

    async def leave(self, member: Member, filters: set[str]) -> None:
        """Let one go; the last one ends the connection."""
        with self._change:
            with contextlib.suppress(ValueError):
                self._members.remove(member)
            for one in filters:
                if not any(other.wants(one) for other in self._members):
                    self._jobs.append(Job(member, leave=one))
            last = not self._members
            self._closing = self._closing or last
            self._change.notify_all()
        if last:
            await in_thread(f"{self._thread.name} end", self._thread.join, _JOIN_S)

    def put(self, job: Job) -> bool:
        """Queue a job from any thread; urgent ones go first, their owner's messages are dropped."""
        with self._change:
            if self._lost is not None or self._closing or not self.ready.done():
                return False
            if job.urgent:
                dropped = [one for one in self._jobs if _gives_way(one, job)]
                self._jobs = deque(one for one in self._jobs if one not in dropped)
                for one in dropped:
                    _finish(one, "dropped")
                first = sum(one.urgent for one in self._jobs)
                self._jobs.insert(first, job)
            elif len(self._jobs) >= QUEUE_MESSAGES:
                return False
            else:
                self._jobs.append(job)
            self._change.notify_all()
            return True

    def over(self) -> bool:
        """Say whether it has ended, or is about to."""
        with self._change:
            return self._lost is not None or self._closing

    def unsent(self, member: Member) -> list[concurrent.futures.Future[str]]:
        """Return what becomes done when the messages of a member have left."""
        with self._change:
            waiting = [*self._jobs, *self._under_way.values()]
            return [one.done for one in waiting if one.owner is member and one.topic]

    # ------------------------------------------------------------------ our thread

    def _live(self) -> None:
        try:
            self._client = client = self._connected()
        except Exception as error:  # noqa: BLE001 - each system fails in its own way
            self._lose(network_error(error))
            return
        client.loop_start()
        try:
            while (job := self._next()) is not None:
                try:
                    self._do(client, job)
                except ValueError as error:
                    # A topic or filter that MQTT does not know.
                    _finish(job, str(error))
        except Exception as error:  # noqa: BLE001 - whatever paho throws, it is of no more use
            self._lose(DriverError(Cause.LOST, repr(error)))
        self._hang_up(client)
        # Nothing may hold it now: it closes its own sockets when it is forgotten, and only then.
        self._client = None

    def _connected(self) -> Client:
        client = _make_client(self._options)
        client.on_connect = self._on_connect
        client.on_disconnect = self._on_disconnect
        client.on_message = self._on_message
        client.on_publish = lambda _c, _u, mid, _r, _p: self._settle(mid, "")
        client.on_subscribe = self._on_subscribe
        client.connect_timeout = self._options.connect_timeout_s
        client.connect(
            self._options.host,
            checked_port(self._options.port),
            keepalive=max(1, self._options.keep_alive_s),
        )
        link = client.socket()
        if isinstance(link, socket.socket):
            notice_breaks(link, _UNANSWERED_S)
            # Else an OFF right behind an ON waits for the other side's word of the ON: 40 ms.
            link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return client

    def _next(self) -> Job | None:
        """Wait for something to do; None when it is time to end."""
        with self._change:
            while self._lost is None:
                if self._jobs and self._has_room(self._jobs[0]):
                    return self._jobs.popleft()
                if self._closing:
                    busy = self._jobs or self._under_way
                    if not busy or not self._change.wait(_LAST_WRITES_S):
                        return None
                else:
                    self._change.wait()
            return None

    def _has_room(self, job: Job) -> bool:
        return job.urgent or bool(job.listen) or len(self._under_way) < _AT_ONCE

    def _do(self, client: Client, job: Job) -> None:
        if job.leave:
            client.unsubscribe(job.leave)
            return
        if job.listen:
            mid = client.subscribe(job.listen)[1]
        else:
            mid = client.publish(job.topic, job.payload, job.qos, job.retain).mid
        with self._change:
            said = self._early.pop(mid or 0, None)
            if said is None and self._lost is None:
                self._under_way[mid or 0] = job
                return
        _finish(job, said if said is not None else "lost")

    def _hang_up(self, client: Client) -> None:
        """Say good-bye, and end paho's thread even if the broker takes not a byte."""
        link = client.socket()
        kept = None
        if isinstance(link, socket.socket):
            kept = socket.fromfd(link.fileno(), link.family, link.type)
        client.disconnect()
        cut = threading.Timer(_CUT_S, _cut, [client])
        cut.daemon = True
        cut.start()
        client.loop_stop()
        cut.cancel()
        cut.join(_JOIN_S)
        if kept is not None:
            _let_go(kept)
        self._lose(DriverError(Cause.LOST, "closed"))

    # ------------------------------------------------------------------ paho's thread

    def _on_connect(
        self, _client: Client, _data: object, _flags: object, code: ReasonCode, _p: object
    ) -> None:
        if code.value == _ACCEPTED:
            with self._change:
                if not self.ready.done():
                    self.ready.set_result(None)
                self._change.notify_all()
            return
        wrong = str(code) in _WRONG_PASSWORD
        cause, say = (Cause.BAD_CONFIG, _REFUSED) if wrong else (Cause.REFUSED, _KEPT_OUT)
        self._lose(DriverError(cause, str(code), say=say))

    def _on_disconnect(
        self, _client: Client, _data: object, _flags: object, code: ReasonCode, _p: object
    ) -> None:
        if not self.ready.done():
            self._lose(
                DriverError(
                    Cause.BAD_ANSWER,
                    say=N_(
                        "What answers there is no MQTT broker. Check the address and the port; "
                        "most use 1883."
                    ),
                )
            )
        silent = str(code) == "Keep alive timeout"
        self._lose(DriverError(Cause.NO_ANSWER if silent else Cause.LOST, str(code)))

    def _on_message(self, _client: Client, _data: object, message: MQTTMessage) -> None:
        with self._change:
            members = tuple(self._members)
        for one in members:
            one.heard(message.topic, bytes(message.payload), retained=message.retain)

    def _on_subscribe(
        self, _client: Client, _data: object, mid: int, codes: list[ReasonCode], _p: object
    ) -> None:
        refused = next((str(one) for one in codes if one.is_failure), "")
        self._settle(mid, refused)

    def _settle(self, mid: int, refused: str) -> None:
        with self._change:
            job = self._under_way.pop(mid, None)
            if job is None:
                # The answer was faster than our thread.
                self._early[mid] = refused
            self._change.notify_all()
        if job is not None:
            _finish(job, refused)

    # ------------------------------------------------------------------ any thread

    def _lose(self, error: DriverError) -> None:
        with self._change:
            if self._lost is not None:
                return
            self._lost = error
            members, self._members = tuple(self._members), []
            left = [*self._jobs, *self._under_way.values()]
            self._jobs.clear()
            self._under_way.clear()
            if not self.ready.done():
                self.ready.set_result(error)
            self._change.notify_all()
        for job in left:
            _finish(job, "lost")
        for one in members:
            one.lose(error)


def _gives_way(job: Job, urgent: Job) -> bool:
    """Say whether a waiting job goes for an urgent one; STOP has a message for every output."""
    other = job.urgent and (job.topic, job.payload) != (urgent.topic, urgent.payload)
    return job.owner is urgent.owner and bool(job.topic) and not other


def _finish(job: Job, refused: str) -> None:
    if not job.done.done():
        job.done.set_result(refused)


class _TidySocket(ssl.SSLSocket):
    """Closes itself when nobody trusts the other side; paho would only drop it."""

    def do_handshake(self, block: bool = False) -> None:  # noqa: FBT001, FBT002 - Python's own form
        try:
            super().do_handshake(block)
        except BaseException:
            self.close()
            raise


def _cut(client: Client) -> None:
    link = client.socket()
    if isinstance(link, socket.socket):
        with contextlib.suppress(OSError):
            link.shutdown(socket.SHUT_RDWR)


def _let_go(link: socket.socket) -> None:
    """Wait for the broker to close as well.

    Closed with something unread, the system sends a reset, and the broker may lose our last words.
    """
    until = time.monotonic() + _CUT_S
    with contextlib.suppress(OSError), link:
        link.settimeout(_CUT_S)
        link.shutdown(socket.SHUT_WR)
        while link.recv(65536) and time.monotonic() < until:
            pass


def _make_client(options: MqttOptions) -> Client:
    try:
        from paho.mqtt.client import Client
        from paho.mqtt.enums import CallbackAPIVersion
    except ImportError as error:
        raise DriverError(Cause.UNSUPPORTED, "paho-mqtt") from error
    client = Client(
        CallbackAPIVersion.VERSION2,
        client_id=options.client_id or f"giftwire-{secrets.token_hex(6)}",
        # One object is one connection: who reconnects is told of the loss first.
        reconnect_on_failure=False,
    )
    if options.user or options.password:
        client.username_pw_set(options.user, options.password or None)
    if options.will_topic:
        client.will_set(options.will_topic, options.will_payload)
    if options.tls:
        context = tls_context(options.any_certificate)
        context.sslsocket_class = _TidySocket
        client.tls_set_context(context)
        client.tls_insecure_set(options.any_certificate)
    return client
