"""Follows the battles of one stream: started, score, and one end each.

One rule: a battle the streamer has no part in is never told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.core.events import Battle, BattleStage, Source
from app.core.streaks import SeenKeys

if TYPE_CHECKING:
    from app.live.decode import About
    from app.live.schema import Proto

# TikTok's BattleAction.
_REJECT, _CANCEL, _OPEN, _FINISH, _CUT_SHORT = 2, 3, 4, 5, 6
_KEPT = 64


class Battles:
    """Remembers which battles were told to have begun and ended, and their last score."""

    def __init__(self, source: Source) -> None:
        """Start with no battle known."""
        self._source = source
        self._begun = SeenKeys(_KEPT)
        self._over = SeenKeys(_KEPT)
        self._scores: dict[int, dict[int, int]] = {}

    def battle(self, message: Proto, about: About, host_id: int) -> Battle | None:
        """Take a WebcastLinkMicBattle: an invitation, the beginning or the end of a battle."""
        battle_id, action = message.battle_id, message.action
        if action == _OPEN:
            fresh = battle_id not in self._over and self._begun.add(battle_id)
            return self._told(battle_id, BattleStage.STARTED, about) if fresh else None
        result = {entry.key: entry.value.score for entry in message.battle_result}
        scores = result or self._scores.get(battle_id, {})
        if action == _FINISH or (action == _CUT_SHORT and result):
            return self._finished(battle_id, scores, about, host_id)
        known = battle_id in self._begun or battle_id in self._scores
        if action in (_REJECT, _CANCEL, _CUT_SHORT) and known and self._end(battle_id):
            return self._told(battle_id, BattleStage.CANCELLED, about)
        return None

    def armies(self, message: Proto, about: About, host_id: int) -> Battle | None:
        """Take a WebcastLinkMicArmies: the score so far."""
        battle_id = message.battle_id
        scores = {entry.key: entry.value.score for entry in message.armies}
        if battle_id in self._over or host_id not in scores:
            return None
        if battle_id not in self._scores and len(self._scores) >= _KEPT:
            self._scores.clear()
        self._scores[battle_id] = scores
        own, other = _sides(scores, host_id)
        return self._told(battle_id, BattleStage.SCORE, about, own, other)

    def _finished(
        self, battle_id: int, scores: dict[int, int], about: About, host_id: int
    ) -> Battle | None:
        if host_id not in scores or not self._end(battle_id):
            return None
        own, other = _sides(scores, host_id)
        stage = BattleStage.DRAW
        if own != other:
            stage = BattleStage.WON if own > other else BattleStage.LOST
        return self._told(battle_id, stage, about, own, other)

    def _end(self, battle_id: int) -> bool:
        self._scores.pop(battle_id, None)
        return self._over.add(battle_id)

    def _told(
        self, battle_id: int, stage: BattleStage, about: About, own: int = 0, other: int = 0
    ) -> Battle:
        return Battle(
            id=about.id,
            at_ms=about.at_ms,
            source=self._source,
            backlog=about.backlog,
            battle_id=battle_id,
            stage=stage,
            own_score=own,
            other_score=other,
        )


def _sides(scores: dict[int, int], host_id: int) -> tuple[int, int]:
    others = [score for who, score in scores.items() if who != host_id]
    return scores[host_id], max(others, default=0)
