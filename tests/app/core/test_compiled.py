"""Rules made ready: what is prepared in a thread is only put in its place afterwards."""

from __future__ import annotations

import sys

from app.core.compiled import CompiledRules
from app.core.rules import RuleSet
from tests.app.core.making import rule


def rule_set(*names):
    return RuleSet(rules=tuple(rule(id=f"r{number}", name=name) for number, name in names))


def many(first=0):
    return rule_set(*((number, f"Rule {number}") for number in range(first, first + 400)))


def calls(do):
    """Return how many Python functions are called."""
    called = 0

    def count(frame, what, _):
        nonlocal called
        called += what == "call"

    sys.setprofile(count)
    try:
        do()
    finally:
        sys.setprofile(None)
    return called


def test_what_was_prepared_is_taken_at_once_however_many_rules_there_are():
    compiled, others = CompiledRules(), many()
    compiled.prepare(others)
    assert compiled.by_id == {}
    assert calls(lambda: compiled.take(others)) < 20
    assert len(compiled.by_id) == 400
    assert compiled.compilations == 400


def test_what_was_prepared_for_other_rules_is_thrown_away():
    compiled, first, second = CompiledRules(), many(), many(5)
    compiled.prepare(second)
    compiled.take(first)
    assert next(iter(compiled.by_id)) == "r0"
    compiled.take(second)
    assert next(iter(compiled.by_id)) == "r5"
