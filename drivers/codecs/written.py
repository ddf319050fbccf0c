"""Outputs whose commands the user wrote down in a form.

One rule: pure; an activation never lasts longer than its hazard allows, whatever is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from drivers.codecs.loads import HAZARDS
from drivers.codecs.template import values_of
from drivers.contract import (
    HAZARD_LIMITS,
    Capability,
    Cause,
    DriverError,
    Flash,
    Instruction,
    Kind,
    Run,
    SetColor,
)

if TYPE_CHECKING:
    from drivers.codecs.template import Command
    from drivers.codecs.template_settings import OutputForm


class Written(Protocol):
    """Settings that read what was written."""

    def texts_of(self, output: OutputForm) -> tuple[tuple[str, frozenset[str]], ...]:
        """Return the commands of an output, each with what may stand in its gaps."""

    def command(self, text: str, gaps: frozenset[str] = frozenset()) -> Command:
        """Read a command."""


class WrittenOutput:
    """One output with its commands, read."""

    def __init__(self, name: str, form: OutputForm, settings: Written) -> None:
        hazard = HAZARDS[form.load]
        self.capability = Capability(
            name, Kind(form.kind), form.name, hazard, self_timed=form.self_timed
        )
        self.on, self.run, self.off = (
            settings.command(text, gaps) for text, gaps in settings.texts_of(form)
        )

    def said(self, instruction: Instruction, duration_s: float | None) -> bytes:
        """Return the bytes of an instruction that turns it on; raises UNSUPPORTED."""
        command = self.run if isinstance(instruction, Run) else self.on
        if not command.parts:
            raise DriverError(Cause.UNSUPPORTED, type(instruction).__name__)
        if isinstance(instruction, Flash):
            # Nobody knows how fast it can blink: it shines, and is switched off in time.
            instruction = SetColor(instruction.red, instruction.green, instruction.blue)
        longest_s = HAZARD_LIMITS[self.capability.hazard].max_on_s
        length_s = longest_s if duration_s is None else min(duration_s, longest_s)
        return command.filled(values_of(instruction, length_s))
