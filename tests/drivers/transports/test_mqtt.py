"""MQTT against mosquitto, and against brokers that freeze, refuse and talk nonsense."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import signal
import socket
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from drivers.contract import Cause, DriverError
from drivers.transports import mqtt
from drivers.transports.mqtt import MqttLink, MqttOptions, publish_recipe
from tests.drivers.transports.far import (
    Near,
    certificate,
    mqtt_threads,
    sent_by_the_guardian,
)
from tests.ports import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOSQUITTO = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin")
needs_mosquitto = pytest.mark.skipif(
    not (MOSQUITTO and shutil.which("mosquitto_sub") and shutil.which("stdbuf")),
    reason="mosquitto and its clients are the judges here",
)


class Broker:
    """A mosquitto of our own."""

    def __init__(self, folder: Path, more: str = "allow_anonymous true\n") -> None:
        self._folder = folder
        self.port = free_port()
        config = folder / "mosquitto.conf"
        config.write_text(
            f"listener {self.port} 127.0.0.1\npersistence false\nset_tcp_nodelay true\n{more}"
        )
        self._config = config
        self.process = self._start()

    def _start(self) -> subprocess.Popen:
        process = subprocess.Popen(
            [MOSQUITTO, "-c", str(self._config)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(500):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
                return process
            threading.Event().wait(0.02)
        raise AssertionError("mosquitto did not start")

    def again(self) -> None:
        self.process = self._start()

    def listen(self, *more: str) -> subprocess.Popen:
        """Listen as the broker's own client does; the first line says that it does."""
        listening = subprocess.Popen(
            # Without it, lines wait in a buffer until the buffer is full.
            [
                "stdbuf",
                "-oL",
                "mosquitto_sub",
                "-h",
                "127.0.0.1",
                "-p",
                str(self.port),
                "-d",
                "-F",
                "%t=%p",
                *more,
            ],
            stdout=subprocess.PIPE,
            text=True,
        )
        for line in listening.stdout:
            if "SUBACK" in line:
                return listening
        raise AssertionError("mosquitto_sub did not subscribe")

    def publish(self, topic: str, payload: str, *more: str) -> None:
        subprocess.run(
            ["mosquitto_pub", "-p", str(self.port), "-t", topic, "-m", payload, *more],
            check=True,
            timeout=20,
        )

    def end(self) -> None:
        self.process.send_signal(signal.SIGCONT)
        self.process.kill()
        self.process.wait(20)


@pytest.fixture
def broker(tmp_path) -> Iterator[Broker]:
    made = Broker(tmp_path)
    yield made
    made.end()


def heard_lines(listening: subprocess.Popen, count: int) -> list[str]:
    found: list[str] = []
    for line in listening.stdout:
        if "=" in line and "PUBLISH" not in line:
            found.append(line.strip())
        if len(found) == count:
            break
    listening.kill()  # a polite end is sometimes overheard
    listening.wait(20)
    listening.stdout.close()
    return found


async def opened(port: int, near: Near, **options) -> MqttLink:
    link = MqttLink(MqttOptions("127.0.0.1", port, **{"connect_timeout_s": 20, **options}))
    await link.open(near.on_lost)
    return link


@needs_mosquitto
async def test_messages_go_both_ways_and_in_order(broker):
    near = Near()
    link = await opened(broker.port, near)
    await link.subscribe("stat/+/POWER", near.on_news)
    listening = broker.listen("-t", "cmnd/#")
    for number in range(50):
        assert link.publish_now("cmnd/plug/POWER", f"đèn {number}")
    assert await link.sent(20)
    lines = await asyncio.to_thread(heard_lines, listening, 50)
    assert lines == [f"cmnd/plug/POWER=đèn {number}" for number in range(50)]
    for value in ("ON", "OFF"):
        broker.publish("stat/plug/POWER", value)
    broker.publish("stat/plug/RESULT", "{}")
    broker.publish("stat/lamp/POWER", "ON")
    await near.until(lambda: len(near.news) == 3)
    assert near.news == [
        ("stat/plug/POWER", b"ON", False),
        ("stat/plug/POWER", b"OFF", False),
        ("stat/lamp/POWER", b"ON", False),
    ]
    assert near.threads == {"MainThread"}
    await link.close()
    await link.close()
    assert near.lost == []
    assert not link.publish_now("x", "y")
    assert not await link.sent(1)
    assert mqtt_threads() == 0
    assert mqtt._connections == {}


