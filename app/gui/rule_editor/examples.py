"""Events to try a rule with: one that fits WHEN, from several people, and the last real one.

Rule: an example fits the rule where it can; that it does not is shown, never hidden.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.gateway.messages import PretendEvent, PretendViewer
from app.gui.text import tr
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.core.rules import Rule
    from app.gateway.views import FeedRow
    from app.gui.rule_editor.around import Around
    from app.gui.rule_editor.draft import Json

_COUNT: Final = 10
# By the name of the event's class; the channel has its own words.
_KINDS: Final[dict[str, str]] = {
    "Gift": "gift",
    "Like": "like",
    "Follow": "follow",
    "Share": "share",
    "Join": "join",
    "Subscribe": "subscribe",
    "Chat": "chat",
    "Battle": "battle",
    "Viewers": "viewers",
    "StreamStarted": "stream_started",
    "StreamEnded": "stream_ended",
    "Tick": "tick",
    "Reading": "reading",
    "MqttMessage": "mqtt",
    "ButtonPressed": "button",
    "HotkeyPressed": "hotkey",
    "Called": "called",
}
# Who an example may come from, in the order of the list.
PEOPLE: Final[dict[str, tuple[str, PretendViewer]]] = {
    "follower": (N_("from a follower"), PretendViewer(nickname="Linh", follower=True)),
    "anyone": (N_("from someone new"), PretendViewer(nickname="Linh")),
    "moderator": (
        N_("from a moderator"),
        PretendViewer(nickname="Linh", follower=True, moderator=True),
    ),
    "subscriber": (
        N_("from a subscriber"),
        PretendViewer(nickname="Linh", follower=True, subscriber=True, fan_level=5),
    ),
}


def example_for(rule: Rule, around: Around, who: str = "follower") -> PretendEvent:
    """Return an event that fits a rule's WHEN, as far as that can be told."""
    raw = rule.when.model_dump(mode="json")
    kind = _KINDS.get(rule.when.event.__name__, "gift")
    values: dict[str, Any] = {"kind": kind, "who": PEOPLE[who][1], "gift": ""}
    if kind == "gift":
        values |= _gift(raw, around)
    else:
        values |= _other(kind, raw)
    return PretendEvent(**values)


def _gift(raw: Mapping[str, Json], around: Around) -> dict[str, Any]:
    chosen = next(iter(raw.get("gifts") or ()), None)
    if isinstance(chosen, dict):
        kind = around.gift(int(chosen.get("id", 0)), str(chosen.get("name", "")))
    else:
        least = int(raw.get("least") or _TIERS.get(str(raw.get("tier")), 0))
        most = raw.get("most")
        fitting = (
            gift
            for gift in around.gifts()
            if gift.coins >= least and (most is None or gift.coins <= int(most))
        )
        # The best known of the cheapest; any other will do too.
        kind = next((g for g in around.gifts() if g.id == _ROSE and least <= 1), None) or next(
            fitting, around.gift(_ROSE, "Rose")
        )
    count = max(_COUNT, int(raw.get("every") or 0))
    coins = min(kind.coins, 1_000_000)
    return {"gift": kind.name, "gift_id": kind.id, "coins": coins, "count": count, "combo": True}


_ROSE: Final = 5655
_TIERS: Final = {"small": 1, "medium": 10, "big": 100, "huge": 500}


def _other(kind: str, raw: Mapping[str, Json]) -> dict[str, Any]:
    def first(*names: str) -> str:
        return next((str(raw[name]) for name in names if raw.get(name)), "")

    texts = raw.get("texts") or ()
    number = next((raw[n] for n in ("likes", "viewers", "value") if raw.get(n)), 0)
    value = float(number) if isinstance(number, int | float) else 0.0
    device = first("device")
    reading = {"device_id": device, "name": first("reading", "name"), "before": value - 1}
    named = {"name": first("name", "button", "keys", "topic")[:200], "value": value}
    by_kind: dict[str, dict[str, Any]] = {
        "like": {"count": 15, "value": value},
        "subscribe": {"count": int(raw.get("months") or 1)},
        "chat": {"text": first("command") or (str(texts[0]) if texts else tr("hello"))},
        "reading": {**reading, "value": value + 1},
        "tick": {"text": first("at", "time") or "20:00"},
        "battle": {"text": first("result", "what") or "started"},
    }
    return by_kind.get(kind, named)


def from_row(row: FeedRow) -> PretendEvent | None:
    """Return an event like one of the activity list; None for what cannot be pretended."""
    kinds = {"gift", "like", "follow", "share", "join", "subscribe", "chat"}
    if row.kind not in kinds:
        return None
    who = PretendViewer(handle=row.who or "practice")
    return PretendEvent(
        kind=row.kind,  # type: ignore[arg-type]  # one of the kinds above
        gift=row.gift,
        gift_id=row.gift_id,
        coins=min(max(0, row.coins), 1_000_000),
        count=min(max(1, row.count), 1_000_000),
        combo=row.kind == "gift",
        text=row.text[:2000],
        who=who,
    )


def words_for(event: PretendEvent, around: Around) -> str:
    """Say what an example is and who it comes from: "Rose × 10, from a follower"."""
    what = around.words_of(event)
    who = next((words for words, one in PEOPLE.values() if one == event.who), "")
    if who:
        return tr("{what}, {who}", what=what, who=tr(who))
    if event.who.handle:
        return tr("{what}, {who}", what=what, who=f"@{event.who.handle}")
    return what
