"""Past events: what is asked for is what comes, whatever it is made of."""

import pytest

from app.core.events import Follow, Viewer, ViewerCount
from app.core.outcome import Delivery, Drop, Outcome, Reason, Stage, Step, Trace
from app.store.db import Database
from app.store.journal import Journal
from app.store.past import Wanted, past_gifts
from tests.app.store.samples import START_MS, gift, outcome

RAN = Trace("r", "R", (Step("do:rotate", passed=True, reason=Reason.PASSED),))
HELD = Trace("r", "R", (Step("limits:cooldown", passed=False, reason=Reason.COOLDOWN),))


def told(event_id, stage, drop=Drop.NONE, device="motor"):
    return Delivery(f"{event_id}/r/{stage}", device, event_id, "r", stage, 1.0, 1, drop)


@pytest.fixture
def database(tmp_path):
    """Two streams; a combo of which only the first step was not done; a follow."""
    made = Database(tmp_path / "journal.db", lambda _: None)
    made.open()
    journal = Journal(made, run="run")
    journal.begin_stream(1, "anna", START_MS)
    for number in (1, 2, 3):
        step = gift(number, streak="combo", count=1, total=number, final=number == 3)
        journal.on_outcome(outcome(step))
    journal.on_delivery(told("e1", Stage.FAILED, Drop.OFFLINE))
    journal.on_delivery(told("e2", Stage.DONE, device="light"))
    journal.on_outcome(Outcome(gift(4, streak=""), (), (HELD,)))
    follow = Follow(id="f", at_ms=START_MS + 9_000, viewer=Viewer(3, "lan"))
    journal.on_outcome(Outcome(follow, (), ()))
    journal.begin_stream(2, "anna", START_MS + 10_000)
    journal.on_outcome(Outcome(gift(11, streak=""), (), (RAN,)))
    count = ViewerCount(id="v", at_ms=START_MS + 12_000, count=80)
    journal.on_outcome(Outcome(count, (), (RAN,)))
    yield made
    made.close()


async def ids(database, **wanted):
    rows, _ = await past_gifts(database, Wanted(**wanted))
    return [row.event_id for row in rows]


async def test_kinds_and_streams_are_chosen(database):
    assert await ids(database) == ["e11", "e4", "e3"]
    assert await ids(database, kind="") == ["v", "e11", "f", "e4", "e3"]
    assert await ids(database, kind="follow") == ["f"]
    assert await ids(database, kind="viewers") == ["v"]
    assert await ids(database, kind="", room_id=2) == ["v", "e11"]
    assert await ids(database, kind="nothing like that") == []


async def test_trouble_of_any_step_is_trouble_of_the_combo(database):
    assert await ids(database, only="trouble") == ["e4", "e3"]
    assert await ids(database, only="trouble", room_id=2) == []
    rows, _ = await past_gifts(database, Wanted(room_id=1))
    assert [row.fate for row in rows] == [None, ("failed", "offline", "motor")]


async def test_a_device_is_that_of_any_step(database):
    assert await ids(database, device_id="light") == ["e3"]
    assert await ids(database, device_id="motor", kind="") == ["e3"]
    assert await ids(database, device_id="relay") == []


async def test_other_events_come_whole_and_a_page_goes_on_where_the_last_one_ended(database):
    rows, more = await past_gifts(database, Wanted(kind="", limit=3))
    assert more
    assert [type(row.event).__name__ for row in rows] == ["ViewerCount", "NoneType", "Follow"]
    last = rows[-1]
    assert await ids(database, kind="", before_ms=last.at_ms, before_row=last.row) == ["e4", "e3"]


async def test_a_search_with_signs_of_its_own_finds_nothing_else(database):
    assert await ids(database, kind="", search="lan") == ["f"]
    assert await ids(database, kind="", search="%") == []
