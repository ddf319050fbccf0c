"""What all lamps and strips that a `Show` repeats have in common.

One rule: whoever shows something says only that the system took it; nobody answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drivers.contract import Ack, Driver

if TYPE_CHECKING:
    from drivers.contract import Instruction
    from drivers.transports.show import Show


class Lamps(Driver):
    """Lamps or a strip behind `_show`, which a driver makes; it opens and closes it, too."""

    _show: Show[Any]

    async def apply(
        self, capability: str, instruction: Instruction, duration_s: float | None
    ) -> Ack:
        """Show something; it is taken without a word."""
        del duration_s  # lamps have no timer
        return await self._show.apply(capability, instruction)

    def stop_now(self) -> None:
        """Make everything dark, from any thread."""
        self._show.stop()

    async def make_safe(self) -> bool:
        """Make everything dark; as sure as one can be of what does not answer."""
        return await self._show.make_safe()
