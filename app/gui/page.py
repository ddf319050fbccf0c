"""What a page is and how pages are found. Rule: one file in `pages/`, no list to edit."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget

import app.gui.pages
from app.gateway.messages import SetSetting
from app.gui.hotkeys import GlobalHotkeys
from app.gui.options import SHARED
from app.gui.text import tr
from app.gui.theme import theme

if TYPE_CHECKING:
    from app.gui.bridge import Bridge
    from app.gui.counts.keys import RuleKeys
    from app.gui.options import OptionsFile
    from app.gui.palette import Command
    from app.gui.text import Language


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
    """One page of the window. Subclasses set the four class attributes."""

    key: ClassVar[str] = ""
    title: ClassVar[str] = ""
    icon: ClassVar[str] = "info"
    order: ClassVar[int] = 100

    context_changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
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
class FoundPages:
    """Pages in their order, and the files that could not be loaded with their errors."""

    pages: tuple[type[Page], ...] = ()
    broken: dict[str, str] = field(default_factory=dict)


def find_pages() -> FoundPages:
    """Load every file of the folder; a broken one is reported and stops nothing else."""
    pages: list[type[Page]] = []
    broken: dict[str, str] = {}
    for module in pkgutil.iter_modules(app.gui.pages.__path__):
        name = f"{app.gui.pages.__name__}.{module.name}"
        try:
            loaded = importlib.import_module(name)
        except Exception as error:  # noqa: BLE001 - any fault of one page must stay its own
            broken[module.name] = f"{type(error).__name__}: {error}"
            continue
        pages += [
            item
            for item in vars(loaded).values()
            if inspect.isclass(item)
            and issubclass(item, Page)
            and item.key
            and item.__module__ == name
        ]
    return FoundPages(tuple(sorted(pages, key=lambda page: page.order)), broken)
