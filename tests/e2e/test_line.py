"""The whole way of a gift, from the socket to the motor, in real processes; and with things broken.

One rule: whatever is broken, the user reads a notice or a sentence, and gifts go on.
"""

import asyncio
import contextlib
import os
import signal
import socket
import sqlite3
import subprocess
import sys

import psutil
import pytest

from app import endpoint
from app.gateway.messages import (
    AddDevice,
    Fire,
    GetReceipt,
    Record,
    Replay,
    Resume,
    SetRuleOn,
    SetRulesRunning,
    Status,
    Stop,
)
from tests.e2e.harness import ROOT, Desk, until
from tests.fakes.tiktok import gifts, storms
from tests.fakes.tiktok.script import WaitEntered
from tests.fakes.tiktok.thread import in_thread
from tests.fakes.tiktok.viewers import ALICE

pytestmark = pytest.mark.e2e
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 and ulimit are POSIX")
PATIENCE_S = 20.0


class Program(Desk):
    """The program without a window, and a desk at it."""

    def __init__(self, profile, *words, demo=True, shell=()):
        super().__init__(profile)
        self.profile = profile
        self._words = [sys.executable, "-m", "app", "--profile", str(profile), "--headless"]
        self._words += [*(["--demo"] if demo else []), *words]
        self._shell = list(shell)

    def _begin(self):
        self.process = subprocess.Popen(
            [*self._shell, *self._words],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    async def __aenter__(self):
        self._begin()
        try:
            return await super().__aenter__()
        except BaseException:
            self._end()
            raise

    async def __aexit__(self, *_):
        await super().__aexit__()
        self._end()

    def _end(self):
        if self.process.poll() is None:
            try:
                endpoint.ask(self.profile, {"want": "quit"}, PATIENCE_S)
            except endpoint.EndpointError:
                self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(PATIENCE_S) == 0

    async def ask(self, request):
        return await self.client.ask(request)

    async def now(self):
        return (await self.ask(Status())).snapshot

    async def until(self, look, what):
        """Look at snapshots until `look` finds something; return that."""
        found = []

        async def once():
            found[:] = [look(await self.now())]
            return found[0]

        await self.seen_soon(once, what)
        return found[0]

    async def seen_soon(self, ask, what):
        async with asyncio.timeout(PATIENCE_S):
            while not await ask():  # noqa: ASYNC110 - another process's state
                await asyncio.sleep(0.02)

    async def online(self):
        await self.until(lambda now: now.stream.link.stage == "online", "the stream")

    async def fired(self, **gift):
        """Send a pretend gift and return its receipt once its command has an answer."""
        event_id = (await self.ask(Fire(**gift))).event_id
        return await self.receipt(event_id)

    async def receipt(self, event_id, stages=("acked",)):
        found = []

        async def once():
            reply = await self.ask(GetReceipt(event_id=event_id))
            found[:] = [reply.receipt]
            has = {one.stage for one in reply.receipt.deliveries} if reply.ok else set()
            return has >= set(stages)

        await self.seen_soon(once, f"the receipt of {event_id}")
        return found[0]

    async def notices(self):
        return {one.code: one for one in (await self.now()).notices}


@contextlib.contextmanager
def creator(*words):
    """A stand-in TikTok whose streamer is live, and the words that lead the program to it."""
    with in_thread() as tiktok:
        tiktok.tiktok.room.default_script = [WaitEntered()]
        yield tiktok, tiktok.tiktok.room, ("--tiktok", tiktok.tiktok.base, "--user", "creator")


def gift_row(now, gift="Rose"):
    return next((one for one in now.feed if one.gift == gift and one.final), None)


def totals(profile, source):
    with contextlib.closing(sqlite3.connect(profile / "data" / "journal.db")) as journal:
        return dict(
            journal.execute(
                "SELECT gift_id, SUM(count) FROM event WHERE kind = 'gift' AND source = ?"
                " GROUP BY gift_id",
                (source,),
            ).fetchall()
        )


def moved(receipt):
    return any(one.stage == "acked" and one.device == "Motor" for one in receipt.deliveries)


# ------------------------------------------------------------ one gift


async def test_one_combo_over_the_socket_turns_the_motor_and_has_its_receipt(profile):
    with creator() as (tiktok, room, words):
        async with Program(profile, *words) as program:
            await program.online()
            rose = gifts.Combo(gifts.ROSE, ALICE)
            for msg in (rose.progress(1), rose.progress(3, added=2), rose.end(3)):
                tiktok.call(room.push(msg))
            row = await program.until(gift_row, "the row of the roses")
            assert (row.count, row.coins, row.who) == (3, 1, ALICE.handle)
            receipt = await program.receipt(row.event_id)
            assert [(one.rule_name, one.ran) for one in receipt.traces if one.ran] == [
                ("Spin for roses", True)
            ]
            sent = [one for one in receipt.deliveries if one.stage == "sent"]
            assert [(one.device, one.instruction) for one in sent] == [("Motor", "rotate")]
            assert sent[0].args["rounds"] == 3
            assert moved(receipt)
            assert (await program.now()).stats.gifts == 3


async def test_paused_rules_count_gifts_and_move_nothing(profile):
    with creator() as (tiktok, room, words):
        async with Program(profile, *words) as program:
            await program.online()
            await program.ask(SetRulesRunning(on=False))
            tiktok.call(room.push(*gifts.Combo(gifts.ROSE, ALICE).frames(2)))
            row = await program.until(gift_row, "the row of the roses")
            assert row.result == "skipped"
            receipt = (await program.ask(GetReceipt(event_id=row.event_id))).receipt
            assert receipt.deliveries == ()
            now = await program.now()
            assert (now.stats.gifts, now.rules_running) == (2, False)
            await program.ask(SetRulesRunning(on=True))
            assert moved(await program.fired())


# ------------------------------------------------------------ STOP


@POSIX
async def test_stop_ends_what_runs_and_stays_over_a_killed_core(profile):
    async with Program(profile) as program:
        running = (await program.ask(Fire(count=100))).event_id
        await program.receipt(running)
        waiting = (await program.ask(Fire(count=50))).event_id
        assert (await program.ask(Stop(source="test"))).ok
        ended = await program.receipt(running, ("stopped",))
        assert "done" not in {one.stage for one in ended.deliveries}
        dropped = await program.receipt(waiting, ("stopped",))
        assert "sent" not in {one.stage for one in dropped.deliveries}

        pid = program.snapshots[-1].pid
        os.kill(pid, signal.SIGKILL)
        await program.seen(lambda: program.snapshots[-1].pid != pid, "a new core")
        now = program.snapshots[-1]
        assert (now.stop.stopped, now.stop.source) == (True, "test")
        assert "core_restarted" in {one.code for one in now.notices}
        held = (await program.ask(Fire())).event_id
        receipt = (await program.ask(GetReceipt(event_id=held))).receipt
        assert receipt.deliveries == ()
        assert not any(one.ran for one in receipt.traces)

        assert (await program.ask(Resume())).ok
        assert moved(await program.fired())


# ------------------------------------------------------------ recordings


async def test_a_recorded_stream_replays_to_the_same_gifts(profile, tmp_path):
    tape = str(tmp_path / "stream.gwtape")
    storm = storms.combos(8, longest=6, seed=2)
    with creator() as (tiktok, room, words):
        async with Program(profile, *words) as program:
            await program.online()
            assert (await program.ask(Record(on=True, path=tape))).ok
            for msg in storm.msgs:
                tiktok.call(room.push(msg))
            units = sum(storm.truth.values())
            await program.until(lambda now: now.stats.gifts == units, "all gifts")
            assert (await program.ask(Record(on=False))).path == tape
            assert (await program.ask(Replay(path=tape, speed=0))).ok
            await program.until(
                lambda now: "replay_ended" in {one.code for one in now.notices}, "the end"
            )
            # A replay is marked, and stays out of the numbers of the stream.
            assert (await program.now()).stats.gifts == units
    live = totals(profile, "live")
    assert sum(live.values()) == units
    assert totals(profile, "replay") == live


async def test_a_file_that_is_no_recording_is_told(profile, tmp_path):
    (tmp_path / "poem.txt").write_text("roses are red\n")
    async with Program(profile) as program:
        assert (await program.ask(Replay(path=str(tmp_path / "gone")))).code == "no_file"
        await program.ask(Replay(path=str(tmp_path / "poem.txt")))
        await program.until(
            lambda now: "not_a_recording" in {one.code for one in now.notices}, "the notice"
        )


# ------------------------------------------------------------ what may be broken outside


async def test_a_name_that_is_none_is_told_and_gifts_go_on(profile):
    async with Program(profile, "--user", "no such name!") as program:
        link = await program.until(
            lambda now: now.stream.link.stage == "blocked" and now.stream.link, "the refusal"
        )
        assert link.reason == "bad_user_name"
        assert moved(await program.fired())


async def test_a_streamer_nobody_knows_is_told_and_gifts_go_on(profile):
    with creator() as (_, room, words):
        room.exists = False
        async with Program(profile, *words) as program:
            await program.until(
                lambda now: now.stream.link.reason == "user_not_found", "the answer of TikTok"
            )
            assert moved(await program.fired())


async def test_without_network_it_waits_says_so_and_gifts_go_on(profile):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    words = ("--tiktok", f"http://127.0.0.1:{port}", "--user", "creator")
    async with Program(profile, *words) as program:
        link = await program.until(
            lambda now: now.stream.link.stage == "waiting" and now.stream.link, "the wait"
        )
        assert link.reason == "no_network"
        assert link.retry_in_s is not None
        assert moved(await program.fired())


# ------------------------------------------------------------ what may be broken on the disk


async def test_damaged_rules_and_devices_come_back_from_the_last_good_ones(profile):
    async with Program(profile) as program:
        relay = AddDevice(driver="simulated", name="Bell", settings={"machine": "relay"})
        assert (await program.ask(relay)).ok
        assert (await program.ask(SetRuleOn(rule_id="lion-spin", on=False))).ok
    for name in ("rules.json", "devices.json"):
        (profile / name).write_text('{"version": 1, "rul')
    async with Program(profile) as program:
        now = await program.now()
        restored = [one for one in now.notices if one.code == "document_restored"]
        assert len(restored) == 2
        assert "Bell" in {one.name for one in now.devices}
        assert "rose-spin" in {one.id for one in now.rules}
        assert moved(await program.fired())


async def test_damaged_files_without_a_good_copy_begin_anew_and_are_kept(profile):
    profile.mkdir(parents=True)
    for name in ("rules.json", "devices.json", "settings.json"):
        (profile / name).write_bytes(b"\0" * 600)
    async with Program(profile) as program:
        now = await program.now()
        assert [one.code for one in now.notices].count("document_started_fresh") == 3
        assert "rose-spin" in {one.id for one in now.rules}
        assert moved(await program.fired())
    kept = [one for one in profile.rglob("*") if one.is_file() and one.read_bytes() == b"\0" * 600]
    assert len(kept) == 3


async def test_a_damaged_history_is_put_aside_and_gifts_go_on(profile):
    (profile / "data").mkdir(parents=True)
    (profile / "data" / "journal.db").write_bytes(b"no database at all" * 1000)
    async with Program(profile) as program:
        assert "journal_set_aside" in await program.notices()
        assert moved(await program.fired())


async def test_a_profile_that_is_no_folder_is_told_and_gifts_go_on(tmp_path):
    (tmp_path / "file").write_text("in the way")
    async with Program(tmp_path / "file" / "profile") as program:
        assert "profile_not_a_folder" in await program.notices()
        assert moved(await program.fired())
        refused = await program.ask(Record(on=True))
        assert (refused.ok, refused.code) == (False, "not_saved")
    assert (tmp_path / "file").read_text() == "in the way"


@POSIX
async def test_a_full_disk_is_told_and_gifts_go_on(profile):
    # No file may grow: to a program that is a disk without room.
    shell = ("sh", "-c", 'ulimit -f 0; exec "$@"', "sh")
    with creator() as (tiktok, room, words):
        async with Program(profile, *words, shell=shell) as program:
            await program.online()
            tiktok.call(room.push(gifts.gift(gifts.HEART_ME, ALICE)))
            await program.until(lambda now: now.stats.gifts == 1, "the gift")
            assert "disk_full" in await program.notices()
            assert moved(await program.fired())


@POSIX
async def test_after_quit_nothing_of_it_runs(profile):
    async with Program(profile) as program:
        pid = program.snapshots[0].pid
    until(lambda: not psutil.pid_exists(pid), "the end of the core")
