"""How a rule counts gifts and combos, and how it names a gift.

One rule: of what a combo adds, a rule counts each piece exactly once, whichever way it counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.core.outcome import Reason
from app.core.parts import Occasion, Values, Verdict
from app.core.texts import folded
from drivers.contract import N_

if TYPE_CHECKING:
    from app.core.events import Gift

Tier = Literal["small", "medium", "big", "huge"]
# The price of one gift of each tier, in coins: from, up to.
TIERS: Final[dict[Tier, tuple[int, int | None]]] = {
    "small": (1, 9),
    "medium": (10, 99),
    "big": (100, 499),
    "huge": (500, None),
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
