"""Makes pretend gifts that look to the rules like real ones.

One rule: they go through the same counting as real gifts and are marked as PRETEND.
"""

from __future__ import annotations

import itertools
import zlib
from typing import TYPE_CHECKING

from app.core.events import Gift, Source, Viewer
from app.core.giftlist import GiftKind, GiftList
from app.core.ledger import MessageKey
from app.core.streaks import GiftReport, Moment, Streaks

if TYPE_CHECKING:
    from app.link import Clock

# A combo of a thousand is told in a handful of steps, as TikTok does it too.
MAX_STEPS = 10
# Ids of pretended gifts, where the list knows none; TikTok's own are far below.
_INVENTED_FROM = 9_000_000_000
_METHOD = "pretend"


class Pretender:
    """Makes pretend gifts. Ids are unique over restarts, since they begin with the start time."""

    def __init__(self, gifts: GiftList, clock: Clock) -> None:
        """Take the gifts to choose from and the time."""
        self._gifts = gifts
        self._clock = clock
        self._numbers = itertools.count(clock.wall_ms() * 1000 + 1)

    def gifts(
        self,
        *,
        gift: str = "Rose",
        gift_id: int = 0,
        count: int = 1,
        coins: int = 0,
        who: str = "practice",
        combo: bool = False,
    ) -> tuple[Gift, ...]:
        """Return the gift, or the steps and the end of a combo, ready to be handled in order.

        Unknown names become gifts of their own; `coins` 0 takes the price we know, else 1.
        """
        kind = self._kind(gift, gift_id, coins)
        # A fresh list: pretending must not teach a price, nor may it know combos as singles.
        own = GiftList([GiftKind(kind.id, kind.name, kind.coins, combo)])
        streaks = Streaks(own, source=Source.PRETEND, prefix="pretend/")
        group_id = next(self._numbers) if combo else 0
        told = []
        for total, end in _steps(count) if combo else [(count, False)]:
            report = GiftReport(
                message=MessageKey(_METHOD, next(self._numbers)),
                viewer=pretend_viewer(who),
                gift_id=kind.id,
                group_id=group_id,
                count=total,
                end=end,
                combo=combo,
                name=kind.name,
                coins=kind.coins,
            )
            moment = Moment(self._clock.monotonic(), self._clock.wall_ms())
            counted = streaks.count(report, moment)
            if counted is not None:
                told.append(counted.gift)
        return tuple(told)

    def _kind(self, name: str, gift_id: int, coins: int) -> GiftKind:
        known = self._gifts.get(gift_id) if gift_id else self._gifts.named(name)
        if known is None:
            invented = _INVENTED_FROM + zlib.crc32(name.strip().casefold().encode())
            return GiftKind(gift_id or invented, name.strip(), coins or 1)
        return GiftKind(known.id, known.name or name, coins or known.coins or 1)


def _steps(count: int) -> list[tuple[int, bool]]:
    steps = min(count, MAX_STEPS)
    totals = [count * step // steps for step in range(1, steps + 1)]
    return [*((total, False) for total in totals), (count, True)]


def pretend_viewer(who: str) -> Viewer:
    """Return somebody who does not exist; the same name is always the same person."""
    handle = who.strip().removeprefix("@") or "practice"
    # Negative, so that it is never a real viewer's.
    return Viewer(id=-1 - zlib.crc32(handle.encode()), handle=handle, nickname=handle)
