"""The show and the demo command: calm, endless, the same for the same seed, and ending cleanly."""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.fakes.demo import USER
from tests.fakes.tiktok import gifts, messages, storms
from tests.fakes.tiktok.proto import decode, first_bytes, first_int, first_text
from tests.fakes.tiktok.show import Show
from tests.fakes.tiktok.thread import in_thread
from tests.fakes_tests.raw_client import raw_client

if TYPE_CHECKING:
    from tests.fakes.tiktok.messages import Msg
    from tests.fakes.tiktok.server import FakeTikTok

ROOT = Path(__file__).parents[2]


def first_seconds(show: Show, seconds: float) -> list[tuple[float, Msg]]:
    told = itertools.takewhile(lambda row: row[0] < seconds, show.timeline())
    return [(at_s, make()) for at_s, make in told]


def gift_facts(msg: Msg) -> tuple[int, int, int, int]:
    fields = decode(msg.payload)
    return (first_int(fields, 2), first_int(fields, 5), first_int(fields, 9), first_int(fields, 11))


def test_the_show_is_calm_and_has_everything() -> None:
    rows = first_seconds(Show(), 600)
    methods = Counter(msg.method for _, msg in rows)
    assert methods["WebcastRoomUserSeqMessage"] == 299
    assert set(methods) == {
        "WebcastRoomUserSeqMessage",
        "WebcastGiftMessage",
        "WebcastLikeMessage",
        "WebcastChatMessage",
        "WebcastMemberMessage",
        "WebcastSocialMessage",
        "WebcastSubNotifyMessage",
    }
    facts = [gift_facts(msg) for _, msg in rows if msg.method == "WebcastGiftMessage"]
    sends = {(fact[0], fact[3] or number) for number, fact in enumerate(facts)}
    assert 240 < len(sends) < 360
    assert {fact[0] for fact in facts} >= {5655, 5269, gifts.LION.id, gifts.UNIVERSE.id}
    assert [at_s for at_s, _ in rows] == sorted(at_s for at_s, _ in rows)


def test_every_rose_combo_of_the_show_counts_up_and_ends() -> None:
    roses: dict[int, list[tuple[int, int]]] = {}
    for _, msg in first_seconds(Show(seed=4), 400):
        if msg.method == "WebcastGiftMessage":
            kind, count, end, group = gift_facts(msg)
            if kind == gifts.ROSE.id:
                roses.setdefault(group, []).append((count, end))
    whole = list(roses.values())[:-3]
    assert len(whole) > 20
    for frames in whole:
        total = len(frames) - 1
        assert frames == [*((count, 0) for count in range(1, total + 1)), (total, 1)]
    assert max(map(len, whole)) > 5


def test_a_rate_makes_it_busier_but_not_the_viewer_count() -> None:
    calm, busy = (
        Counter(m.method for _, m in first_seconds(Show(rate=rate), 60)) for rate in (1, 5)
    )
    assert busy["WebcastChatMessage"] > 3 * calm["WebcastChatMessage"]
    assert busy["WebcastRoomUserSeqMessage"] == calm["WebcastRoomUserSeqMessage"] == 29


def test_the_same_seed_gives_the_same_show_with_people_of_both_languages() -> None:
    def told(seed: int) -> list[tuple[str, str]]:
        chats = (m for _, m in first_seconds(Show(seed=seed), 120) if "Chat" in m.method)
        return [
            (first_text(decode(first_bytes(f, 2)), 3), first_text(f, 3))
            for f in map(decode, (m.payload for m in chats))
        ]

    assert told(3) == told(3) != told(4)
    languages = {
        first_text(decode(m.payload), 14)
        for _, m in first_seconds(Show(), 120)
        if "Chat" in m.method
    }
    assert languages == {"en", "vi"}


async def test_the_show_plays_on_a_connection_and_stops_with_it(tiktok: FakeTikTok) -> None:
    tiktok.room.default_script = Show(rate=200)
    async with raw_client(tiktok) as client:
        for _ in range(30):
            await client.frame()
        connection = tiktok.room.connections[0]
    await connection.closed()


def start_demo(*arguments: str) -> subprocess.Popen[str]:
    flags: dict[str, Any] = {}
    if sys.platform == "win32":
        flags["creationflags"] = subprocess.CREATE_NEW_PROCESS_GROUP
    return subprocess.Popen(
        [sys.executable, "-m", "tests.fakes.demo", "--port", "0", *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **flags,
    )


def address(process: subprocess.Popen[str]) -> dict[str, str]:
    assert process.stdout is not None
    return json.loads(process.stdout.readline())


def test_the_demo_says_where_it_is_and_ends_with_its_stdin() -> None:
    with start_demo() as process:
        told = address(process)
        assert told["tiktok"].startswith("http://127.0.0.1:")
        assert told["user"] == USER
        rest, errors = process.communicate(timeout=30)
    assert (process.returncode, rest, errors) == (0, "", "")


def test_the_demo_ends_cleanly_when_told_to() -> None:
    number = getattr(signal, "CTRL_BREAK_EVENT", signal.SIGTERM)
    with start_demo("--keep") as process:
        address(process)
        assert process.stdin is not None
        process.stdin.close()
        process.send_signal(number)
        assert process.wait(timeout=30) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_the_demo_refuses_a_pace_of_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.fakes.demo", "--rate", "0"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert "above 0" in done.stderr


async def test_the_demo_streams_to_a_client() -> None:
    import asyncio

    import aiohttp

    from tests.fakes.tiktok.server import PUSH_PATH

    with start_demo("--rate", "20") as process:
        told = await asyncio.to_thread(address, process)
        url = f"{told['tiktok']}{PUSH_PATH}?room_id={messages.ROOM_ID}"
        async with aiohttp.ClientSession() as http, http.ws_connect(url) as socket:
            for _ in range(5):
                assert decode(await socket.receive_bytes(timeout=20))[7] == [b"msg"]
        await asyncio.to_thread(process.communicate, timeout=30)
    assert process.returncode == 0


async def test_a_server_on_a_thread_can_be_driven_from_another_loop() -> None:
    with in_thread("other.name") as server:
        tiktok = server.tiktok
        async with raw_client(tiktok) as client:
            await client.enter()
            msg = messages.chat("over threads")
            server.call(tiktok.room.push(msg))
            assert (await client.frame()).msg_ids == [msg.msg_id]
            server.call(tiktok.room.push_encoded(storms.encoded(storms.traffic(20))))
            assert len([await client.frame() for _ in range(20)]) == 20
        connection = tiktok.room.connections[0]
        assert server.call(connection.closed()) == 1000
        assert tiktok.room.unique_id == "other.name"


def test_an_error_on_the_thread_is_raised_in_the_test() -> None:
    with pytest.raises(ValueError, match="wrong in the script"), in_thread() as server:
        server.tiktok.script_errors.append(ValueError("wrong in the script"))


def test_nothing_of_the_program_is_loaded_with_the_server() -> None:
    code = (
        "import sys, tests.fakes.demo, tests.fakes.tiktok.thread, tests.fakes.tiktok.storms;"
        "print([n for n in sys.modules if n.split('.')[0] in ('app', 'drivers', 'TikTokLive')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.stdout.strip() == "[]"
