"""Variables of rules under other names: what is worked out and shown stays the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.expressions import MAX_NAME, Formula
from app.core.renaming import RenamingError, fresh_names, renamed
from app.core.rules import Rule
from app.core.texts import BodyTemplate, TextTemplate
from app.core.variables import is_variable_name
from app.core.walk import variables_in
from tests.app.core.packing import ROSE

NAMES = {"score": "score_2", "điểm": "điểm_2", "e5": "e5_2"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("score", "score_2"),
        ("min(score, coins) + score*2", "min(score_2, coins) + score_2*2"),
        ("scores + score2", "scores + score2"),
        ("điểm * 2 if điểm > e5 else 1e5 + 1.e5", "điểm_2 * 2 if điểm_2 > e5_2 else 1e5 + 1.e5"),
        ("ｓｃｏｒｅ + 1", "score_2 + 1"),
        ("coins", "coins"),
    ],
)
def test_a_formula_keeps_everything_but_the_names(text, wanted):
    assert Formula(text).renamed(NAMES) == wanted
    assert Formula(wanted).free_names().isdisjoint(NAMES)


numbers = st.sampled_from(["score", "điểm", "e5", "coins", "2", "1e5", ".5"])
formulas = st.recursive(
    numbers,
    lambda inner: (
        st.builds("({} {} {})".format, inner, st.sampled_from("+-*"), inner)
        | st.builds("min({}, {})".format, inner, inner)
    ),
    max_leaves=6,
)


@given(formulas)
def test_a_formula_comes_to_the_same(text):
    own = {"score": 3.0, "điểm": 5.0, "e5": 7.0}
    after = {NAMES[name]: value for name, value in own.items()}
    before = Formula(text).value({"coins": 11.0, **own})
    assert Formula(Formula(text).renamed(NAMES)).value({"coins": 11.0, **after}) == before


pieces = st.lists(
    st.sampled_from(["{score}", "{điểm}", "{user}", "score", "{{score}}", "{{", "}}", " "]),
    max_size=8,
)


@given(pieces)
def test_a_text_shows_the_same(parts):
    own = {"score": "3", "điểm": "5", "user": "Anna"}
    after = {NAMES.get(name, name): value for name, value in own.items()}
    text = TextTemplate("".join(parts))
    assert TextTemplate(text.renamed(NAMES)).fill(after) == text.fill(own)


def test_a_body_stays_json():
    body = BodyTemplate('{"points": "{score}", "by": "{user}", "n": {count}}')
    assert body.renamed(NAMES) == '{"points": "{score_2}", "by": "{user}", "n": {count}}'
    BodyTemplate(body.renamed(NAMES))


def rule(*steps, **fields):
    return Rule.model_validate({"id": "r", "when": ROSE, "do": list(steps), **fields})


def test_every_place_of_a_rule_that_names_a_variable_is_found():
    made = rule(
        {"key": "add_variable", "name": "score", "amount": "score + 1"},
        {"key": "sequence", "do": [{"key": "set_variable", "name": "score", "of": "text", "text": "{score}!"}]},
        {"key": "webhook", "url": "https://example.com", "body": "{score}"},
        {"key": "choose", "branches": [{"only_if": [{"key": "variable_is", "name": "score"}], "do": [{"key": "speak", "text": "{score}"}]}]},
        only_if=[{"key": "all", "of": [{"key": "variable_is", "name": "score"}]}],
    )  # fmt: skip
    after = renamed(made, {"score": "score_2"})
    assert variables_in((after,)) == {"score_2"}
    assert "score_2" in after.do[1].do[0].text.text
    assert renamed(after, {"score": "score_2"}) is after


def test_what_gets_too_long_is_not_half_renamed():
    made = rule({"key": "rotate", "rounds": f"score +{' ' * 192}1"})
    with pytest.raises(RenamingError) as caught:
        renamed(made, {"score": "score_22"})
    assert caught.value.name == "score"


@given(
    st.sets(st.from_regex(r"[a-z][a-z_0-9]{0,39}", fullmatch=True).filter(is_variable_name), max_size=5),
    st.sets(st.from_regex(r"[a-z]_[2-4]", fullmatch=True), max_size=5),
)  # fmt: skip
def test_new_names_are_free_and_may_be_used(names, taken):
    found = fresh_names(names, taken)
    assert found.keys() == names
    assert len(set(found.values())) == len(names)
    assert not set(found.values()) & (names | taken)
    assert all(is_variable_name(one) and len(one) <= MAX_NAME for one in found.values())
