"""The outputs of relay boards: "relay1", "relay2" and so on.

One rule: a relay is named by the number printed on its board.
"""

from __future__ import annotations

from drivers.codecs.loads import HAZARDS
from drivers.contract import N_, Capability, Cause, DriverError, Kind

TITLE = N_("Relay")


def relays(
    count: int, load: str, *, self_timed: bool = False, readback: bool = False
) -> tuple[Capability, ...]:
    """Return the outputs of a board with `count` relays on which `load` hangs."""
    return tuple(
        Capability(
            f"relay{number}",
            Kind.SWITCH,
            f"{TITLE} {number}",
            HAZARDS[load],
            self_timed=self_timed,
            readback=readback,
        )
        for number in range(1, count + 1)
    )


def relay_of(capability: str, count: int) -> int:
    """Return which relay an output is, from 1 on; raises UNSUPPORTED."""
    for number in range(1, count + 1):
        if capability == f"relay{number}":
            return number
    raise DriverError(Cause.UNSUPPORTED, capability)
