"""Every message of the control channel, both ways, as pydantic models with one version number.

One rule: the desk knows the core only through these; a field is added, never given a new meaning.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

PROTOCOL_VERSION = 1


class Message(BaseModel):
    """Base of all messages: unknown fields are refused, so a typo is an error and not a silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


# --- views (core -> desk, inside events)


class LinkView(Message):
    """A link in words: `stage` and `reason` of `app.core.links`, `retry_in_s` when it waits."""

    stage: str = "off"
    reason: str = ""
    detail: str = ""
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


class InstructionView(Message):
    """One instruction a capability accepts: its verb and the arguments a form asks for."""

    verb: str
    args: tuple[str, ...] = ()


class CapabilityView(Message):
    """One output: what it can do, its limits, and what it is doing now.

    `activity` counts from 0 to 1 while an activation runs; `values` are the last observations.
    """

    id: str
    kind: str
    title: str
    hazard: str = "none"
    self_timed: bool = False
    max_on_s: float | None = None
    max_rpm: float | None = None
    max_rounds: float | None = None
    active: bool = False
    instruction: str = ""
    args: dict[str, float | int | bool | str] = {}
    activity: float | None = None
    ends_in_s: float | None = None
    rule_name: str = ""
    queued: int = 0
    values: dict[str, float] = {}
    effects: tuple[str, ...] = ()


class DeviceView(Message):
    """One configured device. `safe` is None until a STOP or a loss asked for confirmation."""

    id: str
    name: str
    driver: str
    driver_title: str = ""
    icon: str = "device"
    simulated: bool = False
    link: LinkView = LinkView()
    address: str = ""
    capabilities: tuple[CapabilityView, ...] = ()
    safe: bool | None = None
    used_by: int = 0
    firmware: str = ""


