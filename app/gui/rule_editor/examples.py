"""Events to try a rule with: one that fits WHEN, from several people, and the last real one.

Rule: an example fits the rule where it can; that it does not is shown, never hidden.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.gateway.messages import PretendEvent, PretendViewer
from app.gui.text import tr
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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
    "ViewerCount": "viewers",
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
    makers: dict[str, Callable[[Mapping[str, Json]], dict[str, Any]]] = {
        "like": lambda raw: {"count": 15, "value": float(raw.get("likes") or 15)},
        "subscribe": lambda raw: {"count": int(raw.get("months") or 1)},
        "chat": _chat,
        "battle": lambda raw: {"text": _STAGES.get(str(raw.get("stage")), "started")},
        "viewers": _viewers,
        "button": lambda raw: {"name": str(raw.get("name", ""))},
        "called": lambda raw: {"name": str(raw.get("name", ""))},
        "hotkey": lambda raw: {"name": str(raw.get("combination", ""))},
        "mqtt": _mqtt,
        "reading": _reading,
        "tick": _tick,
    }
    maker = makers.get(kind)
    return maker(raw) if maker is not None else {}


_STAGES: Final = {
    "started": "started",
    "lost": "lost",
    "draw": "draw",
    "won": "won",
    "ended": "won",
}


def _chat(raw: Mapping[str, Json]) -> dict[str, Any]:
    texts = raw.get("texts") or ()
    return {"text": str(raw.get("command") or (texts[0] if texts else tr("hello")))}


def _viewers(raw: Mapping[str, Json]) -> dict[str, Any]:
    wanted = int(raw.get("viewers") or 1)
    return {"value": float(wanted if raw.get("direction") != "down" else max(0, wanted - 1))}


def _mqtt(raw: Mapping[str, Json]) -> dict[str, Any]:
    topic = str(raw.get("topic", "")).replace("+", "x").replace("#", "x")
    return {"name": topic[:200], "text": str(raw.get("text", ""))}


def _reading(raw: Mapping[str, Json]) -> dict[str, Any]:
    line = float(raw.get("line") or 0)
    step = -1 if raw.get("side") == "below" else 1
    named = {"device_id": str(raw.get("device", "")), "name": str(raw.get("name", ""))}
    return {**named, "before": line - step, "value": line + step}


def _tick(raw: Mapping[str, Json]) -> dict[str, Any]:
    weekdays = raw.get("weekdays") or (0,)
    at = str(raw.get("time") or "20:00")
    return {"text": at, "value": float(weekdays[0]), "count": max(1, int(raw.get("every") or 60))}


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
