"""The line wakes up for runs that go on, and for nothing else; STOP leaves none of them."""

from __future__ import annotations

import asyncio
import time

import pytest

from app.core.engine import EngineGate
from app.core.outcome import Reason
from app.gateway.line import Line, Told
from tests.app.core.acting import Log, Turn, Wait
from tests.app.core.making import engine, gift, rule, ruleset

BRIEF = [Turn(rounds=1), Wait(seconds=0.05), Turn(rounds=2), Wait(seconds=0.05), Log()]
LONG = [Wait(seconds=600), Turn()]


class Outlets:
    def __init__(self):
        self.carried, self.stopped = [], False

    def carry_out(self, requests, commands=()):
        self.carried.extend(requests)

    def stop_now(self):
        self.stopped = True


class Rig:
    def __init__(self, *rules):
        self.stopped = False
        self.sent, self.outcomes, self.skipped = [], [], []
        self.news = asyncio.Event()
        self.engine = engine(*rules)
        self.line = Line(
            self.engine,
            lambda: EngineGate(stopped=self.stopped),
            self.sent.extend,
            time.monotonic,
            skip=self.skipped.append,
        )
        self.line.outlets = Outlets()
        self.line.bus.subscribe(Told, self.told)

    def told(self, told):
        self.outcomes.append(told.outcome)
        self.news.set()

    async def until(self, true):
        async with asyncio.timeout(10):
            while not true():
                self.news.clear()
                await self.news.wait()


@pytest.fixture
async def rig():
    made = Rig(rule(do=BRIEF), rule(id="long", when={"key": "gift_any", "least": 50}, do=LONG))
    yield made
    made.line.rest()
    made.line.settle()


async def test_a_run_goes_on_by_the_clock_and_its_outcomes_come_to_the_taps(rig):
    rig.line.on_event(gift(), 0.0)
    await rig.until(lambda: len(rig.outcomes) == 3)
    assert [command.instruction.rounds for command in rig.sent] == [1.0, 2.0]
    assert [outcome.continued for outcome in rig.outcomes] == [False, True, True]
    assert [request.effect.text for request in rig.line.outlets.carried] == ["1"]
    assert rig.engine.due() is None


async def test_stop_ends_what_waits_and_tells_why(rig):
    rig.line.on_event(gift(coins=50), 0.0)
    rig.stopped = True
    rig.line.stop()
    rig.line.settle()
    assert rig.engine.due() is None
    ended = [one for one in rig.outcomes if one.continued]
    assert {one.traces[0].steps[-1].reason for one in ended} == {Reason.STOPPED}
    assert rig.line.outlets.stopped
    assert [command.rule_id for command in rig.sent] == ["r1"]


async def test_what_ends_by_an_edit_is_told_without_waiting_for_its_time(rig):
    rig.line.on_event(gift(coins=50, gift_id=1, name="Big"), 0.0)
    rig.engine.replace(ruleset(rule(do=BRIEF)))
    rig.line.look_ahead()
    await rig.until(lambda: len(rig.outcomes) == 2)
    assert rig.outcomes[-1].traces[0].steps[-1].reason is Reason.RULE_GONE
    assert rig.engine.due() is None


@pytest.mark.parametrize("how", ["another set", "no such rule", "off"])
async def test_what_a_run_has_devices_do_ends_when_its_rule_is_taken_away(rig, how):
    rig.line.on_event(gift(), 0.0)
    driven = [command.id for command in rig.sent]
    assert len(driven) == 1
    if how == "another set":
        rig.engine.stop_runs(Reason.OTHER_SET, time.monotonic())
    rig.engine.replace(ruleset(rule(do=BRIEF, on=False) if how == "off" else rule(id="other")))
    rig.line.look_ahead()
    await rig.until(lambda: len(rig.outcomes) == 2)
    assert rig.skipped == driven
    assert len(rig.sent) == 1


async def test_stop_and_an_edit_of_a_running_rule_take_nothing_back(rig):
    rig.line.on_event(gift(), 0.0)
    rig.engine.replace(ruleset(rule(name="Renamed", do=BRIEF)))
    rig.line.look_ahead()
    await rig.until(lambda: len(rig.outcomes) == 3)
    assert rig.skipped == []
