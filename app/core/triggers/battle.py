"""A battle begins or ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, Literal

from pydantic import Field

from app.core.events import Battle, BattleStage, Event
from app.core.forms import hints
from app.core.outcome import Reason
from app.core.parts import Occasion, Say, Section, Trigger, Values, Verdict
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Hashable

_STAGES: Final[dict[str, tuple[BattleStage, ...]]] = {
    "started": (BattleStage.STARTED,),
    "won": (BattleStage.WON,),
    "lost": (BattleStage.LOST,),
    "draw": (BattleStage.DRAW,),
    "ended": (BattleStage.WON, BattleStage.LOST, BattleStage.DRAW, BattleStage.CANCELLED),
}
_WORDS: Final[dict[str, str]] = {
    "started": N_("it begins"),
    "won": N_("you win"),
    "lost": N_("you lose"),
    "draw": N_("it is a draw"),
    "ended": N_("it ends, however"),
}


class BattleTurns(Trigger):
    """A battle comes to the point; one that is called off has ended too."""

    key: ClassVar[str] = "battle"
    title: ClassVar[str] = N_("A battle")
    summary: ClassVar[str] = N_("A battle begins, is won, lost or drawn, or ends.")
    group: ClassVar[Section] = "viewers"
    event: ClassVar[type[Event]] = Battle
    sentence: ClassVar[Say] = Say("a battle begins", "trận PK bắt đầu")
    sentences: ClassVar[tuple[Say, ...]] = (
        Say("you win a battle", "bạn thắng trận PK"),
        Say("you lose a battle", "bạn thua trận PK"),
        Say("a battle ends in a draw", "trận PK hòa"),
        Say("a battle ends", "trận PK kết thúc"),
    )
    cases: ClassVar[dict[str, Say]] = {
        "started": Say("this battle has begun", "trận PK này vừa bắt đầu"),
        "score": Say("this battle goes on", "trận PK này còn tiếp tục"),
        "won": Say("you won this battle", "bạn thắng trận PK này"),
        "lost": Say("you lost this battle", "bạn thua trận PK này"),
        "draw": Say("this battle ended in a draw", "trận PK này hòa"),
        "cancelled": Say("this battle was called off", "trận PK này bị hủy"),
    }

    stage: Literal["started", "won", "lost", "draw", "ended"] = Field(
        default="won", title=N_("What happens"), json_schema_extra=hints(choices=_WORDS)
    )

    def keys(self) -> tuple[Hashable, ...]:
        """Found by the stages."""
        return tuple(("battle", stage) for stage in _STAGES[self.stage])

    @classmethod
    def keys_of(cls, event: Event) -> tuple[Hashable, ...]:
        """Return the stage."""
        return (("battle", event.stage),) if isinstance(event, Battle) else ()

    def match(self, occasion: Occasion) -> Verdict:
        """Fit if the battle has come to this point."""
        event: Battle = occasion.event
        values = (("own_score", event.own_score), ("other_score", event.other_score))
        if event.stage not in _STAGES[self.stage]:
            return Verdict(passed=False, reason=Reason.NO_MATCH, values=values, amount=0)
        return Verdict(passed=True, values=values)

    def why_not(self, occasion: Occasion) -> Values:
        """Tell what the battle has come to."""
        event: Battle = occasion.event
        return (("case", event.stage.value),)

    def says(self) -> Say:
        """Say the point."""
        return (self.sentence, *self.sentences)[list(_STAGES).index(self.stage)]
