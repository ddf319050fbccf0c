"""The inbox of gifts seen for the first time that no rule names yet.

One rule: a gift is new once in the life of an install, and stays until a rule names it or the user
puts it away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.core.events import Gift, Source
from app.gateway.rule_views import NewGiftView

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.core.events import LiveEvent
    from app.core.giftlist import GiftList
    from app.store.kept import Kept

MAX_SHOWN: Final = 100
MAX_SEEN: Final = 20_000


class NewGifts:
    """The inbox. Loop's thread only."""

    def __init__(self, kept: Kept, gifts: GiftList, named: Callable[[], frozenset[int]]) -> None:
        """Take what is kept, the gifts we know, and which ones rules name."""
        self._kept = kept
        self._gifts = gifts
        self._named = named
        self._seen: dict[int, NewGiftView] = {}
        self._away: set[int] = set()
        self._unsaved: set[int] = set()
        self.changed = False

    async def restore(self) -> None:
        """Read which gifts were seen before."""
        for key, values in (await self._kept.all()).items():
            gift = _from(key, values)
            if gift is not None:
                self._seen[gift.gift_id] = gift
                if values.get("away"):
                    self._away.add(gift.gift_id)
        self.changed = bool(self._seen)

    def on_event(self, event: LiveEvent) -> None:
        """Note a gift."""
        if not isinstance(event, Gift) or event.source is not Source.LIVE or not event.count:
            return
        seen = self._seen.get(event.gift_id)
        if seen is not None:
            if event.gift_id not in self._away:
                times = seen.times + event.count
                self._put(seen.model_copy(update={"times": times}))
            return
        if len(self._seen) >= MAX_SEEN:
            return
        kind = self._gifts.get(event.gift_id)
        self._put(
            NewGiftView(
                gift_id=event.gift_id,
                name=event.name or (kind.name if kind else ""),
                coins=event.coins,
                combo=kind.combo if kind else None,
                seen_ms=event.at_ms,
                who=event.viewer.handle or event.viewer.nickname,
                times=event.count,
            )
        )

    def dismiss(self, gift_id: int) -> None:
        """Put one away for good; 0: all of them."""
        away = [gift_id] if gift_id else [one.gift_id for one in self.views()]
        self._away.update(one for one in away if one in self._seen)
        self._unsaved.update(one for one in away if one in self._seen)
        self.changed = True

    def save(self) -> None:
        """Keep what changed; call it every second."""
        unsaved, self._unsaved = self._unsaved, set()
        for gift_id in unsaved:
            values: dict[str, Any] = self._seen[gift_id].model_dump(mode="json")
            self._kept.put(str(gift_id), {**values, "away": gift_id in self._away})

    def views(self) -> tuple[NewGiftView, ...]:
        """Return the inbox, newest first."""
        hidden = self._named() | self._away
        shown = [one for one in self._seen.values() if one.gift_id not in hidden]
        shown.sort(key=lambda one: (-one.seen_ms, one.gift_id))
        return tuple(shown[:MAX_SHOWN])

    def _put(self, gift: NewGiftView) -> None:
        self._seen[gift.gift_id] = gift
        self._unsaved.add(gift.gift_id)
        self.changed = True


def _from(key: str, values: dict[str, Any]) -> NewGiftView | None:
    known = {name: values[name] for name in NewGiftView.model_fields if name in values}
    try:
        return NewGiftView.model_validate({**known, "gift_id": int(key)})
    except ValueError:
        return None
