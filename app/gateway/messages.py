"""Every message of the control channel, both ways, as pydantic models with one version number.

One rule: the desk knows the core only through these; a field is added, never given a new meaning.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, TypeAdapter

from app.gateway.broker_messages import *  # noqa: F403 - as below
from app.gateway.broker_messages import BrokerRequest
from app.gateway.device_messages import *  # noqa: F403 - all messages are found here
from app.gateway.device_messages import DeviceRequest
from app.gateway.message import *  # noqa: F403 - as above
from app.gateway.message import Message, Request
from app.gateway.outside_messages import *  # noqa: F403 - as above
from app.gateway.outside_messages import OutsideRequest
from app.gateway.rule_messages import *  # noqa: F403 - as above
from app.gateway.rule_messages import RuleRequest
from app.gateway.views import (
    BoardResult,
    BrokerView,
    ConsentView,
    ControlView,
    DeviceFormView,
    DeviceLogView,
    DeviceView,
    DoorView,
    DriversResult,
    DryResult,
    FeedRow,
    GiftsResult,
    GoalView,
    GroupView,
    HomeAssistantView,
    LoginView,
    NewGiftView,
    NoticeView,
    OwedView,
    PastResult,
    ProfilesView,
    ReceiptView,
    RulesResult,
    RuleView,
    RunningView,
    SceneView,
    SettingView,
    Snapshot,
    StatsView,
    StopView,
    StreamLine,
    StreamView,
    TogetherView,
    TriedView,
    UsesResult,
    VariableView,
)

PROTOCOL_VERSION = 2


# --- desk -> core


class Hello(Message):
    """First message of a client: the one-time token from the guardian and the protocol version."""

    type: Literal["hello"] = "hello"
    token: str
    protocol: int = PROTOCOL_VERSION
    client: str = "desk"


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
    | SetSetting
    | Record
    | Replay
    | Quit
    | DeviceRequest
    | RuleRequest
    | OutsideRequest
    | BrokerRequest
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
    settings: dict[str, Any] = Field(default_factory=dict)


class DiscoverResult(Message):
    """What could be added, real things first; `broken` lists drivers that failed to load."""

    found: tuple[FoundView, ...] = ()
    broken: dict[str, str] = Field(default_factory=dict)


class Reply(Message):
    """The answer to one request. On failure `code` picks the sentence and `values` fill it."""

    type: Literal["reply"] = "reply"
    id: int
    ok: bool = True
    code: str = ""
    values: dict[str, str] = Field(default_factory=dict)
    snapshot: Snapshot | None = None
    receipt: ReceiptView | None = None
    check_live: CheckLiveResult | None = None
    discover: DiscoverResult | None = None
    drivers: DriversResult | None = None
    device_form: DeviceFormView | None = None
    tried: TriedView | None = None
    consent: ConsentView | None = None
    device_log: DeviceLogView | None = None
    delay_ms: float | None = None
    rules: RulesResult | None = None
    revision: int | None = None
    dry: DryResult | None = None
    past: PastResult | None = None
    streams: tuple[StreamLine, ...] | None = None
    board: BoardResult | None = None
    gifts: GiftsResult | None = None
    door: DoorView | None = None
    uses: UsesResult | None = None
    home_assistant: HomeAssistantView | None = None
    login: LoginView | None = None
    forms: tuple[SettingView, ...] = ()
    names: tuple[str, ...] = ()
    scenes: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    event_id: str = ""
    device_id: str = ""
    path: str = ""


class Changed(Message):
    """What changed since the last one, at most 30 times a second; absent fields did not change.

    `feed` holds new or updated rows, oldest first; a row with a known `key` replaces that row.
    `feed_skipped` counts rows left out under load. `devices` holds whole changed devices,
    `gone` the ids of removed ones. `rules_revision` tells that the document changed (by any desk,
    the file or a profile): whoever mirrors it fetches it unless it knows this revision already.
    `rule_changes` holds the rules of which only counts or switches changed, by their id.
    """

    type: Literal["changed"] = "changed"
    stream: StreamView | None = None
    devices: tuple[DeviceView, ...] = ()
    gone: tuple[str, ...] = ()
    groups: tuple[GroupView, ...] | None = None
    scenes: tuple[SceneView, ...] | None = None
    together: TogetherView | None = None
    running: tuple[RunningView, ...] | None = None
    waiting: int | None = None
    stats: StatsView | None = None
    stop: StopView | None = None
    rules: tuple[RuleView, ...] | None = None
    rule_changes: tuple[RuleView, ...] = ()
    rules_running: bool | None = None
    rules_revision: int | None = None
    profiles: ProfilesView | None = None
    controls: tuple[ControlView, ...] | None = None
    variables: tuple[VariableView, ...] | None = None
    goals: tuple[GoalView, ...] | None = None
    owed: tuple[OwedView, ...] | None = None
    new_gifts: tuple[NewGiftView, ...] | None = None
    feed: tuple[FeedRow, ...] = ()
    feed_skipped: int = 0
    notices: tuple[NoticeView, ...] | None = None
    settings: dict[str, Any] | None = None
    broker: BrokerView | None = None


class Bye(Message):
    """The core ends on purpose: `why` is quit, restart or update."""

    type: Literal["bye"] = "bye"
    why: str = "quit"


FromCore = Annotated[Welcome | Refused | Reply | Changed | Bye, Field(discriminator="type")]

_later = ConfigDict(defer_build=True)
from_desk: TypeAdapter[Hello | AnyRequest] = TypeAdapter(FromDesk, config=_later)
from_core: TypeAdapter[Welcome | Refused | Reply | Changed | Bye] = TypeAdapter(
    FromCore, config=_later
)
