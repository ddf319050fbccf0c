"""Gifts whose rule could not run are owed, on the disk too, and are paid once."""

import asyncio
import threading

from app.core.events import Source
from app.gateway.messages import (
    AddProfile,
    DropOwed,
    GetReceipt,
    PastGifts,
    PayOwed,
    RenameProfile,
    Resume,
    SetProfile,
    SetRulesRunning,
    Stop,
)
from tests.app.gateway.core import Core
from tests.app.gateway.play import LAN, begin, gift, put, rule


async def test_a_gift_that_could_not_run_is_owed_and_paid_once(profile):
    async with Core(profile) as core:
        await put(core, rule(limits={"owed_for_s": 600}))
        begin(core)
        await core.ask(Stop())
        for number in (1, 2):
            gift(core, number, count=1, total=number, streak="combo", final=False)
        gift(core, 3, source=Source.REPLAY)
        (owed,) = (await core.now()).owed
        assert (owed.who, owed.count, owed.rule_name, owed.reason) == ("mai", 2, "R", "stopped")
        assert (await core.ask(PayOwed(owed_id=owed.id))).code == "stopped"
    async with Core(profile) as core:
        assert [one.id for one in core.welcome.snapshot.owed] == [owed.id]
        assert (await core.ask(PayOwed(owed_id="none"))).code == "not_found"
        await core.see(lambda now: now.devices[0].link.stage == "online", "the motor")
        assert (await core.ask(PayOwed(owed_id="all"))).ok
        await core.see(lambda now: now.running, "the turn")
        assert (await core.now()).owed == ()
        receipt = (await core.ask(GetReceipt(event_id="gift/2"))).receipt
        assert [one.stage for one in receipt.deliveries][:2] == ["queued", "sent"]
        assert (await core.ask(PayOwed(owed_id=owed.id))).code == "not_found"
        assert (await core.now()).stats.gifts == 2
        past = (await core.ask(PastGifts())).past
        assert past.gifts[0].count == 2
    async with Core(profile) as core:
        assert core.welcome.snapshot.owed == ()


async def test_what_is_owed_can_be_forgotten_and_a_paused_core_pays_nothing(profile):
    async with Core(profile) as core:
        await put(core, rule(limits={"owed_for_s": 600}))
        begin(core)
        await core.ask(SetRulesRunning(on=False))
        gift(core, 1)
        gift(core, 2, LAN)
        first, second = (await core.now()).owed
        assert first.reason == "rules_paused"
        assert (await core.ask(PayOwed(owed_id=first.id))).code == "rules_paused"
        assert (await core.ask(DropOwed(owed_id=first.id))).ok
        assert [one.id for one in (await core.now()).owed] == [second.id]
        assert (await core.ask(DropOwed(owed_id="all"))).ok
        assert (await core.ask(DropOwed(owed_id="none"))).code == "not_found"


async def test_what_is_owed_expires(profile):
    async with Core(profile) as core:
        await put(core, rule(limits={"owed_for_s": 1}))
        begin(core)
        await core.ask(SetRulesRunning(on=False))
        gift(core, 1)
        assert (await core.now()).owed
        await core.see(lambda now: not now.owed, "the end of the wait")


class BusyDisk:
    """Holds the journal's writer up until it is let go."""

    def __init__(self, core):
        self._free = threading.Event()
        self._job = asyncio.ensure_future(  # noqa: TID251 - awaited in `free`
            core.runtime._database.run(lambda _connection: self._free.wait(30))
        )

    async def free(self):
        self._free.set()
        await self._job


async def owes_one(core, **changes):
    await put(core, rule(limits={"owed_for_s": 600}, **changes))
    await core.see(lambda now: now.devices[0].link.stage == "online", "the motor")
    begin(core)
    await core.ask(SetRulesRunning(on=False))
    gift(core, 1)
    (owed,) = (await core.now()).owed
    await core.ask(SetRulesRunning(on=True))
    return owed


async def test_stop_while_a_payment_waits_for_the_disk_holds_and_the_gift_stays_owed(profile):
    async with Core(profile) as core:
        await owes_one(core, do=[{"key": "write_log", "text": "paid"}])
        disk = BusyDisk(core)
        paying = asyncio.ensure_future(core.ask(PayOwed(owed_id="all")))  # noqa: TID251 - awaited
        await core.until(lambda: not core.runtime._house.counters.owed.ids(), "the payment")
        core.runtime._house.hub.stop_now("test")
        await disk.free()
        assert (await paying).code == "stopped"
        (owed,) = (await core.now()).owed
        await core.ask(Resume())
        assert (await core.ask(PayOwed(owed_id=owed.id))).ok
        log = profile / "logs" / "rules.log"
        await core.until(lambda: log.exists() and log.read_text(), "the line")
        assert log.read_text().count("paid") == 1


