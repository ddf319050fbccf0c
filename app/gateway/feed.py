"""The activity list as the desk sees it: one row a gift, combo or group, growing in place.

One rule: it only listens; a row is built for the wire when somebody asks, never per event.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.core.events import (
    Battle,
    ButtonPressed,
    Called,
    Chat,
    Follow,
    Gift,
    HotkeyPressed,
    Join,
    Like,
    LiveEvent,
    MqttMessage,
    Reading,
    Share,
    StreamEnded,
    StreamPaused,
    StreamStarted,
    Subscribe,
    Tick,
    ViewerCount,
)
from app.core.outcome import Delivery, Outcome, Reason, Stage, Trace
from app.core.verbs import Arg, args_of, verb_of
from app.gateway.views import FeedRow

if TYPE_CHECKING:
    from collections.abc import Callable

_GROUP_MS = 10_000
_MAX_ROWS_PER_TAKE = 100
_KINDS: dict[type[LiveEvent], str] = {
    Gift: "gift",
    Like: "like",
    Chat: "chat",
    Follow: "follow",
    Share: "share",
    Join: "join",
    Subscribe: "subscribe",
    Battle: "battle",
    StreamStarted: "stream",
    StreamPaused: "stream",
    StreamEnded: "stream",
    Tick: "tick",
    Reading: "reading",
    MqttMessage: "mqtt",
    ButtonPressed: "button",
    HotkeyPressed: "hotkey",
    Called: "called",
}
# Rows of their own only when a rule has something to say to them.
_ASIDE = (Chat, Tick, Reading, MqttMessage, ButtonPressed, HotkeyPressed, Called)
_GROUPED = (Like, Join, Share)
_SILENT = (Reason.NO_MATCH,)
# Of the commands of one event the row tells the gravest news; a later tick never hides it.
_GRAVITY = {"none": 0, "waiting": 0, "ran": 1, "skipped": 2, "stopped": 3, "failed": 4}


@dataclass(slots=True)
class _Row:
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
    people: set[int] = field(default_factory=set)
    final: bool = True
    source: str = "live"
    result: str = "none"
    gate: str = ""
    reason: str = ""
    said: str = ""
    scores: dict[str, float] = field(default_factory=dict)
    values: dict[str, float | str] = field(default_factory=dict)
    rule_name: str = ""
    device: str = ""
    instruction: str = ""
    args: dict[str, Arg] = field(default_factory=dict)
    more: int = 0
    sent: bool = False

    def view(self) -> FeedRow:
        return FeedRow.model_construct(
            key=self.key,
            event_id=self.event_id,
            at_ms=self.at_ms,
            kind=self.kind,
            who=self.who,
            gift_id=self.gift_id,
            gift=self.gift,
            coins=self.coins,
            count=self.count,
            text=self.text,
            people=max(1, len(self.people)),
            final=self.final,
            source=self.source,
            result=self.result,
            gate=self.gate,
            reason=self.reason,
            said=self.said,
            # Unchecked, so the numbers must be what the message says: serialising minds.
            values={
                name: value if isinstance(value, str) else float(value)
                for name, value in (*self.values.items(), *self.scores.items())
            },
            rule_name=self.rule_name,
            device=self.device,
            instruction=self.instruction,
            args=dict(self.args),
            more=self.more,
        )


class Feed:
    """Rows of the activity list, bounded; feed it outcomes and deliveries, take what changed."""

    def __init__(self, device_name: Callable[[str], str], *, capacity: int = 300) -> None:
        self._device_name = device_name
        self._capacity = capacity
        self._rows: OrderedDict[str, _Row] = OrderedDict()
        self._by_event: OrderedDict[str, _Row] = OrderedDict()
        self._changed: OrderedDict[str, _Row] = OrderedDict()
        self.skipped = 0
        # Called whenever `take` has something to give.
        self.on_news: Callable[[], None] = lambda: None

    def on_outcome(self, outcome: Outcome) -> None:
        """Add the event's row or grow the one it belongs to."""
        event = outcome.event
        kind = _KINDS.get(type(event))
        if kind is None or isinstance(event, ViewerCount):
            return
        headline = _headline(outcome.traces)
        if isinstance(event, _ASIDE) and headline is None:
            return
        known = event.id in self._by_event
        row = self._row_for(event, kind)
        # What a run does later belongs to a row that counts its event already.
        if not (outcome.continued and known):
            _fill(row, event)
        if row.result == "stopped" and headline and headline.steps[-1].reason is Reason.STOPPED:
            # The rest of a combo that STOP cut off adds nothing to that.
            headline = None
        # The receipt that a row opens is the one of the event its second line tells of.
        if headline is not None or row.result == "none":
            row.event_id = event.id
        if headline is not None:
            _explain(row, headline, outcome, self._device_name)
        self._touch(row)

    def on_delivery(self, delivery: Delivery) -> None:
        """Show on the event's row what became of its command."""
        row = self._by_event.get(delivery.event_id)
        if row is None:
            return
        told = delivery.event_id == row.event_id
        if told and delivery.limited:
            name, asked, allowed = delivery.limited[0]
            row.values = {**row.values, "limited": name, "asked": asked, "allowed": allowed}
        result, reason = _news(row, delivery)
        row.sent = result == "ran" or (row.sent and result != "failed")
        # Of earlier steps of a combo only trouble is news, and that the first one was sent.
        first = result == "ran" and row.reason == Stage.QUEUED
        if result and (told or first or result in ("stopped", "failed")):
            self._settle(row, delivery, result, reason)
        elif not (told and delivery.limited):
            return
        self._touch(row)

    def take(self) -> tuple[tuple[FeedRow, ...], int]:
        """Return rows that are new or changed since the last call, oldest first, and how many not.

        Under a flood only the newest rows are handed out; the rest are counted.
        """
        if not self._changed:
            return (), 0
        changed = list(self._changed.values())
        self._changed.clear()
        skipped = max(0, len(changed) - _MAX_ROWS_PER_TAKE)
        return tuple(row.view() for row in changed[skipped:]), skipped

    def rows(self) -> tuple[FeedRow, ...]:
        """Return everything kept, oldest first, for a desk that has just come."""
        return tuple(row.view() for row in self._rows.values())

    def row(self, key: str) -> FeedRow | None:
        """Return one row, if it is still kept."""
        row = self._rows.get(key)
        return None if row is None else row.view()

    def seen(self) -> None:
        """Take nothing of what is here for news."""
        self._changed.clear()

    def clear(self) -> None:
        """Forget all rows."""
        self._rows.clear()
        self._by_event.clear()
        self._changed.clear()

    def _row_for(self, event: LiveEvent, kind: str) -> _Row:
        key = _key(event, kind)
        row = self._rows.get(key)
        if row is None:
            row = _Row(key, event.id, event.at_ms, kind, source=event.source.value)
            self._rows[key] = row
            if len(self._rows) > self._capacity:
                self._rows.popitem(last=False)
        self._by_event[event.id] = row
        if len(self._by_event) > 4 * self._capacity:
            self._by_event.popitem(last=False)
        return row

    def _settle(self, row: _Row, delivery: Delivery, result: str, reason: str) -> None:
        if _GRAVITY[result] <= _GRAVITY[row.result]:
            return
        row.result, row.gate, row.reason = result, "", reason
        row.said = delivery.said.source
        if delivery.said:
            row.values = {**row.values, **dict(delivery.said.values)}
        if result != "ran":
            row.event_id = delivery.event_id
            row.device = self._device_name(delivery.device_id) or row.device

    def _touch(self, row: _Row) -> None:
        self._changed[row.key] = row
        self._changed.move_to_end(row.key)
        self.on_news()
        if len(self._changed) > self._capacity:
            self._changed.popitem(last=False)
            self.skipped += 1


