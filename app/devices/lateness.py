"""How much later than it is told a command is seen, as far as somebody measured it.

One rule: it only looks; who waits for a slow device are others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.devices.made import outputs_of
from app.devices.nudging import Delays
from drivers.contract import is_off

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.core.outcome import Command
    from app.devices.roster import Roster

# Nobody takes a sound that comes later for one of this gift.
MOST_S: Final = 5.0


def lateness_s(roster: Roster, commands: Iterable[Command]) -> float:
    """Return after how many seconds the slowest of these is seen; 0 if none was measured."""
    delays_ms = (
        Delays(roster.config(device).delays.get(output, ())).median_ms
        for command in commands
        if not is_off(command.instruction)
        for device, output in _outputs(roster, command)
        if roster.known(device)
    )
    return min(MOST_S, max((one for one in delays_ms if one is not None), default=0.0) / 1000.0)


def _outputs(roster: Roster, command: Command) -> Iterator[tuple[str, str]]:
    made = roster.made_by_id(command.device_id)
    if made is None:
        yield command.device_id, command.capability
    else:
        yield from outputs_of(made)
