"""The made-up streams: the same again, in order, and with the numbers their names promise."""

import pytest

from app import paths
from app.backtest.scripts import PACES, script_events
from app.core.backtests import SCRIPTS
from app.core.events import Gift, StreamEnded, StreamStarted
from app.core.giftlist import GiftList
from app.live.gift_seed import read_gifts


@pytest.fixture(scope="module")
def gifts():
    return GiftList(read_gifts(paths.resources() / "gifts" / "starter.json"))


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_begins_ends_and_goes_forward(name, gifts):
    events = script_events(name, 1, gifts)
    times = [at_s for at_s, _ in events]
    assert times == sorted(times)
    assert isinstance(events[0][1], StreamStarted)
    assert isinstance(events[-1][1], StreamEnded)
    assert times[-1] == PACES[name].length_s
    assert len({event.id for _, event in events}) == len(events)


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_same_seed_gives_the_same_stream_and_another_seed_another(name, gifts):
    first = script_events(name, 7, gifts)
    assert script_events(name, 7, gifts) == first
    if name != "roses":
        assert [at for at, _ in script_events(name, 8, gifts)] != [at for at, _ in first]


def test_five_hundred_roses_are_five_hundred(gifts):
    roses = [event for _, event in script_events("roses", 1, gifts) if isinstance(event, Gift)]
    assert sum(gift.count for gift in roses) == 500
    assert {gift.name for gift in roses} == {"Rose"}


def test_a_flood_is_about_two_hundred_gifts_a_second(gifts):
    flood = [event for _, event in script_events("flood", 1, gifts) if isinstance(event, Gift)]
    assert 11_000 < sum(gift.count for gift in flood) < 13_000


def test_every_combo_of_a_storm_ends_once(gifts):
    storm = [event for _, event in script_events("combos", 1, gifts) if isinstance(event, Gift)]
    ends = [gift.streak for gift in storm if gift.final]
    assert len(ends) == len(set(ends))
    assert set(ends) == {gift.streak for gift in storm}
    by_streak = {}
    for gift in storm:
        by_streak[gift.streak] = by_streak.get(gift.streak, 0) + gift.count
        assert gift.total == by_streak[gift.streak]
