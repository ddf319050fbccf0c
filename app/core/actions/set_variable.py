"""Set a variable to a number or a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from app.core.comparing import Kind
from app.core.expressions import Formula
from app.core.forms import hints
from app.core.keeping import Lasting, VariableName, lasts
from app.core.moves import Move, SetVariable
from app.core.parts import Action, Facts, Say, Section
from app.core.texts import TextTemplate
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.core.speech import Slot, Speaker


class SetTheVariable(Action):
    """Set a variable to what a formula or a text comes to."""

    key: ClassVar[str] = "set_variable"
    title: ClassVar[str] = N_("Set a variable")
    summary: ClassVar[str] = N_("Remember a number or a text under a name.")
    group: ClassVar[Section] = "rules"
    sentence: ClassVar[Say] = Say("set {name} to {value}", "đặt {name} bằng {value}")

    name: VariableName = ""
    of: Kind = "number"
    number: Formula = Field(
        default=Formula(0),
        title=N_("Number"),
        json_schema_extra=hints(shown_if={"of": ["number"]}),
    )
    text: TextTemplate = Field(
        default=TextTemplate(""),
        title=N_("Text"),
        json_schema_extra=hints(shown_if={"of": ["text"]}),
    )
    lasting: Lasting = "same"

    def moves(self, facts: Facts) -> Iterator[Move]:
        """Set it if one is chosen."""
        if not self.name:
            return
        value: float | str
        if self.of == "number":
            value = self.number.value(facts.numbers())
        else:
            value = self.text.fill(facts.texts())
        yield SetVariable(self.name, value, lasts(self.lasting))

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Name the variable and quote what it becomes."""
        value = self.number.text if self.of == "number" else self.text.text
        return {"name": speaker.typed(self.name, "variable"), "value": speaker.quoted(value)}