async def test_nothing_is_paid_while_the_disk_does_not_take_it(profile):
    async with Core(profile) as core:
        owed = await owes_one(core)
        disk = BusyDisk(core)
        assert (await core.ask(PayOwed(owed_id="all"))).code == "busy"
        await disk.free()
        now = await core.now()
        assert ([one.id for one in now.owed], now.running) == ([owed.id], ())


async def test_a_paid_run_that_goes_on_begins_at_its_beginning_however_slow_the_disk(profile):
    steps = [
        {"key": "write_log", "text": "first"},
        {"key": "wait", "seconds": "0.05"},
        {"key": "write_log", "text": "second"},
    ]
    async with Core(profile) as core:
        await owes_one(core, do=steps)
        disk = BusyDisk(core)
        paying = asyncio.ensure_future(core.ask(PayOwed(owed_id="all")))  # noqa: TID251 - awaited
        await core.until(lambda: not core.runtime._house.counters.owed.ids(), "the payment")
        gift(core, 2, LAN, gift_id=1, name="Other")
        await asyncio.sleep(0.3)
        gift(core, 3, LAN, gift_id=1, name="Other")
        await disk.free()
        assert (await paying).ok
        log = profile / "logs" / "rules.log"
        await core.until(lambda: log.exists() and "second" in log.read_text(), "the line")
        assert [line.split()[-1] for line in log.read_text().splitlines()] == ["first", "second"]


async def test_a_gift_that_waited_behind_another_when_stop_was_pressed_is_owed(profile):
    turn = [{"key": "rotate", "device": "motor", "rounds": "20"}]
    async with Core(profile) as core:
        await put(core, rule(limits={"owed_for_s": 600}, do=turn))
        await core.see(lambda now: now.devices[0].link.stage == "online", "the motor")
        begin(core)
        gift(core, 1)
        gift(core, 2, LAN)
        await core.see(lambda now: now.running, "the turn")
        await core.ask(Stop())
        (owed,) = (await core.see(lambda now: now.owed, "what waited")) and (await core.now()).owed
        assert (owed.event_id, owed.reason) == ("gift/2", "stopped")


async def test_what_is_owed_waits_for_its_profile_and_says_which_one_that_is(profile):
    async with Core(profile) as core:
        await put(core, rule(limits={"owed_for_s": 600}))
        usual = (await core.now()).profiles.current
        begin(core)
        await core.ask(Stop())
        gift(core, 1)
        await core.ask(Resume())
        # A copy has a rule of the same id, and it may do something else by now.
        assert (await core.ask(AddProfile(name="evening"))).ok
        assert (await core.ask(SetProfile(name="evening"))).ok
        (owed,) = (await core.now()).owed
        assert (owed.rule_name, owed.profile) == ("R", usual)
        for which in (owed.id, "all"):
            refused = await core.ask(PayOwed(owed_id=which))
            assert refused.code == "other_profile"
            assert refused.values == {"profile": usual, "rule": "R"}
        await core.see(lambda now: now.devices[0].link.stage == "online", "the motor")
        await core.ask(Stop())
        gift(core, 2)
        await core.see(lambda now: len(now.owed) == 2, "both")
        await core.ask(Resume())
        # Of several those are paid whose rules are at hand.
        assert (await core.ask(PayOwed(owed_id="all"))).ok
        assert [one.profile for one in (await core.now()).owed] == [usual]
        assert (await core.ask(SetProfile(name=usual))).ok
        assert [one.profile for one in (await core.now()).owed] == [""]
        assert (await core.ask(PayOwed(owed_id=owed.id))).ok
        assert (await core.now()).owed == ()


async def test_a_profile_that_gets_another_name_keeps_what_it_owes(profile):
    async with Core(profile) as core:
        usual = (await core.now()).profiles.current
        assert (await core.ask(AddProfile(name="evening"))).ok
        assert (await core.ask(SetProfile(name="evening"))).ok
        await put(core, rule(limits={"owed_for_s": 600}))
        begin(core)
        await core.ask(Stop())
        gift(core, 1)
        assert (await core.ask(SetProfile(name=usual))).ok
        assert (await core.ask(RenameProfile(name="evening", to="night"))).ok
        (owed,) = (await core.now()).owed
        assert (owed.rule_name, owed.profile) == ("R", "night")
    async with Core(profile) as core:
        assert [one.profile for one in core.welcome.snapshot.owed] == ["night"]
