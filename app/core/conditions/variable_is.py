"""A variable, compared in one of ten ways."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from app.core.comparing import (
    OPERATOR_DENIALS,
    OPERATOR_SENTENCES,
    AnyOperator,
    Comparing,
    High,
    Kind,
    Listed,
    Low,
    Number,
    Part,
    Text,
)
from app.core.expressions import Formula
from app.core.forms import Pick, hints
from app.core.parts import Facts, Say, Section, Verdict
from drivers.contract import N_

if TYPE_CHECKING:
    from app.core.speech import Slot, Speaker


class VariableIs(Comparing):
    """The variable stands to what is written as asked; one that nothing has set is 0 and empty."""

    key: ClassVar[str] = "variable_is"
    title: ClassVar[str] = N_("A variable")
    summary: ClassVar[str] = N_("Only if one of your variables has a certain value.")
    group: ClassVar[Section] = "rules"
    sentence: ClassVar[Say] = OPERATOR_SENTENCES["="]
    sentences: ClassVar[tuple[Say, ...]] = tuple(OPERATOR_SENTENCES.values())[1:]
    denials: ClassVar[tuple[Say, ...]] = tuple(OPERATOR_DENIALS.values())
    held: ClassVar[Say] = Say(
        "“{variable}” is {value}, as wanted", "“{variable}” là {value}, như mong muốn"
    )
    seen: ClassVar[Say | None] = Say("“{variable}” is {value}", "“{variable}” là {value}")
    failed: ClassVar[Say] = Say(
        "“{variable}” is {value}, wanted is {comparison}",
        "“{variable}” là {value}, cần {comparison}",
    )

    name: str = Field(
        default="", max_length=40, title=N_("Variable"), json_schema_extra=hints(Pick.VARIABLE)
    )
    of: Kind = "number"
    operator: AnyOperator = ">="
    number: Number = Formula(1)
    text: Text = ""
    low: Low = Formula(1)
    high: High = Formula(10)
    listed: Listed = ()
    part: Part = ""

    def holds(self, facts: Facts) -> Verdict:
        """Look the variable up and compare it."""
        value = facts.state.variable(self.name)
        if value is None:
            value = 0.0 if self.of == "number" else ""
        verdict = self.compared(value, facts)
        values = (("variable", self.name), *verdict.values)
        return Verdict(verdict.passed, verdict.reason, values)

    def says(self) -> Say:
        """Say the comparison."""
        return OPERATOR_SENTENCES[self.operator]

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Name the variable and quote what is written."""
        return {"left": speaker.typed(self.name, "variable"), **self.right(speaker)}