def row_of(event: LiveEvent) -> FeedRow:
    """Return the row of one event by itself, before anything came of it."""
    kind = _KINDS.get(type(event), "viewers")
    row = _Row(event.id, event.id, event.at_ms, kind, source=event.source.value)
    _fill(row, event)
    return row.view()


def _key(event: LiveEvent, kind: str) -> str:
    if isinstance(event, Gift):
        return event.streak or event.id
    if isinstance(event, _GROUPED):
        return f"{kind}/{event.source.value}/{event.at_ms // _GROUP_MS}"
    return event.id


def _fill(row: _Row, event: LiveEvent) -> None:
    if event.viewer.id:
        row.people.add(event.viewer.id)
    row.who = event.viewer.handle or event.viewer.nickname
    match event:
        case Gift():
            row.gift_id, row.gift, row.coins = event.gift_id, event.name, event.coins
            row.count = max(row.count, event.total)
            row.final = event.final or (row.final and event.late)
        case Like():
            row.count += event.count
        case Join() | Share():
            row.count += 1
        case Subscribe():
            row.count = event.months
        case ViewerCount():
            row.count = event.count
        case Battle():
            row.scores = {"own": event.own_score, "other": event.other_score}
        case _:
            pass
    row.text = _text(event)


# What an event says, where that is one of its fields.
_SAYS: dict[type[LiveEvent], str] = {
    Chat: "text",
    Battle: "stage",
    ButtonPressed: "name",
    Called: "name",
    HotkeyPressed: "keys",
    MqttMessage: "topic",
    Reading: "name",
    ViewerCount: "count",
}


