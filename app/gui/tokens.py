"""Every colour, size and type step of the window. Rule: no other file holds a colour."""

from __future__ import annotations

from typing import Final, NamedTuple

DARK: Final[dict[str, str]] = {
    "canvas": "#101217",
    "rail": "#0B0D11",
    "surface": "#181B22",
    "raised": "#20242D",
    "hover": "#262B35",
    "selected": "#23264A",
    "nav": "#23264A",
    "nav_line": "#23264A",
    "field": "#101217",
    "line": "#282D38",
    "line_strong": "#3A4150",
    "control": "#6A7385",
    "text": "#F3F5F9",
    "text2": "#B9C1CF",
    "muted": "#8F98A9",
    "accent": "#5557DE",
    "accent_hover": "#6062E6",
    "accent_press": "#4648C8",
    "on_accent": "#FFFFFF",
    "accent_text": "#A9ADFF",
    "accent_bg": "#23264A",
    "ok": "#4CD9A0",
    "ok_bg": "#12302A",
    "warn": "#F2B84B",
    "warn_bg": "#362A14",
    "danger": "#CF2638",
    "danger_hover": "#DB3043",
    "danger_press": "#B01C2D",
    "on_danger": "#FFFFFF",
    "danger_text": "#FF9198",
    "danger_bg": "#3B191F",
    "when": "#5FD4C4",
    "when_bg": "#12312F",
    "iff": "#6FC1F7",
    "iff_bg": "#14293B",
    "do": "#A9ADFF",
    "do_bg": "#23264A",
    "limit": "#E3C08D",
    "limit_bg": "#322918",
    "focus": "#A9ADFF",
    "plot": "#8C90FF",
    "metal": "#39404E",
    "metal_edge": "#687286",
    "lamp_off": "#333A47",
    "lamp_on": "#FFD36B",
    "scrim": "#000000",
}

LIGHT: Final[dict[str, str]] = {
    "canvas": "#F4F5F8",
    "rail": "#EBEDF2",
    "surface": "#FFFFFF",
    "raised": "#F4F5F8",
    "hover": "#ECEEF3",
    "selected": "#ECECFD",
    "nav": "#FFFFFF",
    "nav_line": "#C9CED9",
    "field": "#FFFFFF",
    "line": "#E1E4EB",
    "line_strong": "#C9CED9",
    "control": "#818998",
    "text": "#14171E",
    "text2": "#434A58",
    "muted": "#616978",
    "accent": "#4B4CD6",
    "accent_hover": "#4041C4",
    "accent_press": "#3536A8",
    "on_accent": "#FFFFFF",
    "accent_text": "#4041C4",
    "accent_bg": "#ECECFD",
    "ok": "#0B7048",
    "ok_bg": "#DFF5EA",
    "warn": "#855400",
    "warn_bg": "#FDF0D3",
    "danger": "#C71F32",
    "danger_hover": "#B3182A",
    "danger_press": "#981323",
    "on_danger": "#FFFFFF",
    "danger_text": "#B3182A",
    "danger_bg": "#FCE7E9",
    "when": "#0A6B62",
    "when_bg": "#DDF4F1",
    "iff": "#0B5F98",
    "iff_bg": "#E0F0FB",
    "do": "#4041C4",
    "do_bg": "#ECECFD",
    "limit": "#7A5413",
    "limit_bg": "#F8EEDC",
    "focus": "#4B4CD6",
    "plot": "#4B4CD6",
    "metal": "#D5D9E2",
    "metal_edge": "#818998",
    "lamp_off": "#D5D9E2",
    "lamp_on": "#B97A00",
    "scrim": "#14171E",
}

THEMES: Final[dict[str, dict[str, str]]] = {"dark": DARK, "light": LIGHT}

# Tokens swapped when the system asks for high contrast: hairlines become real edges.
HIGH_CONTRAST: Final[dict[str, str]] = {"line": "control", "line_strong": "control"}


class TypeStep(NamedTuple):
    """One step of the type scale: pixels at 100 %, line height, CSS weight."""

    px: int
    line: int
    weight: int


