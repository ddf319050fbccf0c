"""The last minute of a value, as steps."""

import pytest

from app.gui.widgets.spark import Bar, History, MinuteBars, Spark, thinned


def test_a_value_holds_until_the_next():
    line = History()
    line.add(0.0, 10.0)
    line.add(100.0, 40.0)
    assert line.points(70.0) == [
        (0.0, 0.0), (pytest.approx(0.5), 0.0), (pytest.approx(0.5), 100.0), (1.0, 100.0),
    ]  # fmt: skip


def test_a_value_from_before_the_minute_still_holds():
    line = History()
    line.add(42.0, 0.0)
    assert line.points(500.0) == [(0.0, 42.0), (1.0, 42.0)]
    assert not line.moves(500.0)


def test_a_change_after_a_long_rest_is_a_step_and_no_slope():
    line = History()
    line.add(0.0, 0.0)
    line.add(100.0, 130.0)
    assert line.points(160.0) == [
        (0.0, 0.0), (pytest.approx(0.5), 0.0), (pytest.approx(0.5), 100.0), (1.0, 100.0),
    ]  # fmt: skip


def test_nothing_known_is_nothing_drawn():
    assert History().points(0.0) == []


def test_repeats_take_no_room():
    line = History()
    for n in range(10_000):
        line.add(5.0, n / 100)
    assert len(line._points) == 2


def test_they_paint_with_and_without_values(qtbot):
    line = History()
    for values in ((), (1.0, 250.0, 3.0)):
        for n, value in enumerate(values):
            line.add(value, float(n))
        for widget in (Spark(line), Spark(line, axis=True, height=72)):
            qtbot.addWidget(widget)
            widget.resize(200, widget.height())
            assert not widget.grab().isNull()
    minutes, bar = MinuteBars(), Bar()
    for widget in (minutes, bar):
        qtbot.addWidget(widget)
    minutes.show_values((1, 5, 2))
    bar.show_share(0.5)
    assert not minutes.grab().isNull()
    assert not bar.grab().isNull()


def filled_columns(widget):
    """Return which columns have the soft field of a finished line under them."""
    image = widget.grab().toImage()
    ground = image.pixel(image.width() - 2, 1)
    low = image.height() - 6
    return [x for x in range(image.width()) if image.pixel(x, low) != ground]


def test_the_minute_that_still_runs_is_no_part_of_the_line(qtbot):
    minutes = MinuteBars()
    qtbot.addWidget(minutes)
    minutes.resize(200, minutes.height())
    minutes.show_values((5, 5, 5, 5, 0))
    filled = filled_columns(minutes)
    assert set(range(10, 140)) <= set(filled)
    # Three quarters of the width are over; what follows are dots.
    assert len([x for x in filled if x > 160]) < 20


def test_thinning_keeps_every_peak():
    points = [(n / 1000, float(n % 7 == 0) * n) for n in range(1000)]
    few = thinned(points, 50)
    assert len(few) <= 100
    assert max(value for _, value in few) == 994.0
    assert [x for x, _ in few] == sorted(x for x, _ in few)
    assert thinned(points[:10], 50) == points[:10]
