"""Groups, scenes, fallbacks, interlocks, power and trying out, through the control channel."""

import pytest

from app.gateway import messages as m
from app.gateway.device_views import (
    GroupView,
    InterlockView,
    OutputRef,
    SceneStep,
    SceneView,
    WattsView,
)
from app.gateway.messages import (
    ForgetDevice,
    GetDeviceLog,
    MeasureDelay,
    NudgeDevice,
    PutGroup,
    PutScene,
    RenameDevice,
    SetFallback,
    SetTogether,
    Stop,
)
from tests.app.gateway.core import Core

RELAY = OutputRef(device_id="practice-relay", capability="relay")
MOTOR = OutputRef(device_id="practice-motor", capability="motor")
SPIN = SceneStep(
    device_id="practice-motor", capability="motor", verb="rotate", args={"rounds": 0.1, "rpm": 100}
)


def all_online(now):
    return now.devices and all(one.link.stage == "online" for one in now.devices)


def named(now, device_id):
    return next((one for one in now.devices if one.id == device_id), None)


async def test_a_group_and_a_scene_are_devices_that_stay(profile):
    async with Core(profile) as core:
        await core.see(all_online, "all devices")
        group = GroupView(name="Clicks", members=(RELAY, RELAY))
        group_id = (await core.ask(PutGroup(group=group))).device_id
        scene = SceneView(name="Party", steps=(SPIN,))
        scene_id = (await core.ask(PutScene(scene=scene))).device_id
        now = await core.now()
        assert (named(now, group_id).made, named(now, scene_id).made) == ("group", "scene")
        assert now.groups[0].members == (RELAY,)
        assert now.scenes[0].steps[0].verb == "rotate"
        test = m.TestDevice(
            device_id=scene_id, capability="scene", verb="play", args={"effect": ""}
        )
        assert (await core.ask(test)).ok
        await core.see(lambda now: now.running, "the scene's motor")
        assert (await core.ask(RenameDevice(device_id=scene_id, name="Feast"))).ok
        changed = SceneView(id=scene_id, name="Feast", steps=(SPIN, SPIN))
        assert (await core.ask(PutScene(scene=changed))).device_id == scene_id
    async with Core(profile) as core:
        (scene,) = core.welcome.snapshot.scenes
        assert (scene.id, scene.name, len(scene.steps)) == (scene_id, "Feast", 2)
        assert (await core.ask(ForgetDevice(device_id=group_id))).ok
        now = await core.now()
        assert now.groups == ()
        assert named(now, group_id) is None


REFUSED = [
    (PutGroup(group=GroupView(name="x")), "bad_value"),
    (PutGroup(group=GroupView(name=" ", members=(RELAY,))), "bad_value"),
    (PutGroup(group=GroupView(name="x", members=(RELAY, MOTOR))), "bad_value"),
    (PutGroup(group=GroupView(id="none", name="x", members=(RELAY,))), "unknown_device"),
    (
        PutGroup(
            group=GroupView(name="x", members=(RELAY.model_copy(update={"capability": "y"}),))
        ),
        "unknown_capability",
    ),
    (PutScene(scene=SceneView(name="x")), "bad_value"),
    (
        PutScene(scene=SceneView(name="x", steps=(SPIN.model_copy(update={"verb": "fly"}),))),
        "bad_instruction",
    ),
    (
        PutScene(scene=SceneView(name="x", steps=(SPIN.model_copy(update={"after_s": 9e9}),))),
        "bad_value",
    ),
    (
        PutScene(
            scene=SceneView(
                name="x", steps=(SPIN.model_copy(update={"verb": "pulse", "args": {}}),)
            )
        ),
        "bad_instruction",
    ),
    (SetFallback(device_id="practice-motor", fallback="practice-motor"), "bad_value"),
    (SetFallback(device_id="practice-motor", fallback="none"), "unknown_device"),
    (SetTogether(interlocks=(InterlockView(one=RELAY, other=RELAY),)), "bad_value"),
    (NudgeDevice(device_id="none"), "unknown_device"),
    (NudgeDevice(device_id="practice-motor", capability="none"), "unknown_capability"),
    (MeasureDelay(device_id="practice-motor", capability="motor", step="seen"), "not_begun"),
    (GetDeviceLog(device_id="none"), "unknown_device"),
]


