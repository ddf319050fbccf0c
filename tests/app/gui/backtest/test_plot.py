"""The plot: what it says at each place, by mouse and by keys, and that it paints what is there."""

import pytest
from PySide6.QtCore import QPoint, Qt

from app.core.backtests import Bins
from app.gui.backtest.plot import Plot, grouped
from tests.app.gui.backtest.results import earlier, totals


@pytest.fixture
def plot(qtbot):
    made = Plot()
    qtbot.addWidget(made)
    made.resize(800, 220)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_keys_go_through_the_stream_and_say_what_is_there(plot, qtbot):
    plot.show_bins(totals().bins, None, 1)
    said = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_Left, Qt.Key.Key_Home):
        qtbot.keyClick(plot, key)
        said.append(plot.accessibleDescription())
    assert [one.split(": ")[0] for one in said] == [
        "0:00 to 0:10", "0:30 to 0:40", "0:20 to 0:30", "0:00 to 0:10",
    ]  # fmt: skip
    assert said[2] == "0:20 to 0:30: 20 gifts, 60 coins, 4 waiting, 2 not done, on for 10 s"


def test_it_says_what_was_beside_what_is(plot):
    plot.show_bins(totals().bins, earlier().bins, 1)
    plot.choose(2)
    assert "4 waiting (was 9)" in plot.text()
    assert "2 not done (was 7)" in plot.text()


def test_the_mouse_reads_the_column_it_is_over(plot, qtbot):
    plot.show_bins(totals().bins, None, 1)
    room = plot._room()
    qtbot.mouseMove(plot, QPoint(int(room.left() + room.width() * 0.6), 100))
    assert plot.at == 2
    qtbot.mouseMove(plot, QPoint(3, 100))
    assert plot.at == -1


def test_it_paints_more_where_there_is_more(plot):
    def ink(bins, before=None):
        plot.show_bins(bins, before, 1)
        image = plot.grab().toImage()
        ground = image.pixel(5, image.height() - 5)
        return sum(
            image.pixel(x, y) != ground
            for x in range(0, image.width(), 3)
            for y in range(0, image.height(), 3)
        )

    empty = Bins(every_s=10, gifts=(0,) * 4, coins=(0,) * 4, commands=(0,) * 4, waiting=(0,) * 4,
                 drops=(0,) * 4, on_s=(0.0,) * 4)  # fmt: skip
    nothing, alone = ink(empty), ink(totals().bins)
    assert nothing < alone < ink(totals().bins, earlier().bins)


def test_without_a_stream_nothing_is_said_or_painted(plot, qtbot):
    assert plot.text() == ""
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert plot.text() == ""
    plot.grab()


def test_bars_are_gifts_a_minute_and_few_enough_to_see():
    assert grouped((5, 0, 20, 5), 10.0) == ([30.0, 0.0, 120.0, 30.0], 1)
    bars, span = grouped((1,) * 600, 12.0)
    assert len(bars) <= 90
    assert span == 7
    assert bars[0] == pytest.approx(5)
