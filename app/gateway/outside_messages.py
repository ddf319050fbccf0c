"""What a desk may ask about keys, and about what rules reach outside the devices.

One rule: what is tried out is heard or seen by the streamer alone, and never waits in a queue.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from app.gateway.message import Request


class PressKeys(Request):
    """The streamer pressed a key combination: rules with that trigger run. `Reply.event_id`.

    `keys` are as rules write them ("Ctrl+Alt+F1"). Refused: "bad_value".
    """

    type: Literal["press_keys"] = "press_keys"
    keys: str = Field(min_length=1, max_length=60)


class TryOutlet(Request):
    """Do a sample now: play a sound, say a text, ask OBS, or reach the broker. Not rules' doing.

    `what` is the sound's name ("": the first), or the text to say. Result: `Reply.names` (what was
    played, the scenes that OBS has). Refused with why as for a rule: "not_set_up", "offline",
    "refused", "no_answer", "not_found", and "stopped".
    """

    type: Literal["try_outlet"] = "try_outlet"
    outlet: Literal["sound", "speech", "obs", "mqtt"]
    what: str = Field(default="", max_length=200)


class ListSounds(Request):
    """Ask for the names of all sounds, in alphabetical order. Result: `Reply.names`."""

    type: Literal["list_sounds"] = "list_sounds"


class ListScenes(Request):
    """Ask OBS for its scenes and their sources. Result: `Reply.scenes`. Refused as TryOutlet."""

    type: Literal["list_scenes"] = "list_scenes"


class GetUses(Request):
    """Ask which rules name which variables and secrets. Result: `Reply.uses`."""

    type: Literal["get_uses"] = "get_uses"


class GetSettingForms(Request):
    """Ask how the settings of a group are declared. Result: `Reply.forms`."""

    type: Literal["get_setting_forms"] = "get_setting_forms"
    group: str = Field(max_length=60)


class GetHomeAssistant(Request):
    """Ask how devices are shown in Home Assistant. Result: `Reply.home_assistant`."""

    type: Literal["get_home_assistant"] = "get_home_assistant"


OutsideRequest = (
    PressKeys | TryOutlet | ListSounds | ListScenes | GetUses | GetSettingForms | GetHomeAssistant
)
