"""What a page is and how pages are found. Rule: one card in `pages/`, no list to edit."""

from __future__ import annotations

import importlib
import logging
import pkgutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget

import app.gui.pages
from app.gateway.messages import SetSetting
from app.gui.hotkeys import GlobalHotkeys
from app.gui.options import SHARED
from app.gui.text import tr
from app.gui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.gui.bridge import Bridge
    from app.gui.counts.keys import RuleKeys
    from app.gui.options import OptionsFile
    from app.gui.palette import Command
    from app.gui.text import Language

log = logging.getLogger(__name__)


class Desk(QObject):
    """What every page is given: the core's state and requests, our options, and the window."""

    told = Signal(str)
    page_asked = Signal(str, str)
    options_changed = Signal()
    start_asked = Signal()

    def __init__(self, bridge: Bridge, options: OptionsFile, language: Language) -> None:
        super().__init__()
        self.bridge = bridge
        self.options = options
        self.language = language
        self.hotkeys = GlobalHotkeys()
        # The window's: where pages are.
        self.nest: QWidget | None = None
        # The window's: keys that rules wait for.
        self.rule_keys: RuleKeys | None = None
        self._unsent: dict[str, object] = {}
        bridge.settings_changed.connect(self._on_settings)

    def tell(self, text: str) -> None:
        """Show a short message at the bottom of the window."""
        self.told.emit(text)

    def go(self, key: str, about: str = "") -> None:
        """Open a page; `about` tells it what to show there."""
        self.page_asked.emit(key, about)

    def choose(self, **changes: object) -> None:
        """Apply options at once, remember them here, and have the core keep them."""
        self._apply(changes)
        self._unsent |= {key: value for key, value in changes.items() if key in SHARED}
        self._send()

    def _apply(self, changes: dict[str, object]) -> None:
        if not self.options.save(**changes):
            self.tell(tr("This could not be saved. It works until you quit."))
        values = self.options.values
        if "language" in changes:
            self.language.choose(values.language)
        if {"theme", "text_percent", "reduce_motion"} & set(changes):
            theme.choose(
                choice=values.theme,
                text_percent=values.text_percent,
                reduce_motion=values.reduce_motion,
            )
        self.options_changed.emit()

    def _send(self) -> None:
        if not self.bridge.state.connected:
            return
        unsent, self._unsent = self._unsent, {}
        for key, value in unsent.items():
            self.bridge.ask(SetSetting(key=key, value=value))

    def _on_settings(self) -> None:
        """Take what the core keeps, but for what was chosen while it was away."""
        self._send()
        kept = self.bridge.state.settings
        values = self.options.values
        changes: dict[str, object] = {
            key: kept[key] for key in SHARED if key in kept and kept[key] != getattr(values, key)
        }
        if changes:
            self._apply(changes)


class Page(QWidget):
    """One page of the window, built on its first visit. `key` is its card's, set by the window."""

    key = ""

    context_changed = Signal()

    def __init__(self, desk: Desk) -> None:
        # In its place from the start: another parent means to style all that is in it again.
        super().__init__(desk.nest)
        self.desk = desk

    def context(self) -> str:
        """Return the line under the title in the header."""
        return ""

    def retranslate(self) -> None:
        """Word everything again that was worded from data."""

    def show_about(self, about: str) -> None:
        """Bring what another page pointed at into view."""

    def fit(self, width: int, height: int) -> None:
        """Adapt to the window's size in logical pixels."""

    def commands(self) -> list[Command]:
        """Return what this page adds to the list of commands.

        Their verb is a page's key, and `about` what that page is given in `show_about`.
        """
        return []

    def regions(self) -> list[QWidget]:
        """Return the parts that F6 goes through, in order."""
        return [self]

    def escape(self) -> bool:
        """Close what is open on the page; False when nothing was."""
        return False

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.context_changed.emit()
        super().changeEvent(event)


@dataclass(frozen=True, slots=True)
class PageCard:
    """What the window knows of a page before its first visit. Pages show in the order of `order`.

    `page` imports the page and all it is made of, and may raise what that raises.
    """

    key: str
    title: str
    icon: str
    order: int
    page: Callable[[], type[Page]]


@dataclass(frozen=True, slots=True)
class FoundPages:
    """Cards in their order, and the files that could not be loaded with their errors."""

    pages: tuple[PageCard, ...] = ()
    broken: dict[str, str] = field(default_factory=dict)


def find_pages() -> FoundPages:
    """Read the card in every file of the folder; a broken one stops nothing else."""
    cards: list[PageCard] = []
    broken: dict[str, str] = {}
    for module in pkgutil.iter_modules(app.gui.pages.__path__):
        try:
            loaded = importlib.import_module(f"{app.gui.pages.__name__}.{module.name}")
            cards.append(loaded.card)
        except Exception as error:  # noqa: BLE001 - any fault of one page must stay its own
            broken[module.name] = _fault(error)
    return FoundPages(tuple(sorted(cards, key=lambda card: card.order)), broken)


def broken_pages(found: FoundPages) -> dict[str, str]:
    """Import every page; return the names of all that are broken with their errors."""
    broken = dict(found.broken)
    for card in found.pages:
        try:
            card.page()
        except Exception as error:  # noqa: BLE001 - any fault of one page must stay its own
            broken[card.key] = _fault(error)
    return broken


class Visits:
    """The pages built so far. One that cannot be loaded is broken until it can; nothing else is."""

    def __init__(self, found: FoundPages, desk: Desk) -> None:
        self.cards = {card.key: card for card in found.pages}
        self.broken = dict(found.broken)
        self.pages: dict[str, Page] = {}
        self._desk = desk

    def page(self, key: str) -> Page | None:
        """Return a page, built on its first visit; None if there is none or it is broken."""
        if key in self.pages or key not in self.cards:
            return self.pages.get(key)
        try:
            kind = self.cards[key].page()
        except Exception as error:
            log.exception("the page %s could not be loaded", key)
            self.broken[key] = _fault(error)
            return None
        self.broken.pop(key, None)
        page = self.pages[key] = kind(self._desk)
        page.key = key
        return page

    def names(self) -> str:
        """Return what the broken pages are called, for the user."""
        cards = self.cards
        return ", ".join(tr(cards[key].title) if key in cards else key for key in self.broken)


def _fault(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
