"""What a desk may ask about devices: adding, settings, limits, consent, tests, groups, scenes.

One rule: a secret goes in and never comes out; a limit of a rule, a file or a cloud only narrows.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from app.gateway.device_views import (
    Args,
    GroupView,
    InterlockView,
    LimitsView,
    SceneView,
    WattsView,
)
from app.gateway.message import Request

# ---------------------------------------------------------------- adding and settings


class Discover(Request):
    """List what could be added as a device. Result: DiscoverResult."""

    type: Literal["discover"] = "discover"


class GetDrivers(Request):
    """List every family of devices, with the form of its settings. Result: `Reply.drivers`."""

    type: Literal["get_drivers"] = "get_drivers"


class AddDevice(Request):
    """Add a device; `settings` are the driver's own, secrets as text. Result: `Reply.device_id`.

    Refused: "unknown_driver", "bad_settings" (values: field, a dotted path, problem, a sentence
    with slots, and what fills them).
    """

    type: Literal["add_device"] = "add_device"
    driver: str
    name: str
    settings: dict[str, Any] = Field(default_factory=dict)


class GetDeviceForm(Request):
    """Ask for a device's settings, without its secrets. Result: `Reply.device_form`."""

    type: Literal["get_device_form"] = "get_device_form"
    device_id: str


class ConfigureDevice(Request):
    """Give a device other settings, all of them: it is made safe, closed and opened anew.

    A secret that is left out stays; "" forgets it. Refused as AddDevice.
    """

    type: Literal["configure_device"] = "configure_device"
    device_id: str
    settings: dict[str, Any] = Field(default_factory=dict)


class TryDevice(Request):
    """Open a device with these settings, see what it can do, and let go. Result: `Reply.tried`.

    With `device_id`, secrets that are left out are that device's own; while it is tried, the device
    itself is closed. Refused as AddDevice, and "stopped".
    """

    type: Literal["try_device"] = "try_device"
    driver: str
    settings: dict[str, Any] = Field(default_factory=dict)
    device_id: str = ""


class ReplaceDevice(Request):
    """Put other hardware in a device's place: id, name, role and limits stay, so rules go on.

    Outputs that have another id now are found by kind and place. A consent ends. Refused as
    AddDevice.
    """

    type: Literal["replace_device"] = "replace_device"
    device_id: str
    driver: str
    settings: dict[str, Any] = Field(default_factory=dict)


class RenameDevice(Request):
    """Give a device, group or scene another name; rules go by its id and keep working.

    With `capability` one output of a device; "" gives it back the name that its device tells.
    """

    type: Literal["rename_device"] = "rename_device"
    device_id: str
    name: str
    capability: str = ""


class ForgetDevice(Request):
    """Make a device safe, let go of it, and remove it; also a group or a scene."""

    type: Literal["forget_device"] = "forget_device"
    device_id: str


class SetFallback(Request):
    """Name the device that does what this one is told while it is away or fails; "" for none.

    Refused: "unknown_device", "bad_value" (itself, or one that has this as its own).
    """

    type: Literal["set_fallback"] = "set_fallback"
    device_id: str
    fallback: str = ""


# ---------------------------------------------------------------- limits and consent


class SetDeviceLimits(Request):
    """Set the user's own limits of one output; what is stricter by nature stays stricter.

    Of an output that hurts, a limit is raised only with `phrase`, the words of the consent.
    Refused: "unknown_capability", "consent_needed", "bad_value" (values: field).
    """

    type: Literal["set_device_limits"] = "set_device_limits"
    device_id: str
    capability: str
    limits: LimitsView = LimitsView()
    phrase: str = ""


class GetConsent(Request):
    """Ask what must be read and typed, in "en" or "vi". Result: `Reply.consent`.

    Refused: "not_needed" (nothing of this device can hurt that way).
    """

    type: Literal["get_consent"] = "get_consent"
    device_id: str
    language: Literal["en", "vi"] = "en"


class GiveConsent(Request):
    """Say that the consent was read: `phrase` as it was typed; "" takes it back, and all is off.

    Refused: "wrong_phrase", "not_needed".
    """

    type: Literal["give_consent"] = "give_consent"
    device_id: str
    phrase: str = ""


