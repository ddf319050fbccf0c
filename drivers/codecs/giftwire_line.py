"""The Giftwire line protocol, version 1: lines to messages and back; see `drivers/README.md`.

One rule: no input, output or clock; whatever a device says, nothing here raises.
"""

from __future__ import annotations

import binascii
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from drivers.contract import (
    Flash,
    Instruction,
    Play,
    Pulse,
    Rotate,
    Run,
    SetColor,
    SetLevel,
    Switch,
    is_off,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

VERSION = 1
# Room for the receive buffer of a small board; nothing we send comes near it.
MAX_LINE = 160
_SUM_LENGTH = 5
_DIGITS = 9
# Begins on a line of its own whatever half line a dead program left behind.
STOP_FRAME = b"\nSTOP\n"
SAFE_WORD = b"SAFE"

# Short on the wire, plain to everybody else.
_OUR_NAMES = {"left": "rounds_left"}
_PRINTABLE = range(0x20, 0x7F)


# ---------------------------------------------------------------- what a device says


@dataclass(frozen=True, slots=True)
class Boot:
    """The board has (re)started; everything is off and nothing is agreed."""

    firmware: str = ""


@dataclass(frozen=True, slots=True)
class Hello:
    """Who the device is, how long it lives without us, and how many outputs it will list."""

    version: int
    board: str
    firmware: str
    summed: bool
    lease_ms: int
    outputs: int


@dataclass(frozen=True, slots=True)
class Output:
    """One output: `limits` are the numbers the device gave (rpm, rounds, on in ms, hz)."""

    name: str
    kind: str
    hazard: str = ""
    title: str = ""
    limits: Mapping[str, float] = field(default_factory=dict)
    effects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ok:
    """A command was taken; `again` when it had been taken before and was not carried out twice."""

    id: int
    again: bool = False


@dataclass(frozen=True, slots=True)
class Err:
    """A command was refused; id 0 when the line was too broken to have one."""

    id: int
    code: str


@dataclass(frozen=True, slots=True)
class Safe:
    """Everything is off because of the STOP with this token."""

    token: int


@dataclass(frozen=True, slots=True)
class Done:
    """An activation is over: `why` is end, time, new, off, stop or lease."""

    id: int
    why: str


@dataclass(frozen=True, slots=True)
class State:
    """What an output does now."""

    name: str
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Pressed:
    """The STOP button on the device was pressed; it is safe already."""


@dataclass(frozen=True, slots=True)
class Lapsed:
    """The device had not heard from us for its lease and went safe."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A whole line of a newer version, or of something else."""

    text: str


Said = Boot | Hello | Output | Ok | Err | Safe | Done | State | Pressed | Lapsed | Unknown


# ---------------------------------------------------------------- lines


def checksum(text: bytes) -> int:
    """Return CRC-16/CCITT-FALSE (polynomial 1021, start FFFF) of a line without its ending."""
    return binascii.crc_hqx(text, 0xFFFF)


def frame(text: str, *, summed: bool) -> bytes:
    """Return the bytes of one line, with `*` and four hex digits when checksums are agreed."""
    line = text.encode("ascii", "replace")
    if any(byte not in _PRINTABLE for byte in line) or len(line) > MAX_LINE - _SUM_LENGTH - 1:
        raise ValueError(f"not a line: {text!r}")
    return line + (b"*%04X\n" % checksum(line) if summed else b"\n")


class LineReader:
    """Cuts bytes into lines; broken ones are counted in `bad` and left out."""

    def __init__(self) -> None:
        self.summed = False
        self.bad = 0
        self._rest = bytearray()
        self._too_long = False

    def feed(self, data: bytes) -> list[str]:
        """Return the whole, undamaged lines, without their checksums."""
        lines: list[str] = []
        parts = data.split(b"\n")
        for last, part in enumerate(parts, 1 - len(parts)):
            self._rest += part
            if len(self._rest) > MAX_LINE:
                self._too_long = True
                self._rest.clear()
            if last < 0:
                line = self._line()
                if line:
                    lines.append(line)
        return lines

    def _line(self) -> str:
        raw, too_long = bytes(self._rest).removesuffix(b"\r"), self._too_long
        self._rest.clear()
        self._too_long = False
        if not raw and not too_long:
            return ""
        text = None if too_long else _checked(raw, must=self.summed)
        if text is None:
            self.bad += 1
            return ""
        return text


def _checked(raw: bytes, *, must: bool) -> str | None:
    """Return a line's text if it is printable and its checksum, where there must be one, fits."""
    if any(byte not in _PRINTABLE for byte in raw):
        return None
    body, star, digits = raw.rpartition(b"*")
    if star and len(digits) == _SUM_LENGTH - 1:
        return body.decode("ascii") if digits == b"%04X" % checksum(body) else None
    # A board that has just restarted has agreed to nothing yet.
    return raw.decode("ascii") if not must or raw.startswith(b"BOOT") else None


# ---------------------------------------------------------------- reading what a device says


def parse(line: str) -> Said:
    """Return what a line means; Unknown for what this version does not know."""
    word, *rest = line.split(" ")
    read = _READERS.get(word)
    said = read(rest) if read else None
    return said or Unknown(line)


def _pairs(words: list[str]) -> dict[str, str]:
    """Read `a=1 b=2 title=Two words`: the title takes the rest of the line."""
    found: dict[str, str] = {}
    for place, word in enumerate(words):
        name, equals, value = word.partition("=")
        if name == "title":
            found[name] = " ".join([value, *words[place + 1 :]])
            break
        if equals:
            found[name] = value
    return found


def _number(text: str) -> float:
    """Return a number, NaN if it is none; only what every small board can write."""
    digits = text.removeprefix("-")
    whole, _, part = digits.partition(".")
    if not (whole + part).isdecimal() or not digits.isascii():
        return math.nan
    return float(text) if whole or part else math.nan


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _DIGITS else -1


def _boot(words: list[str]) -> Said | None:
    return Boot(_pairs(words).get("fw", ""))


def _hello(words: list[str]) -> Said | None:
    pairs = _pairs(words)
    version, outputs = _whole(pairs.get("v", "")), _whole(pairs.get("outputs", ""))
    lease_ms = _whole(pairs.get("lease", ""))
    if min(version, outputs, lease_ms) < 0:
        return None
    summed = pairs.get("sum") == "1"
    return Hello(version, pairs.get("board", ""), pairs.get("fw", ""), summed, lease_ms, outputs)


def _output(words: list[str]) -> Said | None:
    if not words or "=" in words[0] or not words[0]:
        return None
    pairs = _pairs(words[1:])
    limits = {key: _number(pairs[key]) for key in ("rpm", "rounds", "on", "hz") if key in pairs}
    return Output(
        name=words[0],
        kind=pairs.get("kind", ""),
        hazard=pairs.get("hazard", ""),
        title=pairs.get("title", ""),
        limits={key: value for key, value in limits.items() if value > 0},
        effects=tuple(one for one in pairs.get("effects", "").split(",") if one),
    )


def _ok(words: list[str]) -> Said | None:
    number = _whole(words[0]) if words else -1
    return Ok(number, words[1:] == ["again"]) if number >= 0 else None


def _err(words: list[str]) -> Said | None:
    number = _whole(words[0]) if words else -1
    return Err(number, " ".join(words[1:])) if number >= 0 else None


def _safe(words: list[str]) -> Said | None:
    number = _whole(words[0]) if words else 0
    return Safe(number) if number >= 0 else None


def _done(words: list[str]) -> Said | None:
    number = _whole(words[0]) if words else -1
    return Done(number, " ".join(words[1:])) if number >= 0 else None


def _state(words: list[str]) -> Said | None:
    if not words:
        return None
    pairs = _pairs(words[1:]).items()
    values = {_OUR_NAMES.get(key, key): _number(value) for key, value in pairs}
    return State(words[0], {key: value for key, value in values.items() if math.isfinite(value)})


_READERS: dict[str, Callable[[list[str]], Said | None]] = {
    "BOOT": _boot,
    "HELLO": _hello,
    "OUTPUT": _output,
    "OK": _ok,
    "ERR": _err,
    "SAFE": _safe,
    "DONE": _done,
    "STATE": _state,
    "PRESSED": lambda _: Pressed(),
    "LEASE": lambda _: Lapsed(),
}


# ---------------------------------------------------------------- writing what we ask


def number(value: float) -> str:
    """Write a number with at most three decimals and no exponent."""
    return f"{value:.3f}".rstrip("0").rstrip(".")


def encode(output: str, instruction: Instruction, duration_ms: int) -> str:
    """Return the words of one instruction, without id; every one that starts something has `ms`."""
    if is_off(instruction):
        return f"OFF {output}"
    return f"{_words(output, instruction)} ms={duration_ms}"


def _words(output: str, instruction: Instruction) -> str:
    match instruction:
        case Rotate(rounds=rounds, rpm=rpm, reverse=reverse):
            turn = f"rounds={number(rounds)} rpm={number(rpm)} back={int(reverse)}"
            words = f"ROTATE {output} {turn}"
        case Run(rpm=rpm, reverse=reverse):
            words = f"RUN {output} rpm={number(rpm)} back={int(reverse)}"
        case SetColor(red=red, green=green, blue=blue, level=level):
            words = f"COLOR {output} rgb={_rgb(red * level, green * level, blue * level)}"
        case SetLevel(level=level):
            words = f"LEVEL {output} level={number(level)}"
        case Flash(times=times, red=red, green=green, blue=blue, rate_hz=rate_hz):
            rgb = _rgb(red, green, blue)
            words = f"FLASH {output} times={times} rgb={rgb} hz={number(rate_hz)}"
        case Play(effect=effect):
            words = f"PLAY {output} name={effect}"
        case Switch() | Pulse():
            words = f"ON {output}"
        case _:
            raise ValueError(f"no words for {instruction!r}")
    return words


def _rgb(*channels: float) -> str:
    return "".join(f"{max(0, min(255, round(one))):02X}" for one in channels)
