"""Every reason, failure and script has its words, in both languages."""

import pytest

from app.core import effects
from app.core.backtests import SCRIPTS, Failed
from app.core.outcome import Drop, Reason
from app.gui.backtest import wording


@pytest.mark.parametrize("code", ["en", "vi"])
def test_no_word_is_missing_and_none_has_a_gap(language, code):
    language.choose(code)
    said = [wording.held(one.value) for one in Reason]
    said += [wording.dropped(one.value) for one in Drop if one is not Drop.NONE]
    said += [wording.dropped("failed"), wording.dropped("dropped")]
    said += [wording.failure(one, "x") for one in wording.FAILURES]
    assert all(said)
    assert not [one for one in said if "{" in one or "_" in one]


def test_every_script_and_every_failure_is_worded():
    assert set(wording.SCRIPTS) == set(SCRIPTS)
    codes = Failed.__doc__.split("Codes:")[1].replace(".", "").replace("\n", "").split(",")
    assert {code.strip() for code in codes} == set(wording.FAILURES)


def test_reasons_come_with_their_counts_the_most_frequent_first():
    said = wording.counted({"cooldown": 2, "stopped": 5, "waiting": 0}, wording.held)
    assert said == "5 × everything is stopped, 2 × cooling down"


@pytest.mark.parametrize(
    ("length_s", "said"),
    [(4.2, "4.2 s"), (59, "59 s"), (60, "1 min"), (200, "3 min 20 s"), (3900, "1 h 5 min")],
)
def test_lengths_are_said_as_people_do(length_s, said):
    assert wording.length(length_s) == said


def test_places_are_minutes_and_hours():
    assert [wording.place(one) for one in (0, 65, 3725)] == ["0:00", "1:05", "1:02:05"]


def test_every_outlet_is_named():
    ours = [one for one in effects.Effect.__subclasses__() if one.__module__ == effects.__name__]
    outlets = {kind.outlet for kind in ours}
    assert outlets == set(wording.OUTLETS)
