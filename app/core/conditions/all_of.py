"""Every one of its conditions holds; an empty group does."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from app.core.parts import AnyCondition, Condition, Facts, Say, Section, Verdict, answer, passed_on
from drivers.contract import N_

if TYPE_CHECKING:
    from app.core.speech import Slot, Speaker


class AllOf(Condition):
    """Every one of its conditions holds; an empty group does."""

    key: ClassVar[str] = "all"
    title: ClassVar[str] = N_("All of these")
    summary: ClassVar[str] = N_("Several conditions that must all be met.")
    group: ClassVar[Section] = "groups"
    sentence: ClassVar[Say] = Say("{conditions}", "{conditions}")
    held: ClassVar[Say] = Say("all of {conditions} hold", "cả {conditions} điều kiện đều đúng")
    failed: ClassVar[Say] = Say("not all of them hold", "không phải tất cả đều đúng")

    of: tuple[AnyCondition, ...] = Field(default=(), max_length=50, title=N_("Conditions"))

    def holds(self, facts: Facts) -> Verdict:
        """Stop at the first that does not hold, and tell its values."""
        live = [condition for condition in self.of if condition.on]
        for condition in live:
            verdict = condition.holds(facts)
            if not verdict.passed:
                values = passed_on(condition, verdict)
                return answer(passed=False, values=values, reason=verdict.reason)
        return answer(passed=True, values=(("conditions", len(live)),))

    def inner(self) -> tuple[Condition, ...]:
        """Return its conditions."""
        return self.of

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Word the conditions, in brackets where they are groups themselves."""
        return {"conditions": speaker.group(self.of, "and")}

    def denied(self, speaker: Speaker) -> Slot | None:
        """Deny each of them: one that fails is enough."""
        return speaker.against(self.of, "or")
