"""How values are compared: six ways for numbers, ten for what may be a number or a text.

One rule: every comparison has an answer for every value; what is no number is never more or less.
"""

from __future__ import annotations

import enum
import math
import operator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import Field, StringConstraints

from app.core.expressions import Formula
from app.core.forms import Pick, hints
from app.core.parts import Condition, Say, Verdict, answer
from app.core.texts import folded
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.core.parts import Facts
    from app.core.speech import Slot, Speaker


class Comparison(enum.StrEnum):
    """How two numbers are compared."""

    AT_LEAST = ">="
    MORE_THAN = ">"
    EXACTLY = "="
    NOT = "!="
    AT_MOST = "<="
    LESS_THAN = "<"


_COMPARE: Final[dict[str, Callable[[Any, Any], bool]]] = {
    ">=": operator.ge,
    ">": operator.gt,
    "=": operator.eq,
    "!=": operator.ne,
    "<=": operator.le,
    "<": operator.lt,
}


def compare(left: float, comparison: Comparison, right: float) -> bool:
    """Compare two numbers."""
    return _COMPARE[comparison](left, right)


Operator = Literal["=", "!=", ">", ">=", "<", "<=", "between", "one_of", "none_of", "contains"]
_SIX: Final = ["=", "!=", ">", ">=", "<", "<="]
_WORDS: Final[dict[str, str]] = {
    "=": N_("is"),
    "!=": N_("is not"),
    ">": N_("is more than"),
    ">=": N_("is at least"),
    "<": N_("is less than"),
    "<=": N_("is at most"),
    "between": N_("is between"),
    "one_of": N_("is one of"),
    "none_of": N_("is none of"),
    "contains": N_("contains"),
}
OPERATOR_SENTENCES: Final[dict[str, Say]] = {
    "=": Say("{left} is {right}", "{left} là {right}"),
    "!=": Say("{left} is not {right}", "{left} khác {right}"),
    ">": Say("{left} is more than {right}", "{left} lớn hơn {right}"),
    ">=": Say("{left} is {right} or more", "{left} từ {right} trở lên"),
    "<": Say("{left} is less than {right}", "{left} nhỏ hơn {right}"),
    "<=": Say("{left} is {right} or less", "{left} từ {right} trở xuống"),
    "between": Say("{left} is between {right} and {top}", "{left} từ {right} đến {top}"),
    "one_of": Say("{left} is one of {right}", "{left} là một trong {right}"),
    "none_of": Say("{left} is none of {right}", "{left} không thuộc {right}"),
    "contains": Say("{left} contains {right}", "{left} chứa {right}"),
}
# The opposite of each, in the same order.
OPERATOR_DENIALS: Final[dict[str, Say]] = {
    "=": OPERATOR_SENTENCES["!="],
    "!=": OPERATOR_SENTENCES["="],
    ">": OPERATOR_SENTENCES["<="],
    ">=": OPERATOR_SENTENCES["<"],
    "<": OPERATOR_SENTENCES[">="],
    "<=": OPERATOR_SENTENCES[">"],
    "between": Say(
        "{left} is not between {right} and {top}", "{left} không nằm từ {right} đến {top}"
    ),
    "one_of": OPERATOR_SENTENCES["none_of"],
    "none_of": OPERATOR_SENTENCES["one_of"],
    "contains": Say("{left} does not contain {right}", "{left} không chứa {right}"),
}
# How a trace words what was wanted, by the value called "comparison".
WANTED: Final[dict[str, Say]] = {
    "=": Say(N_("exactly {wanted}"), "đúng {wanted}"),
    "!=": Say(N_("anything but {wanted}"), "khác {wanted}"),
    ">": Say(N_("more than {wanted}"), "lớn hơn {wanted}"),
    ">=": Say(N_("at least {wanted}"), "ít nhất {wanted}"),
    "<": Say(N_("less than {wanted}"), "nhỏ hơn {wanted}"),
    "<=": Say(N_("at most {wanted}"), "tối đa {wanted}"),
    "between": Say(N_("{wanted} to {top}"), "{wanted} đến {top}"),
    "one_of": Say(N_("one of {wanted}"), "một trong {wanted}"),
    "none_of": Say(N_("none of {wanted}"), "không thuộc {wanted}"),
    "contains": Say(N_("something with {wanted}"), "có chứa {wanted}"),
}

