"""What people gave is summed once an event, over streams, and stays when history is deleted."""

from dataclasses import replace

import pytest

from app.core.events import Source, StreamStarted, Viewer
from app.store.db import Database
from app.store.journal import Journal
from app.store.kept import Kept
from app.store.past import Wanted, past_gifts
from app.store.people import People
from tests.app.store.samples import ROOM, START_MS, gift, outcome

OTHER = 77
MAI = Viewer(7, "mai", "Mai")


@pytest.fixture
def database(tmp_path):
    made = Database(tmp_path / "journal.db", lambda _notice: None)
    made.open()
    yield made
    made.close()


@pytest.fixture
def journal(database):
    made = Journal(database)
    made.on_outcome(outcome(StreamStarted(id="start", at_ms=START_MS, room_id=ROOM)))
    return made


def keep(journal, *gifts):
    for one in gifts:
        journal.on_outcome(outcome(one))


async def test_a_gift_that_is_told_twice_counts_once(database, journal):
    keep(journal, gift(1), gift(1), gift(2, viewer=MAI, count=5, coins=10))
    rows, count = await People(database).board(10)
    assert [(one.handle, one.coins, one.gifts) for one in rows] == [("mai", 50, 5), ("anna", 2, 2)]
    assert count == 2


async def test_only_real_gifts_count(database, journal):
    keep(journal, gift(1, source=Source.PRETEND), gift(2, source=Source.REPLAY))
    assert await People(database).board(10) == ([], 0)
    assert await People(database).gave(ROOM) == []


async def test_one_stream_is_apart_from_all(database, journal):
    keep(journal, gift(1))
    journal.on_outcome(outcome(StreamStarted(id="next", at_ms=START_MS, room_id=OTHER)))
    keep(journal, gift(2), gift(3, viewer=MAI))
    people = People(database)
    assert {one.handle: one.gifts for one in await people.gave(OTHER)} == {"anna": 2, "mai": 2}
    assert {one.handle: one.gifts for one in (await people.board(10))[0]} == {"anna": 4, "mai": 2}
    assert await people.known(OTHER) == [42]
    assert await people.known(ROOM) == [7]


async def test_deleted_history_takes_nothing_from_anybody(database, journal):
    keep(journal, gift(1))
    assert await journal.prune(0, START_MS + 10 * 24 * 3600 * 1000) > 0
    assert (await People(database).board(10))[1] == 1


async def test_who_was_only_seen_is_known_but_gave_nothing(database, journal):
    people = People(database)
    people.seen((1 << 64) - 5, "far", "", ROOM)
    people.seen((1 << 64) - 5, "far", "", OTHER)
    assert await people.known(OTHER) == [(1 << 64) - 5]
    assert await people.known(ROOM) == []
    assert await people.board(10) == ([], 0)


async def test_small_things_are_kept_apart_by_kind(database):
    some, other = Kept(database, "variable"), Kept(database, "goal")
    some.put("deaths", {"value": 1.0})
    some.put("deaths", {"value": 2.5, "text": "Động cơ"})
    some.put("gone", {})
    some.drop("gone")
    assert await some.all() == {"deaths": {"value": 2.5, "text": "Động cơ"}}
    assert await other.all() == {}


async def test_a_combo_is_one_row_with_the_whole_count_and_the_traces_of_its_steps(
    database, journal
):
    steps = [gift(n, streak="combo", count=1, total=n, final=False) for n in (1, 2, 3)]
    keep(journal, *steps)
    end = gift(4, streak="combo", count=0, total=3, final=True)
    journal.on_outcome(outcome(end, ran=False))
    keep(journal, gift(5, streak="", total=1, count=1))
    rows, more = await past_gifts(database, Wanted())
    assert [(one.event_id, one.count) for one in rows] == [("e5", 1), ("e4", 3)]
    assert not more
    assert [event_id for event_id, _ in rows[1].steps] == ["e1", "e2", "e3", "e4"]
    assert rows[1].steps[0][1][0].ran


async def test_pages_follow_each_other_without_gap_or_repeat_even_at_the_same_moment(
    database, journal
):
    keep(journal, *(gift(n, at_ms=START_MS + n // 3, streak=f"s{n}") for n in range(20)))
    seen, place, more = [], (0, 0), True
    while more:
        rows, more = await past_gifts(database, Wanted(*place, limit=3))
        seen += [one.event_id for one in rows]
        place = (rows[-1].at_ms, rows[-1].row)
    assert seen == [f"e{n}" for n in reversed(range(20))]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(search="ÄNNA"), set()),
        (Wanted(search="anna"), {"e1"}),
        (Wanted(search="100%"), {"e2"}),
        (Wanted(search="%"), {"e2"}),
        (Wanted(search="_"), set()),
        (Wanted(gift_id=9), {"e2"}),
        (Wanted(viewer_id=7), {"e2"}),
        (Wanted(pretend=True), {"e1", "e2", "e3"}),
    ],
)
async def test_the_history_is_searched_by_who_and_what(database, journal, wanted, found):
    first = gift(1, streak="a")
    second = gift(2, streak="b", viewer=MAI, gift_id=9, name="100% Rose")
    third = replace(gift(3, streak="c", viewer=Viewer(-5, "practice")), source=Source.PRETEND)
    keep(journal, first, second, third)
    rows, _ = await past_gifts(database, wanted)
    assert {one.event_id for one in rows} == found
