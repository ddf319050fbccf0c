"""Ways of motors that gain and lose speed evenly. One rule: pure, in whatever units it is asked."""

from __future__ import annotations


def way_within(seconds: float, speed: float, gain: float) -> float:
    """Return the longest way that takes at most so long, from standing to standing.

    `speed` is units a second, `gain` how fast it gains and loses that speed, 0 for at once.
    """
    if gain <= 0:
        return seconds * speed
    gaining_s = speed / gain
    if seconds < 2 * gaining_s:
        return gain * (seconds / 2) ** 2
    return speed * (seconds - gaining_s)
