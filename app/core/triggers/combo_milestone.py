"""A combo of a gift grows to a number, or by another one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from app.core.combos import GIFT_CASES, GiftChoice, other_gift
from app.core.events import Event, Gift
from app.core.forms import Pick, hints
from app.core.outcome import Reason
from app.core.parts import Occasion, Say, Section, Trigger, Values, Verdict
from drivers.contract import N_

if TYPE_CHECKING:
    from app.core.speech import Slot, Speaker


class ComboMilestone(Trigger):
    """One combo of a chosen gift, or of any, passes the number or another multiple of it."""

    key: ClassVar[str] = "combo_milestone"
    title: ClassVar[str] = N_("A combo milestone")
    summary: ClassVar[str] = N_("One combo grows to a number, such as 100, and again at 200.")
    group: ClassVar[Section] = "gifts"
    event: ClassVar[type[Event]] = Gift
    sentence: ClassVar[Say] = Say(
        "a combo of {gifts} grows by another {every}", "combo {gifts} tăng thêm {every}"
    )
    sentences: ClassVar[tuple[Say, ...]] = (
        Say("a combo of {gifts} reaches {every}", "combo {gifts} đạt {every}"),
    )
    cases: ClassVar[dict[str, Say]] = {
        **GIFT_CASES,
        "under": Say("the combo is at {total} of {goal}", "combo mới được {total}/{goal}"),
        "over": Say(
            "the combo ended at {total}, the goal was {goal}",
            "combo kết thúc ở {total}, mục tiêu là {goal}",
        ),
        "before": Say("this combo reached {every} before", "combo này đã đạt {every} từ trước"),
    }

    gifts: tuple[GiftChoice, ...] = Field(
        default=(),
        max_length=200,
        title=N_("Gifts"),
        description=N_("None chosen: any gift."),
        json_schema_extra=hints(Pick.GIFTS),
    )
    every: int = Field(
        default=100,
        ge=1,
        le=1_000_000,
        title=N_("Gifts in a combo"),
        json_schema_extra=hints(unit="gifts", step=10),
    )
    again: bool = Field(
        default=True,
        title=N_("Every time again"),
        description=N_("At 100, 200, 300 and so on; otherwise once a combo."),
    )

    def gift_ids(self) -> frozenset[int]:
        """Return the ids of its gifts."""
        return frozenset(gift.id for gift in self.gifts if gift.id)

    def gift_names(self) -> tuple[str, ...]:
        """Return the names of its gifts."""
        return tuple(gift.name for gift in self.gifts if gift.name)

    def match(self, occasion: Occasion) -> Verdict:
        """Fit when the combo passes a milestone; counts how many it passed at once."""
        event: Gift = occasion.event
        values = (("gift", event.name), ("total", event.total), ("every", self.every))
        known = occasion.known_gifts
        if self.gifts and not any(gift.fits(event, known) for gift in self.gifts):
            return Verdict(passed=False, reason=Reason.NO_MATCH, values=values, amount=0)
        before, after = (event.total - event.count) // self.every, event.total // self.every
        passed = after - before if self.again else int(before <= 0 < after)
        if passed <= 0:
            return Verdict(passed=False, reason=Reason.NO_MATCH, values=values, amount=0)
        return Verdict(passed=True, values=(*values, ("amount", passed)), amount=passed)

    def why_not(self, occasion: Occasion) -> Values:
        """Tell which gifts it is for, or how far the combo is."""
        event: Gift = occasion.event
        known = occasion.known_gifts
        if self.gifts and not any(gift.fits(event, known) for gift in self.gifts):
            return other_gift(self.gifts, occasion)
        if not self.again and event.total >= self.every:
            return (("case", "before"),)
        goal = (event.total // self.every + 1) * self.every
        return (("case", "over" if event.final else "under"), ("goal", goal))

    def says(self) -> Say:
        """Say whether it is once or again and again."""
        return self.sentence if self.again else self.sentences[0]

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Name the gifts and tell the number."""
        names = [speaker.gift(gift.name, gift.id) for gift in self.gifts if gift.name or gift.id]
        anything = speaker.pick(("any gift", "quà bất kỳ"))
        gifts = speaker.listed(names, "more_gift") if names else anything
        return {"gifts": gifts, "every": speaker.number(self.every)}
