"""A gift of a size: small, medium, big or huge."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from pydantic import Field

from app.core.combos import GIFT_CASES, TIERS, Tier, count_gift, other_price
from app.core.events import Event, Gift
from app.core.forms import hints
from app.core.outcome import Reason
from app.core.parts import Occasion, Say, Section, Trigger, Values, Verdict
from drivers.contract import N_

if TYPE_CHECKING:
    from app.core.speech import Slot, Speaker

_WORDS: Final[dict[str, str]] = {
    "small": N_("small, 1 to 9 coins"),
    "medium": N_("medium, 10 to 99 coins"),
    "big": N_("big, 100 to 499 coins"),
    "huge": N_("huge, 500 coins and more"),
}


class GiftTier(Trigger):
    """A gift arrives whose price of one belongs to the size, or to a larger one."""

    key: ClassVar[str] = "gift_tier"
    title: ClassVar[str] = N_("A gift by size")
    summary: ClassVar[str] = N_("Small, medium, big or huge gifts, whatever they are called.")
    group: ClassVar[Section] = "gifts"
    event: ClassVar[type[Event]] = Gift
    counts: ClassVar[str] = "gift"
    sentence: ClassVar[Say] = Say(
        "a small gift of {least} to {most} arrives", "nhận quà nhỏ từ {least} đến {most}"
    )
    sentences: ClassVar[tuple[Say, ...]] = (
        Say("a medium gift of {least} to {most} arrives", "nhận quà vừa từ {least} đến {most}"),
        Say("a big gift of {least} to {most} arrives", "nhận quà lớn từ {least} đến {most}"),
        Say("a huge gift of {least} or more arrives", "nhận quà rất lớn từ {least} trở lên"),
        Say("a gift of any size arrives, {least} or more", "nhận quà mọi cỡ, từ {least} trở lên"),
        Say(
            "a medium or larger gift of {least} or more arrives",
            "nhận quà cỡ vừa trở lên, từ {least} trở lên",
        ),
        Say(
            "a big or larger gift of {least} or more arrives",
            "nhận quà cỡ lớn trở lên, từ {least} trở lên",
        ),
    )
    cases: ClassVar[dict[str, Say]] = {
        **GIFT_CASES,
    }

    tier: Tier = Field(default="big", title=N_("Size"), json_schema_extra=hints(choices=_WORDS))
    larger: bool = Field(
        default=False,
        title=N_("Larger ones too"),
        description=N_("Every gift of this size or above it."),
    )

    def bounds(self) -> tuple[int, int | None]:
        """Return the price from and up to which it fits; None: no upper end."""
        least, most = TIERS[self.tier]
        return least, None if self.larger else most

    def match(self, occasion: Occasion) -> Verdict:
        """Fit if the price belongs to the size, then count it the rule's way."""
        event: Gift = occasion.event
        least, most = self.bounds()
        values = (("gift", event.name), ("coins", event.coins))
        if event.coins < least:
            seen = (*values, ("at_least", least))
            return Verdict(passed=False, reason=Reason.BELOW_COINS, values=seen, amount=0)
        if most is not None and event.coins > most:
            seen = (*values, ("at_most", most))
            return Verdict(passed=False, reason=Reason.NO_MATCH, values=seen, amount=0)
        return count_gift(event, occasion, values)

    def why_not(self, occasion: Occasion) -> Values:
        """Tell which prices it is for, or that nothing new came."""
        return other_price(*self.bounds(), occasion)

    def says(self) -> Say:
        """Say the size."""
        says = (self.sentence, *self.sentences)
        if self.larger and self.tier != "huge":
            return says[len(TIERS) + list(TIERS).index(self.tier)]
        return says[list(TIERS).index(self.tier)]

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Tell the prices."""
        least, most = self.bounds()
        if most is None:
            return {"least": speaker.counted(least, "coin")}
        return {"least": speaker.number(least), "most": speaker.counted(most, "coin")}
