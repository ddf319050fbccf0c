"""Lines of traces and of what would be sent: exact, in both languages, with nothing left unworded."""

import dataclasses

import pytest

from app.core import effects
from app.core.outcome import Reason
from app.core.speech import Speaker
from app.gateway.views import PlannedView, TraceStepView
from app.gui.widgets.trace_lines import (
    EFFECTS,
    OUTLETS,
    TraceLine,
    gate_words,
    length_s,
    planned_words,
    why_words,
)

MOTOR = {"rule_id": "r", "device_id": "motor", "device": "Motor"}
KINDS = [one for one in vars(effects).values() if isinstance(one, type)]
ALL_EFFECTS = [
    one for one in KINDS if issubclass(one, effects.Effect) and one is not effects.Effect
]


def planned(instruction, duration_s=None, after_s=0.0, **args):
    return PlannedView(
        **MOTOR, instruction=instruction, args=args, duration_s=duration_s, after_s=after_s
    )


@pytest.mark.parametrize(
    ("view", "text"),
    [
        (planned("rotate", rounds=3.0, rpm=60.0), "Motor: 3 rounds at 60 RPM"),
        (
            planned("rotate", rounds=1.0, rpm=60.0, reverse=True),
            "Motor: 1 round at 60 RPM, backwards",
        ),
        (
            planned("set_color", 10.0, 2.0, red=255, green=128, blue=0),
            "Motor: colour 255, 128, 0 · for 10 s at most · after 2 s",
        ),
        (planned("switch", 1.5, on=True), "Motor: switch on · for 1.5 s at most"),
    ],
)
def test_a_command_is_told_exactly(qapp, view, text):
    assert planned_words(view) == text


@pytest.mark.parametrize("effect", ALL_EFFECTS, ids=lambda one: one.__name__)
@pytest.mark.parametrize("code", ["en", "vi"])
def test_every_effect_has_words_and_an_outlet_and_tells_no_secret(language, effect, code):
    language.choose(code)
    texts = {one.name: "hush" if one.name == "secret" else "word" for one in fields(effect)}
    args = {name: texts[name] if kind == "str" else 1 for name, kind in types(effect).items()}
    view = PlannedView(
        rule_id="r",
        device_id=f"outlet:{effect.outlet}",
        instruction=effect.__name__,
        args=args,
    )
    assert effect.__name__ in EFFECTS
    assert effect.outlet in OUTLETS
    said = planned_words(view)
    assert "hush" not in said
    assert "{" not in said
    assert "word" in said


def fields(effect):
    return dataclasses.fields(effect)


def types(effect):
    return {one.name: str(one.type) for one in fields(effect)}


def test_a_source_may_be_hidden_too(qapp):
    view = PlannedView(
        rule_id="r",
        device_id="outlet:obs",
        instruction="ShowSource",
        args={"scene": "", "source": "Clock", "visible": False},
    )
    assert planned_words(view) == "OBS: hide “Clock”"


@pytest.mark.parametrize("reason", list(Reason))
@pytest.mark.parametrize("code", ["en", "vi"])
def test_every_reason_is_a_sentence_in_both_languages(language, reason, code):
    language.choose(code)
    step = TraceStepView(gate="rule", passed=False, reason=reason.value, values={})
    said = gate_words(step, Speaker(language=code))
    assert reason.value not in said or "_" not in reason.value
    assert "{" not in said
    assert why_words(step, Speaker(language=code)) in said


def test_a_reason_of_a_newer_core_shows_as_it_is(qapp):
    step = TraceStepView(gate="rule", passed=False, reason="moon_phase", values={})
    assert gate_words(step, Speaker()) == "Rule: moon phase"
    assert why_words(step, Speaker()) == "moon phase"


@pytest.mark.parametrize(
    ("view", "seconds"),
    [
        (planned("rotate", rounds=3.0, rpm=60.0), 3.0),
        (planned("rotate", 2.0, 1.0, rounds=3.0, rpm=60.0), 3.0),
        (planned("flash", times=4, hz=2.0), 2.0),
        (planned("switch", 1.5, on=True), 1.5),
        (planned("off"), 0.0),
    ],
)
def test_how_long_it_takes_is_told_from_the_command(view, seconds):
    assert length_s(view) == pytest.approx(seconds)


def test_a_line_speaks_its_word_and_its_sentence(qtbot):
    line = TraceLine("cross", "warn", "Stopped here", "Limits: cooling down", "Change cooldown")
    qtbot.addWidget(line)
    assert line.accessibleName() == "Stopped here. Limits: cooling down"
    assert line.action.accessibleName() == "Change cooldown: Limits: cooling down"
    with qtbot.waitSignal(line.acted):
        line.action.click()
