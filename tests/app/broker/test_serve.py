"""The broker's process itself: its input, its output, and a core that does not read."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import subprocess
import threading

import pytest

from app import launch
from app.broker import messages, serve
from app.broker.model import BrokerConfig, Client, Refusal, RefusalWhy
from app.tasks import Tasks
from tests.app.broker.house import ACCOUNTS
from tests.app.broker.test_own_broker import logged_in

CONFIG = BrokerConfig(port=0, accounts=ACCOUNTS)


def test_what_is_said_is_what_is_understood():
    line = messages.config(CONFIG, 3, 1.5)
    assert line.endswith(b"\n")
    assert messages.read_config(json.loads(line)["config"]) == CONFIG
    clients = (Client("bulb", "lamp", "127.0.0.1", 5, 6, 7),)
    refusals = (Refusal(1, "127.0.0.1", "ä", RefusalWhy.TOPIC),)
    told = json.loads(messages.status(1883, 3, clients, refusals))
    assert messages.read_status(told) == (clients, refusals)
    assert (told["port"], told["revision"]) == (1883, 3)


class Pipes:
    """Both pipes of a broker that runs in this process."""

    def __init__(self) -> None:
        ours, theirs = os.pipe(), os.pipe()
        self._ends = [os.fdopen(ours[0], "rb", 0), os.fdopen(theirs[1], "wb", 0)]
        self._orders = os.fdopen(ours[1], "wb", 0)
        self.lines = os.fdopen(theirs[0], "rb")
        self.task = Tasks().spawn("broker", serve.serve(*self._ends, grace_s=0.2))

    def say(self, line: bytes) -> None:
        self._orders.write(line)

    async def read(self) -> dict:
        return json.loads(await asyncio.to_thread(self.lines.readline))

    def end_input(self) -> None:
        self._orders.close()

    async def close(self) -> None:
        self.end_input()
        assert await asyncio.wait_for(self.task, 10) in {0, 1}
        for one in (*self._ends, self.lines):
            one.close()


@pytest.fixture
async def pipes():
    made = Pipes()
    yield made
    await made.close()


async def test_without_an_order_it_ends(pipes):
    pipes.end_input()
    assert await asyncio.wait_for(pipes.task, 10) == 0


async def test_it_ends_when_told_to(pipes):
    pipes.say(messages.config(CONFIG, 1, 0.0))
    assert (await pipes.read())["revision"] == 1
    pipes.say(messages.line({"end": True}))
    assert await asyncio.wait_for(pipes.task, 10) == 0


async def test_an_order_it_does_not_understand_ends_it_and_is_told(pipes, expect_log):
    expect_log.announce("the broker ended by an error")
    pipes.say(b"{}\n")
    assert await asyncio.wait_for(pipes.task, 10) == 1
    assert "KeyError" in (await pipes.read())["log"]


async def test_a_core_that_does_not_read_holds_up_nobody(pipes):
    pipes.say(messages.config(CONFIG, 1, 0.0))
    port = (await pipes.read())["port"]
    # The pipe fills: every visit of a stranger is news.
    for number in range(60):
        core = await logged_in(port, ACCOUNTS[0], "x" * 3000 + str(number))
        await core.leave()
    clients = [await logged_in(port, ACCOUNTS[0], f"{n}" * 2000) for n in range(8)]
    for _ in range(30):
        pipes.say(messages.config(CONFIG, 2, 0.0))
    for one in clients:
        await one.ping()
        one.abort()
    while (await pipes.read())["revision"] != 2:
        pass


def test_the_process_says_nothing_of_what_it_was_told():
    done = subprocess.run(
        launch.own_command("broker"),
        cwd=launch.own_folder(),
        input=messages.config(CONFIG, 1, 0.0) + messages.line({"end": True}),
        capture_output=True,
        timeout=30,
        check=True,
    )
    assert not any(one.password.encode() in done.stdout + done.stderr for one in ACCOUNTS)
    assert json.loads(done.stdout.splitlines()[0])["revision"] == 1


def test_no_thread_of_it_holds_up_its_end():
    with subprocess.Popen(
        launch.own_command("broker"),
        cwd=launch.own_folder(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        process.stdin.write(messages.config(CONFIG, 1, 0.0))
        process.stdin.flush()
        process.stdout.readline()
        late = threading.Timer(20, process.kill)
        late.start()
        process.stdin.write(messages.line({"end": True}))
        process.stdin.flush()
        with contextlib.suppress(OSError):
            # Its input is still open: only what was said ends it.
            assert process.wait() == 0
        late.cancel()
        late.join()
