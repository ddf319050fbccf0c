"""What the core shows of devices beyond their state: drivers, forms, limits, budgets, groups.

One rule: secrets are told as set or not; a number that is None does not limit.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from app.gateway.message import Message

Args = dict[str, float | int | bool | str]


class OutputRef(Message):
    """One output of one device; "" as `capability` means every output of it."""

    device_id: str
    capability: str = ""


class DriverView(Message):
    """A family of devices that can be added. Texts are English sources that faces translate.

    `group` says where it belongs in a list: usb, bluetooth, network, mqtt, practice, other.
    `form` is the JSON schema of its settings; beside the usual words a property may have "words"
    ({value: title} of a choice), "secret" (true: a password), "pick" ("port": a serial port), and
    "unit". `found`: Discover may list some, otherwise it is added by hand only.
    """

    key: str
    title: str
    summary: str = ""
    icon: str = "device"
    group: str = "other"
    simulated: bool = False
    found: bool = False
    form: dict[str, Any] = Field(default_factory=dict)


class DriversResult(Message):
    """All drivers, by group and title; `broken` lists those that failed to load with the error."""

    drivers: tuple[DriverView, ...] = ()
    broken: dict[str, str] = Field(default_factory=dict)


class DeviceFormView(Message):
    """The settings of a configured device, for its form; secrets are left out of `settings`.

    `secrets` by field: whether one is kept.
    """

    device_id: str
    driver: str
    name: str
    settings: dict[str, Any] = Field(default_factory=dict)
    secrets: dict[str, bool] = Field(default_factory=dict)


class TriedOutputView(Message):
    """An output that a device told of when it was tried."""

    id: str
    kind: str
    title: str
    hazard: str = "none"


class TriedView(Message):
    """What came of trying settings: `reason` is a link's reason ("" if it went well).

    `said`, filled with `values`, stands in for the reason's own words.
    """

    ok: bool
    reason: str = ""
    detail: str = ""
    said: str = ""
    values: dict[str, str] = Field(default_factory=dict)
    address: str = ""
    firmware: str = ""
    outputs: tuple[TriedOutputView, ...] = ()


class LimitsView(Message):
    """What an output may do: level and duty 0 to 1, seconds, rounds a minute, flashes a second.

    None does not limit. `duty` is the part of any `duty_window_s` in which it may be on.
    """

    max_level: float = 1.0
    max_on_s: float | None = None
    min_gap_s: float = 0.0
    cooldown_s: float = 0.0
    duty: float = 1.0
    duty_window_s: float = 60.0
    max_rpm: float | None = None
    max_rounds: float | None = None
    max_flash_hz: float | None = None


class BudgetView(Message):
    """What an output may use up, and what it has: for bars.

    Today's seconds on, shots until a refill, seconds on until a service. None: not counted.
    `heat` 0 to 1 is how much of the on-time that its duty allows is used; 1: it must rest.
    """

    on_s_per_day: float | None = None
    on_s_today: float = 0.0
    shots_full: int | None = None
    shots_left: int | None = None
    service_after_s: float | None = None
    worn_s: float = 0.0
    heat: float = 0.0


class HealthView(Message):
    """How well a device answers: "good", "shaky", "bad" or "" (nothing was asked yet).

    Of the newest commands `good` were acknowledged and `failed` were not; `took_ms` is the median
    time until it acknowledged; `lost` counts how often the connection broke since the core started.
    """

    state: Literal["", "good", "shaky", "bad"] = ""
    good: int = 0
    failed: int = 0
    lost: int = 0
    took_ms: float | None = None


class ConsentView(Message):
    """What must be read and typed before outputs of a device that can hurt do anything.

    `text` are paragraphs and `phrase` the words to type, both in the language that was asked for.
    `given_ms` is None until it was typed.
    """

    device_id: str
    text: tuple[str, ...] = ()
    phrase: str = ""
    given_ms: int | None = None


class LogLineView(Message):
    """One line of what went between a device and us; `way`: in, out, or note."""

    number: int
    at_ms: int
    way: Literal["in", "out", "note"]
    text: str


class DeviceLogView(Message):
    """The newest lines, oldest first; bytes that make no text are shown as hex."""

    device_id: str
    lines: tuple[LogLineView, ...] = ()


class GroupView(Message):
    """Several outputs as one device: what it is told, all of its members are told.

    Each member keeps its own limits. It is shown among the devices and rules use it as one.
    """

    id: str = ""
    name: str = ""
    members: tuple[OutputRef, ...] = ()


class SceneStep(Message):
    """One instruction of a scene: `after_s` its start, for `duration_s` (None: its own length)."""

    device_id: str
    capability: str
    verb: str
    args: Args = Field(default_factory=dict)
    after_s: float = 0.0
    duration_s: float | None = None


class SceneView(Message):
    """Instructions under one name; as a device it has one effect, which runs them.

    It ends when all of them have, and Off ends them all.
    """

    id: str = ""
    name: str = ""
    steps: tuple[SceneStep, ...] = ()


class InterlockView(Message):
    """Two outputs that must never run together: whoever comes second waits."""

    one: OutputRef
    other: OutputRef


class WattsView(Message):
    """What an output draws when it is fully on."""

    device_id: str
    capability: str
    watts: float


class TogetherView(Message):
    """What outputs may do together. `power_w` None: no shared supply to mind.

    `used_w` is drawn now; a command that would go beyond `power_w` waits.
    """

    interlocks: tuple[InterlockView, ...] = ()
    power_w: float | None = None
    used_w: float = 0.0
    watts: tuple[WattsView, ...] = ()
