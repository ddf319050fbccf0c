"""Groups and scenes: one command for many outputs, with one end; limits and STOP hold for each."""

import pytest

from app.core.fates import Fate, read
from app.core.outcome import Drop, Stage
from app.devices.made import Group, Scene, SceneStep
from drivers.contract import Kind, Limits, Off, Play, Rotate, Run, SetColor, Switch
from tests.app.devices.rig import practice, running

TWO = (practice("relay", "a"), practice("relay", "b"))
BOTH = Group("both", "Both", (("a", "relay"), ("b", "relay")))
PARTY = Scene(
    "party",
    "Party",
    (
        SceneStep("motor", "motor", Rotate(0.1, 100)),
        SceneStep("light", "light", SetColor(255, 0, 0), 0.1, 0.2),
    ),
)


async def test_a_group_does_on_every_member_what_it_is_told_once():
    async with running(*TWO) as rig:
        rig.hub.put_made(BOTH)
        assert rig.hub.find("both", Kind.SWITCH) == ("both", "all")
        assert rig.hub.find("both", Kind.MOTOR) is None
        command = rig.send("both", "all", Switch(on=True), 0.2)
        await rig.until(lambda: len(rig.hub.running()) == 2)
        assert rig.hub.device("both").capabilities[0].active
        await rig.finished(command)
        assert not rig.hub.device("both").capabilities[0].active
        assert rig.steps(command) == [Stage.QUEUED, Stage.SENT, Stage.ACKED, Stage.DONE]
        # Its parts are told to nobody: what counts commands counts one.
        assert {one.command_id for one in rig.deliveries} == {command}


async def test_a_group_is_a_device_to_look_at_and_never_stands_in_for_a_kind():
    async with running(*TWO) as rig:
        rig.hub.put_made(BOTH)
        view = rig.hub.device("both")
        assert (view.name, view.made, view.link.stage.value) == ("Both", "group", "online")
        assert [one.capability.kind for one in view.capabilities] == [Kind.SWITCH]
        assert rig.hub.find("", Kind.SWITCH) == ("a", "relay")
        assert [one.id for one in rig.hub.devices()] == ["a", "b", "both"]


async def test_each_member_keeps_its_own_limits():
    async with running(*TWO) as rig:
        rig.hub.put_made(BOTH)
        rig.hub.set_limits("a", {"relay": Limits(max_on_s=0.05)})
        command = rig.send("both", "all", Switch(on=True), 0.5)
        await rig.until(lambda: len(rig.hub.running()) == 2)
        await rig.until(lambda: [one.device_id for one in rig.hub.running()] == ["b"])
        await rig.finished(command)
        assert rig.final(command).stage is Stage.DONE


async def test_what_some_members_could_not_do_is_told_at_the_end():
    async with running(*TWO) as rig:
        rig.hub.put_made(Group("g", "G", (*BOTH.members, ("gone", "relay"))))
        command = rig.send("g", "all", Switch(on=True), 0.1)
        await rig.finished(command)
        assert rig.final(command).stage is Stage.DONE
        assert read(rig.final(command).detail) == (
            Fate("a", "relay", Stage.DONE),
            Fate("b", "relay", Stage.DONE),
            Fate("gone", "relay", Stage.DROPPED, Drop.NO_DEVICE),
        )
        none = rig.send("g", "all", Rotate(1, 60))
        await rig.finished(none)
        assert rig.final(none).stage is Stage.DROPPED


async def test_a_scene_does_its_steps_in_their_time_and_ends_with_the_last():
    async with running(practice("motor"), practice("light")) as rig:
        rig.hub.put_made(PARTY)
        assert rig.hub.find("party", Kind.EFFECT) == ("party", "scene")
        command = rig.send("party", "scene", Play(""))
        assert rig.hub.waiting() >= 1
        await rig.until(lambda: rig.values("light").get("red") == 255)
        await rig.finished(command)
        assert rig.steps(command) == [Stage.QUEUED, Stage.SENT, Stage.ACKED, Stage.DONE]
        assert rig.values("light")["level"] == 0


async def test_a_scene_plays_only_when_it_was_told_to_and_a_group_when_any_of_it_is_on():
    async with running(practice("motor"), practice("light")) as rig:
        rig.hub.put_made(PARTY)
        rig.hub.put_made(Group("g", "G", (("light", "light"),)))

        def active(made):
            return rig.hub.device(made).capabilities[0].active

        lamp = rig.send("light", "light", SetColor(1, 2, 3), 5.0)
        await rig.until(lambda: active("g"))
        assert not active("party")
        rig.hub.skip(lamp)
        await rig.finished(lamp)
        party = rig.send("party", "scene", Play(""))
        await rig.until(lambda: active("party"))
        rig.hub.skip(party)
        await rig.finished(party)
        assert not active("party")


@pytest.mark.parametrize("how", ["off", "skip"])
async def test_off_and_skip_end_a_scene_with_all_its_parts(how):
    slow = Scene(
        "slow",
        "Slow",
        (
            SceneStep("motor", "motor", Run(60), 0.0, 30.0),
            SceneStep("light", "light", SetColor(1, 1, 1), 20.0, 1.0),
        ),
    )
    async with running(practice("motor"), practice("light")) as rig:
        rig.hub.put_made(slow)
        command = rig.send("slow", "scene", Play(""))
        await rig.until(rig.hub.running)
        if how == "off":
            off = rig.send("slow", "scene", Off())
            await rig.finished(off)
            assert rig.final(off).stage is Stage.DONE
        else:
            assert rig.hub.skip(command)
        await rig.finished(command)
        assert not rig.hub.running()
        assert rig.hub.waiting() == 0
        assert not rig.hub.skip(command)


async def test_stop_ends_a_scene_and_what_of_it_had_not_begun():
    async with running(practice("motor"), practice("light")) as rig:
        later = (*PARTY.steps, SceneStep("light", "light", SetColor(1, 1, 1), 20.0, 1.0))
        rig.hub.put_made(Scene("party", "Party", later))
        command = rig.send("party", "scene", Play(""))
        rig.hub.stop_now("test")
        await rig.finished(command)
        assert rig.final(command).stage is Stage.STOPPED
        assert rig.hub.waiting() == 0
        again = rig.send("party", "scene", Play(""))
        await rig.finished(again)
        assert rig.drop(again) is Drop.STOPPED


async def test_a_removed_device_leaves_its_groups_and_scenes():
    async with running(*TWO) as rig:
        rig.hub.put_made(BOTH)
        rig.hub.put_made(Scene("s", "S", (SceneStep("a", "relay", Switch(on=True)),)))
        await rig.hub.remove("a")
        assert [one.id for one in rig.hub.made] == ["both", "s"]
        assert rig.hub.made_by_id("both").members == (("b", "relay"),)
        empty = rig.send("s", "scene", Play(""))
        await rig.finished(empty)
        assert rig.drop(empty) is Drop.UNSUPPORTED
        await rig.hub.remove("both")
        assert rig.hub.device("both") is None


async def test_a_test_by_hand_works_for_a_group():
    async with running(*TWO) as rig:
        rig.hub.put_made(BOTH)
        command = rig.hub.test("both", "all", Switch(on=True), 0.1)
        await rig.finished(command)
        assert rig.final(command).stage is Stage.DONE
