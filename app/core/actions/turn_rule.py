"""Turn a rule on or off."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, Literal

from pydantic import Field

from app.core.forms import Pick, hints
from app.core.moves import Move, TurnRule
from app.core.parts import Action, Facts, Say, Section
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.core.speech import Slot, Speaker

_WORDS: Final[dict[str, str]] = {"on": N_("turn on"), "off": N_("turn off")}


class TurnTheRule(Action):
    """Turn a rule on or off until the program ends or you turn it yourself."""

    key: ClassVar[str] = "turn_rule"
    title: ClassVar[str] = N_("Turn a rule on or off")
    summary: ClassVar[str] = N_("Turn another rule on or off.")
    group: ClassVar[Section] = "rules"
    sentence: ClassVar[Say] = Say("turn on the rule {rule}", "bật quy tắc {rule}")
    sentences: ClassVar[tuple[Say, ...]] = (Say("turn off the rule {rule}", "tắt quy tắc {rule}"),)

    rule: str = Field(
        default="",
        max_length=64,
        title=N_("Rule"),
        description=N_("Until the program ends, or until you turn it yourself."),
        json_schema_extra=hints(Pick.RULE),
    )
    turn: Literal["on", "off"] = Field(
        default="on", title=N_("Turn"), json_schema_extra=hints(choices=_WORDS)
    )

    def moves(self, facts: Facts) -> Iterator[Move]:
        """Turn it if one is chosen."""
        del facts
        if self.rule:
            yield TurnRule(self.rule, on=self.turn == "on")

    def says(self) -> Say:
        """Say which way."""
        return self.sentence if self.turn == "on" else self.sentences[0]

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Name the rule."""
        return {"rule": speaker.rule(self.rule)}
