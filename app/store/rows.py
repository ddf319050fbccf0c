"""Events, traces, commands and deliveries as rows of the journal, and back.

One rule: what is written today must be readable by every later version, so readers fill in gaps.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from app.core.effects import Webhook, outlet_device
from app.core.events import (
    Battle,
    BattleStage,
    ButtonPressed,
    Called,
    Chat,
    Event,
    Follow,
    Gift,
    HotkeyPressed,
    Join,
    Like,
    LiveEvent,
    MqttMessage,
    Reading,
    Share,
    Source,
    StreamEnded,
    StreamPaused,
    StreamStarted,
    Subscribe,
    Tick,
    Viewer,
    ViewerCount,
)
from app.core.fates import said_from, said_out
from app.core.outcome import Reason, Step, Trace
from app.core.verbs import Arg, args_of, verb_of
from app.core.world import LocalTime
from drivers.contract import NOTHING_SAID, Said

if TYPE_CHECKING:
    from app.core.effects import Effect
    from app.core.ledger import LedgerEntry
    from app.core.outcome import Command, Delivery, EffectRequest, Outcome
    from app.store.writer import Row

KINDS: dict[str, type[LiveEvent]] = {
    "gift": Gift,
    "like": Like,
    "chat": Chat,
    "follow": Follow,
    "share": Share,
    "join": Join,
    "subscribe": Subscribe,
    "viewer_count": ViewerCount,
    "battle": Battle,
    "stream_started": StreamStarted,
    "stream_paused": StreamPaused,
    "stream_ended": StreamEnded,
    "tick": Tick,
    "reading": Reading,
    "mqtt": MqttMessage,
    "button": ButtonPressed,
    "hotkey": HotkeyPressed,
    "called": Called,
}
_NAMES: dict[type[Event], str] = {kind: name for name, kind in KINDS.items()}
_OWN_COLUMNS = frozenset({field.name for field in dataclasses.fields(Event)}) | {
    *("gift_id", "name", "coins", "count", "total", "final")
}
_BODY_FIELDS: dict[type[Event], tuple[str, ...]] = {
    kind: tuple(f.name for f in dataclasses.fields(kind) if f.name not in _OWN_COLUMNS)
    for kind in KINDS.values()
}
_COUNTED: dict[type[Event], tuple[str, ...]] = {
    kind: tuple(f.name for f in dataclasses.fields(kind) if f.name in ("count", "total"))
    for kind in KINDS.values()
}
# A rule that was held back by these has nothing to tell: it was not about this event.
NOT_HELD = frozenset({Reason.NO_MATCH, Reason.COMBO_RUNNING, Reason.RULE_OFF, Reason.GROUP_OFF})
# Of a text that was said, shown or published.
LONGEST_KEPT: Final = 200
_HALF, _WHOLE = 1 << 63, 1 << 64

EVENT_COLUMNS = (
    "event_id, room_id, kind, source, at_ms, run, received_s, interrupted, backlog, viewer_id,"
    " handle, nickname, gift_id, name, coins, count, total, final, held, body, traces, commands"
)
INSERT_EVENT = (
    f"INSERT OR IGNORE INTO event ({EVENT_COLUMNS})"  # noqa: S608 - constants only
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
DELIVERY_COLUMNS = (
    "event_id, command_id, device_id, rule_id, stage, reason, run, at_s, at_ms, limited, detail,"
    " said"
)
INSERT_DELIVERY = (
    f"INSERT OR IGNORE INTO delivery ({DELIVERY_COLUMNS})"  # noqa: S608 - constants only
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
# What a run did after its event was answered is put behind what it did at once. A run that goes on
# for an hour must not make its row longer and longer.
APPEND_EVENT = """
UPDATE event SET
    traces = CASE WHEN ?1 = '[]' THEN traces WHEN traces = '[]' THEN ?1
        ELSE substr(traces, 1, length(traces) - 1) || ',' || substr(?1, 2) END,
    commands = CASE WHEN ?2 = '[]' THEN commands WHEN commands = '[]' THEN ?2
        ELSE substr(commands, 1, length(commands) - 1) || ',' || substr(?2, 2) END
