"""When an output that can do harm must be let go by a press of a hand before gifts reach it.

One rule: no rule, file or message from elsewhere arms anything; OFF never needs it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from drivers.contract import Hazard

if TYPE_CHECKING:
    from collections.abc import Iterable

    from drivers.contract import Capability


class Arming(StrEnum):
    """How long one press holds; ordered from never needed to needed most often."""

    NEVER = ""
    # What moves or touches somebody: until other settings or other hardware.
    FIRST_USE = "first_use"
    # What gets hot: until the program ends.
    EACH_START = "each_start"
    # What hurts: until the program ends, STOP is pressed or the computer slept.
    EACH_SESSION = "each_session"


_OF: Final = {
    Hazard.MOTION: Arming.FIRST_USE,
    Hazard.BODY: Arming.FIRST_USE,
    Hazard.HEAT: Arming.EACH_START,
    Hazard.PAIN: Arming.EACH_SESSION,
}
_ORDER: Final = tuple(Arming)


def arming_of(capability: Capability, *, pretend: bool = False) -> Arming:
    """Say how often an output must be armed; on a screen only what would hurt."""
    arming = _OF.get(capability.hazard, Arming.NEVER)
    return Arming.NEVER if pretend and arming is not Arming.EACH_SESSION else arming


def strictest(armings: Iterable[Arming]) -> Arming:
    """Return the one of several that is needed most often."""
    return max(armings, key=_ORDER.index, default=Arming.NEVER)


def is_armed(arming: Arming, *, used: bool, session: bool) -> bool:
    """Say whether it may be used: `used` by hand once, or armed in this `session`."""
    return arming is Arming.NEVER or session or (used and arming is Arming.FIRST_USE)
