"""Numbered questions: answers in any order, none at all, and STOP in between."""

from __future__ import annotations

import asyncio
import json
import threading

import pytest

from drivers.contract import Cause, DriverError
from drivers.transports.talking import Talking


class Link:
    """What was handed over, as a link would send it; `full` takes nothing."""

    def __init__(self) -> None:
        self.sent: list[tuple[dict, bool]] = []
        self.full = False

    def write_now(self, text: str, *, urgent: bool = False) -> bool:
        if not self.full:
            self.sent.append((json.loads(text), urgent))
        return not self.full

    @property
    def numbers(self) -> list[int]:
        return [one["id"] for one, _ in self.sent]


@pytest.fixture
async def talk():
    link = Link()
    made = Talking(link, lambda number, told: json.dumps({"id": number, **told}), wait_s=5.0)
    made.link = link
    return made


async def start(what):
    asking = asyncio.get_running_loop().create_task(what)
    await asyncio.sleep(0)
    return asking


async def cause(asking) -> Cause:
    with pytest.raises(DriverError) as raised:
        await asking
    return raised.value.cause


async def test_answers_find_their_questions_in_any_order(talk):
    first, second = await start(talk.ask({"q": 1})), await start(talk.ask({"q": 2}))
    talk.answer(2, "two")
    talk.answer(1, "one")
    assert (await first, await second) == ("one", "two")


async def test_a_late_double_or_foreign_answer_changes_nothing(talk):
    asking = await start(talk.ask({}))
    for number in (99, None, "1"):
        talk.answer(number, "wrong")
    talk.answer(1, "right")
    talk.answer(1, "again")
    assert await asking == "right"
    talk.answer(1, "late")
    another = await start(talk.ask({}))
    talk.answer(1, "late")
    talk.answer(2, "its own")
    assert await another == "its own"


async def test_no_answer_is_told_and_a_refusal_raised(talk):
    assert await cause(talk.ask({}, wait_s=0.01)) is Cause.NO_ANSWER
    asking = await start(talk.ask({}))
    talk.answer(2, DriverError(Cause.REFUSED, "no"))
    assert await cause(asking) is Cause.REFUSED


async def test_stop_goes_first_and_gives_up_only_what_turns_something_on(talk):
    turning, asking = await start(talk.ask({}, turns_on=True)), await start(talk.ask({}))
    thread = threading.Thread(target=talk.stop, args=([{"off": 1}, {"off": 2}],))
    thread.start()
    thread.join()
    assert await cause(turning) is Cause.REFUSED
    assert [(one.get("off"), urgent) for one, urgent in talk.link.sent[2:]] == [
        (1, True),
        (2, False),
    ]
    talk.answer(2, "still answered")
    assert await asking == "still answered"


async def test_from_stop_until_release_nothing_is_turned_on(talk):
    talk.stop([])
    assert await cause(talk.ask({}, turns_on=True)) is Cause.REFUSED
    assert not talk.say({}, turns_on=True)
    assert talk.link.sent == []
    assert talk.say({})
    talk.release()
    asking = await start(talk.ask({}, turns_on=True))
    talk.answer(2, "done")
    assert await asking == "done"


async def test_release_gives_up_what_was_asked_before(talk):
    turning = await start(talk.ask({}, turns_on=True))
    talk.release()
    assert await cause(turning) is Cause.REFUSED


async def test_a_loss_ends_every_question_now_and_later(talk):
    asking = await start(talk.ask({}))
    talk.lose(DriverError(Cause.LOST))
    assert await cause(asking) is Cause.LOST
    assert await cause(talk.ask({})) is Cause.LOST
    assert not talk.say({})


async def test_a_link_that_takes_nothing_is_told(talk):
    talk.link.full = True
    assert await cause(talk.ask({})) is Cause.NO_ANSWER
    assert not talk.say({})


async def test_numbers_grow_in_the_order_of_sending_from_many_threads(talk):
    threads = [
        threading.Thread(target=lambda: [talk.say({}) for _ in range(200)]) for _ in range(4)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert talk.link.numbers == sorted(talk.link.numbers)
    assert len(set(talk.link.numbers)) == 800


async def test_a_question_given_up_by_its_asker_is_forgotten(talk):
    asking = await start(talk.ask({}))
    asking.cancel()
    await asyncio.wait({asking})
    assert talk._waiting == {}
    talk.answer(1, "nobody")
