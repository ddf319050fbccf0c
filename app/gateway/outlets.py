"""What carries out the effects of rules outside the devices, as the line needs it.

One rule: every effect has a fate that is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.core.outcome import Command, EffectRequest


class Outlets(Protocol):
    """Carries out effects. Called on the loop; it must not wait, and never raises."""

    def carry_out(self, requests: Sequence[EffectRequest], commands: Sequence[Command]) -> None:
        """Take these in order; `commands` go to devices at the same time.

        Each is told of by Deliveries with its id and outlet.

        The last is DONE, DROPPED (too old, stopped) or FAILED with a reason.
        """

    def stop_now(self) -> None:
        """End what goes on and throw away what waits, because of STOP. Any thread."""
