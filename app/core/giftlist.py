"""Which gifts exist: name, price and whether sends combine, by gift id; learnt as gifts arrive.

One rule: the id is the key. Names are translated by TikTok and may be shared by several gifts, so
every name a gift was seen under leads to it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable


# More names of one gift than this are noise.
_MOST_NAMES: Final = 8


@dataclass(frozen=True, slots=True)
class GiftKind:
    """One gift: `coins` is the price of one (0: unknown), `combo` None when nobody told us yet.

    `also` are other names of it: in other languages, or what it was called before.
    """

    id: int
    name: str
    coins: int
    combo: bool | None = None
    also: tuple[str, ...] = ()

    def goes_by(self, name: str) -> bool:
        """Say whether it has this name in some language, whatever the case."""
        wanted = _plain(name)
        return any(_plain(own) == wanted for own in (self.name, *self.also))


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
        merged = kind if known is None else _merged(known, kind)
        if known is not None and merged == known:
            return known
        self._kinds[kind.id] = merged
        self._learnt[kind.id] = merged
        return merged

    def remember(self, kinds: Iterable[GiftKind]) -> None:
        """Know what an earlier start had learnt; it counts as learnt again."""
        for kind in kinds:
            self.learn(kind)
            self._learnt[kind.id] = self._kinds[kind.id]

    def named(self, name: str) -> GiftKind | None:
        """Return the gift of this name in any language; of several the cheapest, then oldest.

        One that is called so now goes before one that was, or is so elsewhere.
        """
        wanted = _plain(name)
        found = [kind for kind in self._kinds.values() if kind.goes_by(name)]
        return min(
            found, key=lambda kind: (_plain(kind.name) != wanted, kind.coins, kind.id), default=None
        )

    def all(self) -> tuple[GiftKind, ...]:
        """Return every gift we know, cheapest first."""
        return tuple(sorted(self._kinds.values(), key=lambda kind: (kind.coins, kind.id)))

    def learnt(self) -> tuple[GiftKind, ...]:
        """Return the gifts that differ from the seed, to be remembered for the next start."""
        return tuple(self._learnt.values())


def _merged(known: GiftKind, told: GiftKind) -> GiftKind:
    """Return what is known with what was told; the name told last shows, no name is lost."""
    name = told.name or known.name
    if told.also or name != known.name:
        others = dict.fromkeys((*known.also, known.name, *told.also))
        also = _few(tuple(one for one in others if one and one != name))
    else:
        also = known.also
    combo = known.combo if told.combo is None else told.combo
    return replace(known, name=name, coins=told.coins or known.coins, combo=combo, also=also)


def _few(names: tuple[str, ...]) -> tuple[str, ...]:
    """Keep the first names, which came with the program, and the last ones."""
    half = _MOST_NAMES // 2
    return names if len(names) <= _MOST_NAMES else (*names[:half], *names[-half:])


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip().casefold()
