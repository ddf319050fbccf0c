"""Events, outcomes and deliveries as the tests of the store use them."""

from __future__ import annotations

from app.core.events import Gift, Source, Viewer
from app.core.ledger import LedgerEntry, StreakKey
from app.core.outcome import Command, Delivery, Drop, Outcome, Reason, Stage, Step, Trace
from drivers.contract import Rotate

ROOM = 7_312_345_678_901_234_567
START_MS = 1_790_000_000_000


def gift(number: int = 1, **changes) -> Gift:
    values = {
        "id": f"e{number}",
        "at_ms": START_MS + number * 1000,
        "viewer": Viewer(42, "anna", "Anna Ä", is_follower=True, gifter_level=3),
        "gift_id": 5655,
        "name": "Rose",
        "coins": 1,
        "count": 2,
        "total": 2,
        "final": True,
        "streak": "s",
        "receiver_id": 9,
    }
    return Gift(**(values | changes))


def outcome(event, *, ran: bool = True, reason: Reason = Reason.COOLDOWN) -> Outcome:
    first = Step("gift", passed=True, reason=Reason.PASSED, values=(("gift", "Rose"), ("n", 2.0)))
    if not ran:
        held = Step("cooldown", passed=False, reason=reason, values=(("left_s", 1.5),))
        return Outcome(event, (), (Trace("r1", "Rose turns", (first, held)),))
    command = Command(
        f"{event.id}/r1/0",
        "motor",
        "turn",
        Rotate(2.0, 60.0),
        99.0,
        event_id=event.id,
        rule_id="r1",
    )
    return Outcome(event, (command,), (Trace("r1", "Rose turns", (first,)),))


def delivery(event_id: str, stage: Stage, at: float, **changes) -> Delivery:
    values = {
        "command_id": f"{event_id}/r1/0",
        "device_id": "motor",
        "event_id": event_id,
        "rule_id": "r1",
        "stage": stage,
        "at": at,
        "at_ms": START_MS,
        "drop": Drop.NONE,
    }
    return Delivery(**(values | changes))


def counted(number: int = 1, **changes) -> LedgerEntry:
    values = {
        "room_id": ROOM,
        "method": "WebcastGiftMessage",
        "message_id": 100 + number,
        "counted": 2,
        "added": 2,
        "final": True,
        "at_ms": START_MS + number * 1000,
        "event_id": f"e{number}",
        "streak": StreakKey(42, 9, 5655, 1),
        "gift_id": 5655,
        "name": "Rose",
        "coins": 1,
        "viewer_id": 42,
        "handle": "anna",
    }
    return LedgerEntry(**(values | changes))


PRETEND, REPLAY = Source.PRETEND, Source.REPLAY
