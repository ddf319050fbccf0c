"""The backtest as its own process: real captures, comparison, cancelling, and what is refused."""

import io
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from app import paths
from app.backtest.run import backtest, serve
from app.core.backtests import (
    SCRIPTS,
    BacktestRequest,
    Failed,
    Finished,
    ListRequest,
    PastStream,
    Playing,
    Recording,
    Scripted,
    news,
)
from tests.app.backtest import profile as own

ROOT = Path(__file__).parents[3]
CAPTURES = ROOT.parent / "shared" / "data" / "captures"
STARTER = json.loads((paths.resources() / "rules" / "starter.json").read_text())


def request(source, tmp_path, **more):
    return BacktestRequest(source=source, rules=STARTER, profile=str(tmp_path), **more)


def asked(one):
    """Run a request in a process; return its news and the exit code."""
    line = one if isinstance(one, str) else one.model_dump_json()
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "backtest"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    with process:
        process.stdin.write(line + "\n")
        process.stdin.flush()
        told = [news.validate_json(text) for text in process.stdout]
    return told, process.returncode


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_script_plays_to_its_end(name, tmp_path):
    finished = backtest(request(Scripted(name=name), tmp_path), lambda _: None)
    assert isinstance(finished, Finished)
    assert finished.practice
    assert finished.now.gifts > 0
    assert sum(one.commands for one in finished.now.outputs) > 0
    for one in finished.now.outputs:
        assert one.done + sum(one.drops.values()) == one.commands


@pytest.mark.parametrize(
    ("name", "gifts", "coins"), [("many-rooms", 19, 23), ("combo-minute", 31, 37)]
)
def test_a_real_capture_keeps_its_gifts(name, gifts, coins, tmp_path):
    path = next(iter(sorted(CAPTURES.glob(f"*{name}*"))), None) if CAPTURES.is_dir() else None
    if path is None:
        pytest.skip("the recorded streams are not beside this clone")
    told, code = asked(request(Recording(path=str(path)), tmp_path))
    assert code == 0
    assert (told[-1].now.gifts, told[-1].now.coins) == (gifts, coins)


def test_a_process_tells_how_far_it_is_and_compares(tmp_path):
    off = {**STARTER, "rules": [{**one, "on": False} for one in STARTER["rules"]]}
    told, code = asked(request(Scripted(name="busy"), tmp_path, before=off))
    assert code == 0
    done = [one.done for one in told if isinstance(one, Playing)]
    assert done == sorted(done)
    last = told[-1]
    assert isinstance(last, Finished)
    assert sum(one.ran for one in last.now.rules) > 0
    assert sum(one.ran for one in last.before.rules) == 0
    assert last.before.gifts == last.now.gifts


class Listener(io.StringIO):
    """Who asked: hears the first line, goes away, and waits until that is noticed."""

    def __init__(self, asking: int) -> None:
        super().__init__()
        self._asking = asking

    def write(self, line):
        written = super().write(line)
        if self.getvalue() == line:
            os.close(self._asking)
            watching = [one for one in threading.enumerate() if one.name == "backtest input"]
            for thread in watching:
                thread.join(30)
        return written


def test_it_ends_when_nobody_wants_it_any_more(tmp_path):
    line = request(Scripted(name="calm"), tmp_path, before=STARTER).model_dump_json()
    reading, asking = os.pipe()
    os.write(asking, (line + "\n").encode())
    listener = Listener(asking)
    with io.FileIO(reading) as standard_input:
        assert serve(standard_input, listener) == 1
    assert len(listener.getvalue().splitlines()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="a file that never answers needs mkfifo")
def test_its_process_ends_though_it_hangs(tmp_path):
    silent = tmp_path / "silent.tape.gz"
    os.mkfifo(silent)
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "backtest"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with process:
        line = request(Recording(path=str(silent)), tmp_path).model_dump_json()
        told, _ = process.communicate((line + "\n").encode(), timeout=60)
    assert process.returncode == 1
    assert told == b""


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (Recording(path="/no/such/file.tape.gz"), "no_file"),
        (Recording(path=__file__), "not_a_recording"),
        (PastStream(room_id=5), "no_stream"),
    ],
)
def test_a_stream_that_is_not_there_is_told(source, code, tmp_path):
    failed = backtest(request(source, tmp_path), lambda _: None)
    assert isinstance(failed, Failed)
    assert failed.code == code


def test_rules_of_a_newer_program_are_refused(tmp_path):
    newer = BacktestRequest(
        source=Scripted(name="calm"), rules={"version": 999, "rules": []}, profile=str(tmp_path)
    )
    assert backtest(newer, lambda _: None).code == "bad_rules"


def test_nonsense_is_refused():
    told, code = asked("{nonsense")
    assert code == 0
    assert [one.code for one in told] == ["bad_request"]


@pytest.mark.parametrize(
    "source",
    [
        Scripted(name="combos"),
        PastStream(room_id=own.ROOM),
        Recording(path="recordings/one.tape.gz"),
    ],
    ids=lambda one: one.kind,
)
def test_a_profile_is_read_and_left_as_it_is(source, tmp_path):
    own.made(tmp_path)
    before = own.printed(tmp_path)
    if isinstance(source, Recording):
        source = Recording(path=str(tmp_path / source.path))
    told, code = asked(request(source, tmp_path, before=STARTER))
    assert (code, type(told[-1])) == (0, Finished)
    assert not told[-1].practice
    assert own.printed(tmp_path) == before


def test_a_process_lists_what_could_be_played(tmp_path):
    own.made(tmp_path)
    before = own.printed(tmp_path)
    told, code = asked(ListRequest(profile=str(tmp_path)))
    assert code == 0
    assert [one.user for one in told[0].streams] == ["anna"]
    assert own.printed(tmp_path) == before


def test_words_of_every_alphabet_arrive(tmp_path):
    rules = {**STARTER, "rules": [{**one, "name": "Quà tặng ✨"} for one in STARTER["rules"]]}
    told, _ = asked(
        BacktestRequest(source=Scripted(name="calm"), rules=rules, profile=str(tmp_path))
    )
    assert {one.name for one in told[-1].now.rules} == {"Quà tặng ✨"}


def test_whoever_is_gone_ends_it_even_while_it_says_nothing(tmp_path):
    """A process that waits for nobody ends by itself: its input is closed before it is asked."""
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "backtest"], cwd=ROOT,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    with process:
        process.stdin.close()
        process.stdout.read()
        assert process.wait(30) in (0, 1)
