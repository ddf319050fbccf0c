"""A storm of gifts, the truth about it, and what the journal and the board say of it."""

import contextlib
import json
import sqlite3
from collections import Counter

from app import endpoint
from tests import hands
from tests.e2e.harness import until
from tests.fakes.tiktok import gifts, storms
from tests.fakes.tiktok.viewers import numbered

PATIENCE_S = 60.0


def ask(profile, want):
    try:
        return endpoint.ask(profile, {"want": want}, 10.0)
    except endpoint.EndpointError:
        return {"state": "none"}


def running(profile, *, other_than=0):
    return until(
        lambda: (
            (now := ask(profile, "state"))["state"] == "running"
            and now["pid"] != other_than
            and now
        ),
        "a running core",
        PATIENCE_S,
    )["pid"]


def write_profile(profile, board):
    """Every gift turns the motor so far that the turn itself tells which count of which combo."""
    rule = {
        "id": "all",
        "name": "All",
        "on": True,
        "when": {"key": "gift_any"},
        "do": [
            {
                "key": "rotate",
                "device": "motor",
                "rounds": "coins / 1000",
                "rpm": "60 + total",
            }
        ],
        "limits": {"policy": "queue"},
    }
    profile.mkdir(parents=True)
    (profile / "rules.json").write_text(json.dumps({"version": 1, "rules": [rule]}))
    device = {
        "id": "board",
        "name": "Board",
        "driver": "giftwire_line",
        "role": "motor",
        "settings": {"port": board.path},
    }
    (profile / "devices.json").write_text(json.dumps({"version": 1, "devices": [device]}))
    hands.used(profile, "board")


def own_combos(count, chance):
    """Combos of gifts that exist once each: price and count name the step."""
    told, truth = [], Counter()
    for number in range(count):
        kind = gifts.GiftKind(880_000 + number, f"Gift {number}", number + 1)
        sender, total = numbered(number % 7), chance.randint(2, 12)
        combo, so_far, parts = gifts.Combo(kind, sender), 0, []
        while so_far < total:
            added = min(total - so_far, chance.choice((1, 1, 2, 3)))
            so_far += added
            msg = combo.progress(so_far, added=added)
            parts.append(storms.Part(msg, combo.group, so_far))
        parts.append(storms.Part(combo.end(total), combo.group, total, end=True))
        told.append(parts)
        truth[sender.id, 0, kind.id] += total
    mixed = []
    while told:
        turn = chance.randrange(min(5, len(told)))
        mixed.append(told[turn].pop(0))
        if not told[turn]:
            del told[turn]
    return storms.Storm(mixed, truth)


def entered(room):
    return any(one.entered and one.open for one in list(room.connections))


def counted(profile):
    """What the journal says of real gifts: units per viewer, receiver and gift."""
    truth = Counter()
    with contextlib.closing(sqlite3.connect(profile / "data" / "journal.db")) as journal:
        rows = journal.execute(
            "SELECT viewer_id, body, gift_id, count FROM event"
            " WHERE kind = 'gift' AND source = 'live'"
        )
        for viewer, body, gift, count in rows:
            if count:
                truth[viewer, json.loads(body).get("receiver_id", 0), gift] += count
    return truth


def deliveries(profile):
    with contextlib.closing(sqlite3.connect(profile / "data" / "journal.db")) as journal:
        return journal.execute(
            "SELECT d.command_id, d.stage, d.run, e.run, e.interrupted FROM delivery AS d"
            " JOIN event AS e ON e.event_id = d.event_id"
        ).fetchall()