@needs_mosquitto
async def test_stop_goes_out_while_the_loop_is_blocked(broker):
    link = await opened(broker.port, Near())
    listening = broker.listen("-t", "cmnd/#")
    threading.Timer(0.05, link.publish_now, ["cmnd/plug/POWER", b"OFF"]).start()
    assert heard_lines(listening, 1) == ["cmnd/plug/POWER=OFF"]  # blocks the program's loop
    await link.close()


@needs_mosquitto
async def test_what_was_published_before_close_still_arrives(broker):
    link = await opened(broker.port, Near())
    listening = broker.listen("-t", "a")
    for number in range(30):
        link.publish_now("a", str(number), qos=number % 2)
    await link.close()
    assert len(await asyncio.to_thread(heard_lines, listening, 30)) == 30


@needs_mosquitto
async def test_what_was_retained_is_told_so_to_every_link_that_asks(broker):
    broker.publish("tele/plug/LWT", "Online", "-r")
    near, other = Near(), Near()
    one, two = await opened(broker.port, near), await opened(broker.port, other)
    await one.subscribe("tele/plug/LWT", near.on_news)
    await near.until(lambda: near.news == [("tele/plug/LWT", b"Online", True)])
    await two.subscribe("tele/plug/LWT", other.on_news)
    await other.until(lambda: other.news == [("tele/plug/LWT", b"Online", True)])
    await one.close()
    await two.close()


@needs_mosquitto
async def test_links_with_the_same_options_share_one_connection(broker):
    near, other = Near(), Near()
    one, two = await asyncio.gather(
        opened(broker.port, near, client_id="giftwire"),
        opened(broker.port, other, client_id="giftwire"),
    )
    assert mqtt_threads() == 1
    await one.subscribe("a/#", near.on_news)
    await two.subscribe("b/#", other.on_news)
    await two.subscribe("a/#", other.on_news)
    await one.close()
    two.publish_now("a/x", "1")
    two.publish_now("b/x", "2")
    await other.until(lambda: len(other.news) == 2)
    assert other.news == [("a/x", b"1", False), ("b/x", b"2", False)]
    await two.close()
    assert (near.lost, other.lost, near.news) == ([], [], [])
    assert mqtt_threads() == 0


@needs_mosquitto
async def test_a_filter_nobody_wants_any_more_is_left(broker):
    near, other = Near(), Near()
    one, two = await opened(broker.port, near), await opened(broker.port, other)
    await one.subscribe("a/#", near.on_news)
    await two.subscribe("b/#", other.on_news)
    await one.close()
    heard: list[str] = []
    connection = two._connection
    told, connection._client.on_message = connection._client.on_message, None
    connection._client.on_message = lambda *said: (heard.append(said[2].topic), told(*said))
    broker.publish("a/x", "1")
    broker.publish("b/x", "2")
    await other.until(lambda: other.news)
    assert heard == ["b/x"]
    await two.close()


@needs_mosquitto
async def test_a_broker_that_ends_is_a_loss_told_once_to_each_and_one_can_come_back(broker):
    near, other = Near(), Near()
    links = [await opened(broker.port, near), await opened(broker.port, other)]
    broker.process.kill()
    broker.process.wait(20)
    await near.until(lambda: near.lost)
    await other.until(lambda: other.lost)
    assert [one.cause for one in near.lost + other.lost] == [Cause.LOST] * 2
    assert not links[0].publish_now("x", "y")
    with pytest.raises(DriverError):
        await links[0].subscribe("x", near.on_news)
    broker.again()
    link = await opened(broker.port, near)
    for one in links:
        await one.close()
    assert link.publish_now("x", "y")
    assert await link.sent(20)
    await link.close()
    assert len(near.lost) == 1
    assert mqtt._connections == {}


@needs_mosquitto
@pytest.mark.skipif(sys.platform == "win32", reason="a process is frozen by a signal")
async def test_a_frozen_broker_is_noticed(broker):
    near = Near()
    link = await opened(broker.port, near, keep_alive_s=1)
    broker.process.send_signal(signal.SIGSTOP)
    await near.until(lambda: near.lost)
    assert near.lost[0].cause is Cause.NO_ANSWER
    await link.close()


@needs_mosquitto
async def test_another_client_with_our_name_throws_us_out_once(broker):
    near = Near()
    link = await opened(broker.port, near, client_id="plug")
    listening = broker.listen("-t", "x", "-i", "plug")
    await near.until(lambda: near.lost)
    assert [one.cause for one in near.lost] == [Cause.LOST]
    listening.kill()  # a polite end is sometimes overheard
    listening.wait(20)
    listening.stdout.close()
    await link.close()


