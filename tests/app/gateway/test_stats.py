"""The numbers of a stream: real events only, minute by minute."""

import dataclasses

import pytest

from app.core.events import Gift, Source
from app.core.outcome import Delivery, Drop, Outcome, Reason, Stage, Step, Trace
from app.gateway.stats import Stats
from app.store.journal import StreamSums

ROSE = Gift(
    id="g1",
    at_ms=0,
    gift_id=5655,
    name="Rose",
    coins=2,
    count=5,
    total=5,
    final=True,
    streak="s1",
)


class Wall:
    """A clock the test moves by hand."""

    now_ms = 0

    def __call__(self):
        return self.now_ms


@pytest.fixture
def wall():
    return Wall()


def test_gifts_and_coins_add_up(wall):
    stats = Stats(wall)
    stats.on_outcome(Outcome(ROSE, (), ()))
    stats.on_outcome(Outcome(dataclasses.replace(ROSE, id="g2", count=1), (), ()))
    view = stats.view(unknown=3)
    assert (view.gifts, view.coins, view.unknown_messages) == (6, 12, 3)


@pytest.mark.parametrize("source", [Source.PRETEND, Source.REPLAY])
def test_pretend_and_replayed_gifts_do_not_count(wall, source):
    stats = Stats(wall)
    stats.on_outcome(Outcome(dataclasses.replace(ROSE, source=source), (), ()))
    stats.on_delivery(Delivery("c", "d", "g1", "r", Stage.SENT, 0.0, 0))
    assert stats.view().gifts == 0
    assert stats.view().actions == 0


def test_actions_skips_and_failures_are_told_apart(wall):
    stats = Stats(wall)
    traces = tuple(
        Trace(reason.value, "", (Step("gate", False, reason),))
        for reason in (Reason.COOLDOWN, Reason.NO_MATCH, Reason.COMBO_RUNNING)
    )
    stats.on_outcome(Outcome(ROSE, (), traces))
    for stage, drop in (
        (Stage.SENT, Drop.NONE),
        (Stage.DONE, Drop.NONE),
        (Stage.DROPPED, Drop.TOO_OLD),
        (Stage.FAILED, Drop.LOST),
    ):
        stats.on_delivery(Delivery("c", "d", "g1", "r", stage, 0.0, 0, drop))
    view = stats.view()
    assert (view.actions, view.skipped, view.failed) == (1, 2, 1)


def test_minutes_without_gifts_are_zero_and_old_ones_fall_out(wall):
    stats = Stats(wall)
    stats.on_outcome(Outcome(ROSE, (), ()))
    wall.now_ms = 2 * 60_000
    stats.on_outcome(Outcome(ROSE, (), ()))
    assert stats.view().gifts_per_min == (5, 0, 5)
    wall.now_ms = 61 * 60_000
    assert stats.view().gifts_per_min[0] == 5
    assert len(stats.view().gifts_per_min) == 60


def test_a_stream_goes_on_from_what_the_journal_knows(wall):
    stats = Stats(wall)
    wall.now_ms = 3 * 60_000
    stats.restore(StreamSums(gifts=10, coins=20, actions=3, skipped=2, failed=1, minutes=((2, 4),)))
    stats.on_outcome(Outcome(ROSE, (), ()))
    assert stats.view().gifts == 15
    assert stats.view().gifts_per_min == (4, 5)
    stats.reset()
    assert stats.view().gifts == 0
