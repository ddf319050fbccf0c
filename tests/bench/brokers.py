"""A message through a broker to another client: one that others wrote, and our own.

One rule: the same sender, the same listener and the same message; only the broker differs.
"""

from __future__ import annotations

import asyncio
import tempfile
import threading
import time
from pathlib import Path

from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

from app.broker.model import Account, BrokerConfig
from app.broker.own_broker import OwnBroker
from drivers.transports.mqtt import MqttLink, MqttOptions
from tests.bench.many import until
from tests.bench.table import row
from tests.drivers.transports.test_mqtt import MOSQUITTO, Broker

MESSAGES = 300
TOPIC = "bench/lamp"
PASSWORD = "as long as it must be"


class Listener:
    """Another client; `came` is when each message did."""

    def __init__(self, port):
        self.came = {}
        self._ready = threading.Event()
        self._client = Client(CallbackAPIVersion.VERSION2, reconnect_on_failure=False)
        self._client.username_pw_set("lamp", PASSWORD)
        self._client.on_connect = lambda client, *_: client.subscribe(TOPIC)
        self._client.on_subscribe = lambda *_: self._ready.set()
        self._client.on_message = lambda _client, _data, message: self._take(message.payload)
        self._client.connect("127.0.0.1", port)
        self._client.loop_start()
        if not self._ready.wait(10):
            raise RuntimeError("the broker let nobody in")

    def _take(self, payload):
        self.came[int(payload)] = time.monotonic()

    def close(self):
        self._client.disconnect()
        self._client.loop_stop()


async def through(port, messages):
    """Return how long each message took."""
    listener = await asyncio.to_thread(Listener, port)
    link, sent = MqttLink(MqttOptions("127.0.0.1", port, user="bench", password=PASSWORD)), {}
    await link.open(print)
    for number in range(messages):
        sent[number] = time.monotonic()
        link.publish_now(TOPIC, str(number))
        await asyncio.sleep(0.01)
    await until(lambda: len(listener.came) == messages)
    await link.close()
    listener.close()
    return [(listener.came[number] - at) * 1000.0 for number, at in sent.items()]


async def ours(messages):
    """Return it for the program's own broker, in its own process."""
    broker = OwnBroker(lambda _: None)
    accounts = tuple(Account(name, PASSWORD, ("#",), ("#",)) for name in ("lamp", "bench"))
    await broker.set(BrokerConfig(port=0, accounts=accounts))
    try:
        await until(lambda: broker.status.port)
        return await through(broker.status.port, messages)
    finally:
        await broker.stop()


def theirs(messages):
    """Return it for mosquitto."""
    with tempfile.TemporaryDirectory() as folder:
        broker = Broker(Path(folder))
        try:
            return asyncio.run(through(broker.port, messages))
        finally:
            broker.end()


def run(*, quick=False):
    messages = 20 if quick else MESSAGES
    if MOSQUITTO:
        row("MQTT through mosquitto to another client", theirs(messages))
    row("MQTT through our own broker to another client", asyncio.run(ours(messages)))
