"""Battles at each of their points."""

from __future__ import annotations

import pytest

from app.core.events import Battle, BattleStage
from app.core.triggers.battle import BattleTurns
from tests.app.core.making import follow, occasion, said


def battle(stage):
    return Battle(id="b1", at_ms=1, battle_id=1, stage=stage, own_score=7, other_score=3)


@pytest.mark.parametrize(
    ("stage", "fits", "en", "vi"),
    [
        ("started", {"started"}, "a battle begins", "trận PK bắt đầu"),
        ("won", {"won"}, "you win a battle", "bạn thắng trận PK"),
        ("lost", {"lost"}, "you lose a battle", "bạn thua trận PK"),
        ("draw", {"draw"}, "a battle ends in a draw", "trận PK hòa"),
        (
            "ended",
            {"won", "lost", "draw", "cancelled"},
            "a battle ends",
            "trận PK kết thúc",
        ),
    ],
)
def test_it_fits_its_point_and_is_found_by_it(stage, fits, en, vi):
    trigger = BattleTurns(stage=stage)
    events = [battle(point) for point in BattleStage]
    assert {e.stage for e in events if trigger.match(occasion(e)).passed} == fits
    found = {e.stage for e in events if set(trigger.keys()) & set(trigger.keys_of(e))}
    assert found == fits
    assert said(trigger) == (en, vi)


def test_formulas_may_ask_the_scores():
    verdict = BattleTurns().match(occasion(battle(BattleStage.WON)))
    assert dict(verdict.values) == {"own_score": 7, "other_score": 3}
    assert battle(BattleStage.WON).numbers() == {"own_score": 7, "other_score": 3}
    assert BattleTurns.keys_of(follow()) == ()
