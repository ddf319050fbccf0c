"""A gift, or any of several, by id with the name as fallback."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from app.core.combos import GIFT_CASES, GiftChoice, count_gift, other_gift
from app.core.events import Event, Gift
from app.core.forms import Pick, hints
from app.core.outcome import Reason
from app.core.parts import Occasion, Say, Section, Trigger, Values, Verdict
from app.core.texts import folded
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Hashable

    from app.core.speech import Slot, Speaker


class GiftArrives(Trigger):
    """One of the chosen gifts arrives."""

    key: ClassVar[str] = "gift"
    title: ClassVar[str] = N_("A gift")
    summary: ClassVar[str] = N_("One or several gifts that you choose.")
    group: ClassVar[Section] = "gifts"
    common: ClassVar[bool] = True
    event: ClassVar[type[Event]] = Gift
    counts: ClassVar[str] = "gift"
    sentence: ClassVar[Say] = Say("{gifts} arrives", "nhận {gifts}")
    cases: ClassVar[dict[str, Say]] = {
        **GIFT_CASES,
        "unchosen": Say("no gift is chosen yet", "chưa chọn quà"),
    }

    gifts: tuple[GiftChoice, ...] = Field(
        default=(),
        max_length=200,
        title=N_("Gifts"),
        description=N_("Any of these gifts starts the rule."),
        json_schema_extra=hints(Pick.GIFTS),
    )

    def keys(self) -> tuple[Hashable, ...]:
        """Found by the ids and the names of its gifts."""
        ids: list[Hashable] = [gift.id for gift in self.gifts if gift.id]
        return (*ids, *(folded(gift.name) for gift in self.gifts if gift.name))

    def gift_ids(self) -> frozenset[int]:
        """Return the ids of its gifts."""
        return frozenset(gift.id for gift in self.gifts if gift.id)

    def gift_names(self) -> tuple[str, ...]:
        """Return the names of its gifts."""
        return tuple(gift.name for gift in self.gifts if gift.name)

    @classmethod
    def keys_of(cls, event: Event) -> tuple[Hashable, ...]:
        """Return the id and the name."""
        return (event.gift_id, folded(event.name)) if isinstance(event, Gift) else ()

    def match(self, occasion: Occasion) -> Verdict:
        """Fit if one of the gifts does, then count it the rule's way."""
        event: Gift = occasion.event
        values = (("gift", event.name), ("gift_id", event.gift_id))
        if not any(gift.fits(event, occasion.known_gifts) for gift in self.gifts):
            return Verdict(passed=False, reason=Reason.NO_MATCH, values=values, amount=0)
        return count_gift(event, occasion, values)

    def why_not(self, occasion: Occasion) -> Values:
        """Tell which gifts it is for, or that nothing new came."""
        if not any(gift.id or gift.name for gift in self.gifts):
            return (("case", "unchosen"),)
        return other_gift(self.gifts, occasion)

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Name the gifts."""
        names = [speaker.gift(gift.name, gift.id) for gift in self.gifts if gift.name or gift.id]
        return {"gifts": speaker.listed(names, "more_gift") if names else speaker.missing("gift")}
