"""The first branch whose conditions hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from pydantic import BaseModel, ConfigDict, Field

from app.core.forms import Pick, hints
from app.core.moves import Move, Tell, run_steps
from app.core.parts import Action, AnyAction, AnyCondition, Facts, Say, Section
from app.core.speech import fill
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.core.speech import Slot, Speaker

_BRANCH: Final = Say("if {iff}: {steps}", "nếu {iff}: {steps}")
_ANYWAY: Final = Say("anyway: {steps}", "luôn luôn: {steps}")


class Branch(BaseModel):
    """Steps that are done if all conditions that are on hold; without any they are done."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    only_if: tuple[AnyCondition, ...] = Field(default=(), max_length=20, title=N_("If"))
    do: tuple[AnyAction, ...] = Field(default=(), max_length=50, title=N_("Steps"))

    def fits(self, facts: Facts) -> bool:
        """Say whether all its conditions hold."""
        return all(condition.holds(facts).passed for condition in self.only_if if condition.on)


class Choose(Action):
    """The first branch whose conditions hold when this step is reached, else the rest."""

    key: ClassVar[str] = "choose"
    title: ClassVar[str] = N_("If and else")
    summary: ClassVar[str] = N_("Do one thing if a condition is met, else another.")
    group: ClassVar[Section] = "flow"
    sentence: ClassVar[Say] = Say("({branches})", "({branches})")

    branches: tuple[Branch, ...] = Field(
        default=(),
        max_length=20,
        title=N_("Branches"),
        description=N_("The first one that fits is done, and no other."),
        json_schema_extra=hints(Pick.BRANCHES),
    )
    otherwise: tuple[AnyAction, ...] = Field(default=(), max_length=50, title=N_("Else"))

    def moves(self, facts: Facts) -> Iterator[Move]:
        """Do the first branch that fits; nothing if none does and there is no rest."""
        for number, branch in enumerate(self.branches, start=1):
            if branch.fits(facts):
                yield Tell((("branch", float(number)),))
                yield from run_steps(branch.do, facts)
                return
        yield Tell((("otherwise", 1.0),))
        yield from run_steps(self.otherwise, facts)

    def inner(self) -> tuple[Action, ...]:
        """Return the steps of all branches and the rest."""
        held = [action for branch in self.branches for action in branch.do]
        return (*held, *self.otherwise)

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Word the branches."""
        clauses: list[Slot] = [self._said(branch, speaker) for branch in self.branches]
        if any(action.on for action in self.otherwise) or not clauses:
            clauses.append(speaker.steps(self.otherwise))
        return {"branches": speaker.join(clauses, "else", "do")}

    def _said(self, branch: Branch, speaker: Speaker) -> Slot:
        steps = speaker.steps(branch.do)
        if not any(condition.on for condition in branch.only_if):
            return fill(speaker.template(_ANYWAY), {"steps": steps}, "do")
        iff = speaker.group(branch.only_if, "and")
        return fill(speaker.template(_BRANCH), {"iff": iff, "steps": steps}, "do")
