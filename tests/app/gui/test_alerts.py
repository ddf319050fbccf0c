"""Notifications: only when the window is not in front, once a minute per kind, never for gifts."""

import pytest

from app.core.links import LinkStage, LinkState
from app.gateway.messages import Changed
from app.gateway.views import LinkView, NoticeView, StopView, StreamView
from app.gui.alerts import LOST_MS, Alerts
from tests.app.gui import sample


@pytest.fixture
def front():
    return [False]


@pytest.fixture
def told(bridge, front):
    alerts = Alerts(bridge, lambda: front[0])
    heard = []
    alerts.raised.connect(heard.append)
    bridge.alerts = alerts
    bridge.take_link(LinkState(LinkStage.ONLINE, 0.0))
    bridge.take_snapshot(sample.snapshot())
    yield heard
    alerts.close()


def change(bridge, **parts):
    bridge.take_changed(Changed(**parts))
    bridge.flush()


def lose(bridge, reason="no_network"):
    change(bridge, stream=StreamView(user="a", link=LinkView(stage="waiting", reason=reason)))


def test_a_lost_stream_is_told_after_a_while_only(told, bridge):
    lose(bridge)
    timer = bridge.alerts._lost
    assert timer.isActive()
    assert timer.interval() == LOST_MS
    assert not told
    timer.timeout.emit()
    assert told == ["TikTok is lost. TikTok cannot be reached."]


def test_a_stream_that_comes_back_in_time_is_not_told(told, bridge):
    lose(bridge)
    change(bridge, stream=StreamView(user="a", link=LinkView(stage="online")))
    assert not bridge.alerts._lost.isActive()
    assert not told


@pytest.mark.parametrize("reason", ["stream_ended", "offline"])
def test_the_end_of_a_stream_is_no_loss(told, bridge, reason):
    lose(bridge, reason)
    assert not bridge.alerts._lost.isActive()


def test_a_device_that_rules_use_is_told_once_a_minute(told, bridge):
    away = sample.motor().model_copy(update={"link": sample.pump().link})
    change(bridge, devices=(away,))
    change(bridge, devices=(sample.motor(),))
    change(bridge, devices=(away,))
    assert told == ["Motor 1 is offline"]


def test_a_device_nobody_uses_is_not_told(told, bridge):
    change(bridge, devices=(sample.relay().model_copy(update={"used_by": 0}),))
    away = sample.relay().model_copy(update={"link": sample.pump().link, "used_by": 0})
    change(bridge, devices=(away,))
    assert not told


def test_a_stop_from_elsewhere_is_told(told, bridge):
    change(bridge, stop=StopView(stopped=True, source="ctl"))
    assert told == ["Everything is stopped."]


def test_nothing_is_told_while_the_window_is_in_front(told, bridge, front):
    front[0] = True
    change(bridge, stop=StopView(stopped=True, source="ctl"))
    assert not told


def test_gifts_are_never_told(told, bridge):
    change(bridge, feed=(sample.rose(0, "a", 100),))
    assert not told


def note(text, code="rule_note", at_ms=1):
    key = "note" if code == "rule_note" else f"alarm.{text}"
    return NoticeView(key=key, level="info", code=code, values={"text": text}, at_ms=at_ms)


def test_what_rules_tell_is_shown_once_each_time(told, bridge):
    noted = []
    bridge.alerts.noted.connect(noted.append)
    change(bridge, notices=(note("look"), note("too hot", "rule_alarm")))
    change(bridge, notices=(note("look"), note("too hot", "rule_alarm")))
    assert told == ["look", "too hot"]
    # An alarm has the banner: it stays there until it is seen.
    assert noted == ["look"]
    change(bridge, notices=(note("again", at_ms=2),))
    assert noted == ["look", "again"]


def test_many_notes_do_not_push_each_other_away(told, bridge):
    for number in range(100):
        change(bridge, notices=(note(f"note {number}", at_ms=number + 1),))
    assert len(told) == 12


def test_what_stood_before_we_came_is_no_news(bridge, front):
    bridge.state.notices = (note("old"),)
    alerts = Alerts(bridge, lambda: front[0])
    heard = []
    alerts.raised.connect(heard.append)
    bridge.notices_changed.emit()
    change(bridge, notices=(note("old"), note("new", "rule_alarm")))
    assert heard == ["new"]
    alerts.close()
