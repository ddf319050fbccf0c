"""Two results side by side as lines of figures."""

from app.gui.backtest.lines import output_lines, rule_lines, stretch, time_lines
from tests.app.gui.backtest.results import earlier, totals


def by_title(lines):
    return {line.title: line for line in lines}


def test_a_rule_tells_how_often_and_what_held_it_back():
    spin, quiet = rule_lines(totals(), None)
    assert [cell.now for cell in spin.cells] == ["20", "12", "8"]
    assert [cell.before for cell in spin.cells] == [None] * 3
    assert spin.under == "8 × cooling down"
    assert (spin.busy, quiet.busy) == (True, False)
    assert not spin.differs


def test_beside_other_rules_the_difference_is_marked():
    spin = rule_lines(totals(), earlier())[0]
    assert [(cell.now, cell.before, cell.change) for cell in spin.cells] == [
        ("20", "20", 0),
        ("12", "20", -1),
        ("8", "0", 1),
    ]
    assert spin.differs


def test_rules_that_only_one_side_has_are_shown_on_both():
    found = by_title(rule_lines(totals(), earlier()))
    assert [cell.now for cell in found["Gone"].cells] == ["0", "0", "0"]
    assert [cell.before for cell in found["Gone"].cells] == ["3", "3", "0"]
    assert "Not among the other rules" in found["Quiet"].under


def test_an_output_tells_times_queues_drops_and_coins():
    (motor,) = output_lines(totals(), None)
    assert motor.title == "Motor 1"
    assert [cell.now for cell in motor.cells] == ["12", "25 s", "6 s", "4", "7.5 s", "2", "1", "90"]
    assert motor.under == "2 × it waited too long"


def test_outputs_that_only_one_side_used_are_shown():
    found = by_title(output_lines(totals(), earlier()))
    assert [found["Lamp"].cells[0].now, found["Lamp"].cells[0].before] == ["0", "3"]
    assert found["Motor 1"].cells[5].change == -1


def test_a_device_with_several_outputs_names_each():
    now = totals()
    other = now.outputs[0].model_copy(update={"capability": "lamp", "output": "Light"})
    both = now.model_copy(update={"outputs": (*now.outputs, other)})
    assert [one.title for one in output_lines(both, None)] == ["Motor 1 · Motor", "Motor 1 · Light"]


def test_times_in_which_nothing_happened_are_left_out():
    found = time_lines(totals().bins, None)
    assert [line.title for line in found] == ["0:00 to 0:10", "0:20 to 0:30", "0:30 to 0:40"]
    assert [cell.now for cell in found[1].cells] == ["20", "60", "8", "10 s", "4", "2"]


def test_times_in_which_only_the_other_rules_did_something_are_shown():
    found = time_lines(totals().bins, earlier().bins)
    assert len(found) == 4
    assert found[1].cells[4].before == "2"


def test_a_stretch_is_said_in_hours_where_there_are_any():
    bins = totals().bins.model_copy(update={"every_s": 3600.0})
    assert stretch(bins, 2) == "2:00:00 to 3:00:00"
