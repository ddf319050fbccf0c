"""Which gifts exist: name, price and whether sends combine, by gift id; learnt as gifts arrive.

One rule: the id is the key. Names are translated by TikTok and may be shared by several gifts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class GiftKind:
    """One gift: `coins` is the price of one (0: unknown), `combo` None when nobody told us yet."""

    id: int
    name: str
    coins: int
    combo: bool | None = None


class GiftList:
    """The gifts we know. Starts from a seed and grows by what the stream itself tells."""

    def __init__(self, kinds: Iterable[GiftKind] = ()) -> None:
        """Know `kinds` from the start; of two with one id the later wins."""
        self._kinds = {kind.id: kind for kind in kinds}
        self._learnt: dict[int, GiftKind] = {}

    def get(self, gift_id: int) -> GiftKind | None:
        """Return the gift with this id, or None."""
        return self._kinds.get(gift_id)

    def learn(self, kind: GiftKind) -> GiftKind:
        """Take what the stream said, keep what it left out, and return the whole."""
        known = self._kinds.get(kind.id)
        if known is None:
            merged = kind
        elif known == kind:
            return known
        else:
            merged = GiftKind(
                kind.id,
                kind.name or known.name,
                kind.coins or known.coins,
                known.combo if kind.combo is None else kind.combo,
            )
        if merged != known:
            self._kinds[kind.id] = merged
            self._learnt[kind.id] = merged
        return merged

    def remember(self, kinds: Iterable[GiftKind]) -> None:
        """Know what an earlier start had learnt; it counts as learnt again."""
        for kind in kinds:
            self.learn(kind)
            self._learnt[kind.id] = self._kinds[kind.id]

    def named(self, name: str) -> GiftKind | None:
        """Return the gift of this name whatever its case; of several the cheapest, then oldest."""
        wanted = name.strip().casefold()
        found = [kind for kind in self._kinds.values() if kind.name.casefold() == wanted]
        return min(found, key=lambda kind: (kind.coins, kind.id), default=None)

    def all(self) -> tuple[GiftKind, ...]:
        """Return every gift we know, cheapest first."""
        return tuple(sorted(self._kinds.values(), key=lambda kind: (kind.coins, kind.id)))

    def learnt(self) -> tuple[GiftKind, ...]:
        """Return the gifts that differ from the seed, to be remembered for the next start."""
        return tuple(self._learnt.values())