class FeedRow(Message):
    """One line of the activity list. `key` stays the same while a combo or a group grows.

    `kind`: gift, like, follow, share, join, chat, subscribe, battle, stream, notice.
    `result`: ran, skipped, failed, none, waiting; `reason` and `values` explain it;
    `device` and `instruction` (with `args`) tell what was done.
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
    reason: str = ""
    values: dict[str, float | str] = {}
    rule_name: str = ""
    device: str = ""
    instruction: str = ""
    args: dict[str, float | int | bool | str] = {}
    more: int = 0


class RunningView(Message):
    """One activation that runs now, for the "Now running" card; `progress` is 0 to 1."""

    command_id: str
    rule_name: str
    device_id: str
    device: str
    capability: str
    instruction: str
    args: dict[str, float | int | bool | str] = {}
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
    confirmed: dict[str, bool | None] = {}
    took_ms: float | None = None


class RuleView(Message):
    """A rule in brief. `sentence` is segments (role, text source, values) for the desk to word."""

    id: str
    name: str
    on: bool
    gift: str = ""
    problem: str = ""
    ran: int = 0
    considered: int = 0


class NoticeView(Message):
    """Something the user should read once: `code` picks the sentence, `values` fill it.

    `level`: info, warning, error. `key` replaces an earlier notice of the same key.
    """

    key: str
    level: str
    code: str
    values: dict[str, str] = {}
    at_ms: int = 0


class Snapshot(Message):
    """The whole state a new desk needs."""

    version: str
    pid: int
    started_ms: int
    profile: str = ""
    stream: StreamView = StreamView()
    devices: tuple[DeviceView, ...] = ()
    running: tuple[RunningView, ...] = ()
    waiting: int = 0
    stats: StatsView = StatsView()
    stop: StopView = StopView()
    rules: tuple[RuleView, ...] = ()
    rules_running: bool = True
    feed: tuple[FeedRow, ...] = ()
    notices: tuple[NoticeView, ...] = ()
    settings: dict[str, Any] = {}


class TraceStepView(Message):
    """One gate: name, verdict, reason and the values it saw."""

    gate: str
    passed: bool
    reason: str
    values: dict[str, float | str] = {}


class TraceView(Message):
    """Every gate of one rule considered for an event."""

    rule_id: str
    rule_name: str
    ran: bool
    steps: tuple[TraceStepView, ...] = ()


class DeliveryView(Message):
    """One step of one command, `ms` after the event was received."""

    command_id: str
    device: str
    instruction: str = ""
    args: dict[str, float | int | bool | str] = {}
    stage: str
    ms: float
    drop: str = ""
    limited: tuple[tuple[str, float, float], ...] = ()
    detail: str = ""


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


# --- desk -> core


class Hello(Message):
    """First message of a client: the one-time token from the guardian and the protocol version."""

    type: Literal["hello"] = "hello"
    token: str
    protocol: int = PROTOCOL_VERSION
    client: str = "desk"


class Request(Message):
    """Base of requests; the core answers each with one Reply carrying the same `id`."""

    id: int = 0


class Status(Request):
    """Ask for a Snapshot."""

    type: Literal["status"] = "status"


class Watch(Request):
    """Switch the flow of feed and progress events for this client on or off (hidden window)."""

    type: Literal["watch"] = "watch"
    on: bool = True


class Fire(Request):
    """Send a pretend gift through the whole line; it is marked and kept out of statistics.

    `combo` sends it as progress steps and an end frame, as TikTok would.
    """

    type: Literal["fire"] = "fire"
    gift: str = "Rose"
    gift_id: int = 0
    count: int = Field(default=1, ge=1, le=1_000_000)
    coins: int = Field(default=0, ge=0, le=1_000_000)
    who: str = "practice"
    combo: bool = False


class Stop(Request):
    """Latch STOP."""

    type: Literal["stop"] = "stop"
    source: str = "desk"


class Resume(Request):
    """Release STOP, after the user held the button."""

    type: Literal["resume"] = "resume"
    source: str = "desk"


class Listen(Request):
    """Listen to this streamer from now on (saved); empty means stop listening."""

    type: Literal["listen"] = "listen"
    user: str


class TryNow(Request):
    """Retry a waiting link at once: the stream's, or a device's if named."""

    type: Literal["try_now"] = "try_now"
    device_id: str = ""


class CheckLive(Request):
    """Ask TikTok whether a streamer is live, without connecting. Result: CheckLiveResult."""

    type: Literal["check_live"] = "check_live"
    user: str


class SetRulesRunning(Request):
    """Pause or continue all rules; devices keep what they do."""

    type: Literal["set_rules_running"] = "set_rules_running"
    on: bool


class SetRuleOn(Request):
    """Turn one rule on or off."""

    type: Literal["set_rule_on"] = "set_rule_on"
    rule_id: str
    on: bool


class Skip(Request):
    """End one running activation now; what waits behind it goes on."""

    type: Literal["skip"] = "skip"
    command_id: str


class GetReceipt(Request):
    """Ask for the receipt of one event. Result: ReceiptView."""

    type: Literal["get_receipt"] = "get_receipt"
    event_id: str


class Discover(Request):
    """List what could be added as a device. Result: DiscoverResult."""

    type: Literal["discover"] = "discover"


class AddDevice(Request):
    """Add a device; `settings` are the driver's own."""

    type: Literal["add_device"] = "add_device"
    driver: str
    name: str
    settings: dict[str, Any] = {}


class RenameDevice(Request):
    """Give a device another name; rules go by its id and keep working."""

    type: Literal["rename_device"] = "rename_device"
    device_id: str
    name: str


class ForgetDevice(Request):
    """Make a device safe, let go of it, and remove it."""

    type: Literal["forget_device"] = "forget_device"
    device_id: str


class TestDevice(Request):
    """Run one instruction on a device by hand; limits and STOP hold as for a rule."""

    type: Literal["test_device"] = "test_device"
    device_id: str
    capability: str
    verb: str
    args: dict[str, float | int | bool | str] = {}
    duration_s: float | None = None


