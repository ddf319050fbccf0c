"""Every request to a whole core is answered; a refusal has a code."""

import asyncio

import pytest

from app.gateway import messages
from app.gateway.messages import (
    AddDevice,
    CheckLive,
    Discover,
    Fire,
    ForgetDevice,
    GetReceipt,
    Listen,
    Record,
    RenameDevice,
    Replay,
    Resume,
    SetRuleOn,
    SetRulesRunning,
    SetSetting,
    Skip,
    Stop,
    TryNow,
)
from tests.app.gateway.core import Core

TURN = {"device_id": "practice-motor", "capability": "motor", "verb": "rotate"}
REFUSED = [
    (GetReceipt(event_id="none"), "unknown_event"),
    (Skip(command_id="none"), "not_found"),
    (SetRuleOn(rule_id="none", on=True), "not_found"),
    (Replay(path="/no/such/file"), "no_file"),
    (Listen(user="no such name!"), "bad_user_name"),
    (TryNow(device_id="none"), "unknown_device"),
    (RenameDevice(device_id="none", name="x"), "unknown_device"),
    (RenameDevice(device_id="practice-motor", name="  "), "bad_value"),
    (ForgetDevice(device_id="none"), "unknown_device"),
    (AddDevice(driver="none", name="x"), "unknown_driver"),
    (AddDevice(driver="simulated", name="x", settings={"machine": 7}), "bad_settings"),
    (messages.TestDevice(**TURN | {"verb": "fly"}), "bad_instruction"),
    (messages.TestDevice(**TURN, args={"rounds": 1, "rpm": "fast"}), "bad_instruction"),
    (
        messages.TestDevice(**TURN | {"device_id": "none"}, args={"rounds": 1, "rpm": 60}),
        "unknown_device",
    ),
    (SetSetting(key="no_such_setting", value=1), "setting_unknown"),
    (SetSetting(key="history_keep_days", value="many"), "setting_wrong"),
]


async def test_what_cannot_be_done_is_refused_with_its_code(profile):
    async with Core(profile) as core:
        for request, code in REFUSED:
            reply = await core.ask(request)
            assert (reply.ok, reply.code) == (False, code), request
        # None of it held anything up.
        assert (await core.ask(Fire())).ok


async def test_nothing_is_tested_while_everything_is_stopped(profile):
    async with Core(profile) as core:
        test = messages.TestDevice(**TURN, args={"rounds": 1, "rpm": 60})
        await core.ask(Stop())
        assert (await core.ask(test)).code == "stopped"
        await core.ask(Resume())
        assert (await core.ask(test)).ok
        await core.see(lambda now: now.running, "the turn")


async def test_a_skipped_activation_ends_and_the_next_goes_on(profile):
    async with Core(profile) as core:
        first = (await core.ask(Fire(count=100))).event_id
        await core.ask(Fire(count=90))
        (running,) = await core.see(lambda now: now.running, "the first turn")
        assert (await core.ask(Skip(command_id=running.command_id))).ok
        await core.see(
            lambda now: now.running and now.running[0].command_id != running.command_id,
            "the second turn",
        )
        receipt = (await core.ask(GetReceipt(event_id=first))).receipt
        assert receipt.deliveries[-1].drop == "skipped", receipt.deliveries


async def test_a_device_is_added_renamed_and_forgotten_and_all_of_it_is_kept(profile):
    async with Core(profile, demo=False) as core:
        await core.ask(AddDevice(driver="simulated", name=" Bell ", settings={"machine": "relay"}))
        (bell,) = (await core.now()).devices
        assert (bell.name, bell.simulated) == ("Bell", True)
        assert (await core.ask(RenameDevice(device_id=bell.id, name="Gong"))).ok
        await core.see(lambda now: now.devices[0].capabilities, "what it can do")
    async with Core(profile, demo=False) as core:
        (gong,) = core.welcome.snapshot.devices
        assert (gong.id, gong.name) == (bell.id, "Gong")
        assert (await core.ask(ForgetDevice(device_id=gong.id))).ok
        assert (await core.now()).devices == ()
    async with Core(profile, demo=False) as core:
        assert core.welcome.snapshot.devices == ()


async def test_what_can_be_added_is_listed(profile):
    async with Core(profile, demo=False) as core:
        found = (await core.ask(Discover())).discover
        assert any(one.simulated for one in found.found)
        assert found.broken == {}
        one = next(one for one in found.found if one.simulated)
        assert (await core.ask(AddDevice(driver=one.driver, name="x", settings=one.settings))).ok


async def test_a_rule_that_is_off_moves_nothing_and_stays_off(profile):
    async with Core(profile) as core:
        assert (await core.ask(SetRuleOn(rule_id="rose-spin", on=False))).ok
        event_id = (await core.ask(Fire())).event_id
        assert (await core.ask(GetReceipt(event_id=event_id))).receipt.deliveries == ()
    async with Core(profile) as core:
        rules = {one.id: one.on for one in core.welcome.snapshot.rules}
        assert rules["rose-spin"] is False


async def test_paused_rules_are_seen_by_every_desk(profile):
    async with Core(profile) as core:
        await core.ask(SetRulesRunning(on=False))
        assert (await core.now()).rules_running is False


@pytest.mark.parametrize("count", [1, 12, 1000])
async def test_a_pretend_combo_is_one_row_with_its_whole_count(profile, count):
    async with Core(profile) as core:
        await core.ask(Fire(count=count, combo=True))
        (row,) = [one for one in (await core.now()).feed if one.kind == "gift"]
        assert (row.count, row.source, row.final) == (count, "pretend", True)
        assert (await core.now()).stats.gifts == 0


async def test_a_user_is_looked_up_without_listening(profile):
    async with Core(profile, tiktok="http://127.0.0.1:9") as core:
        async with asyncio.timeout(20):
            result = (await core.ask(CheckLive(user="mai"))).check_live
        assert (result.answer, result.reason) == ("unknown", "no_network")
        assert (await core.ask(CheckLive(user="!"))).check_live.reason == "bad_user_name"
        assert (await core.now()).stream.link.stage == "off"


async def test_a_recording_is_put_into_the_folder_of_recordings(profile):
    async with Core(profile) as core:
        path = (await core.ask(Record(on=True))).path
        assert path.startswith(str(profile / "recordings"))
        assert (await core.ask(Record(on=False))).path == path
        assert (await core.ask(Record(on=False))).path == ""


async def test_listening_ends_when_asked_and_stays_off(profile):
    async with Core(profile, tiktok="http://127.0.0.1:9") as core:
        await core.ask(Listen(user="creator"))
        assert (await core.ask(Listen(user=""))).ok
        stream = (await core.now()).stream
        assert (stream.user, stream.link.stage, stream.watching) == ("", "off", False)


async def test_a_secret_setting_is_kept_but_never_shown(profile):
    async with Core(profile) as core:
        assert (await core.ask(SetSetting(key="sign_key", value="s3cr3t-key"))).ok
        assert "s3cr3t-key" not in (await core.now()).model_dump_json()
    assert "s3cr3t-key" not in (profile / "settings.json").read_text()
