"""One of several choices by chance."""

from __future__ import annotations

import zlib
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Final

from pydantic import BaseModel, ConfigDict, Field

from app.core.forms import Pick, hints
from app.core.moves import Move, Tell, Use, run_steps
from app.core.parts import Action, AnyAction, Facts, Say, Section
from app.core.speech import fill
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.core.speech import Slot, Speaker

_CHOICE: Final = Say("{steps} ({share})", "{steps} ({share})")
_ROUND: Final = 1


class Choice(BaseModel):
    """Steps with how likely they are, compared with the other choices."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    weight: float = Field(
        default=1.0,
        ge=0,
        le=1_000_000,
        title=N_("Weight"),
        description=N_("Twice the weight comes twice as often. 0: never."),
    )
    do: tuple[AnyAction, ...] = Field(default=(), max_length=50, title=N_("Steps"))


class RandomPick(Action):
    """One of several choices by chance, each as often as its weight says."""

    key: ClassVar[str] = "random_pick"
    title: ClassVar[str] = N_("One by chance")
    summary: ClassVar[str] = N_("Chance decides which of several things is done.")
    group: ClassVar[Section] = "flow"
    common: ClassVar[bool] = True
    sentence: ClassVar[Say] = Say("by chance ({choices})", "ngẫu nhiên ({choices})")
    sentences: ClassVar[tuple[Say, ...]] = (
        Say(
            "by chance, none again until all were there ({choices})",
            "ngẫu nhiên, không lặp lại trước khi hết lượt ({choices})",
        ),
    )

    choices: tuple[Choice, ...] = Field(
        default=(),
        max_length=50,
        title=N_("Choices"),
        json_schema_extra=hints(Pick.WEIGHTED),
    )
    no_repeat: bool = Field(
        default=False,
        title=N_("No repeats"),
        description=N_("None comes again until all of them were there."),
    )

    def shares(self) -> tuple[float, ...]:
        """Return how likely each choice is, in per cent."""
        total = sum(choice.weight for choice in self.choices)
        return tuple(choice.weight / total * 100 if total else 0.0 for choice in self.choices)

    def moves(self, facts: Facts) -> Iterator[Move]:
        """Throw the dice and do the choice it falls on."""
        possible = [place for place, choice in enumerate(self.choices) if choice.weight > 0]
        if not possible:
            return
        left = possible
        if self.no_repeat:
            used = facts.state.used(self._bag)
            left = [place for place in possible if place not in used] or possible
        picked = self._thrown(left, facts.world.chance())
        if self.no_repeat:
            yield Use(self._bag, picked, len(possible))
        yield Tell((("picked", float(picked + 1)), ("choices", float(len(self.choices)))))
        yield from run_steps(self.choices[picked].do, facts)

    def _thrown(self, left: list[int], chance: float) -> int:
        point = chance * sum(self.choices[place].weight for place in left)
        for place in left:
            point -= self.choices[place].weight
            if point < 0:
                return place
        return left[-1]

    @cached_property
    def _bag(self) -> str:
        """Name the bag by what is in it: with other choices it is another one."""
        return f"pick-{zlib.crc32(self.model_dump_json().encode()):08x}"

    def inner(self) -> tuple[Action, ...]:
        """Return the steps of all choices."""
        return tuple(action for choice in self.choices for action in choice.do)

    def says(self) -> Say:
        """Say when nothing comes twice."""
        return self.sentences[0] if self.no_repeat else self.sentence

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Word the choices with their shares."""
        if not self.choices:
            return {"choices": speaker.missing("action")}
        clauses: list[Slot] = []
        for choice, share in zip(self.choices, self.shares(), strict=True):
            told = speaker.counted(round(share, _ROUND), "percent")
            steps = speaker.steps(choice.do)
            clauses.append(fill(speaker.template(_CHOICE), {"steps": steps, "share": told}, "do"))
        return {"choices": speaker.join(clauses, "or", "do")}
