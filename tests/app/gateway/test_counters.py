"""What rules count and people look at, through the channel of a whole core, and after a restart."""

import asyncio

from app.core.events import Follow, Like, Source, Viewer
from app.gateway.messages import (
    DismissGift,
    DropGoal,
    DropVariable,
    Fire,
    GetBoard,
    GetReceipt,
    PressButton,
    PutGoal,
    SetVariable,
)
from tests.app.gateway.core import Core
from tests.app.gateway.play import LAN, MAI, NEW, ROOM, begin, gift, live, put, rule


async def test_a_button_runs_the_rules_that_wait_for_it(profile):
    async with Core(profile) as core:
        await put(core, rule("go", when={"key": "button", "name": "Go"}))
        event_id = (await core.ask(PressButton(name="Go"))).event_id
        await core.see(lambda now: now.running, "the turn")
        assert (await core.ask(GetReceipt(event_id=event_id))).receipt.traces[0].ran
        (row,) = [one for one in (await core.now()).feed if one.kind == "button"]
        assert (row.text, row.source) == ("Go", "live")
        await core.ask(PressButton(name="Nothing"))
        assert len([one for one in (await core.now()).feed if one.kind == "button"]) == 1


async def test_a_timer_runs_without_a_stream_and_quiet_ticks_are_not_kept(profile):
    async with Core(profile) as core:
        await put(core, rule("clock", when={"key": "timer", "every": 1, "live_only": False}))
        await core.see(lambda now: now.rules[0].ran, "a run of the clock")
        assert [one for one in (await core.now()).feed if one.kind == "tick"]
        await put(core)
        before = len((await core.now()).feed)
        await asyncio.sleep(1.2)
        assert len((await core.now()).feed) == before


async def test_variables_are_seen_changed_and_outlive_a_crash(profile):
    async with Core(profile) as core:
        begin(core)
        assert (await core.ask(SetVariable(name="deaths", value=3, lasting=True))).ok
        assert (await core.ask(SetVariable(name="màu", value="đỏ"))).ok
        now = await core.now()
        assert [(one.name, one.value, one.lasting) for one in now.variables] == [
            ("deaths", 3, True),
            ("màu", "đỏ", False),
        ]
        assert (await core.ask(SetVariable(name="coins", value=1))).code == "bad_variable"
        assert (await core.ask(DropVariable(name="none"))).code == "not_found"
    # The stream had not ended: it goes on with all of them.
    async with Core(profile) as core:
        assert len(core.welcome.snapshot.variables) == 2
        begin(core)
        assert len((await core.now()).variables) == 2
        begin(core, ROOM + 1)
        assert [one.name for one in (await core.now()).variables] == ["deaths"]
        assert (await core.ask(DropVariable(name="deaths"))).ok
    async with Core(profile) as core:
        assert core.welcome.snapshot.variables == ()


async def test_the_leaderboard_of_the_stream_and_of_ever_count_each_gift_once(profile):
    async with Core(profile) as core:
        begin(core)
        gift(core, 1, count=5, total=5)
        gift(core, 2, LAN, coins=100)
        gift(core, 3, source=Source.REPLAY)
        await core.ask(Fire(count=1000))
        board = (await core.ask(GetBoard())).board
        assert [(one.rank, one.who, one.coins, one.gifts) for one in board.rows] == [
            (1, "lan", 100, 1),
            (2, "mai", 5, 5),
        ]
    async with Core(profile) as core:
        assert (await core.ask(GetBoard())).board.rows == board.rows
        begin(core, ROOM + 1)
        gift(core, 4, count=200, total=200)
        assert [one.who for one in (await core.ask(GetBoard())).board.rows] == ["mai"]
        ever = (await core.ask(GetBoard(kind="ever"))).board
        assert [(one.who, one.coins) for one in ever.rows] == [("mai", 205), ("lan", 100)]
        facts = core.runtime._viewers.facts
        assert (facts(MAI).first_time, facts(MAI).rank) == (False, 1)
        assert (facts(LAN).first_time, facts(LAN).rank) == (False, 0)
        gift(core, 5, Viewer(9, "new"))
        assert facts(Viewer(9, "new")).first_time


