"""The refresher: the newest frame, again and again, and STOP before everything."""

from __future__ import annotations

import asyncio
import threading

from drivers.contract import Cause, DriverError
from drivers.transports.refresher import Refresher


class Far:
    """Takes frames, as a wire does."""

    def __init__(self) -> None:
        self.frames: list[bytes] = []
        self.takes = True
        self.news = threading.Condition()

    def send(self, frame: bytes) -> bool:
        with self.news:
            if self.takes:
                self.frames.append(frame)
            self.news.notify_all()
            return self.takes

    def wait(self, true) -> bool:
        with self.news:
            return self.news.wait_for(true, 10)


async def test_the_newest_frame_is_repeated():
    far = Far()
    refresher = Refresher("strip", far.send, rate_hz=100)
    refresher.open()
    refresher.show(b"one")
    assert far.wait(lambda: far.frames.count(b"one") >= 3)
    refresher.show(b"two")
    assert far.wait(lambda: far.frames.count(b"two") >= 3)
    await refresher.close()
    first = far.frames.index(b"two")
    assert set(far.frames[first:]) == {b"two"}


async def test_nothing_is_sent_before_something_is_shown_and_nothing_after_close():
    far = Far()
    refresher = Refresher("strip", far.send, rate_hz=100)
    refresher.open()
    await refresher.close(b"good", b"bye")
    assert far.frames == [b"good", b"bye"]
    refresher.show(b"late")
    await refresher.close()
    assert far.frames == [b"good", b"bye"]


async def test_at_rate_zero_a_frame_goes_out_once():
    far = Far()
    refresher = Refresher("strip", far.send, rate_hz=0, fastest_hz=1000)
    refresher.open()
    for frame in (b"one", b"two"):
        refresher.show(frame)
        assert await refresher.taken(10)
    await refresher.close()
    assert far.frames == [b"one", b"two"]


async def test_stop_goes_out_at_once_while_the_loop_is_blocked_and_the_rate_is_slow():
    far = Far()
    refresher = Refresher("strip", far.send, rate_hz=0.01, fastest_hz=0.01)
    refresher.open()
    refresher.show(b"on")
    assert far.wait(lambda: far.frames == [b"on"])
    refresher.show(b"brighter")  # would wait a minute
    threading.Timer(0.05, lambda: refresher.show(b"off", urgent=True)).start()
    assert far.wait(lambda: far.frames == [b"on", b"off"])  # blocks the loop
    await refresher.close()


async def test_frames_faster_than_the_wire_are_left_out_newest_wins():
    far = Far()
    refresher = Refresher("strip", far.send, rate_hz=0, fastest_hz=20)
    refresher.open()
    for number in range(1000):
        refresher.show(b"%d" % number)
    assert await refresher.taken(10)
    await refresher.close()
    assert far.frames[-1] == b"999"
    assert len(far.frames) < 100


async def test_a_moving_picture_is_asked_with_the_time_since_it_was_shown():
    far = Far()
    refresher = Refresher("strip", far.send, rate_hz=0, fastest_hz=200)
    refresher.open()
    refresher.show(lambda since_s: b"%d" % (since_s * 1e6))
    assert far.wait(lambda: len(far.frames) >= 5)
    await refresher.close()
    times = [int(one) for one in far.frames]
    assert times == sorted(times)
    assert times[0] >= 0
    assert times[-1] > times[0]


async def test_what_is_not_taken_is_tried_again():
    far = Far()
    far.takes = False
    refresher = Refresher("strip", far.send, rate_hz=0, fastest_hz=200)
    refresher.open()
    refresher.show(b"on")
    assert not await refresher.taken(0.05)
    far.takes = True
    assert await refresher.taken(10)
    await refresher.close()
    assert far.frames == [b"on"]


async def test_a_wire_that_raises_does_not_end_the_thread():
    errors: list[Exception] = [DriverError(Cause.LOST), OSError("x")]
    far = Far()

    def send(frame: bytes) -> bool:
        if errors:
            raise errors.pop()
        return far.send(frame)

    refresher = Refresher("strip", send, rate_hz=0, fastest_hz=200)
    refresher.open()
    refresher.show(b"on")
    assert await refresher.taken(10)
    await refresher.close()


async def test_a_picture_that_fails_is_logged_once_and_stop_still_works(expect_log):
    expect_log.announce("strip: a frame failed")
    far = Far()
    refresher = Refresher("strip", far.send, rate_hz=200)
    refresher.open()
    tried = threading.Semaphore(0)

    def broken(since_s: float) -> bytes:
        tried.release()
        raise ValueError("x")

    refresher.show(broken)
    for _ in range(3):
        assert tried.acquire(timeout=10)
    refresher.show(b"off", urgent=True)
    assert await refresher.taken(10)
    await refresher.close()
    assert set(far.frames) == {b"off"}


async def test_no_thread_is_left_and_waiting_for_a_closed_one_ends():
    far = Far()
    far.takes = False
    refresher = Refresher("strip", far.send, rate_hz=10)
    refresher.open()
    refresher.show(b"on")
    waiting = asyncio.gather(refresher.taken(0.2))
    await refresher.close()
    assert await waiting == [False]
    assert not any(one.name == "strip" for one in threading.enumerate())
