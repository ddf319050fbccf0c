"""Texts with slots: filled from strangers, never read as templates."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticCustomError

from app.core.texts import TEXT_NAMES, BodyTemplate, TextTemplate, clean, folded
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
        ("{total}", "text_name"),
        ("{not a name}", "text_name"),
        ("{user", "text_braces"),
        ("user}", "text_braces"),
        ("x" * 301, "text_long"),
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
    assert Holder.model_json_schema()["properties"]["text"] == {
        "title": "Text",
        "type": "string",
        "format": "template",
        "maxLength": 300,
    }
    assert repr(TextTemplate("a")) == "TextTemplate('a')"
    assert Holder(text=TextTemplate("a")) == Holder(text="a")


def test_a_text_may_show_variables_and_tells_which():
    template = TextTemplate("{user}: {điểm} of {goal}")
    assert template.fill({"user": "Anna", "điểm": "3"}) == "Anna: 3 of "
    assert template.names() == {"user", "điểm", "goal"}
    assert template.free_names() == {"điểm", "goal"}


# ---------------------------------------------------------------------------------- bodies


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        (
            '{"who": "{user}", "n": {count}, "s": {"a": []}}',
            '{"who": "x\\"y", "n": 3, "s": {"a": []}}',
        ),
        ('["{user}"]', '["x\\"y"]'),
        ("{user} sent {count}", 'x"y sent 3'),
        ("who={user}&{x}}{", 'who=x"y&}{'),
        ("", ""),
    ],
)
def test_a_body_keeps_its_own_brackets_and_strangers_cannot_break_out(text, filled):
    assert BodyTemplate(text).fill({"user": 'x"y', "count": "3"}) == filled


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"who": {user}}', "body_json"),
        ('{"who": "{user}"', "body_json"),
        ("[" * 4000, "body_json"),
        ('{"who": "{total}"}', "text_name"),
        ("x" * 4001, "text_long"),
    ],
)
def test_a_body_that_strangers_could_break_is_refused(text, code):
    with pytest.raises(PydanticCustomError) as caught:
        BodyTemplate(text)
    assert caught.value.type == code


@given(st.text())
def test_a_body_that_is_json_is_json_whoever_writes(text):
    body = BodyTemplate('{"a": "{user}", "b": ["{text}"], "n": {value}}')
    json.loads(body.fill({"user": text, "text": text, "value": "12"}))


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
