"""Tables of figures: spoken cell by cell and row by row, with what was before."""

import pytest
from PySide6.QtCore import Qt

from app.gui.backtest.lines import RULE_COLUMNS, rule_lines
from app.gui.backtest.table import FigureModel, FigureTable
from tests.app.gui.backtest.results import earlier, totals

SPOKEN = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def table(qtbot):
    made = FigureTable(FigureModel("Rule", RULE_COLUMNS), "Rules", most=2)
    qtbot.addWidget(made)
    made.resize(600, 200)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def test_a_row_speaks_all_its_figures(table):
    table.figures.show_lines(rule_lines(totals(), earlier()))
    spoken = table.figures.index(0, 0).data(SPOKEN)
    assert spoken == (
        "Spin. Considered: 20, before 20. Ran: 12, before 20. Held back: 8, before 0. "
        "8 × cooling down"
    )
    assert table.figures.index(0, 2).data(SPOKEN) == "Ran: 12, before 20"


def test_the_height_is_that_of_its_lines_up_to_the_most(table):
    lines = rule_lines(totals(), earlier())
    heights = []
    for count in (1, 2, 3):
        table.figures.show_lines(lines[:count])
        heights.append(table.height())
    assert heights[0] < heights[1] == heights[2]


def test_keys_choose_rows_and_tab_leaves(table, qtbot):
    table.figures.show_lines(rule_lines(totals(), None))
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    assert table.currentIndex().row() == 0
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.currentIndex().row() == 1
    assert not table.tabKeyNavigation()


def test_it_follows_the_language(table, language):
    table.figures.show_lines(rule_lines(totals(), None))
    language.choose("vi")
    header = table.figures.headerData(2, Qt.Orientation.Horizontal)
    assert header == "Đã chạy"
    table.grab()
