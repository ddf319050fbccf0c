"""Commands somebody wrote for a device of their own: text or hex bytes, with gaps for numbers.

One rule: what was accepted when it was written can always be filled in; numbers are cut to fit.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import reduce
from operator import xor
from typing import TYPE_CHECKING, Final

from pydantic_core import PydanticCustomError

from drivers.codecs import modbus
from drivers.contract import (
    N_,
    Cause,
    DriverError,
    Kind,
    Pulse,
    Rotate,
    Run,
    SetColor,
    SetLevel,
    Switch,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from drivers.contract import Instruction

ENDINGS: Final = {"none": b"", "lf": b"\n", "crlf": b"\r\n", "cr": b"\r"}

# What an activation without a length is told where a length must be said, and the shortest one.
_NO_LENGTH_S, _LEAST_S = 60.0, 0.001
_TIMES: Final = frozenset({"ms", "s"})
_TURNS: Final = frozenset({"rpm", "direction", "sign"})
_SUMS: Final = frozenset({"sum", "xor", "crc16"})
# What may stand in the gaps of what turns an output of a kind on.
GAPS: Final[dict[Kind, frozenset[str]]] = {
    Kind.SWITCH: _TIMES,
    Kind.PULSE: _TIMES,
    Kind.LEVEL: _TIMES | {"level"},
    Kind.LIGHT: _TIMES | {"level", "red", "green", "blue", "color"},
    Kind.MOTOR: _TIMES | _TURNS | {"rounds"},
}
RUN_GAPS: Final = _TIMES | _TURNS

# Anything else in braces is meant as it stands: JSON is full of them.
_GAP = re.compile(r"\{([a-z][a-z0-9]*)(?::(\d{1,9}(?:\.\d{1,6})?))?(?::([1-8])(le)?)?\}")
_ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{2}|[\\nrt0])")
_ESCAPES: Final = {"\\": b"\\", "n": b"\n", "r": b"\r", "t": b"\t", "0": b"\0"}
_HEX = re.compile(r"[0-9a-fA-F\s]*")
# Colours and levels are parts of a whole, which is what a device makes of its largest number.
_WHOLE: Final = {"level": 1.0, "red": 255.0, "green": 255.0, "blue": 255.0}
_TEXT_SCALE: Final = {"level": 100.0, "red": 255.0, "green": 255.0, "blue": 255.0}
_HEX_SCALE: Final = dict.fromkeys(_WHOLE, 255.0)
_ONE_BYTE: Final = 255


@dataclass(frozen=True, slots=True)
class Gap:
    """A place for a number: scaled, `places` wide (digits of text, bytes of hex; 0: as usual)."""

    name: str
    scale: float | None = None
    places: int = 0
    little: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """What is sent, its numbers not yet filled in."""

    parts: tuple[bytes | Gap, ...]
    hexadecimal: bool
    ending: bytes = b""

    def names(self) -> frozenset[str]:
        """Return what stands in its gaps."""
        return frozenset(part.name for part in self.parts if isinstance(part, Gap))

    def filled(self, values: Mapping[str, float]) -> bytes:
        """Return the bytes to send; `values` by the names of the gaps."""
        done = b""
        for part in self.parts:
            if isinstance(part, bytes):
                done += part
            elif part.name in _SUMS:
                done += _sum(part.name, done)
            else:
                done += (_as_bytes if self.hexadecimal else _as_text)(part, values)
        return done + self.ending


def command(
    text: str, *, hexadecimal: bool, ending: str = "none", gaps: frozenset[str] = frozenset()
) -> Command:
    """Read a command as somebody wrote it; PydanticCustomError says in a sentence what is wrong."""
    parts: list[bytes | Gap] = []
    literal = _hex_literal if hexadecimal else _text_literal
    allowed = gaps | _SUMS if hexadecimal else gaps
    place = 0
    for found in _GAP.finditer(text):
        parts.append(literal(text[place : found.start()]))
        parts.append(_gap(found, allowed, hexadecimal=hexadecimal))
        place = found.end()
    parts.append(literal(text[place:]))
    whole = tuple(part for part in parts if part)
    return Command(whole, hexadecimal, b"" if hexadecimal or not whole else ENDINGS[ending])


def values_of(instruction: Instruction, duration_s: float | None) -> dict[str, float]:
    """Return the numbers of an instruction that turns something on; raises UNSUPPORTED."""
    # To some sketches a length of 0 is no end at all.
    length_s = _NO_LENGTH_S if duration_s is None else max(_LEAST_S, duration_s)
    values = {"ms": length_s * 1000.0, "s": length_s}
    match instruction:
        case Switch() | Pulse():
            pass
        case SetLevel(level=level):
            # A light that is given a level only is white.
            values |= _light(255.0 * level, 255.0 * level, 255.0 * level, level)
        case SetColor(red=red, green=green, blue=blue, level=level):
            values |= _light(red * level, green * level, blue * level, level)
        case Rotate(rpm=rpm, reverse=reverse):
            values |= _turn(rpm, reverse=reverse) | {"rounds": instruction.rounds}
        case Run(rpm=rpm, reverse=reverse):
            values |= _turn(rpm, reverse=reverse)
        case _:
            raise DriverError(Cause.UNSUPPORTED, type(instruction).__name__)
    return values


def _light(red: float, green: float, blue: float, level: float) -> dict[str, float]:
    number = sum(round(one) << at for one, at in ((red, 16), (green, 8), (blue, 0)))
    return {"red": red, "green": green, "blue": blue, "level": level, "color": float(number)}


def _turn(rpm: float, *, reverse: bool) -> dict[str, float]:
    return {"rpm": rpm, "direction": float(reverse), "sign": -1.0 if reverse else 1.0}


def _gap(found: re.Match[str], allowed: frozenset[str], *, hexadecimal: bool) -> Gap:
    name, scale, places, little = found.groups()
    if name not in allowed or (hexadecimal and name == "sign"):
        raise PydanticCustomError(
            "gap_unknown",
            N_("{name} in braces means nothing here. What fits: {fits}"),
            {"name": name, "fits": " ".join(sorted(allowed)) or "-"},
        )
    return Gap(name, float(scale) if scale else None, int(places or 0), little is not None)


def _text_literal(text: str) -> bytes:
    done, place = b"", 0
    for found in _ESCAPE.finditer(text):
        sign = found[1]
        done += text[place : found.start()].encode()
        done += bytes.fromhex(sign[1:]) if sign[0] == "x" else _ESCAPES[sign]
        place = found.end()
    return done + text[place:].encode()


def _hex_literal(text: str) -> bytes:
    if not _HEX.fullmatch(text):
        raise PydanticCustomError(
            "not_hex", N_("These are no bytes in hex: {text}"), {"text": text.strip()[:40]}
        )
    try:
        return bytes.fromhex(text)
    except ValueError as error:
        raise PydanticCustomError(
            "not_hex", N_("These are no bytes in hex: {text}"), {"text": text.strip()[:40]}
        ) from error


def _scaled(gap: Gap, values: Mapping[str, float], usual: Mapping[str, float]) -> float:
    value = values.get(gap.name, 0.0)
    if not math.isfinite(value):
        return 0.0
    scale = gap.scale if gap.scale is not None else usual.get(gap.name, 1.0)
    return value / _WHOLE.get(gap.name, 1.0) * scale


def _as_text(gap: Gap, values: Mapping[str, float]) -> bytes:
    if gap.name == "color":
        return f"{int(values.get('color', 0.0)):06X}".encode()
    if gap.name == "sign":
        return b"-" if values.get("sign", 1.0) < 0 else b""
    number = _scaled(gap, values, _TEXT_SCALE)
    if gap.scale is None and gap.name in ("rounds", "rpm", "s"):
        text = f"{number:.3f}".rstrip("0").rstrip(".")
    else:
        text = str(round(number))
    return text.rjust(gap.places, "0").encode()


def _as_bytes(gap: Gap, values: Mapping[str, float]) -> bytes:
    if gap.name == "color":
        return int(values.get("color", 0.0)).to_bytes(3, "little" if gap.little else "big")
    scale = gap.scale if gap.scale is not None else _HEX_SCALE.get(gap.name, 1.0)
    short = gap.name == "direction" or (gap.name in _WHOLE and scale <= _ONE_BYTE)
    places = gap.places or (1 if short else 2)
    most = (1 << 8 * places) - 1
    number = min(most, max(0, round(_scaled(gap, values, _HEX_SCALE))))
    return number.to_bytes(places, "little" if gap.little else "big")


_SUM_OF: Final[dict[str, Callable[[bytes], bytes]]] = {
    "sum": lambda data: bytes([sum(data) & 0xFF]),
    "xor": lambda data: bytes([reduce(xor, data, 0)]),
    "crc16": lambda data: modbus.crc(data).to_bytes(2, "little"),
}


def _sum(name: str, data: bytes) -> bytes:
    return _SUM_OF[name](data)