async def test_what_makes_no_sense_is_refused_with_its_code(profile):
    async with Core(profile) as core:
        await core.see(all_online, "all devices")
        for request, code in REFUSED:
            reply = await core.ask(request)
            assert (reply.ok, reply.code) == (False, code), request
        assert (await core.now()).groups == ()


async def test_two_devices_cannot_stand_in_for_each_other(profile):
    async with Core(profile) as core:
        there = SetFallback(device_id="practice-motor", fallback="practice-relay")
        assert (await core.ask(there)).ok
        back = SetFallback(device_id="practice-relay", fallback="practice-motor")
        assert (await core.ask(back)).code == "bad_value"
        assert named(await core.now(), "practice-motor").fallback == "practice-relay"
        assert (await core.ask(SetFallback(device_id="practice-motor"))).ok


async def test_what_may_run_together_is_shown_and_kept(profile):
    ask = SetTogether(
        interlocks=(InterlockView(one=RELAY, other=MOTOR),),
        power_w=60,
        watts=(WattsView(device_id="practice-relay", capability="relay", watts=20),),
    )
    async with Core(profile) as core:
        assert (await core.ask(ask)).ok
        together = (await core.now()).together
        assert (together.interlocks, together.power_w) == (ask.interlocks, 60)
        test = {"device_id": "practice-relay", "capability": "relay", "verb": "switch"}
        assert (await core.ask(m.TestDevice(**test, args={"on": True}, duration_s=5))).ok
        await core.see(lambda now: now.together.used_w == 20, "20 W in use")
    async with Core(profile) as core:
        together = core.welcome.snapshot.together
        assert (together.interlocks, together.watts) == (ask.interlocks, ask.watts)


async def test_a_change_of_groups_reaches_a_desk_that_watches(profile):
    async with Core(profile) as core:
        await core.see(all_online, "all devices")
        await core.ask(m.Watch())
        await core.ask(PutGroup(group=GroupView(name="Clicks", members=(RELAY,))))
        await core.ask(SetTogether(power_w=50))

        def heard():
            groups = any(one.type == "changed" and one.groups for one in core.changed)
            return groups and any(one.type == "changed" and one.together for one in core.changed)

        for _ in range(500):
            if heard():
                break
            await core.ask(m.Status())
        assert heard()


@pytest.mark.parametrize("device", ["motor", "light", "relay", "effect"])
async def test_every_kind_can_be_nudged(profile, device):
    async with Core(profile) as core:
        await core.see(all_online, "all devices")
        reply = await core.ask(NudgeDevice(device_id=f"practice-{device}"))
        assert reply.ok
        assert reply.names
        await core.see(lambda now: now.running, "something that moves")
        await core.see(lambda now: not now.running, "its end")
        await core.ask(Stop())
        assert (await core.ask(NudgeDevice(device_id=f"practice-{device}"))).code == "stopped"


async def test_a_delay_is_measured_by_hand_and_kept(profile):
    place = {"device_id": "practice-relay", "capability": "relay"}
    async with Core(profile) as core:
        await core.see(all_online, "all devices")
        assert (await core.ask(MeasureDelay(**place, step="begin"))).ok
        reply = await core.ask(MeasureDelay(**place, step="seen"))
        assert reply.delay_ms is not None
        assert reply.delay_ms >= 0
    async with Core(profile) as core:
        output = named(core.welcome.snapshot, "practice-relay").capabilities[0]
        assert output.delay_ms == reply.delay_ms
        assert (await core.ask(MeasureDelay(**place, step="forget"))).delay_ms is None


async def test_the_log_of_a_device_goes_on_from_the_last_line_that_was_seen(profile):
    async with Core(profile) as core:
        await core.see(all_online, "all devices")
        assert (await core.ask(GetDeviceLog(device_id="practice-relay"))).device_log.lines == ()
        await core.ask(NudgeDevice(device_id="practice-relay"))
        await core.see(lambda now: now.running, "a click")
        await core.see(lambda now: not now.running, "its end")
        lines = (await core.ask(GetDeviceLog(device_id="practice-relay"))).device_log.lines
        assert any("acked" in one.text for one in lines)
        last = lines[-1].number
        log = (await core.ask(GetDeviceLog(device_id="practice-relay", after=last))).device_log
        assert log.lines == ()
