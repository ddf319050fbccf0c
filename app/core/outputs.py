"""What actions on a device have in common: which device, which output, colours and shares.

One rule: an action asks for an instruction; whether the device may do it is decided elsewhere.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Final

from pydantic import Field, StringConstraints

from app.core.expressions import Formula
from app.core.forms import Pick, hints
from app.core.parts import Action, Planned
from drivers.contract import N_, Instruction, Kind

# More than any device does in a run; keeps a formula's million out of an integer field.
_MOST: Final = 1_000_000

Colour = Annotated[
    str,
    StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$", to_lower=True),
    Field(title=N_("Colour"), json_schema_extra=hints(Pick.COLOR)),
]
DeviceRef = Annotated[
    str,
    Field(
        max_length=60,
        title=N_("Device"),
        description=N_("One of your devices, or the first of its kind: motor, light, relay."),
        json_schema_extra=hints(Pick.DEVICE),
    ),
]
Seconds = Annotated[
    Formula,
    Field(
        title=N_("Seconds"),
        description=N_("It ends after this long at the latest; the device may end it sooner."),
        json_schema_extra={"unit": "s"},
    ),
]


class OutputAction(Action):
    """An action on one output of one device. `kinds` are tried in their order."""

    kinds: ClassVar[tuple[Kind, ...]]

    device: DeviceRef
    capability: str = Field(
        default="",
        max_length=60,
        title=N_("Output"),
        description=N_("Empty: the device's first output that fits."),
        json_schema_extra=hints(Pick.CAPABILITY),
    )

    def plan(self, instruction: Instruction, duration_s: float | None = None) -> Planned:
        """Return the instruction for this action's device."""
        return Planned(self.kinds, self.device, self.capability, instruction, duration_s)


def channels(colour: Colour) -> tuple[int, int, int]:
    """Return red, green and blue, 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def share(percent: float) -> float:
    """Return per cent as 0.0 to 1.0."""
    return min(1.0, max(0.0, percent / 100.0))


def whole(value: float) -> int:
    """Return the nearest whole number, at most a million."""
    return int(min(_MOST, max(0.0, value)) + 0.5)
