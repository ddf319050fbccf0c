"""The result: figures, filters of rules, plot or table."""

import pytest
from PySide6.QtCore import Qt

from app.gui.backtest.results import Results
from tests.app.gui.backtest.results import finished

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def results(qtbot):
    made = Results()
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    return made


def titles(results):
    return [line.title for line in results.rules.figures.lines]


def test_big_figures_say_what_they_were(results):
    results.show_result(finished(), "Busy", [])
    assert results.figures["waiting"].accessibleName() == "Most waiting: 4, before 9"
    assert results.figures["gifts"].accessibleName() == "Gifts: 30"
    # Both plays together: 80 seconds of stream in one.
    assert results.pace.text() == "40 s of a stream, played in 1 s, 80 times as fast"
    assert results.summary().startswith("Busy. Gifts: 30")


def test_rules_can_be_narrowed_down_by_keys_and_mouse(results, qtbot):
    results.show_result(finished(), "Busy", [])
    assert titles(results) == ["Spin", "Gone"]
    assert "1 more rule is not shown" in results.no_rules.text()
    qtbot.mouseClick(results.wanted.buttons["all"], LEFT)
    assert titles(results) == ["Spin", "Quiet", "Gone"]
    qtbot.mouseClick(results.wanted.buttons["differs"], LEFT)
    assert titles(results) == ["Spin", "Gone"]


def test_without_a_comparison_nobody_can_ask_for_differences(results, qtbot):
    results.show_result(finished(), "Busy", [])
    qtbot.mouseClick(results.wanted.buttons["differs"], LEFT)
    results.show_result(finished(compared=False), "Busy", [])
    assert not results.wanted.buttons["differs"].isVisible()
    assert titles(results) == ["Spin"]


def test_the_plot_can_be_read_as_a_table(results, qtbot):
    results.show_result(finished(), "Busy", [])
    qtbot.mouseClick(results.as_table, LEFT)
    assert (results.plot.isVisible(), results.times.isVisible()) == (False, True)
    assert results.times.figures.rowCount() == 4


def test_without_any_output_it_says_what_to_look_at(results):
    one = finished(compared=False)
    results.show_result(
        one.model_copy(update={"now": one.now.model_copy(update={"outputs": ()})}), "Busy", []
    )
    assert not results.outputs.isVisible()
    assert "Is a rule on" in results.no_outputs.text()
