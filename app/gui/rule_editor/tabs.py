"""The order in which Tab goes. Rule: as it is read, also for what was added later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget

from app.gui.widgets.basic import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator


def stops(item: QLayout | QWidget) -> Iterator[QWidget]:
    """Return every widget that Tab stops at, in the order of the layouts."""
    if isinstance(item, QWidget):
        if item.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield item
        layout = item.layout()
        if layout is not None:
            yield from stops(layout)
        return
    for part in parts_of(item):
        yield from stops(part)


class TabOrder:
    """Keeps the order of one widget's insides."""

    def __init__(self) -> None:
        self._before: list[QWidget] = []

    def keep(self, inside: QWidget, first: QWidget | None = None) -> None:
        """Put everything inside in order, behind `first`; does nothing when nothing is new."""
        found = list(stops(inside))
        if found == self._before:
            return
        self._before = found
        last = first
        for widget in found:
            if last is not None:
                QWidget.setTabOrder(last, widget)
            last = widget
