"""Rules see the living rooms: devices, viewers, other rules; asked through a whole core."""

import time

from app.core.events import Gift, Source, StreamStarted, Viewer
from app.core.world import NOWHERE, LocalTime, World
from app.gateway.messages import (
    DryRun,
    Fire,
    PretendEvent,
    PretendNow,
    PretendViewer,
    TryRule,
    WhyNot,
)
from app.gateway.viewers import Viewers
from app.gateway.world import LivingWorld, local_time
from drivers.contract import Kind
from tests.app.gateway.core import Core
from tests.app.gateway.play import NEW, begin, gift, put, rule


class Nobody:
    """Where people are kept, when nobody was there before."""

    def __init__(self):
        self.told = []

    def seen(self, viewer_id, *_):
        self.told.append(viewer_id)


async def holds(core, condition, event=None):
    draft = rule("ask", only_if=[condition]).model_dump(mode="json")
    reply = await core.ask(DryRun(event=event or PretendEvent(), rule=draft))
    assert reply.ok, reply
    return reply.dry.traces[0].ran


async def test_devices_are_seen_as_they_are_now(profile):
    async with Core(profile) as core:
        motor = {"key": "device_state", "device": "motor"}
        assert await holds(core, {**motor, "state": "online"})
        assert await holds(core, {**motor, "state": "idle"})
        assert not await holds(core, {**motor, "device": "none", "state": "online"})
        await core.ask(Fire(count=50))
        await core.see(lambda now: now.running, "the turn")
        assert await holds(core, {**motor, "state": "active"})
        world = LivingWorld(core.runtime._house.hub, core.runtime._viewers)
        assert isinstance(world, World)
        assert world.device("motor").values["rpm"] > 0
        assert world.outputs("motor") == (("practice-motor", "motor"),)
        assert world.device("").known is False
        assert 0 <= world.chance() < 1


async def test_what_a_viewer_gave_counts_the_present_gift_in(profile):
    async with Core(profile) as core:
        begin(core)
        gave = {"key": "sender_gave", "coins": 100}
        fan = PretendViewer(handle="fan")
        assert not await holds(core, gave, PretendEvent(coins=99, who=fan))
        assert await holds(core, gave, PretendEvent(coins=100, who=fan))
        # Only supposed: asking leaves nothing behind.
        assert not await holds(core, gave, PretendEvent(coins=99, who=fan))
        await put(core, rule("rich", only_if=[gave]))
        for number, traced in [(1, False), (2, True)]:
            gift(core, number, coins=60)
            dry = (await core.ask(WhyNot(event_id=f"gift/{number}"))).dry
            assert [one.ran for one in dry.traces] == [traced]
        assert (await core.now()).rules[0].ran == 1


async def test_other_rules_are_seen_as_they_run(profile):
    async with Core(profile) as core:
        await put(core, rule("slow", do=[{"key": "wait", "seconds": "5"}]))
        state = {"key": "rule_state", "rule": "slow"}
        assert not await holds(core, {**state, "state": "running"})
        await core.ask(TryRule(rule_id="slow"))
        assert await holds(core, {**state, "state": "running"})


def test_ranks_go_by_coins_and_are_shared():
    viewers = Viewers(Nobody())
    for number, (viewer, coins) in enumerate([(1, 5), (2, 9), (3, 5), (1, 1)]):
        viewers.note(made(number, viewer, coins))
    ranks = {who: viewers.facts(Viewer(who, "")).rank for who in (1, 2, 3, 4)}
    assert ranks == {2: 1, 1: 2, 3: 3, 4: 0}
    viewers.note(made(9, 3, 1))
    assert viewers.facts(Viewer(3, "")).rank == 2
    viewers.note(made(10, 4, 1000, source=Source.REPLAY))
    assert viewers.facts(Viewer(1, "")).rank == 2


def test_somebody_is_new_for_the_whole_of_their_first_stream_and_never_again():
    people = Nobody()
    viewers = Viewers(people)
    for room in (1, 2):
        viewers.note(StreamStarted(id=f"s{room}", at_ms=1, room_id=room))
        for number in range(3):
            viewers.note(made(number, 7, 1))
            assert viewers.facts(Viewer(7, "")).first_time is (room == 1)
    assert people.told == [7]
    assert viewers.facts(Viewer(0, "nobody")).first_time is False


def test_the_clock_on_the_wall_is_told_for_any_time():
    now_ms = int(time.time() * 1000)
    at = time.localtime(now_ms / 1000)
    assert local_time(now_ms) == LocalTime(at.tm_wday, at.tm_hour * 60 + at.tm_min, at.tm_sec)
    assert isinstance(local_time(10**30), LocalTime)
    assert NOWHERE.local_time(0) == LocalTime(0, 0)


def made(number, viewer, coins, **changes):
    values = {"gift_id": NEW, "name": "Moon", "count": 1, "total": 1, "final": True, "streak": ""}
    return Gift(
        **values
        | {"id": f"g{number}", "at_ms": 1, "viewer": Viewer(viewer, "x"), "coins": coins}
        | changes
    )


async def test_what_steps_call_a_motor_is_stopped_and_asked_about_by_that_name_too(profile):
    async with Core(profile, demo=False) as core:
        house = core.runtime._house
        config = house.hub.add("simulated", "Fan", {"machine": "motor"})
        await core.see(lambda now: now.devices[0].link.stage == "online", "the fan")
        world = LivingWorld(house.hub, core.runtime._viewers)
        assert world.find("motor", Kind.MOTOR) == (config.id, "motor")
        assert world.outputs("motor") == ((config.id, "motor"),)
        assert world.device("motor").online
        assert world.outputs("relay") == world.outputs("light") == world.outputs("") == ()
        stop = [{"key": "stop_device", "device": "motor"}]
        await put(core, rule("spin"), rule("stop", do=stop, when={"key": "follow"}))
        begin(core)
        gift(core, 1, count=50)
        await core.see(lambda now: now.running, "the turn")
        await core.ask(PretendNow(event=PretendEvent(kind="follow")))
        await core.see(lambda now: not now.running, "the end")