@needs_mosquitto
@pytest.mark.skipif(shutil.which("mosquitto_passwd") is None, reason="makes the password file")
async def test_a_wrong_password_is_a_wrong_setting_and_never_shown(tmp_path):
    passwords = tmp_path / "passwords"
    make = ["mosquitto_passwd", "-c", "-b", str(passwords), "u", "geheim"]
    await asyncio.to_thread(subprocess.run, make, check=True)
    passwords.chmod(0o644)
    tmp_path.chmod(0o755)
    broker = Broker(tmp_path, f"allow_anonymous false\nuser root\npassword_file {passwords}\n")
    try:
        near = Near()
        with pytest.raises(DriverError) as raised:
            await opened(broker.port, near, user="u", password="falsch")
        assert raised.value.cause is Cause.BAD_CONFIG
        assert "falsch" not in str(raised.value)
        link = await opened(broker.port, near, user="u", password="geheim")
        assert "geheim" not in repr(link._options)
        listening = broker.listen("-t", "safe", "-u", "u", "-P", "geheim")
        recipe = publish_recipe(link._options, [("safe", b"OFF")])
        assert await asyncio.to_thread(sent_by_the_guardian, recipe)
        assert await asyncio.to_thread(heard_lines, listening, 1) == ["safe=OFF"]
        await link.close()
        assert near.lost == []
    finally:
        broker.end()


@needs_mosquitto
async def test_tls_checks_the_certificate_unless_any_will_do(tmp_path):
    cert, key = certificate(tmp_path)
    tmp_path.chmod(0o755)
    key.chmod(0o644)
    more = f"allow_anonymous true\nuser root\ncertfile {cert}\nkeyfile {key}\n"
    broker = Broker(tmp_path, more)
    try:
        near = Near()
        with pytest.raises(DriverError) as raised:
            await opened(broker.port, near, tls=True)
        assert raised.value.cause is Cause.BAD_CONFIG
        link = await opened(broker.port, near, tls=True, any_certificate=True)
        await link.subscribe("x", near.on_news)
        link.publish_now("x", "y")
        await near.until(lambda: near.news == [("x", b"y", False)])
        await link.close()
    finally:
        broker.end()


@needs_mosquitto
async def test_the_broker_speaks_our_will_when_we_vanish(broker):
    near = Near()
    link = await opened(broker.port, near, will_topic="safe", will_payload=b"OFF")
    listening = broker.listen("-t", "safe")
    link._connection._client.socket().shutdown(socket.SHUT_RDWR)
    assert await asyncio.to_thread(heard_lines, listening, 1) == ["safe=OFF"]
    await near.until(lambda: near.lost)
    await link.close()


@needs_mosquitto
async def test_who_leaves_is_heard_to_the_end_and_leaves_no_will(broker):
    listening = broker.listen("-t", "last/#")
    for number in range(20):
        link = await opened(broker.port, Near(), will_topic="last/will", will_payload=b"OFF")
        # The answers to these come while it leaves.
        for one in range(5):
            await link.subscribe(f"some/{one}", print)
        link.publish_now("last/word", str(number))
        await link.close()
    lines = await asyncio.to_thread(heard_lines, listening, 20)
    assert lines == [f"last/word={number}" for number in range(20)]


@needs_mosquitto
async def test_a_stranger_can_send_the_recipe_of_many_messages(broker):
    listening = broker.listen("-t", "cmnd/#")
    messages = [(f"cmnd/{number}", "OFF" + "x" * 200) for number in range(5)]
    recipe = publish_recipe(MqttOptions("127.0.0.1", broker.port), messages)
    assert await asyncio.to_thread(sent_by_the_guardian, recipe)
    lines = await asyncio.to_thread(heard_lines, listening, 5)
    assert lines == [f"{topic}={payload}" for topic, payload in messages]


def test_some_recipes_no_stranger_can_send():
    assert publish_recipe(MqttOptions("x", tls=True, any_certificate=True), [("a", "b")]) is None
    assert publish_recipe(MqttOptions("x"), []) is None
    made = publish_recipe(MqttOptions("::1", 8883, tls=True), [("a", "b")])
    assert (made.address, dict(made.options)) == ("[::1]:8883", {"tls": 1})


@needs_mosquitto
async def test_a_topic_of_no_sense_hurts_nobody_who_shares_the_connection(broker):
    near = Near()
    link = await opened(broker.port, near)
    assert link.publish_now("cmnd/#", "ON")
    with pytest.raises(DriverError) as raised:
        await link.subscribe("a/#/b", near.on_news)
    assert raised.value.cause is Cause.REFUSED
    await link.subscribe("good", near.on_news)
    assert link.publish_now("good", "1")
    await near.until(lambda: near.news == [("good", b"1", False)])
    await link.close()
    assert near.lost == []
