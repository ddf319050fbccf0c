"""The current look: theme, text size, palette, stylesheet. Rule: `apply` is the only place set."""

from __future__ import annotations

from functools import lru_cache
from string import Template
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from app.gui.stylesheet import QSS
from app.gui.tokens import HEIGHT, HIGH_CONTRAST, RADIUS, THEMES, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

CHOICES: Final = ("system", "dark", "light")
FAMILY: Final = "Inter"

_Role = QPalette.ColorRole
_PALETTE: Final[dict[QPalette.ColorRole, str]] = {
    _Role.Window: "canvas",
    _Role.Base: "surface",
    _Role.AlternateBase: "raised",
    _Role.Button: "raised",
    _Role.WindowText: "text",
    _Role.Text: "text",
    _Role.ButtonText: "text",
    _Role.BrightText: "on_accent",
    _Role.Highlight: "accent",
    _Role.HighlightedText: "on_accent",
    _Role.ToolTipBase: "raised",
    _Role.ToolTipText: "text",
    _Role.PlaceholderText: "muted",
    _Role.Accent: "accent",
    _Role.Link: "accent_text",
    _Role.Light: "raised",
    _Role.Midlight: "hover",
    _Role.Mid: "line",
    _Role.Dark: "line",
    _Role.Shadow: "scrim",
}


class Theme(QObject):
    """Names, colours and fonts in force; `changed` fires after a switch has been applied."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.choice = "dark"
        self.name = "dark"
        self.text_percent = 100
        self.reduce_motion = False
        self.high_contrast = False
        self._started = False

    def choose(
        self,
        *,
        choice: str | None = None,
        text_percent: int | None = None,
        reduce_motion: bool | None = None,
    ) -> None:
        """Switch look, text size or motion at once; values left out stay as they are."""
        if choice in CHOICES:
            self.choice = choice
        if text_percent is not None:
            self.text_percent = text_percent
        if reduce_motion is not None:
            self.reduce_motion = reduce_motion
        self.apply()

    def start(self, fonts: Iterable[Path]) -> None:
        """Load the bundled faces and follow the system's light or dark from now on."""
        if self._started:
            self.apply()
            return
        self._started = True
        for path in fonts:
            QFontDatabase.addApplicationFont(str(path))
        style = QStyleFactory.create("Fusion")
        if style is not None:
            QApplication.setStyle(style)
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._on_system_changed)
        self.apply()

    def apply(self) -> None:
        """Set palette, font and stylesheet of the whole application and tell everybody."""
        self.name = self._resolve()
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            return
        app.setPalette(self.palette())
        app.setFont(self.font("body"))
        app.setStyleSheet(self.stylesheet())
        self.changed.emit()

    def value(self, token: str) -> str:
        """Return the colour of a token as `#RRGGBB`."""
        if self.high_contrast:
            token = HIGH_CONTRAST.get(token, token)
        return THEMES[self.name][token]

    def colour(self, token: str, alpha: float = 1.0) -> QColor:
        """Return the colour of a token for a painter; alpha is 0.0 to 1.0."""
        return _colour(self.value(token), alpha)

    def font(self, kind: str = "body", *, tabular: bool = False) -> QFont:
        """Return the font of a type step at the chosen text size; tabular for moving numbers."""
        return _font(kind, self.text_percent, tabular)

    def px(self, pixels: float) -> int:
        """Scale a length by the chosen text size."""
        return round(pixels * self.text_percent / 100)

    def motion_ms(self, milliseconds: int) -> int:
        """Return how long an animation may take: nothing when motion is reduced."""
        return 0 if self.reduce_motion else milliseconds

    def palette(self) -> QPalette:
        """Return an explicit palette: colour scheme hints do nothing on some platforms."""
        palette = QPalette()
        for role, token in _PALETTE.items():
            palette.setColor(role, self.colour(token))
        for role in (_Role.Text, _Role.ButtonText, _Role.WindowText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("muted"))
        return palette

    def stylesheet(self) -> str:
        """Return the stylesheet with every token filled in."""
        slots = {token: self.value(token) for token in THEMES[self.name]}
        slots |= {f"r_{name}": f"{value}px" for name, value in RADIUS.items()}
        for name in ("button", "input"):
            # QSS heights leave out the border: 1 px each side at rest, 2 px with focus.
            slots[f"b_{name}"] = f"{self.px(HEIGHT[name]) - 2}px"
            slots[f"b_{name}_focus"] = f"{self.px(HEIGHT[name]) - 4}px"
        for kind, step in TYPE.items():
            slots[f"t_{kind}"] = f"font-size: {self.px(step.px)}px; font-weight: {step.weight}"
        return Template(QSS).substitute(slots)

    def _resolve(self) -> str:
        hints = QGuiApplication.styleHints()
        accessibility = hints.accessibility()
        self.high_contrast = (
            accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast
        )
        if self.choice != "system":
            return self.choice
        return "light" if hints.colorScheme() == Qt.ColorScheme.Light else "dark"

    def _on_system_changed(self) -> None:
        if self.choice == "system" and self._resolve() != self.name:
            self.apply()


@lru_cache(maxsize=512)
def _colour(value: str, alpha: float) -> QColor:
    colour = QColor(value)
    colour.setAlphaF(alpha)
    return colour


@lru_cache(maxsize=128)
def _font(kind: str, percent: int, tabular: bool) -> QFont:
    step = TYPE[kind]
    font = QFont(FAMILY)
    font.setPixelSize(round(step.px * percent / 100))
    font.setWeight(QFont.Weight(step.weight))
    if kind == "over":
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.6)
    if tabular:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font


theme: Final = Theme()
