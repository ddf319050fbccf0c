"""Questions and answers: one at a time, in turn, given up by STOP, and nothing grows for ever."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest

from drivers.contract import Cause, DriverError
from drivers.transports.asking import Asking
from drivers.transports.held import HeldPipe
from drivers.transports.loopback import loopback
from drivers.transports.pipe import INBOX_BYTES


@pytest.fixture
async def far():
    """Make a device at the other end of a loopback: what it hears, and what it answers."""
    near, end = loopback()
    pipe = HeldPipe(near)
    asking = Asking(pipe, wait_s=0.1)
    far = Far(asking, pipe, end)
    await end.open(far.take, lambda _: None)
    await pipe.open(asking.feed, lambda _: None)
    yield far
    await pipe.close()
    await end.close()


class Far:
    def __init__(self, asking, pipe, end):
        self.asking, self.pipe, self.end = asking, pipe, end
        self.heard = []
        self.answers = {}

    def take(self, data):
        self.heard.append(data)
        answer = self.answers.get(data, b"")
        if answer:
            self.end.write_now(answer)


def whole(heard):
    return heard.strip() if heard.endswith(b"\n") else None


async def test_each_question_gets_its_own_answer(far):
    far.answers = {b"a?": b"A\n", b"b?": b"B\n"}
    answers = await asyncio.gather(far.asking.ask(b"a?", whole), far.asking.ask(b"b?", whole))
    assert answers == [b"A", b"B"]
    assert far.heard == [b"a?", b"b?"]


async def soon(*calls):
    """Call these once what runs beside it has begun to wait."""
    await asyncio.sleep(0)
    for call in calls:
        call()


async def test_an_answer_may_come_in_pieces_and_what_came_before_is_none(far):
    far.asking.feed(b"old\n")
    pieces = [partial(far.asking.feed, piece) for piece in (b"ne", b"w", b"\n")]
    answer, _ = await asyncio.gather(far.asking.ask(b"a?", whole), soon(*pieces))
    assert answer == b"new"


async def test_a_question_nobody_answers_is_asked_twice_and_told(far):
    with pytest.raises(DriverError) as raised:
        await far.asking.ask(b"a?", whole)
    assert raised.value.cause is Cause.NO_ANSWER
    assert far.heard == [b"a?"] * 2


async def test_stop_gives_up_what_turns_on_and_leaves_questions_alone(far):
    far.answers = {b"how?": b"well\n"}
    turning, waiting, answer, _ = await asyncio.gather(
        far.asking.ask(b"on", whole, turns_on=True),
        far.asking.ask(b"on too", whole, turns_on=True),
        far.asking.ask(b"how?", whole),
        soon(far.asking.stop),
        return_exceptions=True,
    )
    assert (turning.cause, waiting.cause) == (Cause.REFUSED, Cause.REFUSED)
    assert answer == b"well"
    assert b"on too" not in far.heard


async def test_an_answer_that_stop_overtakes_leads_to_no_next_step(far):
    async def two_steps():
        await far.asking.ask(b"ready", whole, turns_on=True)
        await far.asking.ask(b"go", whole, turns_on=True)

    def answered_then_stopped():
        far.asking.feed(b"ok\n")
        far.pipe.stop(b"off")
        far.asking.stop()
        far.pipe.release(b"off")

    turning, _ = await asyncio.gather(
        two_steps(), soon(answered_then_stopped), return_exceptions=True
    )
    assert turning.cause is Cause.REFUSED
    assert b"go" not in far.heard


async def test_a_loss_ends_every_question(far):
    lost = DriverError(Cause.LOST)
    given_up, _ = await asyncio.gather(
        far.asking.ask(b"a?", whole),
        soon(partial(far.asking.lose, lost)),
        return_exceptions=True,
    )
    assert given_up is lost
    with pytest.raises(DriverError) as raised:
        await far.asking.ask(b"b?", whole)
    assert raised.value.cause is Cause.LOST


async def test_a_device_that_talks_all_day_fills_no_memory(far):
    for _ in range(3):
        far.asking.feed(bytes(INBOX_BYTES))
    assert len(far.asking._heard) <= INBOX_BYTES


# ------------------------------------------------------------------ answers that look alike


def ok(times):
    return lambda heard: True if heard.count(b"ok") >= times else None


async def given_up(far):
    """Have the far end owe an answer to what would have turned something on."""
    with pytest.raises(DriverError) as raised:
        await asyncio.gather(far.asking.ask(b"on", ok(1), turns_on=True), soon(far.asking.stop))
    assert raised.value.cause is Cause.REFUSED


async def test_the_answer_to_what_stop_gave_up_does_not_confirm_off(far):
    await given_up(far)
    asked = asyncio.gather(far.asking.ask(b"off", ok(1), tries=1), return_exceptions=True)
    await asyncio.sleep(0)
    far.end.write_now(b"ok\n")  # to "on"
    (answer,) = await asked
    assert isinstance(answer, DriverError)
    assert answer.cause is Cause.NO_ANSWER


async def test_behind_the_answer_to_what_was_given_up_off_is_confirmed(far):
    await given_up(far)
    far.answers = {b"off": b"ok\nok\n"}  # the first one is to "on"
    assert await far.asking.ask(b"off", ok(1), tries=1)


async def test_what_never_answered_the_on_is_believed_at_the_second_asking(far):
    await given_up(far)
    far.answers = {b"off": b"ok\n"}
    assert await far.asking.ask(b"off", ok(1), tries=2)
    assert far.heard == [b"on", b"off", b"off"]


async def test_an_answer_that_can_be_no_other_is_believed_at_once(far):
    await given_up(far)
    far.answers = {b"off": b"done\n"}
    done = await far.asking.ask(b"off", lambda heard: heard.endswith(b"done\n") or None, tries=1)
    assert done


async def test_of_two_that_were_given_up_both_answers_are_passed_over(far):
    await given_up(far)
    await given_up(far)
    far.answers = {b"off": b"ok\nok\nok\nok\n"}
    assert await far.asking.ask(b"off", ok(2), tries=1)
    await given_up(far)
    await given_up(far)
    far.answers = {b"off": b"ok\nok\nok\n"}
    with pytest.raises(DriverError):
        await far.asking.ask(b"off", ok(2), tries=1)
