"""States in a word: colour, shape and word agree, and nothing is claimed that is not known."""

from dataclasses import replace

import pytest

from app.core.links import LinkReason, LinkStage, LinkState
from app.gateway import plain
from app.gateway.views import LinkView, StopView, StreamView
from app.gui import status
from app.gui.models.state import State
from tests.app.gui import sample


@pytest.fixture
def state():
    now = State(link=LinkState(LinkStage.ONLINE, 0.0))
    now.replace(sample.snapshot())
    return now


def test_devices_count_and_warn_when_one_is_away(state):
    assert status.devices_status(state) == ("3 / 4", "warn")
    del state.devices["pump"]
    assert status.devices_status(state) == ("3 / 3", "ok")


@pytest.mark.parametrize(
    ("stage", "reason", "tone"),
    [
        ("online", "", "ok"),
        ("connecting", "", "off"),
        ("waiting", "offline", "off"),
        ("waiting", "no_network", "warn"),
        ("blocked", "user_not_found", "warn"),
        ("off", "", "off"),
    ],
)
def test_the_stream_chip_warns_only_when_something_is_wrong(state, stage, reason, tone):
    state.stream = StreamView(user="a", link=LinkView(stage=stage, reason=reason))
    word, shown = status.stream_status(state)
    assert shown == tone
    assert word


def test_nothing_is_claimed_about_devices_while_the_core_is_away(state):
    state.link = LinkState(LinkStage.WAITING, 0.0, LinkReason.CRASHED)
    assert status.device_status(state.devices["motor"], state) == ("Not known now", "off")
    assert status.core_words(state).headline == "The engine is starting again."


def test_a_drivers_own_sentence_stands_in_for_the_words_of_the_reason():
    link = LinkView(stage="waiting", reason="refused", said="Tube {n} is empty.", values={"n": "2"})
    assert status.link_sentence(link) == "Tube 2 is empty."
    assert plain.link_line(link) == "waiting. Tube 2 is empty."


def test_an_engine_that_was_turned_off_can_be_started(state):
    state.link = LinkState(LinkStage.OFF, 0.0)
    assert status.core_words(state).start


def test_what_retrying_cannot_cure_shows_its_own_sentence(state):
    detail = "Another version of Giftwire is still running. Quit it, then start this one again."
    state.link = LinkState(LinkStage.BLOCKED, 0.0, LinkReason.REFUSED, detail=detail)
    assert status.core_words(state).hint == detail


def test_stop_tells_the_truth_about_every_device(state):
    state.stop = StopView(
        stopped=True,
        dropped=3,
        took_ms=210,
        confirmed={"motor": True, "light": None, "relay": False},
    )
    said = status.stop_sentence(state)
    assert "1 device confirmed in 0.2 s, 3 waiting actions dropped." in said
    assert "Waiting for LED strip." in said
    assert "Fog machine did not confirm: check it yourself." in said


def test_the_tray_has_a_shape_for_each_state(state):
    assert status.tray_shape(state) == "problem"
    del state.devices["pump"]
    assert status.tray_shape(state) == "running"
    assert status.tray_line(state) == "LIVE · 5 rules on · 3 of 3 devices"
    state.rules_running = False
    assert status.tray_shape(state) == "paused"
    state.stop = StopView(stopped=True)
    assert status.tray_shape(state) == "stopped"
    state.stop = StopView()
    state.link = replace(state.link, stage=LinkStage.WAITING)
    assert status.tray_shape(state) == "problem"


def test_a_rotation_is_told_by_rounds(state):
    assert status.running_line(state.running[0]) == "Motor 1 · round 7 of 12 · 100 RPM"


def test_the_line_under_the_title(state):
    now = sample.NOW_MS
    assert status.context_line(state, now) == "Live for 1 h 12 min · 312 gifts · 96 actions"
    state.stream = StreamView(user="a", link=LinkView(stage="waiting", reason="offline"))
    assert status.context_line(state, now) == "@a · You are not live."


def test_the_title_line_says_what_may_be_missing_while_live(state):
    link = LinkView(stage="online", reason="age_restricted")
    state.stream = state.stream.model_copy(update={"link": link})
    assert "18+" in status.context_line(state, 0)


def test_a_sensor_tells_its_readings_with_their_units():
    values = {"temperature": 21.54, "humidity": 40.0, "odd_thing": 3.0}
    assert status.readings(values) == "Temperature 21.54 °C · Humidity 40 % · odd thing 3"
    assert status.main_reading(values) == "21.5 °C"
    assert status.main_reading({}) == ""
    assert status.readings({}) == "nothing yet"
