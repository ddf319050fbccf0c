"""Commands go out before anybody else hears of the event; taps come later, whatever they do."""

import asyncio

import pytest

from app import paths
from app.core import rules
from app.core.engine import Engine, EngineGate
from app.core.events import Gift, Viewer
from app.core.outcome import Delivery, Stage
from app.gateway.line import Line, Told

STARTER = (paths.resources() / "rules" / "starter.json").read_text(encoding="utf-8")


class Motors:
    """A directory that has one of everything."""

    def find(self, device, _kind):
        return (f"my-{device}", "out")


class Rig:
    def __init__(self):
        self.stopped = self.refusing = self.broken = False
        self.happened = []
        self.news = asyncio.Event()
        engine = Engine(rules.load(STARTER).rules, Motors())
        self.line = Line(
            engine,
            lambda: EngineGate(running=True, stopped=self.stopped),
            self.dispatch,
            lambda: 100.0,
        )
        self.line.bus.subscribe(Told, self.told)
        self.line.bus.subscribe(Delivery, self.delivered)

    def dispatch(self, commands):
        self.happened.append(("sent", [one.event_id for one in commands]))
        for one in commands:
            if self.refusing:
                self.line.on_delivery(delivery(one.id))
        if self.broken:
            raise RuntimeError("boom")

    def told(self, told):
        self.happened.append(("told", told.outcome.event.id))
        self.news.set()

    def delivered(self, delivery):
        self.happened.append(("delivered", delivery.command_id))

    def rose(self, name):
        gift = Gift(
            id=name,
            at_ms=1,
            viewer=Viewer(1, "mai"),
            gift_id=5655,
            name="Rose",
            coins=1,
            count=1,
            total=1,
            final=True,
            streak="",
        )
        self.line.on_event(gift, 99.5)


def delivery(name):
    return Delivery(name, "m", "g", "r", Stage.SENT, 1.0, 1)


@pytest.fixture
async def rig():
    return Rig()


async def test_commands_are_on_their_way_before_anybody_is_told(rig):
    rig.rose("a")
    assert rig.happened == [("sent", ["a"])]
    async with asyncio.timeout(10):
        await rig.news.wait()
    assert rig.happened == [("sent", ["a"]), ("told", "a")]


async def test_facts_are_told_in_the_order_they_happened(rig):
    rig.rose("a")
    rig.line.on_delivery(delivery("a/0"))
    rig.rose("b")
    rig.line.settle()
    told = [one for one in rig.happened if one[0] != "sent"]
    assert told == [("told", "a"), ("delivered", "a/0"), ("told", "b")]


async def test_settled_facts_are_not_told_again(rig):
    rig.rose("a")
    rig.line.settle()
    before = list(rig.happened)
    rig.line.settle()
    await asyncio.sleep(0.05)
    assert rig.happened == before


async def test_an_event_without_a_command_dispatches_nothing(rig):
    rig.stopped = True
    rig.rose("a")
    rig.line.settle()
    assert rig.happened == [("told", "a")]


async def test_facts_told_by_a_tap_are_told_too(rig):
    rig.line.bus.subscribe(Told, lambda _told: rig.line.on_delivery(delivery("later")))
    rig.rose("a")
    rig.line.settle()
    assert rig.happened[-1] == ("delivered", "later")


@pytest.mark.expect_log("failed for a Told")
async def test_a_broken_tap_breaks_neither_the_line_nor_the_others(rig):
    def broken(_told):
        raise RuntimeError("boom")

    rig.line.bus.subscribe(Told, broken)
    later = []
    rig.line.bus.subscribe(Told, later.append)
    rig.rose("a")
    rig.line.settle()
    assert len(later) == 1
    rig.rose("b")
    assert rig.happened[-1] == ("sent", ["b"])
    rig.line.settle()


async def test_a_command_that_is_refused_at_once_is_told_after_its_event(rig):
    rig.refusing = True
    rig.rose("a")
    rig.line.settle()
    assert [one[0] for one in rig.happened] == ["sent", "told", "delivered"]


async def test_an_event_is_told_even_if_its_commands_could_not_be_dispatched(rig):
    rig.broken = True
    with pytest.raises(RuntimeError):
        rig.rose("a")
    rig.line.settle()
    assert rig.happened[-1] == ("told", "a")
