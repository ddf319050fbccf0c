"""LED strips fed over a serial port: what each LED shows, and the frames of two protocols.

One rule: pure; of the colour and the effect the one that was told last is seen.
Source of the frames: WLED's wled_serial.cpp (Adalight, TPM2) and Adafruit's Adalight sketch.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from drivers.codecs.looks import byte, moves, paint_at
from drivers.contract import (
    ACCEPTS,
    N_,
    Capability,
    Cause,
    DriverError,
    Hazard,
    Kind,
    Off,
    Play,
    QueuePolicy,
    is_off,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from drivers.contract import Instruction

MOST_LEDS: Final = 1000

TPM2_PING: Final = b"\xc9\xaa"
TPM2_PONG: Final = b"\xac"

Colour = tuple[int, int, int]
_DARK: Final[Colour] = (0, 0, 0)


def adalight(pixels: bytes) -> bytes:
    """Return the frame that shows three bytes a LED."""
    high, low = divmod(len(pixels) // 3 - 1, 256)
    return b"Ada" + bytes([high, low, high ^ low ^ 0x55]) + pixels


def tpm2(pixels: bytes) -> bytes:
    """Return the frame that shows three bytes a LED."""
    return b"\xc9\xda" + len(pixels).to_bytes(2, "big") + pixels + b"\x36"


FRAMES: Final[dict[str, Callable[[bytes], bytes]]] = {"adalight": adalight, "tpm2": tpm2}


# ------------------------------------------------------------------ effects
# None brightens and darkens more than once a second: a strobe can cause seizures.


def _wheel(turn: float) -> Colour:
    """Return a colour of the rainbow; `turn` 0 and 1 are the same red."""
    parts = [(turn + shift) % 1.0 for shift in (0.0, 2 / 3, 1 / 3)]
    red, green, blue = (byte(255 * max(0.0, 1 - 3 * min(one, 1 - one))) for one in parts)
    return red, green, blue


def _rainbow(place: float, since_s: float) -> Colour:
    return _wheel(place - since_s * 0.25)


def _chase(place: float, since_s: float) -> Colour:
    behind = (since_s * 0.5 - place) % 1.0
    level = max(0.0, 1 - behind * 4)
    return byte(255 * level), byte(180 * level), byte(60 * level)


def _breathe(place: float, since_s: float) -> Colour:
    del place  # all of it breathes
    level = (1 - math.cos(since_s * math.pi)) / 2
    return byte(255 * level), byte(40 * level), byte(90 * level)


def _fire(place: float, since_s: float) -> Colour:
    waves = (5.0, 1.1), (11.0, -1.7), (23.0, 2.3)
    heat = sum(math.sin(place * many * math.tau + since_s * fast) for many, fast in waves)
    level = 0.6 + 0.12 * heat
    return byte(255 * level), byte(110 * level * level), byte(10 * level)


EFFECTS: Final[dict[str, Callable[[float, float], Colour]]] = {
    "rainbow": _rainbow,
    "chase": _chase,
    "breathe": _breathe,
    "fire": _fire,
}


@dataclass(frozen=True, slots=True)
class _Look:
    instruction: Instruction = Off()  # noqa: RUF009 - frozen
    began_s: float = 0.0

    @property
    def on(self) -> bool:
        return not is_off(self.instruction)


@dataclass(frozen=True, slots=True)
class Strip:
    """Everything a strip shows. `order` is how its bytes stand, such as "grb"."""

    leds: int
    order: str = "rgb"
    colour: _Look = _Look()
    effect: _Look = _Look()

    @property
    def moves(self) -> bool:
        """Whether it changes by itself."""
        return self.effect.on or moves(self.colour.instruction)

    def capabilities(self) -> tuple[Capability, ...]:
        """Return the outputs."""
        latest = QueuePolicy.LATEST
        return (
            Capability("strip", Kind.LIGHT, N_("Strip"), Hazard.LIGHT, policy=latest),
            Capability(
                "effect",
                Kind.EFFECT,
                N_("Effects"),
                Hazard.LIGHT,
                policy=latest,
                effects=tuple(EFFECTS),
            ),
        )

    def after(self, capability: str, instruction: Instruction, now_s: float) -> Strip:
        """Return the strip with one output told something new; raises UNSUPPORTED."""
        look = _Look(instruction, now_s)
        if capability == "strip" and isinstance(instruction, ACCEPTS[Kind.LIGHT]):
            return replace(self, colour=look)
        known = not isinstance(instruction, Play) or instruction.effect in EFFECTS
        if capability == "effect" and isinstance(instruction, ACCEPTS[Kind.EFFECT]) and known:
            return replace(self, effect=look)
        raise DriverError(Cause.UNSUPPORTED, f"{capability} {type(instruction).__name__}")

    def dark(self) -> Strip:
        """Return the strip with nothing on."""
        return replace(self, colour=_Look(), effect=_Look())

    def frame(self, now_s: float) -> bytes:
        """Return three bytes a LED, as they are at a time."""
        told = self.effect.instruction
        newest = self.effect.began_s >= self.colour.began_s or not self.colour.on
        if isinstance(told, Play) and newest:
            paint, since_s = EFFECTS[told.effect], now_s - self.effect.began_s
            return b"".join(self._bytes(paint(n / self.leds, since_s)) for n in range(self.leds))
        since_s = now_s - self.colour.began_s
        shown = paint_at(self.colour.instruction, since_s).scaled if self.colour.on else _DARK
        return self._bytes(shown) * self.leds

    def _bytes(self, colour: Colour) -> bytes:
        parts = dict(zip("rgb", colour, strict=True))
        return bytes(parts[one] for one in self.order)
