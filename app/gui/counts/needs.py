"""What of counts and keys needs the streamer on Live. Rule: one line a thing, one verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.gui.counts.keys import problem_words
from app.gui.counts.owed import ALL
from app.gui.text import tr, trn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.gui.page import Desk

Need = tuple[str, str, str, str]
_PLACES = 3


def counted_needs(desk: Desk, before: Sequence[Need]) -> list[Need]:
    """Return what is shown: owed gifts have a place of their own, whatever else there is."""
    owed = len(desk.bridge.state.owed)
    mine: list[Need] = []
    if owed:
        mine.append((trn("%Ln gift(s) owed", owed), tr("Pay"), "pay", ALL))
    return [*before[: _PLACES - len(mine)], *mine, *before[_PLACES - len(mine) :], *_keys(desk)]


def _keys(desk: Desk) -> list[Need]:
    if desk.rule_keys is None:
        return []
    problems = desk.rule_keys.problems()
    found: list[Need] = []
    for control in desk.bridge.state.controls:
        if control.kind == "hotkey" and control.name in problems and control.rules:
            words = problem_words(problems[control.name])
            sentence = tr("{keys}: {why}", keys=control.name, why=words)
            found.append((sentence, tr("Fix"), "rules", control.rules[0]))
    return found
