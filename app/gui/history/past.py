"""Past events as a Qt model that asks for the next page when the list is read to its end.

Rule: never more than was read; a page that comes for another search is thrown away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal

from app.gateway.messages import PastGifts
from app.gateway.views import FeedRow
from app.gui import words
from app.gui.models.feed import Entry, Index
from app.gui.text import moment, tr, trn
from app.gui.widgets.trace_lines import outlet_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.gateway.messages import Reply
    from app.gateway.views import PastGift
    from app.gui.bridge import Bridge

PAGE: Final = 100


class PastEntry(Entry):
    """One past event, or one whole combo, as a row of a list of events."""

    __slots__ = ("gift",)

    def __init__(self, gift: PastGift, number: int, device: Callable[[str], str]) -> None:
        super().__init__(row_of(gift, device), number)
        self.gift = gift

    def worded(self) -> words.FeedLines:
        """Return the row in words, with the day where it is not today."""
        if self.lines is None:
            lines = words.feed_lines(self.row)
            result = lines.result
            if len(self.gift.rules) > 1:
                more = trn("and %Ln more rule(s)", len(self.gift.rules) - 1)
                result = f"{result} · {more}"
            if self.gift.interrupted:
                result = tr("The program stopped in the middle of this.")
            time = moment(self.gift.at_ms)
            spoken = f"{lines.who} {lines.what}. {result}. {time}"
            self.lines = lines._replace(result=result, time=time, spoken=spoken)
        return self.lines


def row_of(gift: PastGift, device: Callable[[str], str]) -> FeedRow:
    """Return a past event as a row of the activity list; `device` gives names to ids."""
    return FeedRow(
        key=gift.event_id,
        event_id=gift.event_id,
        at_ms=gift.at_ms,
        kind=gift.kind,
        who=gift.who,
        gift_id=gift.gift_id,
        gift=gift.gift,
        coins=gift.coins,
        count=gift.count,
        source=gift.source,
        result="failed" if gift.interrupted else gift.result,
        gate=gift.gate,
        reason=gift.reason,
        said=gift.said,
        values=gift.values,
        rule_name=gift.rules[0] if gift.rules else gift.rule,
        text=gift.text,
        # A row that ran says what was sent there, which is not in the history's list.
        device=device(gift.device) if gift.result != "ran" else "",
    )


class PastModel(QAbstractTableModel):
    """The events read so far, newest first. `state_changed` tells of reading, ends and failures."""

    state_changed = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._entries: list[PastEntry] = []
        self._more = False
        self._serial = 0
        self.search = ""
        self.pretend = False
        self.filters: dict[str, Any] = {}
        self.reading = False
        self.known = False
        self.failure = ""

    def start(
        self,
        search: str | None = None,
        *,
        pretend: bool | None = None,
        filters: dict[str, Any] | None = None,
    ) -> None:
        """Read from the newest on, with another search or filter where one is given."""
        self.search = self.search if search is None else search
        self.pretend = self.pretend if pretend is None else pretend
        self.filters = self.filters if filters is None else filters
        self._serial += 1
        self._ask(0, 0, fresh=True)

    def reword(self) -> None:
        """Word all rows again after a change of language."""
        for entry in self._entries:
            entry.lines = None
        if self._entries:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._entries) - 1, 0))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return self._entries[index.row()].shown(role) if index.isValid() else None

    def canFetchMore(self, parent: Index) -> bool:
        """Say whether older ones are to be had."""
        return self._more and not self.reading and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:
        """Read the page behind the last gift."""
        if self.canFetchMore(parent) and self._entries:
            last = self._entries[-1].gift
            self._ask(last.at_ms, last.row, fresh=False)

    def request(self, before_ms: int, before_row: int, limit: int) -> PastGifts:
        """Return what asks for a page of what is shown."""
        return PastGifts(
            before_ms=before_ms,
            before_row=before_row,
            limit=limit,
            search=self.search,
            pretend=self.pretend,
            **self.filters,
        )

    def device(self, device_id: str) -> str:
        """Return the name of a device, or of what is done outside them."""
        known = self._bridge.state.devices.get(device_id)
        return known.name if known is not None else outlet_name(device_id) or device_id

    def _ask(self, before_ms: int, before_row: int, *, fresh: bool) -> None:
        self.reading, self.failure = True, ""
        request = self.request(before_ms, before_row, PAGE)
        answer = _Page(self, self._serial, fresh=fresh)
        answer.came.connect(self._on_page)
        self._bridge.ask(request, answer.take)
        self.state_changed.emit()

    def _on_page(self, serial: int, fresh: bool, reply: Reply) -> None:
        if serial != self._serial:
            return
        self.reading = False
        if reply.past is None:
            self.failure = words.failure(reply.code, reply.values)
            self._more = False
        else:
            self.known = True
            self._more = reply.past.more
            self._take(reply.past.gifts, fresh=fresh)
        self.state_changed.emit()

    def _take(self, gifts: tuple[PastGift, ...], *, fresh: bool) -> None:
        if fresh:
            self.beginResetModel()
            self._entries = [
                PastEntry(gift, place, self.device) for place, gift in enumerate(gifts)
            ]
            self.endResetModel()
        elif gifts:
            first = len(self._entries)
            self.beginInsertRows(QModelIndex(), first, first + len(gifts) - 1)
            self._entries += [
                PastEntry(gift, first + n, self.device) for n, gift in enumerate(gifts)
            ]
            self.endInsertRows()


class _Page(QObject):
    """One page that was asked for."""

    came = Signal(int, bool, object)

    def __init__(self, parent: QObject, serial: int, *, fresh: bool) -> None:
        super().__init__(parent)
        self._serial, self._fresh = serial, fresh

    def take(self, reply: Reply) -> None:
        """Take what the core said."""
        self.came.emit(self._serial, self._fresh, reply)
        self.deleteLater()