class SetSetting(Request):
    """Change one setting of the core (saved at once)."""

    type: Literal["set_setting"] = "set_setting"
    key: str
    value: Any


class Record(Request):
    """Start recording the stream to a file (`path` empty: chosen by the core), or stop it."""

    type: Literal["record"] = "record"
    on: bool
    path: str = ""
    hide_names: bool = True


class Replay(Request):
    """Play a recorded stream through the same decoder; `speed` 0 means as fast as possible."""

    type: Literal["replay"] = "replay"
    path: str
    speed: float = 1.0


class Quit(Request):
    """Make every device safe and end the core; the guardian ends with it."""

    type: Literal["quit"] = "quit"


AnyRequest = (
    Status
    | Watch
    | Fire
    | Stop
    | Resume
    | Listen
    | TryNow
    | CheckLive
    | SetRulesRunning
    | SetRuleOn
    | Skip
    | GetReceipt
    | Discover
    | AddDevice
    | RenameDevice
    | ForgetDevice
    | TestDevice
    | SetSetting
    | Record
    | Replay
    | Quit
)
FromDesk = Annotated[Hello | AnyRequest, Field(discriminator="type")]


# --- core -> desk


class Welcome(Message):
    """Answer to a good Hello."""

    type: Literal["welcome"] = "welcome"
    protocol: int = PROTOCOL_VERSION
    snapshot: Snapshot


class Refused(Message):
    """Answer to a bad Hello; the connection closes. `code`: bad_token, other_version, too_many."""

    type: Literal["refused"] = "refused"
    code: str


class CheckLiveResult(Message):
    """What TikTok says of a user: live, offline, not_found, or why it cannot be told now."""

    user: str
    answer: Literal["live", "offline", "not_found", "unknown"]
    reason: str = ""
    detail: str = ""


class FoundView(Message):
    """One thing that could be added: `settings` go back in AddDevice unchanged."""

    driver: str
    title: str
    detail: str
    simulated: bool = False
    settings: dict[str, Any] = {}


class DiscoverResult(Message):
    """What could be added, real things first; `broken` lists drivers that failed to load."""

    found: tuple[FoundView, ...] = ()
    broken: dict[str, str] = {}


class Reply(Message):
    """The answer to one request. On failure `code` picks the sentence and `values` fill it."""

    type: Literal["reply"] = "reply"
    id: int
    ok: bool = True
    code: str = ""
    values: dict[str, str] = {}
    snapshot: Snapshot | None = None
    receipt: ReceiptView | None = None
    check_live: CheckLiveResult | None = None
    discover: DiscoverResult | None = None
    event_id: str = ""
    path: str = ""


class Changed(Message):
    """What changed since the last one, at most 30 times a second; absent fields did not change.

    `feed` holds new or updated rows, oldest first; a row with a known `key` replaces that row.
    `feed_skipped` counts rows left out under load. `devices` holds whole changed devices,
    `gone` the ids of removed ones.
    """

    type: Literal["changed"] = "changed"
    stream: StreamView | None = None
    devices: tuple[DeviceView, ...] = ()
    gone: tuple[str, ...] = ()
    running: tuple[RunningView, ...] | None = None
    waiting: int | None = None
    stats: StatsView | None = None
    stop: StopView | None = None
    rules: tuple[RuleView, ...] | None = None
    rules_running: bool | None = None
    feed: tuple[FeedRow, ...] = ()
    feed_skipped: int = 0
    notices: tuple[NoticeView, ...] | None = None
    settings: dict[str, Any] | None = None


class Bye(Message):
    """The core ends on purpose: `why` is quit, restart or update."""

    type: Literal["bye"] = "bye"
    why: str = "quit"


FromCore = Annotated[Welcome | Refused | Reply | Changed | Bye, Field(discriminator="type")]

from_desk: TypeAdapter[Hello | AnyRequest] = TypeAdapter(FromDesk)
from_core: TypeAdapter[Welcome | Refused | Reply | Changed | Bye] = TypeAdapter(FromCore)
