"""The list of past gifts on screen, and its search. Rule: it looks as the activity list does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.gui.rules.bar import Search
from app.gui.text import tr
from app.gui.widgets.feed_view import FeedView
from drivers.contract import N_

if TYPE_CHECKING:
    from app.gui.history.past import PastModel


class PastView(FeedView):
    """Past gifts; the model reads on when the list is scrolled to its end."""

    name = N_("Past gifts")

    def __init__(self, model: PastModel) -> None:
        super().__init__(model)


class PastSearch(Search):
    """The search in names of viewers and gifts."""

    def retranslate(self) -> None:
        """Follow language and theme."""
        super().retranslate()
        self.setPlaceholderText(tr("Search viewers and gifts"))
        self.setAccessibleName(tr("Search viewers and gifts"))
        self.setToolTip(tr("Name of a viewer or a gift ({keys})", keys="Ctrl+F"))
