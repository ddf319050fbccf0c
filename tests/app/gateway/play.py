"""What tests of rules let happen in a whole core: other rules, a stream, gifts."""

from __future__ import annotations

from app.core.events import Gift, StreamStarted, Viewer
from app.core.rules import Rule
from app.gateway.messages import EditRules, GetRules

ROOM = 4711
MAI, LAN = Viewer(7, "mai", "Mai"), Viewer(8, "lan")
ROSE, NEW = 5655, 987_654


def rule(rule_id="r", **changes):
    values = {
        "id": rule_id,
        "name": rule_id.upper(),
        "on": True,
        "when": {"key": "gift", "gifts": [{"id": ROSE, "name": "Rose"}]},
        "do": [{"key": "rotate", "device": "motor", "rounds": "1"}],
    }
    return Rule.model_validate(values | changes)


async def put(core, *rules):
    """Make these the only rules."""
    before = (await core.ask(GetRules())).rules
    content = {**before.content, "rules": [one.model_dump(mode="json") for one in rules]}
    edit = {"edit": "replace_all", "content": content}
    reply = await core.ask(EditRules(revision=before.revision, edit=edit))
    assert reply.ok, reply
    return reply.revision


def live(core, event):
    """Let an event come from the stream."""
    core.runtime._on_event(event, core.runtime._clock.monotonic())


def begin(core, room_id=ROOM):
    live(core, StreamStarted(id=f"start/{room_id}", at_ms=now_ms(core), room_id=room_id))


def now_ms(core):
    return core.runtime._clock.wall_ms()


def gift(core, number, viewer=MAI, **changes):
    values = {
        "id": f"gift/{number}",
        "at_ms": now_ms(core),
        "viewer": viewer,
        "gift_id": ROSE,
        "name": "Rose",
        "coins": 1,
        "count": 1,
        "total": 1,
        "final": True,
        "streak": "",
    }
    live(core, Gift(**values | changes))
