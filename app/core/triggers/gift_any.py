"""Any gift, if its price lies in a range."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field, model_validator

from app.core.combos import GIFT_CASES, count_gift, other_price
from app.core.events import Event, Gift
from app.core.expressions import refused
from app.core.outcome import Reason
from app.core.parts import Occasion, Say, Section, Trigger, Values, Verdict
from drivers.contract import N_

if TYPE_CHECKING:
    from typing import Self

    from app.core.speech import Slot, Speaker


class AnyGift(Trigger):
    """A gift arrives whose price of one is in the range."""

    key: ClassVar[str] = "gift_any"
    title: ClassVar[str] = N_("Any gift by price")
    summary: ClassVar[str] = N_("Every gift, or only those of a certain price.")
    group: ClassVar[Section] = "gifts"
    common: ClassVar[bool] = True
    event: ClassVar[type[Event]] = Gift
    counts: ClassVar[str] = "gift"
    sentence: ClassVar[Say] = Say("any gift arrives", "nhận bất kỳ quà nào")
    sentences: ClassVar[tuple[Say, ...]] = (
        Say("any gift of {least} or more arrives", "nhận quà từ {least} trở lên"),
        Say("any gift of up to {most} arrives", "nhận quà tối đa {most}"),
        Say("any gift of {least} to {most} arrives", "nhận quà từ {least} đến {most}"),
    )
    cases: ClassVar[dict[str, Say]] = {
        **GIFT_CASES,
    }

    least: int = Field(
        default=0,
        ge=0,
        le=10_000_000,
        title=N_("Coins at least"),
        description=N_("The price of one gift. 0: no lower end."),
        json_schema_extra={"unit": "coins"},
    )
    most: int | None = Field(
        default=None,
        ge=1,
        le=10_000_000,
        title=N_("Coins at most"),
        description=N_("The price of one gift. Empty: no upper end."),
        json_schema_extra={"unit": "coins"},
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.most is not None and self.most < self.least:
            raise refused(
                "range_order",
                N_("the upper end {most} is below the lower end {least}"),
                most=self.most,
                least=self.least,
            )
        return self

    def match(self, occasion: Occasion) -> Verdict:
        """Fit if the price is in the range, then count it the rule's way."""
        event: Gift = occasion.event
        values = (("gift", event.name), ("coins", event.coins))
        if event.coins < self.least:
            seen = (*values, ("at_least", self.least))
            return Verdict(passed=False, reason=Reason.BELOW_COINS, values=seen, amount=0)
        if self.most is not None and event.coins > self.most:
            seen = (*values, ("at_most", self.most))
            return Verdict(passed=False, reason=Reason.NO_MATCH, values=seen, amount=0)
        return count_gift(event, occasion, values)

    def why_not(self, occasion: Occasion) -> Values:
        """Tell which prices it is for, or that nothing new came."""
        return other_price(self.least, self.most, occasion)

    def says(self) -> Say:
        """Say only the ends that are set."""
        either, lower, upper, both = (self.sentence, *self.sentences)
        if self.most is None:
            return lower if self.least else either
        return both if self.least else upper

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Name the ends; in "1 to 9 coins" the first goes without its noun in English."""
        most = "" if self.most is None else speaker.counted(self.most, "coin")
        if most:
            return {"least": speaker.number(self.least), "most": most}
        return {"least": speaker.counted(self.least, "coin"), "most": most}
