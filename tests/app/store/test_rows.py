"""Rows keep events whole, and readers forgive what other versions wrote."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.effects import Effect, PublishMqtt, Speak, Webhook
from app.core.events import Chat, LiveEvent, Viewer
from app.core.outcome import EffectRequest, Outcome, Reason, Step, Trace
from app.store import rows
from tests.app.store.samples import gift

NAMES = [name.strip() for name in rows.EVENT_COLUMNS.split(",")]


def back(event):
    row = rows.event_row(Outcome(event, (), ()), 7, "run", 1.0)
    return rows.event_from(dict(zip(NAMES, row, strict=True)))


def test_every_kind_of_event_has_a_name():
    assert set(rows.KINDS.values()) == set(get_args(LiveEvent))


@given(st.integers(0, 2**64 - 1))
def test_ids_of_64_bits_come_back(number):
    assert -(2**63) <= rows.whole(number) < 2**63
    assert rows.unfolded(rows.whole(number)) == number


@given(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.integers(0, 2**64 - 1),
    st.booleans(),
    st.integers(0, 99),
)
def test_any_viewer_and_any_text_come_back(text, number, flag, level):
    viewer = Viewer(number, text, text, is_moderator=flag, gifter_level=level, fan_level=level)
    event = Chat(id=text, at_ms=5, viewer=viewer, text=text, backlog=flag)
    assert back(event) == event


def test_what_a_later_version_added_is_passed_over():
    event = gift(1)
    row = dict(zip(NAMES, rows.event_row(Outcome(event, (), ()), 7, "r", 1.0), strict=True))
    row["body"] = row["body"][:-1] + ',"hologram":true}'
    assert rows.event_from(row | {"new_column": 5}) == event


@pytest.mark.parametrize("reason", list(Reason))
def test_only_rules_that_were_about_the_event_count_as_held(reason):
    traces = (Trace("r", "R", (Step("x", passed=False, reason=reason),)),)
    assert rows.held_count(traces) == (0 if reason in rows.NOT_HELD else 1)


def test_a_rule_that_ran_is_not_held():
    assert rows.held_count((Trace("r", "R", (Step("x", passed=True, reason=Reason.PASSED),)),)) == 0
    assert rows.held_count((Trace("r", "R", ()),)) == 0


def kept(effect: Effect) -> tuple[str, dict[str, object]]:
    request = EffectRequest("e/r/0", effect, 9.0, event_id="e", rule_id="r")
    row = rows.append_row(Outcome(gift(1), (), (), requests=(request,)))
    (command,) = rows.commands_from(str(row[1]))
    return str(row[1]), command.args


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://hooks.example/api/T0KEN", "https://hooks.example/…"),
        ("https://me:T0KEN@hooks.example:8443/?key=T0KEN", "https://hooks.example:8443/…"),
        ("http://[fd00::1]:80/", "http://[fd00::1]:80"),
        ("http://[T0KEN", "…"),
    ],
)
def test_of_a_web_request_only_method_and_host_are_kept(url, told):
    text, args = kept(Webhook(url, "PUT", '{"key": "T0KEN"}', "shop"))
    assert args == {"method": "PUT", "url": told}
    assert "T0KEN" not in text


def test_of_a_long_text_the_beginning_is_kept():
    _, args = kept(PublishMqtt("a/b", "x" * 5000))
    assert args == {"topic": "a/b", "text": "x" * rows.LONGEST_KEPT + "…", "retain": False}
    assert kept(Speak("hello"))[1] == {"text": "hello", "voice": "", "rate": 1.0}
