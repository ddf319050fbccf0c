"""Every rule is in one group: it ran, it was held back, or it was not for this."""

from hypothesis import given
from hypothesis import strategies as st

from app.core.outcome import Reason
from app.gateway.views import RuleView, TraceStepView, TraceView
from app.gui.history.grouped import grouped

STEP = st.builds(
    TraceStepView,
    gate=st.sampled_from(["when:gift", "only_if:chance", "rule", "limits:cooldown", "do:rotate"]),
    passed=st.booleans(),
    reason=st.sampled_from([one.value for one in Reason]),
)


def rule(number):
    return RuleView(id=f"r{number}", name=f"Rule {number}", on=True)


@given(st.dictionaries(st.integers(0, 9), st.lists(STEP, max_size=4)), st.integers(0, 12))
def test_no_rule_is_lost_and_none_is_told_twice(steps, count):
    traces = [
        TraceView(rule_id=f"r{n}", rule_name=f"Rule {n}", ran=False, steps=tuple(found))
        for n, found in steps.items()
    ]
    groups = grouped(traces, [rule(number) for number in range(count)])
    told = [one.rule_id for one in (*groups.ran, *groups.held)] + [r for r, _ in groups.others]
    assert sorted(told) == sorted({f"r{n}" for n in (*steps, *range(count))})


def test_another_gift_is_not_held_back_but_too_few_coins_are():
    def trace(rule_id, reason):
        step = TraceStepView(gate="when:gift", passed=False, reason=reason)
        return TraceView(rule_id=rule_id, rule_name=rule_id, ran=False, steps=(step,))

    groups = grouped([trace("a", Reason.NO_MATCH), trace("b", Reason.BELOW_COINS)], [])
    assert [one.rule_id for one in groups.held] == ["b"]
    assert groups.others == (("a", "a"),)
