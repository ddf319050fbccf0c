"""WLED's words: realtime frames for its UDP port, and states, presets and playlists as JSON.

One rule: pure; every realtime frame says how long WLED may wait for the next one.
Sources: WLED's udp.cpp (realtime protocols 2 and 4), json.cpp, playlist.cpp.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from drivers.codecs.looks import paint_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from drivers.contract import Instruction

# WLED goes back to its own show when it hears nothing of us for so long.
HOLD_S = 2
# "Leave realtime": protocol 2 with no time at all.
REST = bytes([2, 0])
MOST_LEDS = 16384
_DRGB, _DNRGB = 2, 4
_DRGB_LEDS, _DNRGB_LEDS = 490, 489
_MOST_PRESET = 250
_MIDDLE = 128
_TENTHS = 10
# What WLED tells of a segment but does not take back, or what names lamps rather than looks.
_TOLD_ONLY = frozenset({"len", "lc"})


@dataclass(frozen=True, slots=True)
class Look:
    """What all LEDs show, from an instruction on, for at most `duration_s`."""

    instruction: Instruction
    leds: int
    duration_s: float = math.inf

    def frame(self, since_s: float) -> bytes:
        """Return what to send `since_s` after it began: one datagram after another, or REST."""
        left_s = self.duration_s - since_s
        if left_s <= 0:
            return REST
        hold_s = max(1, math.ceil(min(HOLD_S, left_s)))
        return bytes([hold_s]) + bytes(paint_at(self.instruction, since_s).scaled) * self.leds


def datagrams(frame: bytes) -> Iterator[bytes]:
    """Yield the datagrams of a Look's frame; long strips need several."""
    if frame == REST:
        yield REST
        return
    hold_s, pixels = frame[0], frame[1:]
    if len(pixels) <= _DRGB_LEDS * 3:
        yield bytes([_DRGB, hold_s]) + pixels
        return
    for first in range(0, len(pixels) // 3, _DNRGB_LEDS):
        some = pixels[first * 3 : (first + _DNRGB_LEDS) * 3]
        yield bytes([_DNRGB, hold_s]) + first.to_bytes(2, "big") + some


@dataclass(frozen=True, slots=True)
class Strip:
    """What WLED says of itself."""

    leds: int
    udp_port: int
    name: str
    version: str

    @property
    def firmware(self) -> str:
        """Name and version, as people see it."""
        return f"WLED {self.version}".strip()


def strip_of(info: object) -> Strip | None:
    """Read WLED's `info`; None if that is no WLED."""
    leds = info.get("leds") if isinstance(info, dict) else None
    if not isinstance(info, dict) or not isinstance(leds, dict):
        return None
    count, port = leds.get("count"), info.get("udpport", 21324)
    if not isinstance(count, int) or not isinstance(port, int) or not 0 < count <= MOST_LEDS:
        return None
    return Strip(count, port, str(info.get("name", "WLED")), str(info.get("ver", "")))


def presets_of(presets: object) -> dict[str, int]:
    """Return the presets by name, in their order; names that come twice get their number."""
    found: dict[str, int] = {}
    if not isinstance(presets, dict):
        return found
    for number, preset in presets.items():
        if not isinstance(preset, dict) or not str(number).isdecimal():
            continue
        if not 0 < int(number) <= _MOST_PRESET or not preset:
            continue
        # A comma would part names in lists.
        name = str(preset.get("n") or number).replace(",", " ").strip()
        found[f"{name} ({number})" if name in found else name] = int(number)
    return found


def play(preset: int, duration_s: float | None, back_to: int) -> dict[str, Any]:
    """Ask for a preset, as a playlist of one that ends by itself and then shows `back_to`.

    `back_to` 0 stays in the preset when the time is up: WLED has nothing else to go back to.
    """
    asked: dict[str, Any] = {"on": True}
    if duration_s is None or not math.isfinite(duration_s):
        return asked | {"ps": preset}
    tenths = max(1, math.ceil(duration_s * _TENTHS))
    only = {"ps": [preset], "dur": [tenths], "transition": [0], "repeat": 1, "end": back_to}
    return asked | {"playlist": only}


def back_to(state: Mapping[str, Any]) -> dict[str, Any]:
    """Ask for a state as it was told earlier, at once, and end what is realtime."""
    asked: dict[str, Any] = {"live": False, "tt": 0}
    number = state.get("pl", -1) if _number(state.get("pl")) else state.get("ps", -1)
    if state.get("on") and _number(number):
        return asked | {"on": True, "ps": number}
    told, bright = state.get("seg"), state.get("bri")
    segments = [
        {key: value for key, value in one.items() if key not in _TOLD_ONLY}
        for one in (told if isinstance(told, list) else [])
        if isinstance(one, dict)
    ]
    level = bright if isinstance(bright, int) else _MIDDLE
    return asked | {"on": bool(state.get("on")), "bri": level, "seg": segments}


def preset_of(state: Mapping[str, Any]) -> int:
    """Return the preset that is shown, 0 if none."""
    number = state.get("ps")
    return number if isinstance(number, int) and _number(number) else 0


def _number(value: object) -> bool:
    return isinstance(value, int) and 0 < value <= _MOST_PRESET