class ArmDevice(Request):
    """Let gifts use a device that can do harm, or (`armed` False) no more: then all of it is off.

    `DeviceView.arming` says how long that holds. Refused: "consent_needed", "not_needed",
    "stopped" (what hurts is armed when STOP is over).
    """

    type: Literal["arm_device"] = "arm_device"
    device_id: str
    armed: bool = True


class SetBudget(Request):
    """Say what an output may use up; None counts nothing. What was counted so far stays."""

    type: Literal["set_budget"] = "set_budget"
    device_id: str
    capability: str
    on_s_per_day: float | None = Field(default=None, gt=0, le=86_400)
    shots: int | None = Field(default=None, ge=1, le=1_000_000)
    service_after_s: float | None = Field(default=None, gt=0, le=1e9)


class Refill(Request):
    """Begin to count anew: shots were refilled, the output was serviced, or today's time again."""

    type: Literal["refill"] = "refill"
    device_id: str
    capability: str
    what: Literal["shots", "service", "day"]


# ---------------------------------------------------------------- trying out and looking closer


class TestDevice(Request):
    """Run one instruction on a device by hand; limits and STOP hold as for a rule.

    What moves may be moved by gifts from then on, see ArmDevice. Refused: "stopped",
    "bad_instruction", "unknown_device", "consent_needed", "not_armed".
    """

    type: Literal["test_device"] = "test_device"
    device_id: str
    capability: str
    verb: str
    args: Args = Field(default_factory=dict)
    duration_s: float | None = None


class NudgeDevice(Request):
    """Do the weakest and shortest thing an output can, to see which one it is.

    Result: `Reply.names`, the verb that was chosen. Refused as TestDevice, "unknown_capability".
    """

    type: Literal["nudge_device"] = "nudge_device"
    device_id: str
    capability: str = ""


class MeasureDelay(Request):
    """Measure how long an output takes to be seen: "begin" nudges it, "seen" when it was seen.

    Result of "seen": `Reply.delay_ms`, the median of the newest five, without the time that a hand
    takes. "forget" begins anew. Refused as NudgeDevice, and "not_begun".
    """

    type: Literal["measure_delay"] = "measure_delay"
    device_id: str
    capability: str
    step: Literal["begin", "seen", "forget"]


class GetDeviceLog(Request):
    """Ask for the newest lines behind number `after`. Result: `Reply.device_log`.

    Lines are kept only while somebody asks: ask once a second, it ends by itself.
    """

    type: Literal["get_device_log"] = "get_device_log"
    device_id: str
    after: int = 0


# ---------------------------------------------------------------- several devices together


class PutGroup(Request):
    """Add a group (`id` "") or change one. Result: `Reply.device_id`.

    Refused: "unknown_device", "unknown_capability", "bad_value" (members of different kinds, or
    groups in it).
    """

    type: Literal["put_group"] = "put_group"
    group: GroupView


class PutScene(Request):
    """Add a scene (`id` "") or change one. Result: `Reply.device_id`.

    Starts within 600 s, lengths of 600 s at most. Refused: "unknown_device",
    "unknown_capability", "bad_instruction", "bad_value" (values: field).
    """

    type: Literal["put_scene"] = "put_scene"
    scene: SceneView


class SetTogether(Request):
    """Set which outputs must never run together, and what one power supply can give.

    `power_w` None: no shared supply. Refused: "unknown_device", "bad_value" (an output that must
    not run with itself).
    """

    type: Literal["set_together"] = "set_together"
    interlocks: tuple[InterlockView, ...] = Field(default=(), max_length=200)
    power_w: float | None = Field(default=None, gt=0, le=100_000)
    watts: tuple[WattsView, ...] = Field(default=(), max_length=1000)


DeviceRequest = (
    Discover
    | GetDrivers
    | AddDevice
    | GetDeviceForm
    | ConfigureDevice
    | TryDevice
    | ReplaceDevice
    | RenameDevice
    | ForgetDevice
    | SetFallback
    | SetDeviceLimits
    | GetConsent
    | GiveConsent
    | ArmDevice
    | SetBudget
    | Refill
    | TestDevice
    | NudgeDevice
    | MeasureDelay
    | GetDeviceLog
    | PutGroup
    | PutScene
    | SetTogether
)
