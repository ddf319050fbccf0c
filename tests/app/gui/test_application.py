"""The desk process against a real channel: start, talk, lose the core, raise, close, quit."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtTest import QTest

from app.core.links import LinkStage
from app.gateway import messages
from app.gateway.client import Client
from app.gateway.messages import (
    Changed,
    Fire,
    GetReceipt,
    Resume,
    SetRulesRunning,
    Skip,
    Stop,
    Watch,
)
from app.gui import application
from app.gui.application import Program
from app.gui.instance import Instance
from app.gui.models.feed import ENTRY_ROLE
from app.gui.options import OptionsFile
from tests.app.gui import sample

LEFT = Qt.MouseButton.LeftButton
WAIT_S = 15.0


async def until(true, what=""):
    end = time.monotonic() + WAIT_S
    while not true():
        assert time.monotonic() < end, what or "waited in vain"
        await asyncio.sleep(0.01)


@contextlib.asynccontextmanager
async def desk(profile, language):
    """A connected desk. It lives inside the test: between two steps of a test nothing runs a loop."""
    program = Program(OptionsFile(profile), language)
    client = Client(
        profile,
        start_core=None,
        on_changed=program.bridge.take_changed,
        on_snapshot=program.bridge.take_snapshot,
        on_link=program.bridge.take_link,
        on_stop_report=program.bridge.take_stop_report,
    )
    program.start(client)
    try:
        await until(lambda: program.bridge.state.connected, "never connected")
        yield program
    finally:
        program.leave()
        await program.end()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def on_a_desk(test):
    """Run a test with a connected desk and the far end of its channel."""

    async def run(qapp, profile, language, far_end):
        async with desk(profile, language) as program:
            await test(program, far_end)

    run.__name__ = test.__name__
    run.__doc__ = test.__doc__
    return run


@on_a_desk
async def test_it_connects_and_shows_what_the_core_knows(program, far_end):
    page = program.window.pages["live"]
    assert page.activity.model.rowCount() == len(sample.feed())
    assert program.window.header.devices.accessibleName() == "Devices: 3 / 4"


@on_a_desk
async def test_stop_goes_both_ways_and_shows_in_the_same_frame(program, far_end):
    QTest.mouseClick(program.window.header.stop, LEFT)
    assert program.window.banner.isVisible()
    await until(lambda: far_end.requests(Stop) and far_end.stops_by_guardian)
    await until(lambda: program.bridge.state.stop.confirmed == {"motor": True})
    assert "1 device confirmed" in program.window.banner.words.words()


@on_a_desk
async def test_stop_gets_through_when_the_core_hangs(program, far_end):
    blocked = asyncio.Event()
    loop = asyncio.get_running_loop()
    hold = far_end.hang(lambda: loop.call_soon_threadsafe(blocked.set))
    await blocked.wait()
    QTest.mouseClick(program.window.header.stop, LEFT)
    await until(lambda: far_end.stops_by_guardian == 1)
    assert program.window.banner.isVisible()
    hold.set()


@on_a_desk
async def test_a_double_click_on_stop_leaves_it_stopped(program, far_end):
    QTest.mouseDClick(program.window.header.stop, LEFT)
    await until(lambda: far_end.requests(Stop))
    await until(lambda: not program.bridge.state.stop_sent)
    assert program.bridge.state.stop.stopped
    assert not far_end.requests(Resume)


@on_a_desk
async def test_resume_after_a_hold_is_sent_and_clears_the_banner(program, far_end):
    program.window.stop_all()
    await until(lambda: far_end.requests(Stop))
    program.bridge.resume()
    await until(lambda: not program.window.banner.isVisible())
    assert len(far_end.requests(Resume)) == 1


@on_a_desk
async def test_practise_reaches_the_core(program, far_end):
    page = program.window.pages["live"]
    page.start_practise()
    QTest.mouseClick(page.practise.send, LEFT)
    await until(lambda: far_end.requests(Fire))
    assert far_end.requests(Fire)[0].gift == "Rose"


@on_a_desk
async def test_a_row_shows_its_receipt_from_the_core(program, far_end):
    page = program.window.pages["live"]
    page.explaining.open_entry(page.activity.model.entry(page.activity.model.index(0, 0)))
    await until(lambda: page.sheet._receipt is not None)
    assert far_end.requests(GetReceipt)[0].event_id == "e0"


@on_a_desk
async def test_hand_tests_and_skips_reach_the_core(program, far_end):
    program.window.go("devices")
    block = program.window.pages["devices"].cards["motor"]._blocks["motor"]
    QTest.mouseClick(block.control.test, LEFT)
    QTest.mouseClick(program.window.pages["live"].running._lines[0].skip, LEFT)
    await until(lambda: far_end.requests(messages.TestDevice) and far_end.requests(Skip))
    assert far_end.requests(messages.TestDevice)[0].args == {"rounds": 3.0, "rpm": 100.0}


@on_a_desk
async def test_pausing_from_the_tray(program, far_end):
    program.tray.pause.trigger()
    await until(lambda: not program.bridge.state.rules_running)
    assert program.tray.shape in {"paused", "problem"}
    assert far_end.requests(SetRulesRunning)[0].on is False


@on_a_desk
async def test_a_flood_from_the_core_is_shown_in_few_inserts(program, far_end):
    model = program.window.pages["live"].activity.model
    inserts = []
    model.rowsInserted.connect(lambda *_: inserts.append(1))
    for batch in range(20):
        rows = tuple(
            sample.row(0, key=f"f{batch}-{n}", at_ms=sample.NOW_MS + (batch * 100 + n) * 100,
                       gift="Rose", count=1, who=f"v{n}")
            for n in range(100)
        )  # fmt: skip
        far_end.say(Changed(feed=rows))
    await until(lambda: model.index(0, 0).data(ENTRY_ROLE).row.key == "f19-99")
    assert len(inserts) <= 20


@on_a_desk
async def test_a_lost_core_is_said_and_found_again(program, far_end):
    far_end.stop("restart")
    await until(lambda: program.bridge.state.link.stage is not LinkStage.ONLINE)
    assert program.window.banner.isVisible()
    assert program.window.pages["live"].away.isVisible()
    assert not program.window.pages["live"].away.start.isVisible()
    assert program.tray.shape == "problem"
    far_end.now = sample.offline()
    far_end.start()
    await until(lambda: program.bridge.state.connected)
    assert not program.window.banner.isVisible()
    assert list(program.bridge.state.devices) == ["motor", "light", "relay"]


@on_a_desk
async def test_a_core_that_was_turned_off_can_be_started_again(program, far_end):
    far_end.stop("quit")
    await until(lambda: program.bridge.state.link.stage is LinkStage.OFF)
    page = program.window.pages["live"]
    assert page.away.title.words() == "The engine was turned off."
    far_end.start()
    QTest.mouseClick(page.away.start, LEFT)
    await until(lambda: program.bridge.state.connected)


@on_a_desk
async def test_a_hidden_window_stops_the_flow(program, far_end):
    program.window.hide()
    await until(lambda: not far_end.server.watched)
    program.window.show()
    await until(lambda: far_end.server.watched)
    assert not far_end.requests(Watch)


@on_a_desk
async def test_closing_without_a_tray_minimises(program, far_end):
    program.window.close()
    assert program.window.isMinimized()
    program.raise_window()
    assert not program.window.isMinimized()
    assert program.window.isVisible()
    assert not program.quit_wanted.is_set()


@on_a_desk
async def test_closing_quits_when_the_user_wants_that(program, far_end):
    program.desk.choose(close_to_tray=False)
    program.window.close()
    assert program.quit_wanted.is_set()


@on_a_desk
async def test_a_refused_request_is_told_in_words(program, far_end):
    far_end.refuse = "offline"
    program.bridge.ask(Skip(command_id="x"))
    await until(program.window.toast.isVisible)
    words = program.window.toast.words.words()
    assert words == "The device is offline. Check its cable and power."


async def test_a_second_start_raises_the_first_window(qapp, profile):
    first, second = Instance(profile), Instance(profile)
    raised = []
    first.raised.connect(lambda: raised.append(True))
    assert first.claim()
    assert not second.claim()
    await until(lambda: raised)
    first.release()
    third = Instance(profile)
    assert third.claim()
    third.release()


def test_a_socket_left_by_a_killed_desk_is_taken_over(qapp, profile):
    dead = Instance(profile)
    assert dead.claim()
    dead._server.close()
    probe = QLocalSocket()
    probe.connectToServer(dead._name)
    assert not probe.waitForConnected(200)
    alive = Instance(profile)
    assert alive.claim()
    alive.release()


@pytest.mark.skipif(os.name == "nt", reason="no signals to oneself on Windows")
def test_run_ends_cleanly_on_a_signal(qapp, profile, far_end):
    def connect(**hooks):
        shown = hooks["on_snapshot"]

        def on_snapshot(snapshot):
            shown(snapshot)
            os.kill(os.getpid(), signal.SIGTERM)

        return Client(profile, start_core=None, **(hooks | {"on_snapshot": on_snapshot}))

    assert application.run(connect, profile=profile) == 0
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
