"""A rule desk without a core behind it, for tests of the editor: edits stay in the mirror."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.core.links import LinkStage, LinkState
from app.core.rules import VERSION, from_content
from app.gui.rules.desk import RuleDesk
from tests.app.gui import sample

if TYPE_CHECKING:
    from app.gui.bridge import Bridge

ROSE = {"id": 5655, "name": "Rose"}


def rule(**parts: Any) -> dict[str, Any]:
    """Return a raw rule: Rose turns the motor, or what `parts` say instead."""
    return {
        "id": "spin",
        "name": "Spin for roses",
        "on": True,
        "when": {"key": "gift", "gifts": [ROSE]},
        "do": [{"key": "rotate", "device": "motor", "rounds": "count", "rpm": "100"}],
        **parts,
    }


def desk_with(bridge: Bridge, *rules: dict[str, Any]) -> RuleDesk:
    """Return a desk that holds these rules."""
    bridge.take_link(LinkState(LinkStage.ONLINE, 0.0))
    bridge.take_snapshot(sample.snapshot())
    desk = RuleDesk(bridge)
    document = from_content({"version": VERSION, "groups": [], "rules": list(rules)})
    assert not document.set_aside, document.set_aside
    desk.sync.revision = 1
    desk._on_fetched(document, False)
    return desk
