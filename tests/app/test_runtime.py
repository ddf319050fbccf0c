"""The composed core: how it begins, what it tells its guardian, and how it ends."""

import json

import pytest

from app.gateway.messages import Fire, GetReceipt, Listen, Quit, Resume, SetSetting, Stop
from app.gateway.pipe import Begin
from tests.app.gateway.core import Core
from tests.fakes.tiktok.gifts import Gift, GiftKind
from tests.fakes.tiktok.server import FakeTikTok


async def test_a_stop_that_was_latched_before_holds_from_the_first_moment(profile):
    async with Core(profile, begin=Begin(stopped="desk", crashes=1)) as core:
        snapshot = core.welcome.snapshot
        assert (snapshot.stop.stopped, snapshot.stop.source) == (True, "desk")
        assert "core_restarted" in {one.code for one in snapshot.notices}
        event_id = (await core.ask(Fire())).event_id
        assert (await core.ask(GetReceipt(event_id=event_id))).receipt.deliveries == ()


async def test_stop_and_its_release_are_with_the_guardian_before_the_answer(profile):
    async with Core(profile) as core:
        await core.ask(Stop(source="desk"))
        await core.until(lambda: core.heard("stopped"), "STOP at the guardian")
        await core.ask(Resume())
        await core.until(lambda: core.heard("resumed"), "the release at the guardian")


async def test_a_stop_of_the_guardian_reaches_the_devices_and_the_desk(profile):
    async with Core(profile) as core:
        core.say(stop="endpoint")
        stop = await core.see(lambda now: now.stop.stopped and now.stop, "STOP")
        assert stop.source == "endpoint"
        confirmed = await core.see(
            lambda now: all(now.stop.confirmed.values()) and now.stop.confirmed, "safe devices"
        )
        assert len(confirmed) == 4


async def test_an_orphaned_core_makes_safe_and_ends(profile):
    async with Core(profile) as core:
        core.hang_up()
        await core.ended()
    assert core.heard("bye") == ["quit"]


async def test_a_quit_says_goodbye_and_beats_until_then(profile):
    async with Core(profile) as core:
        await core.until(lambda: core.heard("beat"), "a sign of life")
        assert (await core.ask(Quit())).ok
        await core.ended()
    assert core.heard("bye") == ["quit"]


async def test_a_line_is_told_for_a_gift_that_came_just_before_the_end(profile):
    async with Core(profile, lines=True) as core:
        await core.ask(Fire(count=3))
        await core.ask(Quit())
        await core.ended()
    (line,) = core.heard("line")
    assert "Rose x3" in line


async def test_a_combo_has_one_line(profile):
    async with Core(profile, lines=True) as core:
        await core.ask(Fire(count=7, combo=True))
        await core.until(lambda: core.heard("line"), "its line")
    (line,) = core.heard("line")
    assert "Rose x7" in line


async def test_without_demo_a_new_profile_has_no_devices(profile):
    async with Core(profile, demo=False) as core:
        assert core.welcome.snapshot.devices == ()


async def test_the_streamer_is_kept_for_the_next_start(profile):
    async with Core(profile, tiktok="http://127.0.0.1:9") as core:
        assert (await core.ask(Listen(user="@Creator"))).ok
    assert json.loads((profile / "settings.json").read_text())["stream_user"] == "creator"
    async with Core(profile, tiktok="http://127.0.0.1:9") as core:
        assert core.welcome.snapshot.stream.user == "creator"


async def test_a_setting_holds_at_once_and_after_a_restart(profile):
    async with Core(profile) as core:
        assert (await core.ask(SetSetting(key="history_keep_days", value=7))).ok
        assert (await core.now()).settings["history_keep_days"] == 7
    async with Core(profile) as core:
        assert core.welcome.snapshot.settings["history_keep_days"] == 7


@pytest.mark.parametrize("value", ["many", -1, None])
async def test_a_wrong_setting_is_refused_and_changes_nothing(profile, value):
    async with Core(profile) as core:
        before = core.welcome.snapshot.settings
        reply = await core.ask(SetSetting(key="history_keep_days", value=value))
        assert (reply.ok, reply.code) == (False, "setting_wrong")
        assert (await core.now()).settings == before


async def test_a_recipe_that_was_not_confirmed_is_told_with_the_name_of_its_device(profile):
    begin = Begin(crashes=1, safe={"practice-motor": False, "practice-light": True})
    async with Core(profile, begin=begin, demo=True) as core:
        notices = {notice.code: notice for notice in (await core.now()).notices}
        assert notices["devices_unsafe"].values == {"devices": "Motor"}


async def test_starting_again_and_again_uses_no_more_signatures_than_allowed(profile):
    async with FakeTikTok() as tiktok:
        for turn in range(6):
            async with Core(profile, tiktok=tiktok.base, user="creator") as core:
                stage = "waiting" if turn == 5 else "online"
                link = await core.see(
                    lambda now, stage=stage: now.stream.link.stage == stage and now.stream.link,
                    stage,
                )
        assert link.reason == "sign_budget"
        assert len(tiktok.calls("/webcast/fetch")) == 5


async def test_the_price_of_a_gift_that_a_stream_told_is_known_after_a_restart(profile):
    kind = GiftKind(990_001, "Moon cake", 77, type=2)
    async with FakeTikTok() as tiktok:
        tiktok.room.scripts = [[Gift(kind).message()]]
        async with Core(profile, tiktok=tiktok.base, user="creator") as core:
            await core.see(lambda now: now.stats.gifts, "the gift")
        async with Core(profile) as core:
            fired = await core.ask(Fire(gift="moon cake"))
            receipt = (await core.ask(GetReceipt(event_id=fired.event_id))).receipt
    assert "77" in str(receipt)
