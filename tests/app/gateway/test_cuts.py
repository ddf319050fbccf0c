"""A connection that is cut is told once, with its cure, and that it is back; a blink is nothing."""

import pytest

from app.core.links import LinkStage
from app.core.notices import NOTICE_WORDS, NoticeCode
from app.gateway.cuts import PATIENCE_S, Cuts

ON, AWAY, OFF = LinkStage.ONLINE, LinkStage.WAITING, LinkStage.OFF


class Rig:
    def __init__(self):
        self.now_s = 100.0
        self.told = []
        self.cuts = Cuts(self.told.append, lambda: self.now_s)

    def later(self, seconds):
        self.now_s += seconds
        self.cuts.look()

    @property
    def codes(self):
        return [one.code for one in self.told]


@pytest.fixture
def rig():
    return Rig()


def test_a_cut_is_told_once_and_its_end_too(rig):
    rig.cuts.changed("mqtt", ON)
    rig.cuts.changed("mqtt", AWAY)
    rig.later(PATIENCE_S - 0.1)
    assert rig.codes == []
    for _ in range(3):
        # A library that tries again tells every time that it failed.
        rig.cuts.changed("mqtt", AWAY)
        rig.later(1.0)
    assert rig.codes == [NoticeCode.MQTT_CUT]
    rig.cuts.changed("mqtt", ON)
    assert rig.codes == [NoticeCode.MQTT_CUT, NoticeCode.MQTT_BACK]
    assert len({one.key for one in rig.told}) == 1
    assert "again by itself" in NOTICE_WORDS[NoticeCode.MQTT_CUT].hint


def test_what_comes_back_within_a_moment_or_is_wanted_no_more_is_not_told(rig):
    for end in (ON, OFF):
        rig.cuts.changed("obs", AWAY)
        assert rig.cuts.away("obs")
        rig.later(PATIENCE_S / 2)
        rig.cuts.changed("obs", end)
        rig.later(PATIENCE_S * 2)
        assert not rig.cuts.away("obs")
    assert rig.told == []


def test_two_connections_are_told_apart(rig):
    rig.cuts.changed("obs", AWAY)
    rig.later(PATIENCE_S)
    rig.cuts.changed("mqtt", AWAY)
    rig.later(PATIENCE_S)
    rig.cuts.changed("obs", ON)
    assert rig.codes == [NoticeCode.OBS_CUT, NoticeCode.MQTT_CUT, NoticeCode.OBS_BACK]
