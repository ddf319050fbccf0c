"""The broker judged by clients that others wrote: mosquitto's, paho and amqtt's own."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import queue
import shutil
from asyncio.subprocess import PIPE, STDOUT

import pytest
from amqtt.client import MQTTClient
from paho.mqtt.client import Client, MQTTv5, MQTTv31, MQTTv311
from paho.mqtt.enums import CallbackAPIVersion

from app.broker.model import RefusalWhy
from app.broker.packets import Will
from tests.app.broker.house import BULB, CORE, PUMP, House
from tests.fakes.mqtt_far import let_go

PATIENCE_S = 20.0
needs_mosquitto = pytest.mark.skipif(
    not (shutil.which("mosquitto_pub") and shutil.which("mosquitto_sub")),
    reason="mosquitto's clients are the judges here",
)


@pytest.fixture
async def house():
    async with House() as made:
        yield made


# ---------------------------------------------------------------- mosquitto


class Program:
    """mosquitto_pub or mosquitto_sub, logged in."""

    def __init__(self, house, what, account, *arguments):
        login = ["-p", str(house.port), "-u", account.name, "-P", account.password]
        self._command = [f"mosquitto_{what}", *login, *arguments]
        self.process = None

    async def __aenter__(self):
        self.process = await asyncio.create_subprocess_exec(
            *self._command, stdout=PIPE, stderr=STDOUT
        )
        return self

    async def __aexit__(self, *_):
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        await self.process.communicate()

    async def end(self) -> tuple[int, str]:
        output, _ = await asyncio.wait_for(self.process.communicate(), PATIENCE_S)
        return self.process.returncode, output.decode()


async def mosquitto(house, what, account, *arguments):
    async with Program(house, what, account, *arguments) as program:
        return await program.end()


@needs_mosquitto
@pytest.mark.parametrize("qos", ["0", "1", "2"])
async def test_mosquitto_hears_mosquitto(house, qos):
    wanted = ("-t", "bulb/#", "-q", qos, "-C", "2", "-v", "-W", "20")
    async with Program(house, "sub", BULB, *wanted) as sub:
        await house.until(lambda: house.broker.subscriptions)
        for number in range(2):
            sent = await mosquitto(
                house, "pub", CORE, "-t", "bulb/power", "-m", f"ON {number}", "-q", qos
            )
            assert sent == (0, "")
        assert await sub.end() == (0, "bulb/power ON 0\nbulb/power ON 1\n")


@needs_mosquitto
async def test_mosquitto_gets_retained_messages_and_takes_them_back(house):
    await mosquitto(house, "pub", CORE, "-t", "bulb/a", "-m", "kept", "-r")
    await mosquitto(house, "pub", CORE, "-t", "pump/a", "-m", "not his", "-r")
    wanted = ("-t", "bulb/#", "-C", "1", "-F", "%r %q %t %p", "-W", "20")
    assert await mosquitto(house, "sub", BULB, *wanted) == (0, "1 0 bulb/a kept\n")
    await mosquitto(house, "pub", CORE, "-t", "bulb/a", "-r", "-n")
    assert (await mosquitto(house, "sub", BULB, "-t", "bulb/#", "-E"))[0] == 0
    assert house.broker.retained.topics("#") == ["pump/a"]


@needs_mosquitto
async def test_a_mosquitto_that_is_killed_leaves_its_will(house):
    core = await house.client()
    await core.subscribe("bulb/#", qos=1)
    will = ("--will-topic", "bulb/lwt", "--will-payload", "Offline", "--will-qos", "1")
    async with Program(house, "sub", BULB, "-t", "bulb/x", *will) as sub:
        await house.until(lambda: len(house.broker.subscriptions) == 2)
        sub.process.kill()
        await sub.process.wait()
        assert await core.heard() == ("bulb/lwt", b"Offline")


@needs_mosquitto
async def test_a_session_mosquitto_asks_to_keep_is_kept(house):
    kept = ("-i", "lamp", "-c", "-q", "1", "-t", "bulb/#")
    assert (await mosquitto(house, "sub", BULB, *kept, "-E"))[0] == 0
    await house.until(lambda: not house.guard.clients())
    for number in range(3):
        await mosquitto(house, "pub", CORE, "-t", "bulb/x", "-m", str(number), "-q", "1")
    assert await mosquitto(house, "sub", BULB, *kept, "-C", "3", "-W", "20") == (0, "0\n1\n2\n")


@needs_mosquitto
@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("-V", "mqttv5"), "Unsupported Protocol Version"),
        (("-V", "mqttv31"), "unacceptable protocol version"),
        (("-P", "wrong"), "bad user name or password"),
        (("-u", "nobody"), "bad user name or password"),
        (("--will-topic", "pump/x"), "not authori"),
    ],
)
async def test_mosquitto_understands_why_it_is_refused(house, more, words):
    code, output = await mosquitto(house, "pub", BULB, "-t", "bulb/x", "-m", "1", *more)
    assert code != 0
    assert words in output


@needs_mosquitto
async def test_mosquitto_is_told_which_subscription_was_refused(house):
    _, output = await mosquitto(house, "sub", BULB, "-t", "pump/#", "-W", "5")
    assert "denied" in output
    assert await house.refusal(RefusalWhy.TOPIC) == "bulb"


# ---------------------------------------------------------------- paho


class Paho:
    """A paho client in its own thread, which writes down what happens to it."""

    def __init__(self, account, client_id="paho", protocol=MQTTv311, **options):
        if protocol != MQTTv5:
            options.setdefault("clean_session", True)
        self.client = Client(CallbackAPIVersion.VERSION2, client_id, protocol=protocol, **options)
        self.client.username_pw_set(account.name, account.password)
        self.connected: queue.Queue = queue.Queue()
        self.heard: queue.Queue = queue.Queue()
        self.subscribed: queue.Queue = queue.Queue()
        self.lost: queue.Queue = queue.Queue()
        self.client.on_connect = lambda _c, _u, flags, code, _p: self.connected.put(
            (flags.session_present, str(code))
        )
        self.client.on_message = lambda _c, _u, message: self.heard.put(
            (message.topic, message.payload, message.qos, message.retain)
        )
        self.client.on_subscribe = lambda _c, _u, _m, codes, _p: self.subscribed.put(
            [one.value for one in codes]
        )
        self.client.on_disconnect = lambda _c, _u, _f, code, _p: self.lost.put(str(code))

    async def start(self, port, keepalive=60):
        await asyncio.to_thread(self.client.connect, "127.0.0.1", port, keepalive)
        self.client.loop_start()
        return await self.next(self.connected)

    async def next(self, of):
        return await asyncio.to_thread(of.get, True, PATIENCE_S)

    async def subscribe(self, *filters):
        self.client.subscribe(list(filters))
        return await self.next(self.subscribed)

    async def publish(self, topic, payload, qos=0, *, retain=False):
        told = self.client.publish(topic, payload, qos, retain)
        await asyncio.to_thread(told.wait_for_publish, PATIENCE_S)
        assert told.is_published()

    async def stop(self):
        await asyncio.to_thread(let_go, self.client)


@pytest.fixture
async def paho(house):
    made = []

    async def start(account, client_id="paho", protocol=MQTTv311, **options):
        keepalive = options.pop("keepalive", 60)
        will = options.pop("will", None)
        one = Paho(account, client_id, protocol, **options)
        if will is not None:
            one.client.will_set(will.topic, will.payload, will.qos, will.retain)
        made.append(one)
        answer = await one.start(house.port, keepalive)
        return one, answer

    yield start
    for one in made:
        await one.stop()


@pytest.mark.parametrize("qos", [0, 1, 2])
async def test_paho_delivers_every_quality_in_order(house, paho, qos):
    bulb, answer = await paho(BULB, "lamp")
    assert answer == (False, "Success")
    assert await bulb.subscribe(("bulb/#", qos), ("pump/#", qos)) == [qos, 128]
    core, _ = await paho(CORE, "core")
    for number in range(50):
        await core.publish("bulb/x", str(number), qos)
    heard = [await bulb.next(bulb.heard) for _ in range(50)]
    assert heard == [("bulb/x", b"%d" % number, qos, False) for number in range(50)]


async def test_paho_keeps_its_session_and_its_will(house, paho):
    will = Will("bulb/lwt", b"Offline", 1, retain=True)
    bulb, answer = await paho(BULB, "lamp", clean_session=False, will=will)
    assert answer == (False, "Success")
    await bulb.subscribe(("bulb/x", 1))
    bulb.client._sock.shutdown(2)
    await bulb.next(bulb.lost)
    core, _ = await paho(CORE, "core")
    # It connects again by itself.
    assert await bulb.next(bulb.connected) == (True, "Success")
    await core.publish("bulb/x", "1", 1)
    assert await bulb.next(bulb.heard) == ("bulb/x", b"1", 1, False)
    await core.subscribe(("bulb/lwt", 1))
    assert await core.next(core.heard) == ("bulb/lwt", b"Offline", 1, True)


async def test_a_second_paho_of_the_same_id_takes_over_and_another_account_does_not(house, paho):
    first, _ = await paho(BULB, "lamp", reconnect_on_failure=False)
    second, _ = await paho(BULB, "lamp", reconnect_on_failure=False)
    await first.next(first.lost)
    stranger, _ = await paho(PUMP, "lamp", reconnect_on_failure=False)
    await second.subscribe(("bulb/x", 0))
    await stranger.subscribe(("pump/x", 0))
    assert second.lost.empty()


async def test_paho_lives_by_its_pings(house, paho):
    bulb, _ = await paho(BULB, "lamp", keepalive=1)
    (one,) = house.guard._connections
    await house.until(lambda: one.last - one.since > 1.6)
    await bulb.subscribe(("bulb/x", 0))
    assert bulb.lost.empty()


@pytest.mark.parametrize("protocol", [MQTTv5, MQTTv31])
async def test_paho_understands_that_its_version_is_not_spoken(house, paho, protocol):
    _, answer = await paho(BULB, "lamp", protocol, reconnect_on_failure=False)
    assert answer == (False, "Unsupported protocol version")


async def test_paho_understands_that_its_password_is_wrong(house, paho):
    wrong = type(BULB)(BULB.name, "wrong")
    _, answer = await paho(wrong, "lamp", reconnect_on_failure=False)
    assert answer == (False, "Bad user name or password")


# ---------------------------------------------------------------- amqtt


@pytest.mark.parametrize("qos", [0, 1, 2])
async def test_amqtt_hears_amqtt(house, qos):
    logging.getLogger("amqtt").setLevel(logging.CRITICAL)
    clients = []
    for account in (BULB, CORE):
        client = MQTTClient(account.name, {"auto_reconnect": False, "plugins": {}})
        await client.connect(f"mqtt://{account.name}:{account.password}@127.0.0.1:{house.port}/")
        clients.append(client)
    bulb, core = clients
    assert await bulb.subscribe([("bulb/#", qos)]) == [qos]
    for number in range(10):
        await core.publish("bulb/x", b"%d" % number, qos)
    for number in range(10):
        message = await bulb.deliver_message(PATIENCE_S)
        assert (message.topic, bytes(message.data)) == ("bulb/x", b"%d" % number)
    for client in clients:
        await client.disconnect()
