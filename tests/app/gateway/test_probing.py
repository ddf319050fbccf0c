"""A dry run says what could not be reached outside the devices now; through a whole core."""

from __future__ import annotations

import aiohttp
import pytest

from app.gateway.messages import DryRun, GetDoor, PretendEvent, SetSetting
from tests.app.gateway.core import Core
from tests.app.gateway.play import rule
from tests.ports import free_port

SAID = {"key": "speak", "text": "hello"}
SHOWN = {"key": "show_text", "text": "hello"}


def sound(name):
    return {"key": "play_sound", "sound": name}


async def problems(core, *steps):
    asked = DryRun(event=PretendEvent(), rule=rule("d", do=list(steps)).model_dump(mode="json"))
    return [one.problem for one in (await core.ask(asked)).dry.commands]


async def test_what_is_not_set_up_is_said_and_devices_are_left_alone(profile):
    async with Core(profile) as core:
        scene = {"key": "obs_scene", "scene": "Break"}
        told = {"key": "mqtt_publish", "topic": "a/b"}
        steps = (
            scene,
            told,
            SAID,
            SHOWN,
            {"key": "rotate", "rounds": "1"},
            {"key": "write_log", "text": "x"},
        )
        assert await problems(core, *steps) == ["", *["not_set_up"] * 4, ""]


async def test_a_sound_must_exist_and_be_loud_enough_to_hear(profile):
    async with Core(profile) as core:
        assert await problems(core, sound("ding"), sound("nowhere")) == ["", "not_found"]
        await core.ask(SetSetting(key="sound_level", value=0.0))
        assert await problems(core, sound("ding")) == ["not_set_up"]


@pytest.mark.parametrize("outlet", ["obs", "mqtt"])
async def test_what_is_set_up_and_away_does_not_answer(profile, outlet):
    async with Core(profile) as core:
        if outlet == "mqtt":
            await core.ask(SetSetting(key="mqtt_host", value="127.0.0.1"))
        await core.ask(SetSetting(key=f"{outlet}_port", value=free_port()))
        step = {"key": "mqtt_publish", "topic": "a"} if outlet == "mqtt" else None
        step = step or {"key": "obs_scene", "scene": "Break"}
        (problem,) = await problems(core, step)
        assert problem in ("offline", "no_answer")


async def test_an_overlay_that_nobody_has_open_is_unseen(profile):
    async with Core(profile) as core:
        await core.ask(SetSetting(key="door_port", value=free_port()))
        door = (await core.ask(GetDoor())).door
        assert await problems(core, SHOWN) == ["unseen"]
        at = f"http://127.0.0.1:{door.port}/overlay/texts"
        async with aiohttp.ClientSession() as session, session.get(at) as answer:
            assert answer.status == 200
            await answer.content.readany()
            assert await problems(core, SHOWN) == [""]
