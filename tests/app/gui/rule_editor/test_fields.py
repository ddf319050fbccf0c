"""What people type for numbers, lengths of time, times of day; and what forms are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import BaseModel, Field

from app.core.forms import Pick, hints
from app.gui.rule_editor.entries import Entry, matches, plain, without_empty_heads
from app.gui.rule_editor.plain_fields import duration_s, parsed
from app.gui.rule_editor.special_fields import clock_time
from app.gui.rule_editor.specs import labelled, specs_of

if TYPE_CHECKING:
    from app.gui.text import Language


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("90", 90.0),
        ("1:30", 90.0),
        ("1 min 30 s", 90.0),
        ("1m30s", 90.0),
        ("1.5 min", 90.0),
        ("1,5 phút", 90.0),
        ("2 giờ", 7200.0),
        ("250 ms", 0.25),
        ("soon", None),
        ("1 x", None),
        ("", None),
        ("5 5 x", None),
    ],
)
def test_a_length_of_time_is_read_as_people_write_it(text: str, seconds: float | None) -> None:
    assert duration_s(text) == seconds


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("19:30", "19:30"),
        ("7", "07:00"),
        ("19h30", "19:30"),
        ("7 giờ 5", "07:05"),
        ("24:00", None),
        ("12:60", None),
        ("noon", None),
    ],
)
def test_a_time_of_day_is_read_as_people_write_it(text: str, time: str | None) -> None:
    assert clock_time(text) == time


def test_numbers_fit_with_comma_and_point_in_both_languages(language: Language) -> None:
    for code in ("en", "vi"):
        language.choose(code)
        assert parsed("1.5") == 1.5
        assert parsed("0,5") == 0.5
        assert parsed("20") == 20.0
        assert parsed("twenty") is None


def test_words_are_found_without_their_marks() -> None:
    assert plain("Hoa hồng Đỏ") == "hoa hong do"
    assert matches(Entry("a", "Hoa hồng", "1 xu"), ["hong", "1"])
    assert not matches(Entry("a", "Hoa hồng"), ["hong", "tulip"])


def test_a_heading_without_anything_below_is_left_out() -> None:
    lines = [Entry(None, "A"), Entry(None, "B"), Entry(1, "one"), Entry(None, "C")]
    assert [line.title for line in without_empty_heads(lines)] == ["B", "one"]


class Sample(BaseModel):
    """Something with a schema that is no part."""

    rest_s: float = Field(default=0, ge=0, le=60, title="Rest", json_schema_extra={"unit": "s"})
    how: str = Field(default="", title="How", json_schema_extra=hints(Pick.SOUND))
    only: int | None = Field(default=None, gt=2, title="Only", json_schema_extra={"unit": "coins"})
    then: bool = Field(
        default=False, title="Then", json_schema_extra=hints(shown_if={"how": ["x"]})
    )


def test_a_form_is_read_from_the_schema() -> None:
    rest, how, only, then = specs_of(Sample)
    assert (rest.kind, rest.low, rest.high) == ("duration", 0, 60)
    assert how.kind == "sound"
    assert (only.kind, only.whole, only.nullable, only.low_open) == ("number", True, True, True)
    assert then.kind == "switch"


def test_a_field_that_is_not_wanted_beside_the_others_is_left_out() -> None:
    specs = specs_of(Sample)
    assert [spot.spec.name for spot in labelled(specs, {"how": "y"})] == ["rest_s", "how", "only"]
    assert [spot.spec.name for spot in labelled(specs, {"how": "x"})][-1] == "then"
