"""A formula or a text, compared in one of ten ways."""

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
from app.core.forms import hints
from app.core.parts import Facts, Say, Section, Verdict
from app.core.texts import TextTemplate
from drivers.contract import N_

if TYPE_CHECKING:
    from app.core.speech import Slot, Speaker


class Compare(Comparing):
    """What the formula or the text comes to stands to what is written as asked."""

    key: ClassVar[str] = "compare"
    title: ClassVar[str] = N_("Compare")
    summary: ClassVar[str] = N_("Compare any number or text by a formula of your own.")
    group: ClassVar[Section] = "values"
    sentence: ClassVar[Say] = OPERATOR_SENTENCES["="]
    sentences: ClassVar[tuple[Say, ...]] = tuple(OPERATOR_SENTENCES.values())[1:]
    denials: ClassVar[tuple[Say, ...]] = tuple(OPERATOR_DENIALS.values())
    held: ClassVar[Say] = Say("it is {value}, as wanted", "giá trị là {value}, như mong muốn")
    seen: ClassVar[Say | None] = Say("it is {value}", "giá trị là {value}")
    failed: ClassVar[Say] = Say(
        "it is {value}, wanted is {comparison}", "giá trị là {value}, cần {comparison}"
    )

    of: Kind = "number"
    formula: Formula = Field(
        default=Formula("count"),
        title=N_("Formula"),
        json_schema_extra=hints(shown_if={"of": ["number"]}),
    )
    template: TextTemplate = Field(
        default=TextTemplate("{text}"),
        title=N_("What"),
        json_schema_extra=hints(shown_if={"of": ["text"]}),
    )
    operator: AnyOperator = ">="
    number: Number = Formula(1)
    text: Text = ""
    low: Low = Formula(1)
    high: High = Formula(10)
    listed: Listed = ()
    part: Part = ""

    def holds(self, facts: Facts) -> Verdict:
        """Work both sides out and compare them."""
        if self.of == "number":
            return self.compared(self.formula.value(facts.numbers()), facts)
        return self.compared(self.template.fill(facts.texts()), facts)

    def says(self) -> Say:
        """Say the comparison."""
        return OPERATOR_SENTENCES[self.operator]

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Quote both sides."""
        left = self.formula.text if self.of == "number" else self.template.text
        return {"left": speaker.quoted(left), **self.right(speaker)}
