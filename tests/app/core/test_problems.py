"""What is wrong in a rule, in words of both languages."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest

from app.core.pack_words import PROBLEMS
from app.core.problems import ALL_SENTENCES, Problem


def test_a_place_counts_from_one():
    assert Problem(("do", 1, "rounds"), "missing").sentence() == "do 2, rounds: this is missing"
    assert Problem((0, "id"), "missing").sentence() == "0, id: this is missing"
    assert Problem((), "not_rules").sentence() == "this is not a file of rules"


def test_numbers_are_written_without_idle_decimals():
    problem = Problem(("rpm",), "less_than_equal", (("le", 3.0),))
    assert problem.sentence() == "rpm: it must be 3 or less"
    assert problem.sentence("vi") == "rpm: phải từ 3 trở xuống"


def test_an_unknown_code_says_what_the_checker_said():
    assert Problem(("x",), "novel", (), "Odd {thing}").sentence() == "x: Odd {thing}"
    assert Problem(("x",), "novel").sentence() == "x: novel"
    assert Problem(("x",), "novel", (), "Half {").sentence() == "x: Half {"
    assert Problem(("x",), "greater_than").sentence() == "x: it must be more than {gt}"


@pytest.mark.parametrize(("en", "vi"), list(ALL_SENTENCES.values()))
def test_both_languages_have_the_same_slots(en, vi):
    def slots(text):
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    assert slots(en) == slots(vi)


CORE = Path(__file__).parents[3] / "app" / "core"


def refusals():
    for path in CORE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in (
                "refused",
                "bad_value",
            ):
                code = node.args[0]
                if isinstance(code, ast.Constant):
                    yield pytest.param(code.value, id=f"{path.stem}-{code.value}")


@pytest.mark.parametrize("code", list(refusals()))
def test_everything_that_the_core_refuses_has_words_in_both_languages(code):
    assert code in ALL_SENTENCES or code in PROBLEMS
