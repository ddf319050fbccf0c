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
# TikTok has some 2,000; a list never makes us know more than this.
MOST_GIFTS: Final = 10_000


@dataclass(frozen=True, slots=True)
class GiftKind:
    """One gift: `coins` is the price of one (0: unknown), `combo` None when nobody told us yet.

    `local` are TikTok's own names by language ("vi", "Hoa hồng"), `also` all further ones: our
    translations, and what it was called before.
    """

    id: int
    name: str
    coins: int
    combo: bool | None = None
    also: tuple[str, ...] = ()
    local: tuple[tuple[str, str], ...] = ()

    def goes_by(self, name: str) -> bool:
        """Say whether it has this name in some language, whatever the case."""
        wanted = _plain(name)
        return any(_plain(own) == wanted for own in (self.name, *self.others))

    def called_in(self, language: str) -> str:
        """Return TikTok's own name of it in a language, "" if it told none."""
        return dict(self.local).get(language, "")

    @property
    def others(self) -> tuple[str, ...]:
        """Every name but the one that shows, each once."""
        names = (*(name for _language, name in self.local), *self.also)
        return tuple(dict.fromkeys(one for one in names if one and one != self.name))


class GiftList:
    """The gifts we know. Starts from a seed and grows by what TikTok and its streams tell.

    `revision` grows with every piece of news.
    """

    def __init__(self, kinds: Iterable[GiftKind] = ()) -> None:
        """Know `kinds` from the start; of two with one id the later wins."""
        self.revision = 0
        self._kinds = {kind.id: kind for kind in kinds}
        self._learnt: dict[int, GiftKind] = {}
        # Made when first asked for; a name stays in it, so what it leads to is looked at again.
        self._by_name: dict[str, set[int]] = {}

    def get(self, gift_id: int) -> GiftKind | None:
        """Return the gift with this id, or None."""
        return self._kinds.get(gift_id)

    def learn(self, kind: GiftKind) -> GiftKind:
        """Take what the stream said, keep what it left out, and return the whole."""
        known = self._kinds.get(kind.id)
        merged = kind if known is None else _merged(known, kind)
        if known is not None and merged == known:
            return known
        self._note(merged)
        return merged

    def take_list(self, kinds: Iterable[GiftKind], language: str) -> int:
        """Take TikTok's own list, whose names are in `language`; return how many were news.

        Its names stand beside the one that shows, and what a stream told of combining stays.
        """
        news = 0
        for kind in kinds:
            known = self._kinds.get(kind.id)
            if known is None and len(self._kinds) >= MOST_GIFTS:
                continue
            listed = _listed(known or replace(kind, also=(), local=()), kind, language)
            if listed != known:
                self._note(listed)
                news += 1
        return news

    def remember(self, kinds: Iterable[GiftKind]) -> None:
        """Know what an earlier start had learnt; it counts as learnt again."""
        for kind in kinds:
            self.learn(kind)
            self._learnt[kind.id] = self._kinds[kind.id]
            self.revision += 1

    def named(self, name: str) -> GiftKind | None:
        """Return the gift of this name in any language; of several the cheapest, then oldest.

        One that is called so now goes before one that was, or is so elsewhere.
        """
        if not self._by_name:
            for kind in self._kinds.values():
                self._index(kind)
        wanted = _plain(name)
        kinds = (self._kinds[gift_id] for gift_id in self._by_name.get(wanted, ()))
        return min(
            (kind for kind in kinds if kind.goes_by(name)),
            key=lambda kind: (_plain(kind.name) != wanted, kind.coins, kind.id),
            default=None,
        )

    def all(self) -> tuple[GiftKind, ...]:
        """Return every gift we know, cheapest first."""
        return tuple(sorted(self._kinds.values(), key=lambda kind: (kind.coins, kind.id)))

    def learnt(self) -> tuple[GiftKind, ...]:
        """Return the gifts that differ from the seed, to be remembered for the next start."""
        return tuple(self._learnt.values())

    def _note(self, kind: GiftKind) -> None:
        self._kinds[kind.id] = kind
        self._learnt[kind.id] = kind
        self.revision += 1
        if self._by_name:
            self._index(kind)

    def _index(self, kind: GiftKind) -> None:
        for name in (kind.name, *kind.others):
            self._by_name.setdefault(_plain(name), set()).add(kind.id)


def _merged(known: GiftKind, told: GiftKind) -> GiftKind:
    """Return what is known with what was told; the name told last shows, no name is lost."""
    name = told.name or known.name
    if told.also or name != known.name:
        others = dict.fromkeys((*known.also, known.name, *told.also))
        also = _few(tuple(one for one in others if one and one != name))
    else:
        also = known.also
    return replace(
        known,
        name=name,
        coins=told.coins or known.coins,
        combo=known.combo if told.combo is None else told.combo,
        also=also,
        local=tuple((dict(known.local) | dict(told.local)).items()) if told.local else known.local,
    )


def _listed(known: GiftKind, told: GiftKind, language: str) -> GiftKind:
    """Return what is known with an entry of TikTok's list; what it was called before is kept."""
    before, also = known.called_in(language), known.also
    if told.name and before and before != told.name:
        also = _few(tuple(dict.fromkeys((*also, before))))
    local = dict(known.local) | ({language: told.name} if told.name else {})
    return replace(
        known,
        name=known.name or told.name,
        coins=told.coins or known.coins,
        combo=told.combo if known.combo is None else known.combo,
        also=also,
        local=tuple(local.items()),
    )


def _few(names: tuple[str, ...]) -> tuple[str, ...]:
    """Keep the first names, which came with the program, and the last ones."""
    half = _MOST_NAMES // 2
    return names if len(names) <= _MOST_NAMES else (*names[:half], *names[-half:])


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip().casefold()
