"""Start another rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from app.core.forms import Pick, hints
from app.core.moves import Move, RunRule
from app.core.parts import Action, Facts, Say, Section
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.core.speech import Slot, Speaker


class StartRule(Action):
    """Start another rule for the same event; its conditions and limits hold, its trigger not."""

    key: ClassVar[str] = "run_rule"
    title: ClassVar[str] = N_("Run another rule")
    summary: ClassVar[str] = N_("Do what another rule does.")
    group: ClassVar[Section] = "rules"
    sentence: ClassVar[Say] = Say("run the rule {rule}", "chạy quy tắc {rule}")

    rule: str = Field(
        default="",
        max_length=64,
        title=N_("Rule"),
        description=N_("Its conditions and limits hold; what starts it does not matter."),
        json_schema_extra=hints(Pick.RULE),
    )

    def moves(self, facts: Facts) -> Iterator[Move]:
        """Start it if one is chosen."""
        del facts
        if self.rule:
            yield RunRule(self.rule)

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Name the rule."""
        return {"rule": speaker.rule(self.rule)}
