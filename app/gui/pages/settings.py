"""The Settings page as the rail knows it; the page itself comes with its first visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.gui.page import PageCard
from drivers.contract import N_

if TYPE_CHECKING:
    from app.gui.page import Page


def page() -> type[Page]:
    """Import the page."""
    from app.gui.settings.page import SettingsPage

    return SettingsPage


card = PageCard("settings", N_("Settings"), "settings", 90, page)
