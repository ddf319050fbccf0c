"""Cheap Bluetooth light strips and bulbs: which words each kind understands.

One rule: a strip is dark only when it was told "off"; how bright it is is in the colour.
Sources: linuxthings.co.uk and arduino12/ble_rgb_led_strip_controller (ELK-BLEDOM),
dave-code-ruiz/elkbledom models.json and elkbledom.py (MELK, ELK-BLEDOB, and how a MELK is greeted),
madhead/saberlight protocols/Triones and protocols/ZJ-MBL-RGBW (Zengge: Magic Home, Magic Hue).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from drivers.codecs.looks import moves, paint_at
from drivers.contract import ACCEPTS, N_, Cause, DriverError, Flash, Kind, is_off

if TYPE_CHECKING:
    from collections.abc import Callable

    from drivers.contract import Instruction

OUTPUT: Final = "light"
ASK_STATE: Final = bytes.fromhex("ef0177")
_STATE_BYTES, _STATE_HEAD, _STATE_TAIL, _OFF = 12, 0x66, 0x99, 0x24


@dataclass(frozen=True, slots=True)
class Model:
    """One kind: where it is written to, what it tells its state through ("" if it never does).

    `names` are how it calls itself, in small letters, where nothing else tells it from another.
    """

    key: str
    name: str
    write: str
    tell: str
    on: bytes
    off: bytes
    colour: Callable[[int, int, int], bytes]
    names: tuple[str, ...] = ()


def _elk_colour(red: int, green: int, blue: int) -> bytes:
    return bytes([0x7E, 0, 5, 3, red, green, blue, 0, 0xEF])


def _elk07_colour(red: int, green: int, blue: int) -> bytes:
    return bytes([0x7E, 7, 5, 3, red, green, blue, 0x0A, 0xEF])


def _triones_colour(red: int, green: int, blue: int) -> bytes:
    return bytes([0x56, red, green, blue, 0, 0xF0, 0xAA])


_TRIONES = (bytes.fromhex("cc2333"), bytes.fromhex("cc2433"), _triones_colour)

_ELK_OFF: Final = bytes.fromhex("7e0004000000ff00ef")

# The first that fits a device is taken: FFF3 is also in bulbs of the other kinds, unwritable.
MODELS: Final = (
    Model("triones", "Triones", "ffd9", "ffd4", *_TRIONES),
    Model("zengge", "Magic Home", "ffe9", "ffe4", *_TRIONES),
    Model(
        "elk07",
        "ELK-BLEDOB",
        "fff3",
        "",
        bytes.fromhex("7e0704ff00010201ef"),
        bytes.fromhex("7e07040000000201ef"),
        _elk07_colour,
        ("elk-bledob", "melk-og10"),
    ),
    Model(
        "melk",
        "MELK",
        "fff3",
        "",
        bytes.fromhex("7e00040100000000ef"),
        _ELK_OFF,
        _elk_colour,
        ("melk", "modelx"),
    ),
    Model(
        "elk",
        "ELK-BLEDOM",
        "fff3",
        "",
        bytes.fromhex("7e0004f00001ff00ef"),
        _ELK_OFF,
        _elk_colour,
    ),
)
# How such things call themselves, in small letters; what they advertise says little.
_NAMES = (
    "elk-",
    "melk",
    "modelx",
    "triones",
    "ledblue",
    "ledble",
    "lednet",
    "dream~",
    "qhm-",
    "ap-",
)


_GREETED = ("melk", "modelx")
_GREETING = (bytes.fromhex("7e0783"), bytes.fromhex("7e0404"))


def is_likely(name: str) -> bool:
    """Say whether something of this name may be such a strip."""
    return name.lower().startswith(_NAMES)


def greeting_of(name: str) -> tuple[bytes, ...]:
    """Return what a device wants to hear first, a second apart, or it hangs up."""
    return _GREETING if name.lower().startswith(_GREETED) else ()


def model_of(wanted: str, writable: Callable[[str], bool], name: str) -> Model:
    """Return the model that is wanted ("auto": whichever fits); raises UNSUPPORTED."""
    for model in MODELS:
        called_so = not model.names or name.lower().startswith(model.names)
        fits = called_so if wanted == "auto" else wanted == model.key
        if fits and writable(model.write):
            return model
    raise DriverError(
        Cause.UNSUPPORTED,
        say=N_(
            "This is none of the Bluetooth strips we know. Add it as “A Bluetooth device of "
            "your own”."
        ),
    )


def is_dark(state: bytes) -> bool | None:
    """Say whether a strip tells that it is off; None if these bytes are no state."""
    if len(state) != _STATE_BYTES or state[0] != _STATE_HEAD or state[-1] != _STATE_TAIL:
        return None
    return state[2] == _OFF


@dataclass(frozen=True, slots=True)
class StripScene:
    """What a strip shows. Its frame is three bytes, red, green, blue; none at all means off."""

    shown: Instruction | None = None
    since_s: float = 0.0

    @property
    def moves(self) -> bool:
        """Whether it changes by itself."""
        return self.shown is not None and moves(self.shown)

    def after(self, capability: str, instruction: Instruction, now_s: float) -> StripScene:
        """Return the scene after an instruction; raises UNSUPPORTED."""
        if capability != OUTPUT or not isinstance(instruction, ACCEPTS[Kind.LIGHT]):
            raise DriverError(Cause.UNSUPPORTED, f"{capability} {type(instruction).__name__}")
        return self.dark() if is_off(instruction) else StripScene(instruction, now_s)

    def dark(self) -> StripScene:
        """Return the scene with the strip off."""
        return StripScene()

    def frame(self, now_s: float) -> bytes:
        """Return the colour at a time."""
        shown, since_s = self.shown, now_s - self.since_s
        if shown is None:
            return b""
        if isinstance(shown, Flash) and since_s * shown.rate_hz >= shown.times:
            return b""
        return bytes(paint_at(shown, since_s).scaled)
