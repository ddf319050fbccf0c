"""Texts with slots: filled from strangers, never read as templates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from app.core.texts import TEXT_NAMES, TextTemplate, clean, folded
from tests.app.core.making import chat, facts, gift


class Holder(BaseModel):
    text: TextTemplate


def test_slots_are_filled_with_what_happened():
    template = TextTemplate("{user} sent {count} × {gift}, {{thanks}}")
    filled = template.fill(facts(gift(coins=3), 2).texts())
    assert filled == "Anna sent 2 × Rose, {thanks}"
    assert TextTemplate("{value} {coins} {handle}").fill(facts(gift(coins=3), 2).texts()) == (
        "6 3 anna"
    )
    assert TextTemplate("{text}{gift}{coins}").fill(facts(chat("hello")).texts()) == "hello0"
    assert TextTemplate("{text}").fill({}) == ""


def test_what_strangers_send_is_not_a_template_and_carries_no_signs():
    hostile = chat("{user.__class__} {count}\x00\x1b[31m\u202egift\n")
    assert TextTemplate("{text}").fill(facts(hostile).texts()) == "{user.__class__} {count}[31mgift"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{user.name}", "text_name"),
        ("{user[0]}", "text_name"),
        ("{0}", "text_name"),
        ("{}", "text_name"),
        ("{user!r}", "text_name"),
        ("{user:>99999999}", "text_name"),
        ("{nobody}", "text_name"),
        ("{user", "text_braces"),
        ("user}", "text_braces"),
        ("x" * 201, "text_long"),
        (5, "string_type"),
    ],
)
def test_anything_but_plain_known_slots_is_refused(text, code):
    with pytest.raises(ValidationError) as caught:
        Holder(text=text)
    assert caught.value.errors()[0]["type"] == code


def test_a_text_is_saved_as_it_was_written():
    holder = Holder(text="Hi {user}")
    assert holder.model_dump() == {"text": "Hi {user}"}
    assert holder == Holder(text="Hi {user}")
    assert holder != Holder(text="Hi")
    assert TextTemplate("a") != "a"
    assert len({TextTemplate("a"), TextTemplate("a")}) == 1
    assert Holder.model_json_schema()["properties"]["text"]["type"] == "string"


def test_emoji_that_are_joined_stay_whole_and_long_texts_are_cut():
    assert clean("👨\u200d👩\u200d👧") == "👨\u200d👩\u200d👧"
    assert len(clean("x" * 1000)) == 200


def test_texts_are_compared_by_letters_not_by_case_or_composition():
    assert folded(" HOA HỒNG ") == folded("hoa ho\u0302\u0300ng")


@given(st.text(max_size=60), st.dictionaries(st.sampled_from(list(TEXT_NAMES)), st.text()))
def test_any_accepted_template_can_be_filled(text, values):
    try:
        template = TextTemplate(text)
    except ValueError:
        return
    assert isinstance(template.fill(values), str)
