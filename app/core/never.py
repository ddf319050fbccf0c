"""Finds conditions that can never hold, alone or together with others beside them.

One rule: it says "never" only where it is sure; what it does not know may hold.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from app.core.comparing import Comparison
from app.core.conditions.coins_at_least import CoinsAtLeast
from app.core.conditions.count_compare import CountCompare
from app.core.events import (
    Chat,
    Follow,
    Gift,
    Join,
    Like,
    Share,
    Subscribe,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.core.parts import Condition, Trigger

_FROM_VIEWERS: Final = (Gift, Like, Chat, Follow, Share, Join, Subscribe)
_SPAN: Final[dict[Comparison, tuple[float, float]]] = {
    Comparison.AT_LEAST: (0, math.inf),
    Comparison.MORE_THAN: (1, math.inf),
    Comparison.EXACTLY: (0, 0),
    Comparison.AT_MOST: (-math.inf, 0),
    Comparison.LESS_THAN: (-math.inf, -1),
}


def most_coins(trigger: Trigger, prices: Mapping[int, int]) -> float:
    """Return what the dearest gift that the trigger lets through may cost, in coins."""
    if not issubclass(trigger.event, Gift):
        return 0
    most = getattr(trigger, "most", None)
    if isinstance(most, int):
        return most
    gifts = trigger.gift_ids()
    named: Any = getattr(trigger, "gifts", ())
    if gifts and len(gifts) == len(named) and all(gift in prices for gift in gifts):
        return max(prices[gift] for gift in gifts)
    return math.inf


def clash(
    conditions: Sequence[Condition], trigger: Trigger, prices: Mapping[int, int]
) -> tuple[int, int] | None:
    """Return the places of two conditions that cannot hold together, or one place twice.

    None: they may all hold.
    """
    for place, condition in enumerate(conditions):
        if _never(condition, trigger, prices):
            return place, place
    for place, condition in enumerate(conditions):
        for other in range(place):
            if _against(conditions[other], condition):
                return other, place
    return None


def _never(condition: Condition, trigger: Trigger, prices: Mapping[int, int]) -> bool:
    key, inner = condition.key, condition.inner()
    if isinstance(condition, CoinsAtLeast):
        return condition.coins > most_coins(trigger, prices)
    if isinstance(condition, CountCompare):
        _, high = _span(condition)
        return high < 1
    if key == "all":
        return clash(inner, trigger, prices) is not None
    if key == "any":
        return bool(inner) and all(_never(one, trigger, prices) for one in inner)
    if key == "chance":
        return bool(getattr(condition, "percent", 1) == 0)
    # Nobody follows from a clock or a sensor; nobody is on no list either.
    nobody = not issubclass(trigger.event, _FROM_VIEWERS)
    return nobody and key.startswith("sender_") and getattr(condition, "listed", "on") != "off"


def _against(one: Condition, other: Condition) -> bool:
    for first, second in ((one, other), (other, one)):
        if first.key == "not" and getattr(first, "of", None) == second:
            return True
    if isinstance(one, CountCompare) and isinstance(other, CountCompare):
        if Comparison.NOT in (one.comparison, other.comparison):
            exact = {one.comparison, other.comparison} == {Comparison.NOT, Comparison.EXACTLY}
            return exact and one.number == other.number
        low, high = _span(one)
        other_low, other_high = _span(other)
        return max(low, other_low) > min(high, other_high)
    return False


def _span(condition: CountCompare) -> tuple[float, float]:
    low, high = _SPAN.get(condition.comparison, (-math.inf, math.inf))
    return condition.number + low, condition.number + high
