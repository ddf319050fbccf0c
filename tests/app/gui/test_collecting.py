"""Python's collector in the desk: in Qt's thread only, and by Python's own measure."""

import asyncio
import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QObject, QTimer

from app.gui import application
from app.gui.collecting import Collector

ENOUGH = 3


class Left:
    """Stands for the desk, as far as signals go."""

    def leave(self):
        raise AssertionError("nobody asked for that")


class Ring(QObject):
    """An object with a timer that nobody but itself holds."""

    def __init__(self):
        super().__init__()
        self.me = self
        self.timer = QTimer(self)
        self.timer.start(60_000)


@pytest.fixture
def threads():
    """Return where rings ended, and a maker of them."""
    ended = []

    def make():
        weakref.finalize(Ring(), lambda: ended.append(threading.get_ident()))

    return ended, make


def fill():
    """Make so many objects that Python would collect by itself."""
    return [[] for _ in range(gc.get_threshold()[0] * ENOUGH)]


def test_a_thread_that_makes_many_objects_takes_no_timer_away(qapp, threads):
    ended, make = threads
    make()
    thread = threading.Thread(target=lambda: [fill() for _ in range(200)])
    thread.start()
    thread.join()
    assert not ended
    _ = fill()
    Collector().look()
    assert ended == [threading.get_ident()]


def test_what_grew_old_goes_as_well_in_time(qapp, threads):
    ended, make = threads
    make()
    # Held while all are looked at, it is among the old from then on.
    held = gc.get_objects()
    gc.collect()
    del held
    assert ended == []
    collector, kept = Collector(), []
    _first, second, third = gc.get_threshold()
    for _ in range((second + 2) * (third + 2)):
        kept.append(fill())
        collector.look()
        if ended:
            break
    assert ended == [threading.get_ident()]


def test_with_little_new_nothing_is_looked_at(qapp, threads):
    ended, make = threads
    gc.collect()
    make()
    Collector().look()
    assert not ended
    gc.collect()
    assert ended


async def test_the_running_desk_looks_now_and_then(profile, language, threads):
    ended, make = threads
    make()
    kept = fill()
    with application._signals(Left()):
        async with asyncio.timeout(30):
            while not ended:  # noqa: ASYNC110 - the collector brings no news
                await asyncio.sleep(0.01)
    assert ended == [threading.get_ident()]
    assert kept
