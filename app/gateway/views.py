"""What the core shows of itself: plain, frozen pictures inside the messages of the control channel.

One rule: a view says what is, in units and words of its own; it holds no behaviour.
"""

from __future__ import annotations

from typing import Any

from pydantic import Field

from app.gateway.broker_views import *  # noqa: F403 - one door for those who only show
from app.gateway.broker_views import BrokerView
from app.gateway.device_views import *  # noqa: F403 - one door for those who only show
from app.gateway.device_views import (
    BudgetView,
    GroupView,
    HealthView,
    LimitsView,
    SceneView,
    TogetherView,
)
from app.gateway.message import Message
from app.gateway.outside_views import *  # noqa: F403 - one door for those who only show
from app.gateway.outside_views import ControlView
from app.gateway.rule_views import *  # noqa: F403 - one door for those who only show
from app.gateway.rule_views import (
    GoalView,
    NewGiftView,
    OwedView,
    ProfilesView,
    RuleView,
    TraceView,
    VariableView,
)


class LinkView(Message):
    """A link in words: `stage` and `reason` of `app.core.links`, `retry_in_s` when it waits.

    `said`, filled with `values`, stands in for the reason's own words.
    """

    stage: str = "off"
    reason: str = ""
    detail: str = ""
    said: str = ""
    values: dict[str, str] = Field(default_factory=dict)
    since_ms: int = 0
    retry_in_s: float | None = None


class StreamView(Message):
    """The stream: who is listened to, the link, and what TikTok told of it."""

    user: str = ""
    link: LinkView = LinkView()
    watching: bool = False
    room_id: str = ""
    viewers: int = 0
    live_since_ms: int | None = None
    events_per_s: float = 0.0


class CapabilityView(Message):
    """One output: what it can do, its limits, and what it is doing now.

    A limit that is None does not limit. `policy` is what happens to a command that finds it busy
    when its rule says nothing: queue, latest, drop or add. `activity` counts from 0 to 1 while an
    activation runs; `values` are the last observations. `own` are the limits that the user set,
    `ceiling` those that hold whatever they set. `held` is why the first command in line waits
    ("interlock", "power"; "" as usual). `delay_ms` is the time that was measured until it is seen.
    `rest` is where a position goes when it is off, 0 to 1. `named`: the title is the user's own.
    """

    id: str
    kind: str
    title: str
    hazard: str = "none"
    self_timed: bool = False
    max_on_s: float | None = None
    max_rpm: float | None = None
    max_rounds: float | None = None
    max_level: float = 1.0
    max_flash_hz: float | None = None
    policy: str = "queue"
    active: bool = False
    instruction: str = ""
    args: dict[str, float | int | bool | str] = Field(default_factory=dict)
    activity: float | None = None
    ends_in_s: float | None = None
    rule_name: str = ""
    queued: int = 0
    values: dict[str, float] = Field(default_factory=dict)
    effects: tuple[str, ...] = ()
    rest: float | None = None
    named: bool = False
    own: LimitsView = LimitsView()
    ceiling: LimitsView = LimitsView()
    budget: BudgetView = BudgetView()
    held: str = ""
    delay_ms: float | None = None


class DeviceView(Message):
    """One configured device; rules go by its `id` or its `role`.

    `safe` is None until a STOP or a loss asked for confirmation. `consent`: "needed" (its outputs
    that hurt stay off), "given", "" (nothing of it hurts that way). `arming` says how long one
    press arms it: "first_use" (for good), "each_start" (until Giftwire ends), "each_session" (until
    then or STOP), "" (never needed); `armed` whether all may be used. `fallback` is the id of the
    device that does its work while it is away or fails, and does so now if `replaced_now`. `made`:
    "group" or "scene" for what is made of other devices.
    """

    id: str
    name: str
    driver: str
    driver_title: str = ""
    icon: str = "device"
    role: str = ""
    simulated: bool = False
    link: LinkView = LinkView()
    address: str = ""
    capabilities: tuple[CapabilityView, ...] = ()
    safe: bool | None = None
    used_by: int = 0
    firmware: str = ""
    consent: str = ""
    arming: str = ""
    armed: bool = True
    health: HealthView = HealthView()
    fallback: str = ""
    replaced_now: bool = False
    made: str = ""


