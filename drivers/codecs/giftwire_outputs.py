"""What the outputs of a Giftwire board are to us: capabilities with hazards and limits.

One rule: a board may call itself more dangerous than we think, never a motor harmless.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from drivers.contract import Capability, Hazard, Kind, Limits, QueuePolicy

if TYPE_CHECKING:
    from drivers.codecs.giftwire_line import Output

LONGEST_S = 600.0
# USB makers of the boards and chips people use for this; they are offered first.
LIKELY_MAKERS = frozenset({0x2341, 0x2A03, 0x1A86, 0x10C4, 0x0403, 0x303A, 0x2E8A, 0x239A})
_HAZARDS = {
    Kind.SWITCH: Hazard.MAINS,
    Kind.LEVEL: Hazard.LIGHT,
    Kind.LIGHT: Hazard.LIGHT,
    Kind.MOTOR: Hazard.MOTION,
    Kind.PULSE: Hazard.MAINS,
    Kind.EFFECT: Hazard.NONE,
}


def capability_of(output: Output) -> Capability | None:
    """Return the capability of one output; None for a kind this version does not know."""
    try:
        kind = Kind(output.kind)
        hazard = Hazard(output.hazard) if output.hazard else _HAZARDS[kind]
    except ValueError:
        return None
    if kind is Kind.MOTOR and hazard is Hazard.NONE:
        hazard = Hazard.MOTION
    numbers = output.limits
    return Capability(
        id=output.name,
        kind=kind,
        title=output.title or output.name,
        hazard=hazard,
        self_timed=True,
        readback=True,
        policy=QueuePolicy.LATEST if kind in (Kind.LIGHT, Kind.LEVEL) else QueuePolicy.QUEUE,
        limits=Limits(
            max_on_s=min(LONGEST_S, numbers.get("on", math.inf) / 1000.0),
            max_rpm=numbers.get("rpm", math.inf),
            max_rounds=numbers.get("rounds", math.inf),
            max_flash_hz=numbers.get("hz", math.inf),
        ),
        effects=output.effects,
    )
