"""The result as a table for spreadsheets."""

import csv
import io

from app.core.backtests import RuleTotals
from app.gui.backtest.export import as_csv
from tests.app.gui.backtest.results import finished, totals


def rows(result):
    return list(csv.reader(io.StringIO(as_csv(result))))


def test_every_figure_has_a_line_and_both_sides():
    found = {tuple(one[:3]): one[3:] for one in rows(finished())}
    assert found["Part", "Name", "Figure"] == ["Now", "Before"]
    assert found["Rule", "Spin", "Ran"] == ["12", "20"]
    assert found["Rule", "Spin", "Held back: cooling down"] == ["8", ""]
    assert found["Rule", "Gone", "Ran"] == ["", "3"]
    assert found["Output", "Motor 1 · Motor", "Seconds on"] == ["25", "25"]
    assert found["Output", "Motor 1 · Motor", "Longest wait, in seconds"] == ["7.5", "7.5"]
    assert found["Time", "0:20", "Most waiting"] == ["4", "9"]


def test_without_a_comparison_there_is_one_column_less():
    assert {len(one) for one in rows(finished(compared=False))} == {4}


def test_a_name_is_never_a_formula():
    hostile = RuleTotals(rule_id="x", name="=cmd|' /C calc'!A0", considered=1, ran=1)
    result = finished(compared=False, now=totals(rules=(hostile,)))
    names = {one[1] for one in rows(result) if one[0] == "Rule"}
    assert names == {"'=cmd|' /C calc'!A0"}
