"""Add to a variable."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from app.core.expressions import Formula
from app.core.keeping import Lasting, VariableName, lasts
from app.core.moves import AddVariable, Move
from app.core.parts import Action, Facts, Say, Section
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.core.speech import Slot, Speaker


class AddToVariable(Action):
    """Add what a formula comes to to a variable; one that nothing has set counts as 0."""

    key: ClassVar[str] = "add_variable"
    title: ClassVar[str] = N_("Add to a variable")
    summary: ClassVar[str] = N_("Count up or down under a name, for example towards a goal.")
    group: ClassVar[Section] = "rules"
    common: ClassVar[bool] = True
    sentence: ClassVar[Say] = Say("add {amount} to {name}", "cộng {amount} vào {name}")

    name: VariableName = ""
    amount: Formula = Field(
        default=Formula(1),
        title=N_("Amount"),
        description=N_("A number below zero takes away."),
    )
    lasting: Lasting = "same"

    def moves(self, facts: Facts) -> Iterator[Move]:
        """Add if one is chosen and the amount is not zero."""
        amount = self.amount.value(facts.numbers())
        if self.name and amount:
            yield AddVariable(self.name, amount, lasts(self.lasting))

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Name the variable and quote the amount."""
        amount = speaker.quoted(self.amount.text)
        return {"name": speaker.typed(self.name, "variable"), "amount": amount}
