"""Desks see what changed, once, and a new desk sees everything."""

import asyncio

from app.gateway.messages import Fire, RenameDevice, Resume, SetRulesRunning, SetSetting, Stop
from tests.app.gateway.core import Core


async def changed(core, look, what):
    """Ask nothing of weight until `look` finds something in what the core tells by itself."""
    async with asyncio.timeout(20):
        while True:
            for message in core.changed:
                if message.type == "changed" and (found := look(message)):
                    return found
            assert what
            await core.now()
            await asyncio.sleep(0.02)


async def test_a_gift_appears_by_itself_with_what_it_moves(profile):
    async with Core(profile) as core:
        await core.ask(Fire(count=50))
        row = await changed(core, lambda one: one.feed and one.feed[0], "the row")
        assert (row.gift, row.count, row.rule_name) == ("Rose", 50, "Spin for roses")
        (running,) = await changed(core, lambda one: one.running, "the turn")
        assert (running.device, running.rule_name) == ("Motor", "Spin for roses")
        await changed(
            core,
            lambda one: any(out.active for device in one.devices for out in device.capabilities),
            "the device at work",
        )


async def test_what_ended_is_told_as_ended(profile):
    async with Core(profile) as core:
        await core.ask(Fire(count=50))
        await changed(core, lambda one: one.running, "the turn")
        await core.ask(Stop())
        await changed(core, lambda one: one.stop and one.stop.stopped, "STOP")
        await changed(core, lambda one: one.running == (), "the end of the turn")
        # A device may still confirm STOP meanwhile, and that is told too.
        core.changed.clear()
        await core.ask(Resume())
        await changed(core, lambda one: one.stop and not one.stop.stopped, "the release")


async def test_a_switch_of_one_desk_is_told_to_all(profile):
    async with Core(profile) as core:
        await core.ask(SetRulesRunning(on=False))
        await changed(core, lambda one: one.rules_running is False, "the pause")
        await core.ask(SetSetting(key="history_keep_days", value=9))
        settings = await changed(core, lambda one: one.settings, "the setting")
        assert settings["history_keep_days"] == 9
        await core.ask(RenameDevice(device_id="practice-light", name="Lamp"))
        await changed(
            core, lambda one: "Lamp" in {device.name for device in one.devices}, "the name"
        )


async def test_a_desk_that_comes_later_sees_what_was(profile):
    async with Core(profile) as core:
        await core.ask(Fire(gift="TikTok"))
        now = await core.see(
            lambda now: now.feed and now.feed[-1].result == "ran" and now, "the flash"
        )
        assert now.feed[-1].device == "Light"
        assert {one.name for one in now.devices} == {"Motor", "Light", "Relay", "Effects"}
        assert now.pid
        assert now.profile == str(profile)


async def test_a_board_that_nobody_changed_tells_nothing(profile):
    async with Core(profile) as core:
        board = core.runtime._board
        await core.see(lambda now: all(d.link.stage == "online" for d in now.devices), "devices")
        board.changes()
        told = [board.changes() for _ in range(5)]
        assert [one for one in told if one is not None and (one.feed or one.rules)] == []