WHERE event_id = ?3 AND length(traces) + length(commands) < 60000
"""


def _plain(value: object) -> object:
    """Return what JSON knows for the few fields that are more than a number or text."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(type(value).__name__)


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain).encode


@dataclass(frozen=True, slots=True)
class CommandRow:
    """A command as the journal keeps it: what was to be done, by which rule, on which device.

    What is done outside devices has the device "outlet:<name>" and the effect's name as verb.
    """

    id: str
    device_id: str
    capability: str
    verb: str
    args: dict[str, Arg]
    rule_id: str


def kind_of(event: LiveEvent) -> str:
    """Return the name an event's kind is saved under."""
    return _NAMES[type(event)]


def held_count(traces: tuple[Trace, ...]) -> int:
    """Count the rules that were about this event and were held back by a limit or a state."""
    return sum(
        1
        for trace in traces
        if trace.steps and not trace.ran and trace.steps[-1].reason not in NOT_HELD
    )


def event_row(outcome: Outcome, room_id: int, run: str, received_s: float) -> Row:
    """Return the values of INSERT_EVENT for an event and what the engine decided."""
    event = outcome.event
    gift = event if isinstance(event, Gift) else None
    counted = _COUNTED[type(event)]
    return (
        event.id,
        whole(room_id),
        kind_of(event),
        event.source.value,
        whole(event.at_ms),
        run,
        received_s,
        0,
        int(event.backlog),
        whole(event.viewer.id),
        event.viewer.handle,
        event.viewer.nickname,
        whole(gift.gift_id) if gift else 0,
        str(getattr(event, "name", "")),
        whole(gift.coins) if gift else 0,
        whole(getattr(event, "count", 0)) if "count" in counted else 0,
        whole(getattr(event, "total", 0)) if "total" in counted else 0,
        int(gift.final) if gift else 1,
        held_count(outcome.traces),
        _body(event),
        _encode([_trace_out(trace) for trace in outcome.traces]),
        _encode(_orders_out(outcome)),
    )


def append_row(outcome: Outcome) -> Row:
    """Return the values of APPEND_EVENT for what came of an event later."""
    return (
        _encode([_trace_out(trace) for trace in outcome.traces]),
        _encode(_orders_out(outcome)),
        outcome.event.id,
    )


def ledger_row(entry: LedgerEntry, run: str) -> Row:
    """Return the values of INSERT_EVENT for a gift that was counted and then interrupted."""
    receiver = entry.streak.receiver_id if entry.streak else 0
    return (
        entry.event_id,
        whole(entry.room_id),
        "gift",
        Source.LIVE.value,
        whole(entry.at_ms),
        run,
        None,
        1,
        0,
        whole(entry.viewer_id),
        entry.handle,
        "",
        whole(entry.gift_id),
        entry.name,
        whole(entry.coins),
        whole(entry.added),
        whole(entry.counted),
        int(entry.final),
        0,
        _encode({"streak": "", "receiver_id": receiver}),
        "[]",
        "[]",
    )


def delivery_row(delivery: Delivery, run: str) -> Row:
    """Return the values of INSERT_DELIVERY."""
    return (
        delivery.event_id,
        delivery.command_id,
        delivery.device_id,
        delivery.rule_id,
        delivery.stage.value,
        delivery.drop.value,
        run,
        delivery.at,
        whole(delivery.at_ms),
        _encode(delivery.limited) if delivery.limited else "[]",
        delivery.detail,
        _said_out(delivery.said) if delivery.said else "",
    )


def event_from(values: dict[str, Any]) -> LiveEvent:
    """Rebuild an event from its columns; raises ValueError if a later version wrote its kind."""
    kind = KINDS.get(values["kind"])
    if kind is None:
        raise ValueError(values["kind"])
    known = {field.name: field for field in dataclasses.fields(kind)}
    body = json.loads(values["body"])
    fields: dict[str, Any] = {name: values[name] for name in known if name in values}
    fields |= {name: value for name, value in body.items() if name in known}
    fields["id"] = values["event_id"]
    fields["source"] = Source(values["source"])
    fields["backlog"] = bool(values["backlog"])
    fields["viewer"] = Viewer(
        id=unfolded(values["viewer_id"]),
        handle=values["handle"],
        nickname=values["nickname"],
        **body.get("viewer", {}),
    )
    if kind is Gift:
        fields["final"] = bool(values["final"])
    if kind is Tick:
        fields["local"] = LocalTime(**fields["local"])
    if kind is Reading:
        fields["roles"] = tuple(fields.get("roles", ()))
    if kind is Battle:
        fields["stage"] = BattleStage(fields["stage"])
    return kind(**fields)


