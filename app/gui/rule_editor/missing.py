"""Which part of a rule each missing piece of its sentence belongs to. Rule: in reading order."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.core.parts import Part
    from app.core.rules import Rule
    from app.core.speech import Segment, Speaker
    from app.gui.rule_editor.draft import Place


def missing_places(rule: Rule, speaker: Speaker) -> list[Place]:
    """Return the place of the part behind each missing segment of the full sentence."""
    speaker = dataclasses.replace(speaker, counts=rule.when.counts)
    places: list[Place] = [("when",)] * _count(speaker.clause(rule.when, "when"))
    for index, condition in enumerate(rule.only_if):
        places += _inside(condition, ("only_if", index), speaker, "iff")
    if not rule.do:
        places.append(("do",))
    for index, action in enumerate(rule.do):
        places += _inside(action, ("do", index), speaker, "do")
    return places


def _inside(part: Part, place: Place, speaker: Speaker, role: str) -> list[Place]:
    """Return the places below one part; what no part inside accounts for is its own."""
    total = _count(speaker.clause(part, "iff" if role == "iff" else "do"))
    found: list[Place] = []
    for name in type(part).model_fields:
        value = getattr(part, name)
        if isinstance(value, tuple):
            for index, item in enumerate(value):
                if hasattr(item, "slots"):
                    found += _inside(item, (*place, name, index), speaker, role)
        elif hasattr(value, "slots") and hasattr(value, "says"):
            found += _inside(value, (*place, name), speaker, role)
    found = found[:total]
    return found + [place] * (total - len(found))


def _count(segments: Sequence[Segment]) -> int:
    return sum(segment.role == "missing" for segment in segments)
