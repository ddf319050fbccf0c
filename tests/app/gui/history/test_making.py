"""From every kind of event a rule can be made that this very event would have set off."""

import pytest

from app.core import events as e
from app.gateway.feed import row_of
from app.gateway.views import FeedRow
from app.gui.history.making import about_of, rule_from
from tests.app.core.making import occasion

MAI = e.Viewer(7, "mai", "Mai")
HERE = {"id": "e", "at_ms": 5, "viewer": MAI}
EVENTS = [
    e.Follow(**HERE),
    e.Share(**HERE),
    e.Join(**HERE),
    e.Subscribe(**HERE, months=3),
    e.Like(**HERE, count=120, total=1000),
    e.Chat(**HERE, text="!spin twice"),
    e.Chat(**HERE, text="  hello there "),
    e.Battle(**HERE, battle_id=1, stage=e.BattleStage.WON),
    e.Battle(**HERE, battle_id=1, stage=e.BattleStage.CANCELLED),
    e.StreamStarted(**HERE, room_id=7),
    e.StreamEnded(**HERE),
    e.ButtonPressed(**HERE, name="Fog"),
    e.HotkeyPressed(**HERE, keys="Ctrl+Alt+F1"),
    e.Called(**HERE, name="fog"),
    e.MqttMessage(**HERE, topic="home/door", text="open"),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_the_event_would_have_set_the_rule_off(event, qapp):
    rule = rule_from(about_of(row_of(event)))
    assert rule.when.event is type(event)
    assert rule.when.match(occasion(event)).passed
    assert not rule.on
    assert rule.name.startswith("Rule for ")


def test_a_gift_keeps_its_number_and_a_name_with_anything_in_it(qapp):
    row = FeedRow(key="k", event_id="e", at_ms=1, kind="gift", gift_id=5, gift="A: B")
    rule = rule_from(about_of(row))
    assert [(one.id, one.name) for one in rule.when.gifts] == [(5, "A: B")]


def test_a_measured_value_or_a_timer_is_nobodys_event():
    for kind in ("tick", "reading", "notice"):
        assert about_of(FeedRow(key="k", event_id="e", at_ms=1, kind=kind)) == ""
    row = FeedRow(key="k", event_id="e", at_ms=1, kind="stream", text="paused")
    assert about_of(row) == ""