async def test_goals_count_this_stream_and_are_reached_once(profile):
    async with Core(profile) as core:
        begin(core)
        for goal in [
            PutGoal(name="Coins", counts="coins", target=10),
            PutGoal(name="Likes", counts="likes", target=50),
            PutGoal(name="Fans", counts="followers", target=2),
            PutGoal(name="Deaths", counts="variable", variable="deaths", target=3),
        ]:
            assert (await core.ask(goal)).ok
        gift(core, 1, coins=5, count=2, total=2)
        live(core, Like(id="like", at_ms=1, viewer=MAI, count=4, total=40))
        live(core, Follow(id="follow", at_ms=1, viewer=LAN))
        await core.ask(SetVariable(name="deaths", value=3))

        def done(now):
            return [one.now for one in now.goals] == [10, 40, 1, 3] and now.goals[0].reached_ms

        await core.see(done, "the goals")
        reached = [bool(one.reached_ms) for one in (await core.now()).goals]
        assert reached == [True, False, False, True]
    async with Core(profile) as core:
        goals = core.welcome.snapshot.goals
        assert [(one.name, one.now) for one in goals] == [
            ("Coins", 10),
            ("Likes", 40),
            ("Fans", 1),
            ("Deaths", 3),
        ]
        begin(core, ROOM + 1)
        await core.see(lambda now: not now.goals[0].reached_ms, "another stream")
        change = PutGoal(goal_id=goals[0].id, name="More", counts="gifts", target=5)
        assert (await core.ask(change)).ok
        assert (await core.ask(DropGoal(goal_id=goals[1].id))).ok
        assert (await core.ask(DropGoal(goal_id="none"))).code == "not_found"
        assert [one.name for one in (await core.now()).goals] == ["More", "Fans", "Deaths"]


async def test_a_gift_never_seen_waits_in_the_inbox_until_it_has_a_rule(profile):
    async with Core(profile) as core:
        begin(core)
        gift(core, 1, gift_id=NEW, name="Moon", coins=99)
        gift(core, 2)
        gift(core, 3, gift_id=NEW + 1, name="Sun")
        gift(core, 4, LAN, gift_id=NEW, name="Moon", coins=99, count=4, total=4)
        await core.ask(Fire(gift="Never"))
        inbox = {one.name: one for one in (await core.now()).new_gifts}
        assert set(inbox) == {"Moon", "Sun"}
        moon = inbox["Moon"]
        assert (moon.gift_id, moon.coins, moon.who, moon.times) == (NEW, 99, "mai", 5)
        assert (await core.ask(DismissGift(gift_id=NEW + 1))).ok
    async with Core(profile) as core:
        assert [one.name for one in core.welcome.snapshot.new_gifts] == ["Moon"]
        gift(core, 5, gift_id=NEW + 1, name="Sun")
        assert [one.name for one in (await core.now()).new_gifts] == ["Moon"]
        await put(core, rule(when={"key": "gift", "gifts": [{"id": NEW, "name": "Moon"}]}))
        # Now it is the rose that no rule names any more.
        assert [one.name for one in (await core.now()).new_gifts] == ["Rose"]


async def test_a_value_that_a_device_tells_runs_the_rules_that_wait_for_it(profile):
    async with Core(profile) as core:
        crosses = {"key": "telemetry_crosses", "device": "motor", "name": "rpm", "line": 5}
        relay = [{"key": "switch_on", "device": "relay", "seconds": "1"}]
        await put(core, rule("spin"), rule("watch", when=crosses, do=relay))
        await core.ask(Fire())
        await core.see(lambda now: "Relay" in [one.device for one in now.running], "the relay")
        rows = [one for one in (await core.now()).feed if one.kind == "reading"]
        assert [one.text for one in rows] == ["rpm"]
