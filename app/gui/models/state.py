"""What the desk knows of the core right now. Rule: only the bridge changes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from app.core.links import LinkStage, LinkState
from app.gateway.views import (
    BrokerView,
    ControlView,
    DeviceView,
    GoalView,
    GroupView,
    NewGiftView,
    NoticeView,
    OwedView,
    ProfilesView,
    RuleView,
    RunningView,
    SceneView,
    Snapshot,
    StatsView,
    StopView,
    StreamView,
    TogetherView,
    VariableView,
)
from app.gui.widgets.spark import History

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.core.rules import RuleDocument
    from app.gateway.messages import Changed
    from app.gateway.views import CapabilityView


# What a change replaces whole.
_PARTS: Final = (
    "stream",
    "together",
    "running",
    "waiting",
    "stats",
    "stop",
    "rules",
    "rules_running",
    "rules_revision",
    "profiles",
    "controls",
    "variables",
    "goals",
    "owed",
    "new_gifts",
    "notices",
    "settings",
    "broker",
)


@dataclass(slots=True)
class State:
    """The last known state; `link` is the desk's own connection to the core."""

    link: LinkState = field(default_factory=lambda: LinkState(LinkStage.CONNECTING, 0.0))
    known: bool = False
    version: str = ""
    stream: StreamView = field(default_factory=StreamView)
    devices: dict[str, DeviceView] = field(default_factory=dict)
    groups: dict[str, GroupView] = field(default_factory=dict)
    scenes: dict[str, SceneView] = field(default_factory=dict)
    together: TogetherView = field(default_factory=TogetherView)
    running: tuple[RunningView, ...] = ()
    waiting: int = 0
    stats: StatsView = field(default_factory=StatsView)
    stop: StopView = field(default_factory=StopView)
    stop_sent: bool = False
    rules: tuple[RuleView, ...] = ()
    rules_running: bool = True
    rules_revision: int = 0
    profiles: ProfilesView = field(default_factory=ProfilesView)
    controls: tuple[ControlView, ...] = ()
    variables: tuple[VariableView, ...] = ()
    goals: tuple[GoalView, ...] = ()
    owed: tuple[OwedView, ...] = ()
    new_gifts: tuple[NewGiftView, ...] = ()
    notices: tuple[NoticeView, ...] = ()
    settings: dict[str, Any] = field(default_factory=dict)
    broker: BrokerView = field(default_factory=BrokerView)
    histories: dict[tuple[str, str], History] = field(default_factory=dict)
    # The rules of each profile as this desk first saw them; `replace` leaves them.
    opened: dict[str, RuleDocument] = field(default_factory=dict)

    @property
    def connected(self) -> bool:
        """Whether the core can be asked right now."""
        return self.known and self.link.stage is LinkStage.ONLINE

    @property
    def rules_on(self) -> int:
        """How many rules are switched on."""
        return sum(rule.on for rule in self.rules)

    @property
    def ready(self) -> int:
        """How many devices are online."""
        return sum(device.link.stage == "online" for device in self.devices.values())

    def history(self, device_id: str, capability_id: str) -> History:
        """Return the last minute of one output."""
        return self.histories.setdefault((device_id, capability_id), History())

    def replace(self, snapshot: Snapshot) -> None:
        """Take the whole state of the core."""
        self.known = True
        self.version = snapshot.version
        self.stream = snapshot.stream
        self.devices = {device.id: device for device in snapshot.devices}
        self.groups = {group.id: group for group in snapshot.groups}
        self.scenes = {scene.id: scene for scene in snapshot.scenes}
        self.together = snapshot.together
        self.running, self.waiting = snapshot.running, snapshot.waiting
        self.stats, self.stop = snapshot.stats, snapshot.stop
        self.rules, self.rules_running = snapshot.rules, snapshot.rules_running
        self.rules_revision, self.profiles = snapshot.rules_revision, snapshot.profiles
        self.controls = snapshot.controls
        self.variables, self.goals = snapshot.variables, snapshot.goals
        self.owed, self.new_gifts = snapshot.owed, snapshot.new_gifts
        self.notices, self.settings = snapshot.notices, dict(snapshot.settings)
        self.broker = snapshot.broker
        self._remember(self.devices.values())

    def update(self, changed: Changed) -> set[str]:
        """Take what changed; returns the names of the parts that did."""
        parts: set[str] = set()
        for name in _PARTS:
            value = getattr(changed, name)
            if value is not None:
                setattr(self, name, value)
                parts.add(name)
        if changed.rule_changes:
            newer = {rule.id: rule for rule in changed.rule_changes}
            self.rules = tuple(newer.get(rule.id, rule) for rule in self.rules)
            parts.add("rules")
        for device in changed.devices:
            self.devices[device.id] = device
        for device_id in changed.gone:
            self.devices.pop(device_id, None)
        if changed.groups is not None:
            self.groups = {group.id: group for group in changed.groups}
            parts.add("together")
        if changed.scenes is not None:
            self.scenes = {scene.id: scene for scene in changed.scenes}
            parts.add("together")
        if changed.devices or changed.gone:
            parts.add("devices")
            self._remember(changed.devices)
        return parts

    def _remember(self, devices: Iterable[DeviceView]) -> None:
        for device in devices:
            for capability in device.capabilities:
                self.history(device.id, capability.id).add(measure(capability))


def measure(capability: CapabilityView) -> float:
    """Return the one number worth drawing of an output: rpm, percent, a reading, or 1 and 0."""
    values = capability.values
    if capability.kind == "motor":
        asked = float(capability.args.get("rpm", 0.0)) if capability.active else 0.0
        return abs(values.get("rpm", asked))
    if capability.kind in ("light", "level"):
        asked = float(capability.args.get("level", 1.0)) if capability.active else 0.0
        return values.get("level", asked) * 100.0
    if capability.kind == "position":
        rests = capability.rest or 0.0
        asked = float(capability.args.get("position", rests)) if capability.active else rests
        return values.get("position", asked) * 100.0
    if capability.kind == "sensor":
        return next(iter(values.values()), 0.0)
    return values.get("on", float(capability.active))
