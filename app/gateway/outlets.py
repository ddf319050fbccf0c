"""What carries out the effects of rules outside the devices, as the line needs it.

One rule: every effect has a fate that is told; where nothing can carry it out, that is told too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from app.core.effects import outlet_device
from app.core.outcome import Delivery, Drop, Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.core.outcome import EffectRequest
    from app.link import Clock


class Outlets(Protocol):
    """Carries out effects. Called on the loop; it must not wait, and never raises."""

    def carry_out(self, requests: Sequence[EffectRequest]) -> None:
        """Take these in order. Each is told of by Deliveries with its id and outlet.

        The last is DONE, DROPPED (too old, stopped) or FAILED with a reason.
        """

    def stop_now(self) -> None:
        """End what goes on and throw away what waits, because of STOP. Any thread."""


class NoOutlets:
    """Stands where no outlet is: every effect fails, and says so."""

    def __init__(self, clock: Clock, on_delivery: Callable[[Delivery], None]) -> None:
        self._clock = clock
        self._on_delivery = on_delivery

    def carry_out(self, requests: Sequence[EffectRequest]) -> None:
        """Tell of each that nothing can carry it out."""
        for request in requests:
            self._on_delivery(
                Delivery(
                    command_id=request.id,
                    device_id=outlet_device(request.effect),
                    event_id=request.event_id,
                    rule_id=request.rule_id,
                    stage=Stage.FAILED,
                    at=self._clock.monotonic(),
                    at_ms=self._clock.wall_ms(),
                    drop=Drop.UNSUPPORTED,
                    detail=f"no outlet: {request.effect.outlet}",
                )
            )

    def stop_now(self) -> None:
        """Nothing goes on here."""
