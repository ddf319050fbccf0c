"""The stream reaches a number of likes, once or every time again."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from app.core.events import Event, Like
from app.core.forms import hints
from app.core.outcome import Reason
from app.core.parts import Occasion, Say, Section, Trigger, Values, Verdict
from drivers.contract import N_

if TYPE_CHECKING:
    from app.core.speech import Slot, Speaker


class LikesReached(Trigger):
    """The stream's likes pass the number, or another multiple of it."""

    key: ClassVar[str] = "likes"
    title: ClassVar[str] = N_("Likes reached")
    summary: ClassVar[str] = N_("All likes together pass a number, once or again and again.")
    group: ClassVar[Section] = "viewers"
    common: ClassVar[bool] = True
    event: ClassVar[type[Event]] = Like
    sentence: ClassVar[Say] = Say("the LIVE reaches another {likes}", "LIVE đạt thêm {likes}")
    sentences: ClassVar[tuple[Say, ...]] = (Say("the LIVE reaches {likes}", "LIVE đạt {likes}"),)
    cases: ClassVar[dict[str, Say]] = {
        "under": Say("the LIVE has {total} of {goal} likes", "LIVE có {total}/{goal} lượt thích"),
        "before": Say("the LIVE reached {likes} likes before", "LIVE đã đạt {likes} lượt thích"),
    }

    likes: int = Field(
        default=1000,
        ge=1,
        le=1_000_000_000,
        title=N_("Likes"),
        description=N_("Counted over all viewers of the stream."),
        json_schema_extra=hints(unit="likes", step=100),
    )
    again: bool = Field(
        default=True,
        title=N_("Every time again"),
        description=N_("At 1,000, 2,000, 3,000 and so on; otherwise once a stream."),
    )

    def match(self, occasion: Occasion) -> Verdict:
        """Fit when the total passes a goal; counts how many goals it passed at once."""
        event: Like = occasion.event
        before, after = occasion.likes_before // self.likes, event.total // self.likes
        passed = after - before if self.again else int(before == 0 < after)
        values = (("total", event.total), ("likes", self.likes))
        if passed <= 0:
            return Verdict(passed=False, reason=Reason.NO_MATCH, values=values, amount=0)
        return Verdict(passed=True, values=(*values, ("amount", passed)), amount=passed)

    def why_not(self, occasion: Occasion) -> Values:
        """Tell how many likes there are of how many."""
        event: Like = occasion.event
        if not self.again and event.total >= self.likes:
            return (("case", "before"),)
        return (("case", "under"), ("goal", (event.total // self.likes + 1) * self.likes))

    def says(self) -> Say:
        """Say whether it is once or again and again."""
        return self.sentence if self.again else self.sentences[0]

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Tell the number."""
        return {"likes": speaker.counted(self.likes, "like")}
