"""What the guardian knows of one device: a recipe from before the first ON until all is off.

One rule: what may hurt is not switched on unless the guardian has its recipe.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from drivers.contract import N_, Cause, DriverError, Hazard

if TYPE_CHECKING:
    from app.devices.config import Guard
    from drivers.contract import Capability, Driver

log = logging.getLogger(__name__)

# A lamp that burns on harms nobody, and a gift was paid for it.
_HARMLESS: Final = frozenset({Hazard.NONE, Hazard.LIGHT})


class Guarded:
    """The guardian's side of one device."""

    def __init__(self, guard: Guard, device_id: str) -> None:
        """Nothing is on."""
        self._guard = guard
        self._device_id = device_id
        # Whether something may be on, and whether the guardian is sure to know of it.
        self.armed = False
        self._known = False

    def arm(self, driver: Driver, capability: Capability) -> None:
        """Guard the device before the first byte that turns an output on.

        Raises REFUSED if the driver fails to tell how it is made safe, or if the guardian does not
        answer and the output may hurt.
        """
        if self._known:
            return
        try:
            recipe = driver.safe_recipe()
        except Exception as error:
            log.exception("device %s: no safe recipe", self._device_id)
            raise DriverError(Cause.REFUSED, "no safe recipe") from error
        known = recipe is None or self._guard.arm(self._device_id, recipe)
        if not known and capability.hazard not in _HARMLESS:
            if not self.armed:
                # It may still be on its way, and nothing was switched on.
                self._guard.disarm(self._device_id)
            raise DriverError(
                Cause.REFUSED,
                say=N_("Giftwire's guardian does not answer. Restart Giftwire, then try again."),
            )
        self.armed, self._known = True, known

    def disarm(self) -> None:
        """Take the recipe back: everything is off."""
        if self.armed:
            self.armed = self._known = False
            self._guard.disarm(self._device_id)
