"""Pictures move as the devices do, and cost nothing when nothing moves."""

import pytest

from app.gateway.views import CapabilityView
from app.gui.widgets.picture import Motion, Picture, motion_of
from tests.app.gui import sample


@pytest.fixture
def picture(qtbot):
    widget = Picture()
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def test_a_motor_turns_at_its_speed_and_rests_when_it_stops(picture, qtbot):
    picture.show_motion(Motion(kind="motor", active=True, rpm=60.0))
    assert picture._timer.isActive()
    qtbot.waitUntil(lambda: picture.angle > 20, timeout=5000)
    picture.show_motion(Motion(kind="motor"))
    qtbot.waitUntil(lambda: not picture._timer.isActive(), timeout=5000)


def test_a_reversed_motor_turns_the_other_way(picture, qtbot):
    picture.show_motion(Motion(kind="motor", active=True, rpm=-60.0))
    qtbot.waitUntil(lambda: 180 < picture.angle < 350, timeout=5000)
    picture.show_motion(Motion(kind="motor"))


def test_a_relay_closes_its_arm_and_rests(picture, qtbot):
    picture.show_motion(Motion(kind="switch", active=True))
    qtbot.waitUntil(lambda: picture._arm == 1.0, timeout=5000)
    qtbot.waitUntil(lambda: not picture._timer.isActive(), timeout=5000)
    picture.show_motion(Motion(kind="switch"))
    qtbot.waitUntil(lambda: picture._arm == 0.0, timeout=5000)


def test_a_light_shows_its_colour(picture):
    dark = picture.grab().toImage().pixelColor(24, 20)
    picture.show_motion(Motion(kind="light", active=True, colour=(255, 0, 0)))
    lit = picture.grab().toImage().pixelColor(24, 20)
    assert (lit.red(), lit.green()) == (255, 0)
    assert dark != lit


def test_a_hidden_picture_stands_still(picture):
    picture.show_motion(Motion(kind="motor", active=True, rpm=60.0))
    picture.hide()
    assert not picture._timer.isActive()
    picture.show()
    assert picture._timer.isActive()
    picture.show_motion(Motion(kind="motor"))
    picture.hide()


def test_nothing_flashes_faster_than_three_times_a_second():
    output = CapabilityView(id="l", kind="light", title="L", active=True, instruction="flash",
                            args={"times": 9, "rate_hz": 12.0})  # fmt: skip
    assert motion_of(output, away=False).flash_hz == 3.0


def test_what_the_device_reports_wins_over_what_was_asked():
    output = sample.motor().capabilities[0]
    assert motion_of(output, away=False).rpm == 100.0
    slow = output.model_copy(update={"values": {"rpm": -12.0}})
    assert motion_of(slow, away=False).rpm == -12.0
    asked = output.model_copy(update={"values": {}, "args": {"rpm": 50.0, "reverse": True}})
    assert motion_of(asked, away=False).rpm == -50.0


def test_a_device_that_is_away_does_not_move():
    assert motion_of(sample.motor().capabilities[0], away=True).rpm == 0.0


@pytest.mark.parametrize(
    "kind", ["motor", "light", "switch", "level", "pulse", "effect", "unknown"]
)
@pytest.mark.parametrize("active", [True, False])
def test_every_kind_paints(picture, kind, active):
    picture.show_motion(Motion(kind=kind, active=active, level=0.5))
    assert not picture.grab().isNull()
    picture.show_motion(Motion())