_ShortText = Annotated[str, StringConstraints(max_length=100)]
Kind = Annotated[
    Literal["number", "text"],
    Field(
        title=N_("Compared as"),
        json_schema_extra=hints(choices={"number": N_("a number"), "text": N_("a text")}),
    ),
]
AnyOperator = Annotated[
    Operator, Field(title=N_("How to compare"), json_schema_extra=hints(choices=_WORDS))
]
Number = Annotated[
    Formula,
    Field(
        title=N_("Number"),
        json_schema_extra=hints(shown_if={"of": ["number"], "operator": _SIX}),
    ),
]
Text = Annotated[
    _ShortText,
    Field(title=N_("Text"), json_schema_extra=hints(shown_if={"of": ["text"], "operator": _SIX})),
]
Low = Annotated[
    Formula, Field(title=N_("From"), json_schema_extra=hints(shown_if={"operator": ["between"]}))
]
High = Annotated[
    Formula, Field(title=N_("Up to"), json_schema_extra=hints(shown_if={"operator": ["between"]}))
]
Listed = Annotated[
    tuple[_ShortText, ...],
    Field(
        max_length=50,
        title=N_("List"),
        json_schema_extra=hints(Pick.WORDS, shown_if={"operator": ["one_of", "none_of"]}),
    ),
]
Part = Annotated[
    _ShortText,
    Field(title=N_("Text"), json_schema_extra=hints(shown_if={"operator": ["contains"]})),
]


class Comparing(Condition):
    """Base of conditions that compare something in one of ten ways with something written.

    Its classes have these fields themselves, so that forms show what is compared first.
    """

    if TYPE_CHECKING:
        of: Kind
        operator: AnyOperator
        number: Number
        text: Text
        low: Low
        high: High
        listed: Listed
        part: Part

    def compared(self, left: float | str, facts: Facts) -> Verdict:
        """Compare `left` with what is written; tells both."""
        wanted = self._wanted(facts)
        passed = _holds(left, self.operator, wanted)
        values = (
            ("value", left),
            ("comparison", self.operator),
            ("wanted", wanted.told),
            ("top", wanted.high if self.operator == "between" else ""),
        )
        return answer(passed=passed, values=values)

    def right(self, speaker: Speaker) -> dict[str, Slot]:
        """Return the slots for what is written."""
        match self.operator:
            case "between":
                return {"right": _said(self.low, speaker), "top": _said(self.high, speaker)}
            case "one_of" | "none_of":
                names = [speaker.quoted(text) for text in self.listed if text.strip()]
                missing = speaker.missing("text")
                return {"right": speaker.listed(names, "more_text") if names else missing}
            case "contains":
                return {"right": speaker.typed(self.part, "text")}
            case _ if self.of == "text":
                return {"right": speaker.quoted(self.text)}
            case _:
                return {"right": _said(self.number, speaker)}

    def _wanted(self, facts: Facts) -> _Wanted:
        numbers = facts.numbers()
        match self.operator:
            case "between":
                low, high = self.low.value(numbers), self.high.value(numbers)
                return _Wanted(told=low, low=low, high=high)
            case "one_of" | "none_of":
                return _Wanted(told=", ".join(self.listed), listed=self.listed)
            case "contains":
                return _Wanted(told=self.part, one=self.part)
            case _ if self.of == "text":
                return _Wanted(told=self.text, one=self.text)
            case _:
                number = self.number.value(numbers)
                return _Wanted(told=number, one=number)


@dataclass(frozen=True, slots=True)
class _Wanted:
    told: float | str
    one: float | str = ""
    low: float = 0.0
    high: float = 0.0
    listed: tuple[str, ...] = ()


def _holds(left: float | str, how: Operator, wanted: _Wanted) -> bool:
    match how:
        case "=" | "!=":
            return _same(left, wanted.one) == (how == "=")
        case "one_of" | "none_of":
            return any(_same(left, one) for one in wanted.listed) == (how == "one_of")
        case "contains":
            part = folded(str(wanted.one))
            return bool(part) and part in folded(as_text(left))
        case "between":
            number = as_number(left)
            return number is not None and wanted.low <= number <= wanted.high
        case _:
            one, two = as_number(left), as_number(wanted.one)
            return one is not None and two is not None and _COMPARE[how](one, two)


def _same(left: float | str, right: float | str) -> bool:
    one, two = as_number(left), as_number(right)
    if one is not None and two is not None:
        return one == two
    return folded(as_text(left)) == folded(as_text(right))


def as_number(value: float | str) -> float | None:
    """Return a value as a finite number; None if it is none."""
    if isinstance(value, str):
        try:
            value = float(value.strip().replace(",", "."))
        except ValueError:
            return None
    return float(value) if math.isfinite(value) else None


def as_text(value: float | str) -> str:
    """Return a value as texts show it: 3, not 3.0."""
    return value if isinstance(value, str) else f"{value:.10g}"


def _said(formula: Formula, speaker: Speaker) -> str:
    linear = formula.linear()
    if linear is not None and not linear.unit and linear.most is None:
        return speaker.number(linear.factor)
    return speaker.quoted(formula.text)