TYPE: Final[dict[str, TypeStep]] = {
    "display": TypeStep(28, 36, 600),
    "title": TypeStep(20, 28, 600),
    "heading": TypeStep(16, 24, 600),
    "strong": TypeStep(14, 20, 600),
    "body": TypeStep(14, 20, 400),
    "small": TypeStep(13, 20, 400),
    "small_strong": TypeStep(13, 20, 500),
    "caption": TypeStep(12, 16, 400),
    "caption_strong": TypeStep(12, 16, 600),
    "over": TypeStep(11, 16, 700),
}

RADIUS: Final[dict[str, int]] = {"sm": 6, "md": 8, "lg": 12, "pill": 18}

HEIGHT: Final[dict[str, int]] = {
    "button": 36,
    "input": 34,
    "nav": 40,
    "chip": 36,
    "row": 60,
    "stop": 56,
    "header": 80,
}

WIDTH: Final[dict[str, int]] = {"rail": 216, "rail_small": 72, "stop": 176, "sheet": 440}

MOTION_MS: Final[dict[str, int]] = {"fast": 120, "base": 180}

TEXT_SCALES: Final[tuple[int, ...]] = (100, 115, 130)

# What a lamp can be asked to show, as red, green, blue; these are light, not ink.
LAMP_COLOURS: Final[dict[str, tuple[int, int, int]]] = {
    "white": (255, 255, 255),
    "red": (255, 32, 32),
    "green": (32, 255, 64),
    "blue": (48, 96, 255),
    "violet": (170, 64, 255),
    "gold": (255, 190, 40),
}

# What a rule's colour is picked from; these are light too, and any other may be written.
RULE_COLOURS: Final[tuple[str, ...]] = (
    "#ffffff", "#ff0000", "#ff8000", "#ffff00", "#00ff00",
    "#00ffff", "#0000ff", "#8000ff", "#ff00ff", "#ffbe28",
)  # fmt: skip

_SURFACES = ("canvas", "surface", "rail", "raised", "hover", "selected", "nav", "field")
_TONES = ("ok", "warn", "danger_text", "when", "iff", "do", "limit", "accent_text")

TEXT_PAIRS: Final[tuple[tuple[str, str], ...]] = (
    *((ink, ground) for ink in ("text", "text2", "muted") for ground in _SURFACES),
    *((ink, ground) for ink in _TONES for ground in ("surface", "canvas")),
    *(("on_accent", f"accent{state}") for state in ("", "_hover", "_press")),
    *(("on_danger", f"danger{state}") for state in ("", "_hover", "_press")),
    *((role, f"{role}_bg") for role in ("ok", "warn", "when", "iff", "do", "limit")),
    ("danger_text", "danger_bg"),
    ("accent_text", "accent_bg"),
    ("text", "danger_bg"),
    ("text2", "danger_bg"),
    ("text", "warn_bg"),
    ("text2", "warn_bg"),
    ("warn", "raised"),
    ("danger_text", "hover"),
    ("warn", "hover"),
    ("ok", "hover"),
)

SHAPE_PAIRS: Final[tuple[tuple[str, str], ...]] = (
    *(("control", ground) for ground in ("field", "surface")),
    *(("focus", ground) for ground in ("canvas", "surface", "rail", "selected")),
    ("danger", "canvas"),
    ("accent", "surface"),
    ("plot", "surface"),
    ("metal_edge", "surface"),
    ("lamp_on", "surface"),
)


# Below this share of full light sRGB is linear (WCAG 2.1, relative luminance).
_LINEAR_BELOW: Final = 0.04045


def luminance(colour: str) -> float:
    """Return the relative luminance of `#RRGGBB`, as WCAG 2.1 defines it."""
    total = 0.0
    for weight, start in ((0.2126, 1), (0.7152, 3), (0.0722, 5)):
        value = int(colour[start : start + 2], 16) / 255
        linear = value / 12.92 if value <= _LINEAR_BELOW else ((value + 0.055) / 1.055) ** 2.4
        total += weight * linear
    return total


def contrast(first: str, second: str) -> float:
    """Return the WCAG contrast ratio of two colours, 1.0 to 21.0."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
