"""A condition turned round."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from app.core.parts import AnyCondition, Condition, Facts, Say, Section, Verdict, answer, passed_on
from app.core.speech import Speaker
from drivers.contract import N_

if TYPE_CHECKING:
    from app.core.speech import Slot


class Not(Condition):
    """Its condition does not hold. Without one, or with one that is off, it holds."""

    key: ClassVar[str] = "not"
    title: ClassVar[str] = N_("Not")
    summary: ClassVar[str] = N_("Turns a condition round: only if it is not met.")
    group: ClassVar[Section] = "groups"
    sentence: ClassVar[Say] = Say("not ({condition})", "không phải ({condition})")
    # Where the opposite has words of its own, and where there is no condition yet.
    sentences: ClassVar[tuple[Say, ...]] = (
        Say("{condition}", "{condition}"),
        Say("not {condition}", "không phải {condition}"),
    )
    held: ClassVar[Say] = Say(
        "the condition is not met, as wanted", "điều kiện không đúng, như mong muốn"
    )
    failed: ClassVar[Say] = Say("the condition is met", "điều kiện lại đúng")

    of: AnyCondition | None = Field(default=None, title=N_("Condition"))

    def holds(self, facts: Facts) -> Verdict:
        """Turn the answer round and keep its values."""
        if self.of is None or not self.of.on:
            return answer(passed=True)
        verdict = self.of.holds(facts)
        return answer(passed=not verdict.passed, values=passed_on(self.of, verdict))

    def says(self) -> Say:
        """Leave the "not" out where the opposite has words of its own."""
        if self.of is None or not self.of.on:
            return self.sentences[1]
        return self.sentence if self._opposite(Speaker()) is None else self.sentences[0]

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Word the opposite of the condition, or the condition that stands behind a "not"."""
        if self.of is None or not self.of.on:
            return {"condition": speaker.missing("condition")}
        return {"condition": self._opposite(speaker) or speaker.clause(self.of, "iff")}

    def denied(self, speaker: Speaker) -> Slot | None:
        """Twice not is the condition itself."""
        return speaker.clause(self.of, "iff") if self.of is not None and self.of.on else None

    def inner(self) -> tuple[Condition, ...]:
        """Return what is joined where its condition is a group."""
        return self.of.inner() if self.of is not None and self.of.on else ()

    def _opposite(self, speaker: Speaker) -> Slot | None:
        return self.of.denied(speaker) if self.of is not None and self.of.on else None
