"""A rule with something of everything, for pictures of the editor."""

from __future__ import annotations

from typing import Any

from app.core.rules import RuleDocument, from_content
from tests.app.gui import sample_rules


def deep() -> dict[str, Any]:
    """Return a rule with groups in groups, a step that is off, and limits."""
    return sample_rules.rule(
        "deep",
        "Party when the crowd is warm",
        note="For Friday evenings; ask Linh before changing the fog.",
        when={"key": "gift", "gifts": [sample_rules.ROSE, {"id": 5333, "name": "Coffee"}]},
        only_if=[
            {"key": "sender_is_follower"},
            {
                "key": "any",
                "of": [
                    {"key": "coins_at_least", "coins": 100},
                    {"key": "not", "of": {"key": "sender_is_moderator"}},
                ],
            },
        ],
        do=[
            {"key": "rotate", "device": "motor", "rounds": "count * 2", "rpm": "80"},
            {"key": "color", "device": "light", "color": "#ff8000", "seconds": "10"},
            {"key": "switch_on", "device": "pump", "seconds": "3", "on": False},
        ],
        limits={"cooldown_s": 90, "ceiling": 20, "policy": "queue"},
    )


def document() -> RuleDocument:
    """Return the usual rules with this one at the top."""
    content = sample_rules.content()
    content["rules"] = [deep(), *content["rules"]]
    found = from_content(content)
    assert not found.set_aside, found.set_aside
    return found
