"""What was thrown away before it moved is owed; what moved is not, and nothing is owed twice."""

import pytest

from app.core.events import Gift, Source, Viewer
from app.core.outcome import Command, Delivery, Drop, Outcome, Reason, Stage, Step, Trace
from app.gateway.owedbook import MAX_OWED, OwedBook
from app.store.db import Database
from app.store.kept import Kept
from drivers.contract import Rotate
from tests.app.gateway.play import rule

RULES = {"keeps": rule("keeps", limits={"owed_for_s": 60}), "other": rule("other")}
RAN = Step("do:rotate", passed=True, reason=Reason.PASSED)


class Rig:
    def __init__(self, path):
        self.now_ms = 1_000_000
        self.database = Database(path, lambda _notice: None)
        self.database.open()
        self.book = self.another()

    def another(self):
        return OwedBook(Kept(self.database, "owed"), RULES.get, lambda: self.now_ms)

    def ran(self, number=1, rule_id="keeps", **changes):
        values = {
            "id": f"g{number}",
            "at_ms": number,
            "viewer": Viewer(1, "mai"),
            "gift_id": 5655,
            "name": "Rose",
            "coins": 1,
            "count": 1,
            "total": 1,
            "final": True,
            "streak": "",
        }
        gift = Gift(**values | changes)
        command = Command(
            f"{gift.id}/{rule_id}/0", "motor", "turn", Rotate(1.0, 60.0), 99.0, event_id=gift.id
        )
        self.book.on_outcome(Outcome(gift, (command,), (Trace(rule_id, "R", (RAN,)),)))

    def told(self, stage, drop=Drop.NONE, number=1, rule_id="keeps"):
        event = f"g{number}"
        self.book.on_delivery(
            Delivery(f"{event}/{rule_id}/0", "motor", event, rule_id, stage, 1.0, 1, drop)
        )

    @property
    def owed(self):
        return [(one.event_id, one.reason) for one in self.book.views()]


@pytest.fixture
def rig(tmp_path):
    made = Rig(tmp_path / "journal.db")
    yield made
    made.database.close()


@pytest.mark.parametrize(
    "drop", [Drop.OFFLINE, Drop.NO_DEVICE, Drop.QUEUE_FULL, Drop.STOPPED, Drop.TOO_OLD]
)
async def test_what_was_thrown_away_unsent_is_owed_once_and_outlives_the_core(rig, drop):
    rig.ran()
    rig.told(Stage.QUEUED)
    rig.told(Stage.DROPPED, drop)
    rig.told(Stage.DROPPED, drop)
    assert rig.owed == [("g1", drop.value)]
    rig.book = rig.another()
    await rig.book.restore()
    assert rig.owed == [("g1", drop.value)]


async def test_what_waited_when_stop_was_pressed_is_owed_and_what_was_under_way_is_not(rig):
    rig.ran()
    rig.told(Stage.QUEUED)
    rig.told(Stage.STOPPED, Drop.STOPPED)
    rig.ran(2)
    rig.told(Stage.SENT, number=2)
    rig.told(Stage.STOPPED, Drop.STOPPED, number=2)
    assert rig.owed == [("g1", "stopped")]


async def test_what_was_not_paid_after_all_is_owed_as_before_with_what_came_meanwhile(rig):
    for number in (1, 2):
        rig.ran(number, streak=f"s{number}")
        rig.told(Stage.DROPPED, Drop.OFFLINE, number)
    first, second = (rig.book.get(one) for one in rig.book.ids())
    assert rig.book.drop(first.id)
    assert rig.book.drop(second.id)
    rig.book.put_back(second)
    rig.ran(3, streak="s1", count=4)
    rig.told(Stage.DROPPED, Drop.OFFLINE, 3)
    rig.book.put_back(first)
    assert [(one.id, one.count) for one in rig.book.views()] == [("s2/keeps", 1), ("s1/keeps", 5)]
    assert rig.book.get("s1/keeps").until_ms == first.until_ms
    assert await rig.book.settled()
    rig.book = rig.another()
    await rig.book.restore()
    assert {one.id: one.count for one in rig.book.views()} == {"s1/keeps": 5, "s2/keeps": 1}


@pytest.mark.parametrize("drop", [Drop.RATE, Drop.REPLACED, Drop.BUSY, Drop.SKIPPED])
async def test_what_a_limit_or_the_user_threw_away_is_not_owed(rig, drop):
    rig.ran()
    rig.told(Stage.DROPPED, drop)
    assert rig.owed == []


async def test_what_has_moved_is_not_owed_whatever_comes_later(rig):
    rig.ran()
    rig.told(Stage.SENT)
    rig.told(Stage.DROPPED, Drop.OFFLINE)
    assert rig.owed == []


async def test_rules_that_do_not_say_so_and_practice_owe_nothing(rig):
    rig.ran(rule_id="other")
    rig.told(Stage.DROPPED, Drop.OFFLINE, rule_id="other")
    rig.ran(2, source=Source.PRETEND)
    rig.told(Stage.DROPPED, Drop.OFFLINE, 2)
    assert rig.owed == []


async def test_the_steps_of_a_combo_are_owed_together(rig):
    for number in (1, 2, 3):
        rig.ran(number, streak="s", count=number, total=number, final=False)
        rig.told(Stage.DROPPED, Drop.OFFLINE, number)
    (owed,) = rig.book.views()
    assert owed.count == 6


async def test_debts_run_out_and_their_number_is_bounded(rig):
    for number in range(MAX_OWED + 3):
        rig.ran(number)
        rig.told(Stage.DROPPED, Drop.OFFLINE, number)
    assert len(rig.owed) == MAX_OWED
    assert rig.owed[0][0] == "g3"
    rig.now_ms += 61_000
    assert rig.book.ids() == ()
    rig.book = rig.another()
    await rig.book.restore()
    assert rig.owed == []


async def test_what_is_thrown_away_after_its_profile_was_left_is_owed_all_the_same(tmp_path):
    database = Database(tmp_path / "journal.db", lambda _notice: None)
    database.open()
    # What is at hand when the gift comes, and no more when its command is thrown away.
    rules, profile = dict(RULES), "day"
    book = OwedBook(Kept(database, "owed"), rules.get, lambda: 1_000, lambda: profile)
    amount = {"coins": 1, "count": 1, "total": 1, "final": True, "streak": ""}
    gift = Gift(id="g1", at_ms=1, viewer=Viewer(1, "mai"), gift_id=5655, name="Rose", **amount)
    command = Command("g1/keeps/0", "motor", "turn", Rotate(1.0, 60.0), 99.0, event_id="g1")
    book.on_outcome(Outcome(gift, (command,), (Trace("keeps", "R", (RAN,)),)))
    rules.clear()
    profile = "night"
    book.on_delivery(
        Delivery("g1/keeps/0", "motor", "g1", "keeps", Stage.DROPPED, 1.0, 1, Drop.OFFLINE)
    )
    (owed,) = book.views()
    assert (owed.rule_name, owed.profile, owed.until_ms) == ("KEEPS", "day", 61_000)
    database.close()