class FeedRow(Message):
    """One line of the activity list. `key` stays the same while a combo or a group grows.

    `kind`: gift, like, follow, share, join, chat, subscribe, battle, stream, notice.
    `result`: ran, skipped, stopped (cut off by STOP), failed, none, waiting (`reason` queued: for
    its device); `gate`, `reason` and `values` explain it, or `said` as in DeliveryView; `device`
    and `instruction` (with `args`) tell what was done.
    """

    key: str
    event_id: str
    at_ms: int
    kind: str
    who: str = ""
    gift_id: int = 0
    gift: str = ""
    coins: int = 0
    count: int = 0
    text: str = ""
    people: int = 1
    final: bool = True
    source: str = "live"
    result: str = "none"
    gate: str = ""
    reason: str = ""
    said: str = ""
    values: dict[str, float | str] = Field(default_factory=dict)
    rule_name: str = ""
    device: str = ""
    instruction: str = ""
    args: dict[str, float | int | bool | str] = Field(default_factory=dict)
    more: int = 0


class RunningView(Message):
    """One activation that runs now, for the "Now running" card; `progress` is 0 to 1."""

    command_id: str
    rule_name: str
    device_id: str
    device: str
    capability: str
    instruction: str
    args: dict[str, float | int | bool | str] = Field(default_factory=dict)
    progress: float = 0.0
    done: float | None = None
    total: float | None = None


class StatsView(Message):
    """This stream in numbers; pretend and replayed events are left out of the sums."""

    gifts: int = 0
    coins: int = 0
    actions: int = 0
    skipped: int = 0
    failed: int = 0
    gifts_per_min: tuple[int, ...] = ()
    unknown_messages: int = 0
    bad_messages: int = 0
    duplicates: int = 0


class StopView(Message):
    """The latched STOP: per device None while waiting, True confirmed, False did not confirm."""

    stopped: bool = False
    since_ms: int | None = None
    source: str = ""
    dropped: int = 0
    confirmed: dict[str, bool | None] = Field(default_factory=dict)
    took_ms: float | None = None


class NoticeView(Message):
    """Something the user should read once: `code` picks the sentence, `values` fill it.

    `level`: info, warning, error. `key` replaces an earlier notice of the same key.
    """

    key: str
    level: str
    code: str
    values: dict[str, str] = Field(default_factory=dict)
    at_ms: int = 0


class Snapshot(Message):
    """The whole state a new desk needs."""

    version: str
    pid: int
    started_ms: int
    profile: str = ""
    stream: StreamView = StreamView()
    devices: tuple[DeviceView, ...] = ()
    groups: tuple[GroupView, ...] = ()
    scenes: tuple[SceneView, ...] = ()
    together: TogetherView = TogetherView()
    running: tuple[RunningView, ...] = ()
    waiting: int = 0
    stats: StatsView = StatsView()
    stop: StopView = StopView()
    rules: tuple[RuleView, ...] = ()
    rules_running: bool = True
    rules_revision: int = 0
    profiles: ProfilesView = ProfilesView()
    controls: tuple[ControlView, ...] = ()
    variables: tuple[VariableView, ...] = ()
    goals: tuple[GoalView, ...] = ()
    owed: tuple[OwedView, ...] = ()
    new_gifts: tuple[NewGiftView, ...] = ()
    feed: tuple[FeedRow, ...] = ()
    notices: tuple[NoticeView, ...] = ()
    settings: dict[str, Any] = Field(default_factory=dict)
    broker: BrokerView = BrokerView()


class PartView(Message):
    """How one output of a group or scene ended."""

    device: str
    output: str = ""
    stage: str
    drop: str = ""
    said: str = ""
    values: dict[str, str] = Field(default_factory=dict)


class DeliveryView(Message):
    """One step of one command, `ms` after the event was received.

    `said`, filled with `values`, stands in for the words of `drop`. `parts`: of a group or scene
    that did not wholly do it, how each of its outputs ended.
    """

    command_id: str
    device: str
    instruction: str = ""
    args: dict[str, float | int | bool | str] = Field(default_factory=dict)
    stage: str
    ms: float
    drop: str = ""
    limited: tuple[tuple[str, float, float], ...] = ()
    detail: str = ""
    said: str = ""
    values: dict[str, str] = Field(default_factory=dict)
    parts: tuple[PartView, ...] = ()


class ReceiptView(Message):
    """Everything that happened to one event: counted, considered, queued, sent, acknowledged."""

    event_id: str
    at_ms: int
    who: str = ""
    gift: str = ""
    gift_id: int = 0
    coins: int = 0
    count: int = 0
    source: str = "live"
    interrupted: bool = False
    traces: tuple[TraceView, ...] = ()
    deliveries: tuple[DeliveryView, ...] = ()
