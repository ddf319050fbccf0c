"""Branches, run by the engine."""

from __future__ import annotations

import pytest

from app.core.actions.choose import Choose
from app.core.sentences import step_sentence
from app.core.speech import Speaker
from tests.app.core.making import OPEN, engine, gift, rule, said

MANY = {"key": "count_compare", "number": 10}
SOME = {"key": "count_compare", "number": 5}
FLASH, SPIN, CLICK = {"key": "flash"}, {"key": "rotate", "rpm": 100}, {"key": "switch_on"}
CHOOSE = {
    "key": "choose",
    "branches": [{"only_if": [MANY], "do": [SPIN]}, {"only_if": [SOME], "do": [FLASH]}],
    "otherwise": [CLICK],
}


@pytest.mark.parametrize(
    ("count", "device", "told"),
    [
        (12, "motor-1", "takes branch 1"),
        (7, "light-1", "takes branch 2"),
        (1, "relay-1", "no branch fits, so it does what stands under “Else”"),
    ],
)
def test_the_first_branch_that_fits_is_done_or_the_rest(count, device, told):
    outcome = engine(rule(do=[CHOOSE])).handle(gift(count=count), 0.0, OPEN)
    assert [command.device_id for command in outcome.commands] == [device]
    step = next(step for step in outcome.traces[0].steps if step.gate == "do:choose")
    assert step_sentence(step, Speaker()) == told


def test_conditions_see_what_earlier_steps_set():
    made = rule(
        do=[
            {"key": "set_variable", "name": "mood", "number": 1},
            {
                "key": "choose",
                "branches": [{"only_if": [{"key": "variable_is", "name": "mood"}], "do": [FLASH]}],
            },
        ]
    )
    assert len(engine(made).handle(gift(), 0.0, OPEN).commands) == 1


def test_conditions_that_are_off_do_not_count():
    off = [{**MANY, "on": False}]
    made = rule(do=[{"key": "choose", "branches": [{"only_if": off, "do": [FLASH]}]}])
    assert len(engine(made).handle(gift(), 0.0, OPEN).commands) == 1


def test_it_says_and_holds_its_branches():
    made = Choose.model_validate(CHOOSE)
    en, vi = said(made)
    assert en == (
        "(if at least 10 arrive: rotate the motor by 1 round per gift at up to 100 RPM, "
        "else if at least 5 arrive: flash the light white 3 times, "
        "else switch on the relay for 3 s)"
    )
    assert vi == (
        "(nếu có ít nhất 10: cho động cơ quay 1 vòng mỗi món quà với tốc độ tối đa 100 vòng/phút, "
        "nếu không thì nếu có ít nhất 5: nháy đèn màu trắng 3 lần, "
        "nếu không thì bật rơ-le trong 3 giây)"
    )
    assert [part.key for part in made.inner()] == ["rotate", "flash", "switch_on"]
    anyway = Choose.model_validate({"branches": [{"do": [FLASH]}]})
    assert said(anyway)[0] == "(anyway: flash the light white 3 times)"
    assert said(Choose())[0] == "(choose what to do)"
