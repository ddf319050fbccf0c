"""A clock that is set is told of once; a clock that runs is not."""

from app.clockwatch import ClockWatch
from app.core.notices import NoticeCode


class Clocks:
    def __init__(self):
        self.forward_s = 100.0
        self.set_s = 1_700_000_000.0

    def monotonic(self):
        return self.forward_s

    def wall_ms(self):
        return int((self.set_s + self.forward_s) * 1000)


def test_only_a_clock_that_was_set_is_told_of_and_only_once():
    clocks, told = Clocks(), []
    watch = ClockWatch(clocks, told.append)
    for passed_s, set_by_s in [(1, 0), (60, 2), (1, 0), (1, 3600), (1, 0), (1, -7200), (1, 0)]:
        clocks.forward_s += passed_s
        clocks.set_s += set_by_s
        watch.look()
    assert [notice.code for notice in told] == [NoticeCode.CLOCK_JUMPED] * 2
    assert [notice.values["seconds"] for notice in told] == ["+3600", "-7200"]