def _text(event: LiveEvent) -> str:
    match event:
        case StreamStarted():
            return "started"
        case StreamPaused(paused=paused):
            return "paused" if paused else "continued"
        case StreamEnded():
            return "ended"
        case _:
            says = _SAYS.get(type(event))
            return str(getattr(event, says)) if says else ""


def _news(row: _Row, delivery: Delivery) -> tuple[str, str]:
    """Return what a delivery makes of its row, and why; nothing while it waits in line."""
    match delivery.stage:
        case Stage.FAILED:
            return "failed", delivery.drop.value
        case Stage.STOPPED if row.sent:
            return "stopped", delivery.drop.value
        case Stage.DROPPED | Stage.STOPPED:
            return "skipped", delivery.drop.value or delivery.stage.value
        case Stage.SENT | Stage.ACKED | Stage.DONE:
            return "ran", ""
        case _:
            return "", ""


def _headline(traces: tuple[Trace, ...]) -> Trace | None:
    """The trace that the row's second line tells: one that ran, else the first that was stopped."""
    stopped: Trace | None = None
    for trace in traces:
        if trace.ran:
            return trace
        if stopped is None and trace.steps[-1].reason not in _SILENT:
            stopped = trace
    return stopped


def _explain(
    row: _Row, headline: Trace, outcome: Outcome, device_name: Callable[[str], str]
) -> None:
    row.rule_name, row.gate, row.said = headline.rule_name, "", ""
    if headline.ran:
        row.result, row.reason = "ran", ""
        if outcome.commands and not row.sent:
            row.result, row.reason = "waiting", Stage.QUEUED.value
        commands = [c for c in outcome.commands if c.rule_id == headline.rule_id]
        row.more = len(outcome.commands) - min(1, len(commands))
        limited = next((s for s in headline.steps if s.reason is Reason.LIMITED), None)
        row.values = dict(limited.values) if limited else {}
        if commands:
            first = commands[0]
            row.device = device_name(first.device_id)
            row.instruction, row.args = verb_of(first.instruction), args_of(first.instruction)
        return
    step = headline.steps[-1]
    row.result = "waiting" if step.reason is Reason.COMBO_RUNNING else "skipped"
    row.gate, row.reason, row.values = step.gate, step.reason.value, dict(step.values)
