"""A new rule for what a row of a list tells of. Rule: it waits for just that, and starts off."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from app.gui.text import number, tr
from drivers.contract import N_

if TYPE_CHECKING:
    from app.core.rules import Rule
    from app.gateway.views import FeedRow

GIFT, EVENT = "gift:", "made:"
MADE: Final = (GIFT, EVENT)
_LONGEST: Final = 60
_LIKES_STEP: Final = 100
_STAGES: Final = {"cancelled": "ended", "score": "started"}
# By the kind of row: what the rule is called; the slot is what the row says.
_NAMES: Final[dict[str, str]] = {
    "follow": N_("Rule for new followers"),
    "share": N_("Rule for shares"),
    "join": N_("Rule for who joins"),
    "subscribe": N_("Rule for subscriptions"),
    "like": N_("Rule for {what} likes"),
    "chat": N_("Rule for “{what}”"),
    "battle": N_("Rule for battles"),
    "stream": N_("Rule for the LIVE"),
    "button": N_("Rule for “{what}”"),
    "hotkey": N_("Rule for {what}"),
    "called": N_("Rule for “{what}”"),
    "mqtt": N_("Rule for {what}"),
    "viewers": N_("Rule for {what} viewers"),
}


def about_of(row: FeedRow) -> str:
    """Return what the rules page is asked for to make the rule; "" where none can be made."""
    if row.kind == "gift":
        return f"{GIFT}{row.gift_id}:{row.gift}"
    when = _when(row)
    if when is None:
        return ""
    return EVENT + json.dumps({"kind": row.kind, "what": _what(row), "when": when})


def rule_from(about: str) -> Rule:
    """Return the new rule that `about_of` asked for; a step is still to be chosen."""
    from app.core.rules import Rule
    from app.gui.rules.starters import for_gift

    if about.startswith(GIFT):
        gift_id, name = about.removeprefix(GIFT).split(":", 1)
        return for_gift(int(gift_id), name)
    asked: dict[str, Any] = json.loads(about.removeprefix(EVENT))
    name = tr(_NAMES[asked["kind"]], what=asked["what"])
    return Rule.model_validate({"id": "new", "name": name, "when": asked["when"]})


def _what(row: FeedRow) -> str:
    if row.kind == "like":
        return number(_likes(row))
    if row.kind == "viewers":
        return number(row.count)
    text = _first_word(row.text) if row.kind == "chat" else row.text
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _when(row: FeedRow) -> dict[str, Any] | None:
    """Return the WHEN that this very event would have fitted."""
    if row.kind in ("follow", "share", "join", "subscribe"):
        return {"key": row.kind}
    found: dict[str, dict[str, Any]] = {
        "like": {"key": "likes", "likes": _likes(row), "again": True},
        "chat": _comment(row.text),
        "battle": {"key": "battle", "stage": _STAGES.get(row.text, row.text)},
        "button": {"key": "button", "name": row.text},
        "hotkey": {"key": "hotkey", "combination": row.text},
        "called": {"key": "called", "name": row.text},
        "mqtt": {"key": "mqtt_message", "topic": row.text},
        "viewers": {"key": "viewers_reached", "viewers": max(1, row.count)},
    }
    if row.kind == "stream":
        key = {"started": "stream_started", "ended": "stream_ended"}.get(row.text)
        return {"key": key} if key else None
    return found.get(row.kind)


def _likes(row: FeedRow) -> int:
    """Return a round number: one row tells only of the likes of ten seconds."""
    return max(_LIKES_STEP, round(row.count, -2))


def _comment(text: str) -> dict[str, Any]:
    first = _first_word(text)
    if first.startswith("!") and len(first) > 1:
        return {"key": "chat_command", "command": first}
    return {"key": "chat_contains", "texts": [text.strip()[:100]]}


def _first_word(text: str) -> str:
    words = text.split()
    return words[0] if words and words[0].startswith("!") else text.strip()
