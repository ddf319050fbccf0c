"""Numbers, counted nouns, devices, lists and templates in both languages."""

from __future__ import annotations

import pytest

from app.core.expressions import Formula
from app.core.parts import Say
from app.core.speech import CLOSE, OPEN, Segment, Speaker, fill

EN, VI = Speaker("en", counts="gift"), Speaker("vi", counts="gift")


@pytest.mark.parametrize(
    ("value", "en", "vi"),
    [
        (8940, "8,940", "8.940"),
        (1.2, "1.2", "1,2"),
        (1234567.891, "1,234,567.89", "1.234.567,89"),
        (100, "100", "100"),
        (0.001, "0", "0"),
        (-0.001, "0", "0"),
        (-2.5, "-2.5", "-2,5"),
    ],
)
def test_numbers_are_written_as_the_language_does(value, en, vi):
    assert (EN.number(value), VI.number(value)) == (en, vi)


def test_nouns_are_counted():
    assert [EN.counted(n, "round") for n in (0, 1, 1.5, 2)] == [
        "0 rounds",
        "1 round",
        "1.5 rounds",
        "2 rounds",
    ]
    assert [VI.counted(n, "round") for n in (1, 2)] == ["1 vòng", "2 vòng"]
    assert EN.number(5, 0) == "5"


@pytest.mark.parametrize(
    ("formula", "en", "vi"),
    [
        ("3", "3 rounds", "3 vòng"),
        ("count", "1 round per gift", "1 vòng mỗi món quà"),
        ("coins * count * 10", "10 rounds per coin", "10 vòng mỗi xu"),
        (
            "min(coins * count * 10, 200)",
            "10 rounds per coin (at most 200)",
            "10 vòng mỗi xu (tối đa 200)",
        ),
        ("value / 100", "1 round per 100 coins", "1 vòng mỗi 100 xu"),
        ("count * 0.5", "1 round per 2 gifts", "1 vòng mỗi 2 món quà"),
        ("count * 0.7", "0.7 rounds per gift", "0,7 vòng mỗi món quà"),
        ("months * 2", "2 rounds per month", "2 vòng mỗi tháng"),
        ("count + 1", "“count + 1” rounds", "“count + 1” vòng"),
        ("0 * count", "“0 * count” rounds", "“0 * count” vòng"),
        ("coins", "“coins” rounds", "“coins” vòng"),
    ],
)
def test_formulas_are_worded_where_they_are_plain(formula, en, vi):
    assert EN.worked_out(Formula(formula), "round") == en
    assert VI.worked_out(Formula(formula), "round") == vi


def test_devices_go_by_their_name_their_role_or_are_missing():
    speaker = Speaker("en", {"m1": "My motor", "motor": "First one"}.get)
    assert speaker.device("m1") == f"{OPEN}My motor{CLOSE}"
    assert speaker.device("motor") == f"{OPEN}First one{CLOSE}"
    assert EN.device("light") == "the light"
    assert VI.device("light") == "đèn"
    assert EN.device("gone") == EN.device("") == (Segment("missing", "a device (choose one)"),)


def test_gifts_go_by_their_name_in_the_language_or_their_number():
    speaker = Speaker("vi", gift_name={"Rose": "Hoa hồng"}.get)
    assert speaker.gift("Rose", 5655) == f"{OPEN}Hoa hồng{CLOSE}"
    assert speaker.gift("", 5655) == "quà số 5655"


def test_colours_have_names_where_people_have_names_for_them():
    assert (EN.colour("#ff8000"), VI.colour("#ff8000")) == ("orange", "cam")
    assert EN.colour("#012345") == "#012345"


def test_templates_are_picked_by_language():
    say = Say("one", "một")
    assert (EN.template(say), VI.template(say)) == ("one", "một")


def test_filling_keeps_roles_and_joins_what_touches():
    missing = (Segment("missing", "choose"), Segment("do", "!"))
    assert fill("a {x} b {y}", {"x": missing, "y": "c"}, "do") == (
        Segment("do", "a "),
        Segment("missing", "choose"),
        Segment("do", "! b c"),
    )
    assert fill("", {}, "do") == ()
    with pytest.raises(KeyError):
        fill("{unknown}", {}, "do")


def test_joining_one_clause_leaves_it_as_it_is():
    assert EN.join(["alone"], "and", "iff") == (Segment("iff", "alone"),)
    assert EN.join(["a", "b"], "then", "do") == (Segment("do", "a, then b"),)


@pytest.mark.parametrize(
    ("seconds", "en", "vi"),
    [
        (0, "0 s", "0 giây"),
        (1.5, "1.5 s", "1,5 giây"),
        (90, "90 s", "90 giây"),
        (300, "5 min", "5 phút"),
        (7200, "2 h", "2 giờ"),
    ],
)
def test_a_length_of_time_is_told_in_its_largest_whole_unit(seconds, en, vi):
    assert (EN.length(seconds), VI.length(seconds)) == (en, vi)


def test_weekdays_are_joined():
    assert (EN.days([6]), VI.days([6])) == ("Sunday", "Chủ nhật")
    assert (EN.days([0, 1, 2]), VI.days([3, 4])) == (
        "Monday, Tuesday and Wednesday",
        "thứ Năm và thứ Sáu",
    )


def test_a_rule_goes_by_its_name_or_its_id_or_is_missing():
    speaker = Speaker(rule_name=lambda rule_id: "Spin" if rule_id == "r1" else "")
    assert speaker.rule("r1") == speaker.quoted("Spin")
    assert speaker.rule("r2") == speaker.quoted("r2")
    assert speaker.rule("") == (Segment("missing", "(choose one)"),)


def test_what_is_typed_is_quoted_or_missing():
    assert EN.typed("spin", "name") == EN.quoted("spin")
    assert VI.typed("  ", "name") == (Segment("missing", "(hãy nhập tên)"),)
