"""Every gift the desk knows: those that came with it, and what streams told. Rule: ids count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.core.giftlist import GiftKind, GiftList
from app.gateway.messages import GetGifts
from app.gui.inbox.names import hear, shipped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.gateway.messages import Reply
    from app.gui.bridge import Bridge


class KnownGifts(QObject):
    """The gifts of one desk; `changed` tells that there are more, or other names."""

    changed = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._list = GiftList(shipped())
        self._all: tuple[GiftKind, ...] | None = None
        self._mark = ""
        bridge.new_gifts_changed.connect(self._on_new)
        self._on_new()

    def refresh(self) -> None:
        """Ask the core for what streams told; `changed` comes if that is news."""
        if self._bridge.state.connected:
            self._bridge.ask(GetGifts(mark=self._mark), self._on_told)

    def all(self) -> tuple[GiftKind, ...]:
        """Return every gift, cheapest first, then by name; those without a price at the end."""
        if self._all is None:
            kinds = self._list.all()
            self._all = tuple(sorted(kinds, key=_order))
        return self._all

    def find(self, gift_id: int, name: str = "") -> GiftKind | None:
        """Return a gift by its id, or without one by any of its names."""
        return self._list.get(gift_id) if gift_id else self._list.named(name)

    def _on_new(self) -> None:
        seen = self._bridge.state.new_gifts
        self._learn(GiftKind(one.gift_id, one.name, one.coins, one.combo) for one in seen)

    def _on_told(self, reply: Reply) -> None:
        if reply.gifts is None:
            return
        self._mark = reply.gifts.mark
        kinds = [
            GiftKind(
                one.gift_id, one.name, one.coins, one.combo, one.also, tuple(one.local.items())
            )
            for one in reply.gifts.gifts
        ]
        hear(kinds)
        self._learn(kinds)

    def _learn(self, kinds: Iterable[GiftKind]) -> None:
        news = False
        for kind in kinds:
            news |= self._list.get(kind.id) != self._list.learn(kind)
        if news:
            self._all = None
            self.changed.emit()


def _order(kind: GiftKind) -> tuple[bool, int, str, int]:
    return (not kind.coins, kind.coins, kind.name, kind.id)