def traces_from(text: str) -> tuple[Trace, ...]:
    """Rebuild the traces of an event."""
    return tuple(
        Trace(
            rule_id,
            rule_name,
            tuple(
                Step(gate, passed, Reason(reason), tuple((name, value) for name, value in values))
                for gate, passed, reason, values in steps
            ),
        )
        for rule_id, rule_name, steps in json.loads(text)
    )


def commands_from(text: str) -> tuple[CommandRow, ...]:
    """Rebuild the commands of an event."""
    return tuple(CommandRow(*values) for values in json.loads(text))


def said_of(text: str) -> Said:
    """Rebuild what a driver said; nothing if a later version wrote it in another way."""
    try:
        return said_from(json.loads(text)) if text else NOTHING_SAID
    except (ValueError, TypeError):
        return NOTHING_SAID


def whole(value: int) -> int:
    """Return an integer SQLite can hold; ids up to 64 bits without a sign are folded into it."""
    return value if -_HALF <= value < _HALF else (value + _HALF) % _WHOLE - _HALF


def unfolded(value: int) -> int:
    """Return the id that `whole` may have folded."""
    return value if value >= 0 else value + _WHOLE


def _said_out(said: Said) -> str:
    short = tuple((name, value[:LONGEST_KEPT]) for name, value in said.values)
    return _encode(said_out(Said(said.source, short)))


def _body(event: LiveEvent) -> str:
    body: dict[str, Any] = {name: getattr(event, name) for name in _BODY_FIELDS[type(event)]}
    flags = {
        name: value
        for name in ("is_follower", "is_moderator", "is_subscriber", "gifter_level", "fan_level")
        if (value := getattr(event.viewer, name))
    }
    if flags:
        body["viewer"] = flags
    return _encode(body) if body else "{}"


def _trace_out(trace: Trace) -> list[Any]:
    steps = [[step.gate, step.passed, step.reason.value, step.values] for step in trace.steps]
    return [trace.rule_id, trace.rule_name, steps]


def _orders_out(outcome: Outcome) -> list[list[Any]]:
    """Return what was to be done on devices and outside them."""
    commands = [_command_out(command) for command in outcome.commands]
    return [*commands, *(_request_out(request) for request in outcome.requests)]


def _request_out(request: EffectRequest) -> list[Any]:
    effect = request.effect
    name = type(effect).__name__
    return [request.id, outlet_device(effect), "", name, _told_of(effect), request.rule_id]


def _told_of(effect: Effect) -> dict[str, Any]:
    """Return what a receipt tells of an effect, which is less than what was sent."""
    if isinstance(effect, Webhook):
        # Addresses of web requests are keys to other people's doors, and bodies are nobody's.
        return {"method": effect.method, "url": _door_of(effect.url)}
    found = {one.name: getattr(effect, one.name) for one in dataclasses.fields(effect)}
    return {
        name: f"{value[:LONGEST_KEPT]}…"
        if isinstance(value, str) and len(value) > LONGEST_KEPT
        else value
        for name, value in found.items()
    }


def _door_of(url: str) -> str:
    """Return scheme and host of an address; what comes behind is only hinted at."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "…"
    place = f"[{host}]" if ":" in host else host
    more = "/…" if parts.path.strip("/") or parts.query else ""
    return f"{parts.scheme}://{place}{f':{port}' if port else ''}{more}"


def _command_out(command: Command) -> list[Any]:
    return [
        command.id,
        command.device_id,
        command.capability,
        verb_of(command.instruction),
        args_of(command.instruction),
        command.rule_id,
    ]
