"""Turn a motor a number of rounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from app.core.expressions import Formula
from app.core.outputs import DeviceRef, OutputAction
from app.core.parts import Facts, Planned, Say, Section
from drivers.contract import N_, Kind, Rotate

if TYPE_CHECKING:
    from app.core.speech import Slot, Speaker


class RotateMotor(OutputAction):
    """Turn a motor a number of rounds."""

    key: ClassVar[str] = "rotate"
    title: ClassVar[str] = N_("Rotate a motor")
    summary: ClassVar[str] = N_("Turn a motor by so many rounds, for example one for each coin.")
    group: ClassVar[Section] = "devices"
    common: ClassVar[bool] = True
    kinds: ClassVar[tuple[Kind, ...]] = (Kind.MOTOR,)
    sentence: ClassVar[Say] = Say(
        "rotate {device} by {rounds} at up to {rpm}",
        "cho {device} quay {rounds} với tốc độ tối đa {rpm}",
    )
    sentences: ClassVar[tuple[Say, ...]] = (
        Say(
            "rotate {device} backwards by {rounds} at up to {rpm}",
            "cho {device} quay ngược {rounds} với tốc độ tối đa {rpm}",
        ),
    )

    device: DeviceRef = "motor"
    rounds: Formula = Field(
        default=Formula("count"),
        title=N_("Rounds"),
        description=N_("How many rounds, for example coins * count."),
        json_schema_extra={"unit": "rounds"},
    )
    rpm: Formula = Field(
        default=Formula(100),
        title=N_("Speed"),
        description=N_("Rounds a minute. The device's own limit holds in any case."),
        json_schema_extra={"unit": "rpm"},
    )
    reverse: bool = Field(default=False, title=N_("Backwards"))

    def commands(self, facts: Facts) -> tuple[Planned, ...]:
        """Rotate if rounds and speed come to more than zero."""
        numbers = facts.numbers()
        rounds, rpm = self.rounds.value(numbers), self.rpm.value(numbers)
        if rounds <= 0 or rpm <= 0:
            return ()
        return (self.plan(Rotate(rounds, rpm, self.reverse)),)

    def says(self) -> Say:
        """Say when it turns backwards."""
        return self.sentences[0] if self.reverse else self.sentence

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Word the fields."""
        return {
            "device": speaker.device(self.device),
            "rounds": speaker.worked_out(self.rounds, "round"),
            "rpm": speaker.worked_out(self.rpm, "rpm"),
        }
