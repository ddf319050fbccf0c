"""How a rule counts gifts and combos, and how it names a gift.

One rule: of what a combo adds, a rule counts each piece exactly once, whichever way it counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.core.outcome import Reason
from app.core.parts import Occasion, Say, Values, Verdict
from app.core.texts import folded
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.core.events import Gift

Tier = Literal["small", "medium", "big", "huge"]
# The price of one gift of each tier, in coins: from, up to.
TIERS: Final[dict[Tier, tuple[int, int | None]]] = {
    "small": (1, 9),
    "medium": (10, 99),
    "big": (100, 499),
    "huge": (500, None),
}

# Why a gift does not start a rule; the cases of every trigger that is for gifts.
GIFT_CASES: Final[dict[str, Say]] = {
    "other": Say(
        "it is for {wanted_gift}, this was {gift}", "quy tắc dành cho {wanted_gift}, đây là {gift}"
    ),
    "others": Say(
        "it is for {wanted_gift} and {more} more, this was {gift}",
        "quy tắc dành cho {wanted_gift} và {more} quà khác, đây là {gift}",
    ),
    "namesake": Say(
        "this is another gift that is called {gift} too", "đây là quà khác cũng tên {gift}"
    ),
    "cheaper": Say(
        "the gift costs {coins}, it is for {at_least} coins and more",
        "quà giá {coins} xu, quy tắc cần từ {at_least} xu",
    ),
    "dearer": Say(
        "the gift costs {coins}, it is for {at_most} coins at most",
        "quà giá {coins} xu, quy tắc cần tối đa {at_most} xu",
    ),
    "counted": Say(
        "this only ends the combo; all {total} were counted as they came",
        "combo chỉ vừa kết thúc; cả {total} đã được tính khi đến",
    ),
}


class GiftChoice(BaseModel):
    """A gift by TikTok's id, with its name for reading and for when the id is not known (0)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: int = Field(default=0, ge=0, lt=2**63, title=N_("Gift number"))
    name: str = Field(default="", max_length=100, title=N_("Gift name"))

    def fits(self, event: Gift, known_gifts: frozenset[int]) -> bool:
        """Say whether the event is this gift.

        The id decides. The name does when one side has no id, or when the event's id is one that
        no rule names: TikTok gives the same gift other ids in other regions and years.
        """
        if self.id and self.id == event.gift_id:
            return True
        if self.id and event.gift_id in known_gifts:
            return False
        return bool(self.name) and folded(self.name) == folded(event.name)


def count_gift(event: Gift, occasion: Occasion, values: Values) -> Verdict:
    """Say how many of a fitting gift a rule counts now.

    A rule that counts each takes what this event adds. A rule that counts at the end waits for the
    event that closes the combo and takes its total; what comes late, after that, it takes as it
    comes, since it was not in the total.
    """
    if occasion.at_end and not event.final and not event.late:
        seen = (*values, ("count", event.count), ("total", event.total))
        return Verdict(passed=False, reason=Reason.COMBO_RUNNING, values=seen, amount=0)
    amount = event.total if occasion.at_end and not event.late else event.count
    if amount <= 0:
        seen = (*values, ("count", event.count), ("total", event.total))
        return Verdict(passed=False, reason=Reason.NO_MATCH, values=seen, amount=0)
    return Verdict(passed=True, values=(*values, ("amount", amount)), amount=amount)


def other_gift(gifts: Sequence[GiftChoice], occasion: Occasion) -> Values:
    """Say that a gift is none of these, or that nothing new of it came."""
    event: Gift = occasion.event
    if any(gift.fits(event, occasion.known_gifts) for gift in gifts):
        return (("case", "counted"), ("total", event.total))
    named = [gift for gift in gifts if gift.name or gift.id]
    if any(folded(gift.name) == folded(event.name) for gift in named):
        return (("case", "namesake"),)
    wanted, more = named[0].name or f"#{named[0].id}", len(named) - 1
    return (("case", "others" if more else "other"), ("wanted_gift", wanted), ("more", more))


def other_price(least: int, most: int | None, occasion: Occasion) -> Values:
    """Say that a gift is cheaper or dearer than this, or that nothing new of it came."""
    event: Gift = occasion.event
    if event.coins < least:
        return (("case", "cheaper"),)
    if most is not None and event.coins > most:
        return (("case", "dearer"),)
    return (("case", "counted"), ("total", event.total))
