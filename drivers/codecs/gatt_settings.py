"""What somebody says of a Bluetooth device of their own: its value, and what is written there.

One rule: what can hurt has a command that switches it off; without one it is not accepted.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from drivers.codecs.ble_settings import BleSettings
from drivers.codecs.template import GAPS, RUN_GAPS, Command, command
from drivers.codecs.template_settings import MOST_OUTPUTS, OutputForm, Text
from drivers.contract import N_, Kind

_SHORT_OR_LONG: Final = r"^([0-9a-fA-F]{4}|[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|)$"
# More than a value can hold is cut off by some devices without a word.
_MOST_BYTES: Final = 512


class GattSettings(BleSettings):
    """Which device, which of its values, and what it has."""

    battery: bool = Field(
        default=True,
        title=N_("Battery"),
        description=N_("Show how full its battery is, if it tells."),
    )
    value: str = Field(
        "",
        pattern=_SHORT_OR_LONG,
        title=N_("Value to write to"),
        description=N_("The code of a characteristic, such as FFE1. Empty: only its battery."),
    )
    answers: str = Field(
        "",
        pattern=_SHORT_OR_LONG,
        title=N_("Value that answers"),
        description=N_("The code of a characteristic that notifies. Empty: it does not answer."),
    )
    writing: Literal["hex", "text"] = Field(
        "hex",
        title=N_("Commands are"),
        description=N_("Bytes in hex look like: A0 01 01 {sum}"),
        json_schema_extra={"words": {"text": N_("Text"), "hex": N_("Bytes in hex")}},
    )
    answer: Text = Field(
        "",
        title=N_("What it answers"),
        description=N_(
            "What every answer holds if the device took the command, such as OK. "
            "Empty if it does not answer."
        ),
    )
    all_off: Text = Field(
        "",
        title=N_("Command that switches everything off"),
        description=N_("Sent by STOP. Empty: every output is switched off by its own command."),
    )
    outputs: Annotated[tuple[OutputForm, ...], Field(max_length=MOST_OUTPUTS)] = Field(
        (),
        title=N_("Outputs"),
        description=N_("What the device can do, each with its commands."),
        json_schema_extra={"one": N_("Output")},
    )

    @model_validator(mode="after")
    def _must_be_whole(self) -> Self:
        if not self.battery and not self.outputs:
            raise PydanticCustomError("nothing", N_("Add an output, or show its battery."))
        if self.outputs and not self.value:
            raise PydanticCustomError("no_value", N_("Say which value is written to."))
        if self.answer and not self.answers:
            raise PydanticCustomError("no_answers", N_("Say which value answers."))
        for one in self.outputs:
            for text, gaps in self.texts_of(one):
                self.command(text, gaps)
        self.command(self.all_off)
        self.command(self.answer)
        return self

    def texts_of(self, output: OutputForm) -> tuple[tuple[str, frozenset[str]], ...]:
        """Return the commands of an output, each with what may stand in its gaps."""
        gaps = GAPS[Kind(output.kind)]
        return (output.on, gaps), (output.run, RUN_GAPS), (output.off, frozenset())

    def command(self, text: str, gaps: frozenset[str] = frozenset()) -> Command:
        """Read a command; PydanticCustomError says what is wrong with it."""
        made = command(text, hexadecimal=self.writing == "hex", gaps=gaps)
        if sum(len(part) if isinstance(part, bytes) else 8 for part in made.parts) > _MOST_BYTES:
            raise PydanticCustomError("too_long", N_("A command has 512 bytes at most."))
        return made

    def expected(self) -> bytes:
        """Return what an answer must hold, b"" if none is expected."""
        return self.command(self.answer).filled({})
