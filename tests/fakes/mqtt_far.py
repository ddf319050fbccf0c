"""A device at an MQTT broker that others wrote: it connects, listens and answers in its own thread.

One rule: what is behind it is written from its maker's documents, never from our driver.
"""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

if TYPE_CHECKING:
    from collections.abc import Callable

    from paho.mqtt.client import MQTTMessage


def let_go(client: Client) -> None:
    """End a client: its sockets close when its owner goes, not in whatever order memory is tidied.

    What it calls holds its owner, who holds it.
    """
    client.disconnect()
    client.loop_stop()
    client.on_connect = client.on_disconnect = None
    client.on_message = client.on_publish = client.on_subscribe = None


class MqttFar(ABC):
    """One device. `heard` holds what it was told, topic and text; `on` what is switched on.

    `mute` answers are swallowed; `slow_s` is how long it takes for each thing it is told.
    """

    filters: tuple[str, ...] = ()

    def __init__(self, port: int, will: tuple[str, str] | None = None) -> None:
        self.heard: list[tuple[str, str]] = []
        self.on: dict[str, Any] = {}
        self.mute = 0
        self.slow_s = 0.0
        self._news = threading.Condition()
        self._timers: list[threading.Timer] = []
        self._ready = threading.Event()
        self._last = 0
        self._client = Client(CallbackAPIVersion.VERSION2, reconnect_on_failure=False)
        if will is not None:
            self._client.will_set(*will, retain=True)
        self._client.on_connect = self._connected
        self._client.on_publish = self._published
        self._client.on_message = self._hear
        self.prepare(self._client)
        self._client.connect("127.0.0.1", port, keepalive=5)
        link = self._client.socket()
        assert isinstance(link, socket.socket)
        # Its answers follow one another at once, as those of small devices do.
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._client.loop_start()
        assert self._ready.wait(20)

    def _connected(self, client: Client, *_said: object) -> None:
        client.subscribe([(one, 0) for one in self.filters])
        self.begin()
        # The broker takes one after the other: with this it has heard all of the above.
        self._last = client.publish("far/ready", qos=1).mid

    def _published(self, _client: Client, _data: object, number: int, *_said: object) -> None:
        if number == self._last:
            self._ready.set()

    def prepare(self, client: Client) -> None:
        """Enter what its owner entered in its menu."""

    @abstractmethod
    def begin(self) -> None:
        """Say what it says whenever it has found its broker."""

    @abstractmethod
    def take(self, topic: str, text: str) -> None:
        """Do what it is told, in its own thread."""

    @property
    def resting(self) -> bool:
        """Whether nothing is on."""
        return not any(self.on.values())

    def say(self, topic: str, said: object, *, retain: bool = False) -> None:
        """Say something, objects as JSON."""
        if self.mute and not retain:
            self.mute -= 1
            return
        text = said if isinstance(said, str) else json.dumps(said)
        self._client.publish(topic, text, retain=retain)

    def after(self, wait_s: float, do: Callable[[], None]) -> threading.Timer:
        """Do something later; the timer ends with the device."""

        def run() -> None:
            with self._news:
                do()
                self._news.notify_all()

        timer = threading.Timer(wait_s, run)
        self._timers.append(timer)
        timer.start()
        return timer

    def wait_for(self, true: Callable[[], bool], timeout_s: float = 10.0) -> bool:
        """Block until something is true of this device; False when it took too long."""
        with self._news:
            return self._news.wait_for(true, timeout_s)

    def told(self, topic: str) -> list[str]:
        """Return what it was told at a topic."""
        return [text for one, text in self.heard if one == topic]

    def vanish(self) -> None:
        """Be gone without a word, so that the broker speaks its will."""
        link = self._client.socket()
        if isinstance(link, socket.socket):
            with contextlib.suppress(OSError):
                link.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """End; may be called again."""
        for timer in self._timers:
            timer.cancel()
            timer.join(10)
        let_go(self._client)

    def _hear(self, _client: Client, _data: object, message: MQTTMessage) -> None:
        text = message.payload.decode()
        threading.Event().wait(self.slow_s)
        with self._news:
            self.heard.append((message.topic, text))
            self.take(message.topic, text)
            self._news.notify_all()
