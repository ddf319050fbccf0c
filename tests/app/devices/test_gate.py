"""The gate: each limit by itself, and all of them under random sequences."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.outcome import Drop
from app.devices.gate import Admitted, Gate, Held, effective_limits
from drivers.contract import (
    HAZARD_LIMITS,
    Capability,
    Flash,
    Hazard,
    Kind,
    Limits,
    MoveTo,
    Off,
    Play,
    Pulse,
    Rotate,
    Run,
    SetColor,
    SetLevel,
    Switch,
    own_length_s,
)


def gate(
    kind: Kind, hazard: Hazard = Hazard.NONE, user: Limits | None = None, **own: float
) -> Gate:
    return Gate(Capability("c", kind, "C", hazard, limits=Limits(**own), effects=("wave",)), user)


def admitted(verdict: Admitted | Held) -> Admitted:
    assert isinstance(verdict, Admitted), verdict
    return verdict


def held(verdict: Admitted | Held) -> Held:
    assert isinstance(verdict, Held), verdict
    return verdict


def test_the_strictest_of_hazard_driver_and_user_wins():
    capability = Capability("m", Kind.MOTOR, "M", Hazard.MOTION, limits=Limits(max_rpm=80))
    limits = effective_limits(capability, Limits(max_rpm=500, max_rounds=5))
    assert (limits.max_rpm, limits.max_rounds, limits.max_on_s) == (80, 5, 150)


@given(
    st.tuples(st.floats(0.05, 1), st.floats(1, 100)),
    st.tuples(st.floats(0.05, 1), st.floats(1, 100)),
    st.lists(st.floats(0, 40), max_size=40),
)
def test_no_window_of_a_user_lets_an_output_be_on_for_longer_than_its_class(ours, users, pauses):
    hazard, user = (Limits(duty=duty, duty_window_s=window_s) for duty, window_s in (ours, users))
    output = Gate(Capability("c", Kind.SWITCH, "C", limits=hazard), user)
    now, spans = 0.0, []
    for pause_s in pauses:
        now += pause_s
        verdict = output.admit(Switch(on=True), 30.0, now)
        if isinstance(verdict, Admitted):
            output.begin(verdict.instruction, now)
            spans.append((now, now + verdict.duration_s))
            now += verdict.duration_s
            output.end(now)
    for limits in (hazard, user):
        for _, end in spans:
            start = end - limits.duty_window_s
            used_s = sum(max(0.0, min(b, end) - max(a, start)) for a, b in spans)
            assert used_s <= limits.duty * limits.duty_window_s + 1e-6


def test_a_long_window_does_not_allow_a_long_pain():
    shock = Capability("s", Kind.LEVEL, "S", Hazard.PAIN)
    for user in (Limits(duty_window_s=86_400.0), Limits(duty=0.1, duty_window_s=86_400.0)):
        limits = effective_limits(shock, user)
        assert limits.duty * limits.duty_window_s <= 6.0 + 1e-9


@pytest.mark.parametrize(
    "user",
    [
        Limits(max_rpm=0),
        Limits(max_rounds=0),
        Limits(max_flash_hz=0),
        Limits(max_on_s=0),
        Limits(duty=0),
        Limits(duty=0.001, duty_window_s=86_400),
        Limits(max_level=0),
    ],
)
def test_limits_of_nothing_allow_nothing_and_break_nothing(user):
    for kind, asked in (
        (Kind.MOTOR, Rotate(1, 60)),
        (Kind.MOTOR, Run(60)),
        (Kind.LIGHT, Flash(3)),
        (Kind.LEVEL, SetLevel(0.5)),
        (Kind.SWITCH, Switch(on=True)),
    ):
        output = Gate(Capability("c", kind, "C", Hazard.NONE), user)
        for now in (0.0, 0.1, 5.0):
            verdict = output.admit(asked, 1.0, now)
            if isinstance(verdict, Admitted):
                _check_strength(verdict, output.limits)
                output.begin(verdict.instruction, now)
                output.end(now + verdict.duration_s)
                for name in ("rpm", "rounds", "rate_hz"):
                    assert getattr(verdict.instruction, name, 1) > 0
            assert 0.0 <= output.heat(now) <= 1.0


def test_speed_and_rounds_are_cut_and_the_cut_is_told():
    verdict = admitted(gate(Kind.MOTOR, Hazard.MOTION).admit(Rotate(500, 400), None, 0.0))
    assert verdict.instruction == Rotate(200, 100)
    assert verdict.limited == (("rounds", 500, 200), ("rpm", 400, 100))
    assert verdict.duration_s == 150.0


def test_a_slow_rotation_is_cut_by_time_to_rounds_it_can_finish():
    verdict = admitted(gate(Kind.MOTOR, Hazard.MOTION).admit(Rotate(100, 10), None, 0.0))
    assert own_length_s(verdict.instruction) == pytest.approx(150)
    assert verdict.limited == (("rounds", 100, pytest.approx(20)),)


def test_levels_have_a_ceiling_also_inside_a_colour():
    body = gate(Kind.LIGHT, Hazard.BODY)
    assert admitted(body.admit(SetLevel(1.0), 1.0, 0.0)).instruction == SetLevel(0.5)
    assert admitted(body.admit(SetColor(9, 9, 9, 0.9), 1.0, 0.0)).instruction == SetColor(
        9, 9, 9, 0.5
    )
    flash = admitted(body.admit(Flash(2, 200, 100, 50), 1.0, 0.0)).instruction
    assert flash == Flash(2, 100, 50, 25)


def test_without_a_duration_the_longest_allowed_holds():
    assert (
        admitted(gate(Kind.SWITCH, Hazard.MAINS).admit(Switch(on=True), None, 0.0)).duration_s
        == 10.0
    )


def test_a_long_duration_is_cut():
    verdict = admitted(gate(Kind.SWITCH, Hazard.MAINS).admit(Switch(on=True), 99.0, 0.0))
    assert (verdict.duration_s, verdict.limited) == (10.0, (("duration_s", 99.0, 10.0),))


def test_rate_cooldown_and_duty_hold_back_and_say_how_long():
    pain = gate(Kind.PULSE, Hazard.PAIN)
    pain.consent = True
    admitted(pain.admit(Pulse(), 1.0, 0.0))
    pain.begin(Pulse(), 0.0)
    pain.end(1.0)
    assert held(pain.admit(Pulse(), 1.0, 1.5)) == Held(Drop.RATE, 0.5)
    assert held(pain.admit(Pulse(), 1.0, 3.0)) == Held(Drop.COOLDOWN, 3.0)
    now = 0.0
    for _ in range(6):
        now += 6.5
        pain.begin(Pulse(), now)
        pain.end(now + 1.0)
    refusal = held(pain.admit(Pulse(), 1.0, now + 6.5))
    assert refusal.drop is Drop.DUTY
    admitted(pain.admit(Pulse(), 1.0, now + 6.5 + refusal.wait_s))


def test_an_output_may_not_stay_on_by_being_asked_again_and_again():
    relay = gate(Kind.SWITCH, Hazard.NONE, max_on_s=10)
    relay.begin(Switch(on=True), 0.0)
    relay.begin(Switch(on=True), 6.0)
    assert admitted(relay.admit(Switch(on=True), 9.0, 8.0)).duration_s == pytest.approx(2.0)
    assert held(relay.admit(Switch(on=True), 9.0, 10.0)).drop is Drop.COOLDOWN
    relay.end(10.0)
    assert admitted(relay.admit(Switch(on=True), 9.0, 10.1)).duration_s == 9.0


def test_colours_may_change_fast_but_not_blink_fast():
    light = gate(Kind.LIGHT, Hazard.LIGHT)
    light.begin(SetColor(255, 0, 0), 0.0)
    admitted(light.admit(SetColor(0, 0, 255), 1.0, 0.05))
    light.begin(SetColor(10, 0, 0, 0.5), 0.05)
    refusal = held(light.admit(SetColor(255, 0, 0), 1.0, 0.1))
    assert refusal.drop is Drop.RATE
    assert refusal.wait_s == pytest.approx(1 / 3 - 0.1)


def test_nonsense_is_never_admitted():
    motor, light = gate(Kind.MOTOR), gate(Kind.LIGHT)
    for wrong in (
        Rotate(0, 60),
        Rotate(1, 0),
        Rotate(math.nan, 1),
        Rotate(-1, 60),
        Run(math.inf),
        Switch(on=True),
    ):
        assert held(motor.admit(wrong, 1.0, 0.0)) == Held(Drop.UNSUPPORTED)
    for wrong in (Flash(0), Flash(2, rate_hz=0), SetColor(-1, 0, 0), SetLevel(math.nan)):
        assert held(light.admit(wrong, 1.0, 0.0)) == Held(Drop.UNSUPPORTED)
    assert held(light.admit(SetLevel(1), -1.0, 0.0)) == Held(Drop.UNSUPPORTED)
    assert held(gate(Kind.EFFECT).admit(Play("none"), 1.0, 0.0)) == Held(Drop.UNSUPPORTED)
    assert admitted(gate(Kind.EFFECT).admit(Play("wave"), 1.0, 0.0)).duration_s == 1.0


def test_an_effect_without_a_name_is_the_first_one_of_the_device():
    assert admitted(gate(Kind.EFFECT).admit(Play(""), 1.0, 0.0)).instruction == Play("wave")
    without = Gate(Capability("c", Kind.EFFECT, "C"))
    assert held(without.admit(Play(""), 1.0, 0.0)) == Held(Drop.UNSUPPORTED)


# ---------------------------------------------------------------- against a plain model

_size = st.floats(0.001, 400)
_instructions = {
    Kind.MOTOR: st.one_of(st.builds(Rotate, _size, _size), st.builds(Run, _size), st.just(Off())),
    Kind.LIGHT: st.one_of(
        st.builds(SetColor, *[st.integers(0, 255)] * 3, st.floats(0, 1)),
        st.builds(SetLevel, st.floats(0, 1)),
        st.builds(Flash, st.integers(1, 50), rate_hz=st.floats(0.1, 30)),
        st.just(Off()),
    ),
    Kind.SWITCH: st.one_of(st.just(Switch(on=True)), st.just(Pulse()), st.just(Off())),
}


@st.composite
def _asks(draw):
    kind = draw(st.sampled_from(list(_instructions)))
    hazard = draw(st.sampled_from(list(Hazard)))
    user = Limits(
        max_level=draw(st.sampled_from([1.0, 0.3])),
        max_on_s=draw(st.sampled_from([math.inf, 2.0])),
        min_gap_s=draw(st.sampled_from([0.0, 0.4])),
        cooldown_s=draw(st.sampled_from([0.0, 1.5])),
        duty=draw(st.sampled_from([1.0, 0.2])),
        max_flash_hz=draw(st.sampled_from([math.inf, 3.0])),
    )
    times = st.floats(0.001, 20).map(lambda pause_s: round(pause_s, 3))
    steps = draw(
        st.lists(
            st.tuples(times, _instructions[kind], st.none() | st.floats(0.01, 300)), max_size=60
        )
    )
    return kind, hazard, user, steps


class Output:
    """The slow and obvious model: remembers every moment the output was on."""

    def __init__(self, gate: Gate) -> None:
        self.gate = gate
        self.due: float | None = None
        self.since: float | None = None
        self.spans: list[tuple[float, float]] = []
        self.starts: list[float] = []

    def until(self, now: float) -> None:
        """End what is over, as the worker does."""
        if self.due is not None and self.due <= now:
            self.off(self.due)

    def off(self, at: float) -> None:
        if self.since is not None:
            self.spans.append((self.since, at))
        self.since = self.due = None
        self.gate.end(at)

    def on(self, verdict: Admitted, now: float) -> None:
        self.gate.begin(verdict.instruction, now)
        if self.since is None:
            self.since = now
        self.starts.append(now)
        self.due = now + verdict.duration_s


def _check_strength(verdict: Admitted, limits: Limits) -> None:
    match verdict.instruction:
        case Rotate(rounds=rounds, rpm=rpm):
            assert rounds <= limits.max_rounds
            assert rpm <= limits.max_rpm
        case Run(rpm=rpm):
            assert rpm <= limits.max_rpm
        case SetLevel(level=level) | SetColor(level=level):
            assert level <= limits.max_level
        case Flash(rate_hz=rate_hz):
            assert rate_hz <= limits.max_flash_hz


@given(_asks())
def test_no_sequence_of_asking_gets_past_a_limit_and_everything_ends(asks):
    kind, hazard, user, steps = asks
    tested = gate(kind, hazard, user)
    limits, output, now = tested.limits, Output(tested), 0.0
    own = Limits(max_flash_hz=3.0) if kind is Kind.LIGHT else Limits()
    assert limits == HAZARD_LIMITS[hazard].narrowed(user).narrowed(own)
    for pause_s, instruction, duration_s in steps:
        now += pause_s
        output.until(now)
        verdict = tested.admit(instruction, duration_s, now)
        if instruction == Off():
            assert isinstance(verdict, Admitted)
            output.off(now)
        elif isinstance(verdict, Admitted):
            _check_strength(verdict, limits)
            if verdict.duration_s == 0.0 or (
                isinstance(verdict.instruction, SetLevel | SetColor)
                and verdict.instruction.level == 0
            ):
                output.off(now)
            else:
                output.on(verdict, now)
        else:
            assert verdict.wait_s is None or verdict.wait_s > 0
    output.until(now + 1000)
    assert output.since is None
    _check_history(output, limits)


def _check_history(output: Output, limits: Limits) -> None:
    tiny = 1e-6
    for begin, end in output.spans:
        assert end - begin <= limits.max_on_s + tiny
    for first, second in zip(output.spans, output.spans[1:], strict=False):
        assert second[0] - first[1] >= limits.cooldown_s - tiny
    for first, second in zip(output.starts, output.starts[1:], strict=False):
        assert second - first >= limits.min_gap_s - tiny
    window_s = limits.duty_window_s
    for moment in [end for _, end in output.spans]:
        used_s = sum(
            max(0.0, min(end, moment) - max(begin, moment - window_s))
            for begin, end in output.spans
        )
        assert used_s <= limits.duty * window_s + tiny


@given(st.lists(st.tuples(st.floats(0.001, 0.5), st.floats(0, 1), st.booleans()), max_size=80))
def test_brightness_never_rises_more_than_three_times_a_second(steps):
    light, now, level, low = gate(Kind.LIGHT, Hazard.LIGHT), 0.0, 0.0, 0.0
    rises: list[float] = []
    for pause_s, wanted, off in steps:
        now += pause_s
        if off:
            light.end(now)
            level = 0.0
        else:
            verdict = light.admit(SetLevel(wanted), 5.0, now)
            if isinstance(verdict, Held):
                continue
            if wanted == 0:
                light.end(now)
            else:
                light.begin(verdict.instruction, now)
            level = wanted
        if level - low >= 0.1:
            rises.append(now)
            low = level
        low = min(low, level)
    for first, second in itertools.pairwise(rises):
        assert second - first >= 1 / 3 - 1e-6


def test_a_position_is_kept_within_the_level_that_is_allowed():
    servo = Gate(Capability("c", Kind.POSITION, "C"), Limits(max_level=0.6))
    cut = admitted(servo.admit(MoveTo(0.9, 0.5), 1.0, 0.0))
    assert cut.instruction == MoveTo(0.6, 0.5)
    assert cut.limited == (("position", 0.9, 0.6),)
    assert admitted(servo.admit(MoveTo(0.5), 1.0, 0.0)).limited == ()
