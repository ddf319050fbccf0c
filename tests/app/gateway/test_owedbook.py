"""Gifts whose rule could not run are owed, on the disk too, and are paid once."""

from app.core.events import Source
from app.gateway.messages import (
    DropOwed,
    GetReceipt,
    PastGifts,
    PayOwed,
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
