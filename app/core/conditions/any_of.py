"""At least one of its conditions holds; an empty group does not, one that is all off does."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from app.core.parts import AnyCondition, Condition, Facts, Say, Section, Verdict, answer, passed_on
from drivers.contract import N_

if TYPE_CHECKING:
    from app.core.speech import Slot, Speaker


class AnyOf(Condition):
    """At least one of its conditions holds; an empty group does not, one that is all off does."""

    key: ClassVar[str] = "any"
    title: ClassVar[str] = N_("Any of these")
    summary: ClassVar[str] = N_("Several conditions of which one is enough.")
    group: ClassVar[Section] = "groups"
    sentence: ClassVar[Say] = Say("{conditions}", "{conditions}")
    held: ClassVar[Say] = Say("one of them holds", "có một điều kiện đúng")
    failed: ClassVar[Say] = Say(
        "none of {conditions} holds", "không có điều kiện nào đúng trong {conditions}"
    )

    of: tuple[AnyCondition, ...] = Field(default=(), max_length=50, title=N_("Conditions"))

    def holds(self, facts: Facts) -> Verdict:
        """Stop at the first that holds, and tell its values."""
        live = [condition for condition in self.of if condition.on]
        if self.of and not live:
            return answer(passed=True)
        for condition in live:
            verdict = condition.holds(facts)
            if verdict.passed:
                return answer(passed=True, values=passed_on(condition, verdict))
        return answer(passed=False, values=(("conditions", len(live)),))

    def inner(self) -> tuple[Condition, ...]:
        """Return its conditions."""
        return self.of

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Word the conditions, in brackets where they are groups themselves."""
        return {"conditions": speaker.group(self.of, "or")}

    def denied(self, speaker: Speaker) -> Slot | None:
        """Deny each of them: none may hold."""
        return speaker.against(self.of, "and")
