"""Every setting, declared once: type, default, title, help, group, since.

One rule: a setting is added here and nowhere else; its key never changes its meaning.
"""

from __future__ import annotations

import re
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from drivers.contract import N_

_USER_NAME = re.compile(r"[A-Za-z0-9._]{2,24}")
_USER_LINK = re.compile(r"(?:https?://)?(?:www\.|m\.)?tiktok\.com/@([^/?#]+).*", re.IGNORECASE)


class Values(BaseModel):
    """All settings at one moment. Groups are the sections of the Settings page."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    stream_user: str = Field(
        default="",
        title=N_("Your TikTok user name"),
        description=N_("Whose LIVE Giftwire listens to. Empty: none."),
        json_schema_extra={"group": "stream", "since": 1},
    )
    sign_key: str = Field(
        default="",
        title=N_("Sign server key"),
        description=N_("Your own free key raises the limit of new connections."),
        json_schema_extra={"group": "stream", "since": 1, "secret": True},
    )
    include_guest_gifts: bool = Field(
        default=False,
        title=N_("Count gifts sent to guests"),
        description=N_("Off: only gifts sent to you run rules."),
        json_schema_extra={"group": "stream", "since": 1},
    )
    stop_when_stream_ends: bool = Field(
        default=False,
        title=N_("STOP when the LIVE ends"),
        description=N_("Devices stay stopped until you resume."),
        json_schema_extra={"group": "safety", "since": 1},
    )
    stop_keys: str = Field(
        default="Ctrl+Alt+X",
        pattern=r"^[A-Za-z0-9]+(\+[A-Za-z0-9]+)*$",
        max_length=40,
        title=N_("Keys for STOP ALL"),
        description=N_("They work in every program where the system allows it."),
        json_schema_extra={"group": "safety", "since": 1},
    )
    when_desk_dies: Literal["go_on", "make_safe"] = Field(
        default="go_on",
        title=N_("If the window closes unexpectedly"),
        description=N_("Go on: gifts keep running. Make safe: everything stops."),
        json_schema_extra={"group": "safety", "since": 1},
    )
    default_max_level: float = Field(
        default=1.0,
        gt=0.0,
        le=1.0,
        title=N_("Highest level of new devices"),
        description=N_("1 is full power. A device's own limits hold as well."),
        json_schema_extra={"group": "safety", "since": 1},
    )
    default_max_on_s: float = Field(
        default=60.0,
        gt=0.0,
        le=600.0,
        title=N_("Longest time new devices stay on"),
        description=N_("A device's own limits hold as well."),
        json_schema_extra={"group": "safety", "since": 1, "unit": "s"},
    )
    default_max_rpm: float = Field(
        default=100.0,
        gt=0.0,
        le=1000.0,
        title=N_("Highest speed of new motors"),
        description=N_("A device's own limits hold as well."),
        json_schema_extra={"group": "safety", "since": 1, "unit": "rpm"},
    )
    language: Literal["system", "en", "vi"] = Field(
        default="system",
        title=N_("Language"),
        description=N_("System: the language of this computer."),
        json_schema_extra={"group": "look", "since": 1},
    )
    theme: Literal["system", "dark", "light"] = Field(
        default="dark",
        title=N_("Colours"),
        description=N_("System: as this computer is set."),
        json_schema_extra={"group": "look", "since": 1},
    )
    text_percent: Literal[100, 115, 130] = Field(
        default=100,
        title=N_("Text size"),
        description=N_("Makes all text larger."),
        json_schema_extra={"group": "look", "since": 1, "unit": "%"},
    )
    reduce_motion: bool = Field(
        default=False,
        title=N_("Less motion"),
        description=N_("Moving things in the window stand still."),
        json_schema_extra={"group": "look", "since": 1},
    )
    close_to_tray: bool = Field(
        default=True,
        title=N_("Keep running in the tray"),
        description=N_("Closing the window does not end Giftwire."),
        json_schema_extra={"group": "look", "since": 1},
    )
    record_streams: bool = Field(
        default=False,
        title=N_("Record every LIVE"),
        description=N_("Recordings can be played again to try out rules."),
        json_schema_extra={"group": "history", "since": 1},
    )
    record_hide_names: bool = Field(
        default=True,
        title=N_("Leave viewer names out of recordings"),
        description=N_("Recommended if you pass recordings on."),
        json_schema_extra={"group": "history", "since": 1},
    )
    record_keep_days: int = Field(
        default=14,
        ge=1,
        le=3650,
        title=N_("Keep recordings for"),
        description=N_("Older recordings are deleted."),
        json_schema_extra={"group": "history", "since": 1, "unit": "days"},
    )
    history_keep_days: int = Field(
        default=30,
        ge=1,
        le=3650,
        title=N_("Keep the history for"),
        description=N_("Older gifts and viewer names are deleted."),
        json_schema_extra={"group": "history", "since": 1, "unit": "days"},
    )
    sound_level: float = Field(
        default=0.8,
        ge=0.0,
        le=1.0,
        title=N_("Loudness of sounds"),
        description=N_("For sounds that rules play. 0: none are played."),
        json_schema_extra={"group": "outside", "since": 1},
    )
    speech_level: float = Field(
        default=0.0,
        ge=0.0,
        le=1.0,
        title=N_("Loudness of speech"),
        description=N_("For texts that rules read aloud. 0: nothing is read."),
        json_schema_extra={"group": "outside", "since": 1},
    )
    obs_host: str = Field(
        default="127.0.0.1",
        max_length=253,
        pattern=r"^[A-Za-z0-9.:_-]*$",
        title=N_("Computer with OBS"),
        description=N_("127.0.0.1 is this computer."),
        json_schema_extra={"group": "outside", "since": 1},
    )
    obs_port: int = Field(
        default=0,
        ge=0,
        le=65_535,
        title=N_("Port of OBS"),
        description=N_("In OBS: Tools, WebSocket Server Settings. Usually 4455. 0: not used."),
        json_schema_extra={"group": "outside", "since": 1},
    )
    obs_password: str = Field(
        default="",
        title=N_("Password of OBS"),
        description=N_("From the same place in OBS."),
        json_schema_extra={"group": "outside", "since": 1, "secret": True},
    )
    mqtt_own: bool = Field(
        default=False,
        title=N_("Giftwire's own broker"),
        description=N_("The one for your Wi-Fi devices. Off: another broker, set up below."),
        json_schema_extra={"group": "outside", "since": 1},
    )
    mqtt_host: str = Field(
        default="",
        max_length=253,
        pattern=r"^[A-Za-z0-9.:_-]*$",
        title=N_("MQTT broker"),
        description=N_("Name or address of your broker. Empty: not used."),
        json_schema_extra={"group": "outside", "since": 1},
    )
    mqtt_port: int = Field(
        default=8883,
        ge=1,
        le=65_535,
        title=N_("Port of the broker"),
        description=N_("Usually 8883 with encryption and 1883 without."),
        json_schema_extra={"group": "outside", "since": 1},
    )
    mqtt_tls: bool = Field(
        default=True,
        title=N_("Encrypted"),
        description=N_("Off: anybody in your network can read along."),
        json_schema_extra={"group": "outside", "since": 1},
    )
    mqtt_user: str = Field(
        default="",
        max_length=200,
        title=N_("User at the broker"),
        description=N_("Empty if the broker asks for none."),
        json_schema_extra={"group": "outside", "since": 1},
    )
    mqtt_password: str = Field(
        default="",
        title=N_("Password at the broker"),
        description=N_("Kept with your other passwords, never in a file."),
        json_schema_extra={"group": "outside", "since": 1, "secret": True},
    )
    home_assistant_show: bool = Field(
        default=False,
        title=N_("Show my devices in Home Assistant"),
        description=N_("They appear there by themselves, with a STOP button, through the broker."),
        json_schema_extra={"group": "outside", "since": 1},
    )
    home_assistant_operate: bool = Field(
        default=False,
        title=N_("Home Assistant may operate them"),
        description=N_(
            "Each ends after its longest time at the latest. Never what is for the body."
        ),
        json_schema_extra={"group": "outside", "since": 1},
    )
    home_assistant_prefix: str = Field(
        default="homeassistant",
        max_length=60,
        pattern=r"^[A-Za-z0-9_-]+$",
        title=N_("Topic of discovery"),
        description=N_("Leave it, unless you changed it in Home Assistant."),
        json_schema_extra={"group": "outside", "since": 1},
    )
    door_port: int = Field(
        default=0,
        ge=0,
        le=65_535,
        title=N_("Door for other programs"),
        description=N_("Port for calls and the overlay, only on this computer. 0: shut."),
        json_schema_extra={"group": "outside", "since": 1},
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info",
        title=N_("Detail of the log"),
        description=N_("“Debug” also writes viewer names. Use it only to find a fault."),
        json_schema_extra={"group": "advanced", "since": 1},
    )

    @field_validator("stream_user")
    @classmethod
    def _user_name(cls, text: str) -> str:
        text = text.strip()
        link = _USER_LINK.fullmatch(text)
        name = (link.group(1) if link else text).removeprefix("@")
        if name and not _USER_NAME.fullmatch(name):
            raise ValueError("not a TikTok user name")
        return name


KEYS: tuple[str, ...] = tuple(Values.model_fields)
# Their values live in `app.store.secrets`; the file holds the secret's name, or nothing.
SECRET_KEYS = frozenset({"sign_key", "obs_password", "mqtt_password"})
