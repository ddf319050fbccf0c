"""The process behind the page: real ones, that answer, are cancelled, and never stay behind."""

import psutil
import pytest

from app.core.backtests import (
    BacktestRequest,
    Failed,
    Finished,
    Listing,
    ListRequest,
    Playing,
    Recording,
    Scripted,
)
from app.gui.backtest.process import BacktestProcess
from tests.app.gui import sample_rules

WAIT_MS = 30_000


@pytest.fixture
def process():
    made = BacktestProcess()
    made.heard = []
    made.told.connect(made.heard.append)
    yield made
    made.end()


def request(profile, name="calm", **more):
    content = sample_rules.content()
    return BacktestRequest(source=Scripted(name=name), rules=content, profile=str(profile), **more)


def over(process):
    return lambda: bool(process.heard) and not process.running


def test_it_tells_how_far_it_is_and_what_came_of_it(process, profile, qtbot):
    process.start(request(profile))
    assert process.running
    qtbot.waitUntil(over(process), timeout=WAIT_MS)
    assert any(isinstance(one, Playing) for one in process.heard)
    assert isinstance(process.heard[-1], Finished)


def test_it_lists_what_could_be_played(process, profile, qtbot):
    process.start(ListRequest(profile=str(profile)))
    qtbot.waitUntil(over(process), timeout=WAIT_MS)
    assert process.heard == [Listing()]


def test_cancelled_it_ends_and_says_so(process, profile, qtbot):
    process.start(request(profile, "flood", before=sample_rules.content()))
    qtbot.waitUntil(lambda: bool(process.heard), timeout=WAIT_MS)
    process.cancel()
    qtbot.waitUntil(over(process), timeout=WAIT_MS)
    assert process.heard[-1] == Failed(code="cancelled")
    assert not any(isinstance(one, Finished) for one in process.heard)


def test_ended_by_force_there_is_no_process_any_more(process, profile, qtbot):
    process.start(request(profile, "flood"))
    qtbot.waitUntil(lambda: bool(process.heard), timeout=WAIT_MS)
    pid = process._process.processId()
    process.end()
    assert not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    assert not process.running


def test_another_question_ends_the_first_one(process, profile, qtbot):
    process.start(request(profile, "flood"))
    process.start(ListRequest(profile=str(profile)))
    qtbot.waitUntil(over(process), timeout=WAIT_MS)
    assert process.heard == [Listing()]


def test_what_cannot_be_played_is_told_by_its_code(process, profile, qtbot):
    one = request(profile).model_copy(update={"source": Recording(path="/no/such.tape.gz")})
    process.start(one)
    qtbot.waitUntil(over(process), timeout=WAIT_MS)
    assert [one.code for one in process.heard if isinstance(one, Failed)] == ["no_file"]


@pytest.mark.expect_log("the backtest ended without an answer", level="WARNING")
def test_a_process_that_dies_is_told(process, profile, qtbot):
    process.start(request(profile, "flood"))
    qtbot.waitUntil(lambda: bool(process.heard), timeout=WAIT_MS)
    psutil.Process(process._process.processId()).kill()
    qtbot.waitUntil(over(process), timeout=WAIT_MS)
    assert process.heard[-1].code == "failed"
