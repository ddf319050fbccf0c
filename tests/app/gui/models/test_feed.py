"""The list takes floods in a few inserts, stays capped, and grows rows in place."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QAbstractItemModelTester

from app.gui.models.feed import CAP, FeedFilter, FeedModel
from tests.app.gui.sample import NOW_MS, row


@pytest.fixture
def model(qapp):
    feed = FeedModel()
    feed.tester = QAbstractItemModelTester(feed)
    feed.inserts = []
    feed.rowsInserted.connect(lambda _, first, last: feed.inserts.append(last - first + 1))
    return feed


def rows(count, **fields):
    """Rows one second apart, so that nothing is merged; oldest first."""
    return [
        row(
            0,
            key=f"k{n}",
            event_id=f"e{n}",
            at_ms=NOW_MS + n * 1000,
            gift="Rose",
            count=1,
            who=f"v{n}",
            **fields,
        )
        for n in range(count)
    ]


def texts(model):
    return [model.index(place, 0).data() for place in range(model.rowCount())]


def test_five_thousand_rows_at_once_take_three_inserts_at_most(model):
    model.take(rows(5000))
    assert len(model.inserts) <= 3
    assert model.rowCount() == CAP
    assert "v4999" in texts(model)[0]


def test_the_list_never_grows_past_its_cap(model):
    # It walks every row on every change, which is not what is tested here.
    model.tester.deleteLater()
    QCoreApplication.sendPostedEvents(model.tester, QEvent.Type.DeferredDelete)
    for start in range(0, 6000, 100):
        model.take([r.model_copy(update={"key": f"x{start}-{n}"}) for n, r in enumerate(rows(100))])
    assert model.rowCount() == CAP
    assert len(model.inserts) == 60


def test_a_combo_is_one_row_that_counts_up(model):
    first = row(0, key="combo", gift="Rose", count=1, who="a", final=False)
    model.take([first, row(1, key="other", gift="Rose", count=1, who="b")])
    model.take([first.model_copy(update={"count": 12, "final": True})])
    assert model.rowCount() == 2
    assert "sent Rose ×12" in texts(model)[1]
    assert model.inserts == [2]


def test_above_fifty_a_second_rows_of_one_gift_become_one(model):
    crowd = [
        row(
            0,
            key=f"k{n}",
            event_id=f"e{n}",
            at_ms=NOW_MS,
            gift="Rose",
            coins=1,
            count=2,
            who=f"v{n % 40}",
        )
        for n in range(250)
    ]
    model.take(crowd)
    assert model.rowCount() == 51
    newest = model.entry(model.index(0, 0)).row
    assert newest.count == 400
    assert newest.people == 40
    assert "40 viewers sent Rose ×400" in texts(model)[0]


def test_a_row_inside_a_merged_one_still_counts_up(model):
    crowd = [
        row(0, key=f"k{n}", at_ms=NOW_MS, gift="Rose", count=1, who=f"v{n}") for n in range(60)
    ]
    model.take(crowd)
    model.take([crowd[59].model_copy(update={"count": 5})])
    assert model.entry(model.index(0, 0)).row.count == 10 - 1 + 5


def test_problems_are_never_merged_and_are_counted(model):
    trouble = [
        row(
            0,
            key=f"k{n}",
            at_ms=NOW_MS,
            gift="Rose",
            count=1,
            result="failed",
            reason="offline",
            rule_name="R",
        )
        for n in range(80)
    ]
    seen = []
    model.problems_changed.connect(seen.append)
    model.take(trouble)
    assert model.rowCount() == 80
    assert model.problems == 80
    assert seen == [80]
    model.take([trouble[0].model_copy(update={"result": "ran", "reason": ""})])
    assert model.problems == 79


def test_a_paused_list_holds_new_rows_but_updates_old_ones(model):
    model.take(rows(2))
    model.pause(on=True)
    held = []
    model.held_back.connect(held.append)
    model.take([row(0, key="new", gift="Lion", count=1)])
    model.take([rows(1)[0].model_copy(update={"count": 7})])
    assert model.rowCount() == 2
    assert held[-1] == 1
    assert "×7" in texts(model)[1]
    model.pause(on=False)
    assert model.rowCount() == 3
    assert held[-1] == 0


def test_the_filter_shows_gifts_or_problems(model):
    model.take(
        [
            row(3, "follow", who="a"),
            row(2, gift="Rose", count=1, who="b"),
            row(
                1, gift="Rose", count=1, who="c", result="failed", reason="no_answer", rule_name="R"
            ),
        ]
    )
    shown = FeedFilter(model)
    counts = {}
    for mode in ("all", "gifts", "problems"):
        shown.show_only(mode)
        counts[mode] = shown.rowCount()
    assert counts == {"all": 3, "gifts": 2, "problems": 1}


def test_a_snapshot_replaces_everything(model):
    model.take(rows(10))
    model.reset(rows(3))
    assert model.rowCount() == 3
    assert model.problems == 0


def test_a_snapshot_shows_also_while_the_list_is_paused(model):
    model.pause(on=True)
    model.reset(rows(3))
    assert model.rowCount() == 3
    assert model.paused


def test_rows_are_worded_again_in_another_language(model, language):
    model.take([row(0, gift="Rose", count=3, who="a")])
    assert "sent Rose ×3" in texts(model)[0]
    language.choose("vi")
    model.reword()
    assert "tặng Hoa hồng ×3" in texts(model)[0]


def test_the_row_is_spoken_in_full(model):
    model.take([row(0, gift="Rose", count=3, who="a", result="skipped", reason="cooldown",
                    values={"left_s": 1.2}, rule_name="Spin")])  # fmt: skip
    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("@a sent Rose ×3. Spin skipped: cooling down, 1.2 s left.")


def test_a_long_flood_does_not_fill_the_memory(model):
    model.tester.deleteLater()
    QCoreApplication.sendPostedEvents(model.tester, QEvent.Type.DeferredDelete)
    for second in range(300):
        model.take(
            row(0, key=f"{second}/{n}", at_ms=NOW_MS + second * 1000, gift="Rose", count=1, who="a")
            for n in range(80)
        )
    assert model.rowCount() == CAP
    assert len(model._by_key) < 3 * CAP + 70 * 80
