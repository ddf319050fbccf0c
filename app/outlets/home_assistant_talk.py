"""What outputs tell Home Assistant, and what it may ask of them.

One rule: pure; a text that makes no sense is nothing to do, never a guess.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, Final

from drivers.contract import (
    Flash,
    Instruction,
    Kind,
    MoveTo,
    Off,
    Play,
    Pulse,
    Rotate,
    SetColor,
    SetLevel,
    Switch,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.outlets.home_assistant_model import Output

ON: Final = "ON"
OFF: Final = "OFF"
PRESS: Final = "PRESS"
# The option of a list of effects for none of them.
NONE: Final = "off"
_FULL: Final = 255
_WHITE: Final = SetColor(255, 255, 255)
_FLASH_HZ: Final = 2.0
_MOST_FLASHES: Final = 20
# As long as a shot of a rule that says nothing else.
PULSE_S: Final = 0.5

# What to do, and for how long; None: as long as the output may be on.
Asked = tuple[Instruction, float | None]


def on_off(output: Output) -> str:
    """Tell whether it does something."""
    return ON if output.doing is not None else OFF


def percent(output: Output) -> str:
    """Tell its level or position, 0 to 100."""
    match output.doing:
        case SetLevel(level=share) | MoveTo(position=share):
            return f"{share * 100:.0f}"
        case _:
            return "0"


def rounds(output: Output) -> str:
    """Tell how many rounds it was asked to turn; 0 when it rests."""
    return f"{output.doing.rounds:g}" if isinstance(output.doing, Rotate) else "0"


def effect(output: Output) -> str:
    """Tell which effect it plays."""
    return output.doing.effect if isinstance(output.doing, Play) else NONE


def light(output: Output) -> str:
    """Tell brightness and colour of a light as far as it has them."""
    if output.doing is None:
        return json.dumps({"state": OFF})
    said: dict[str, Any] = {"state": ON}
    if output.kind is Kind.SWITCH:
        return json.dumps({**said, "color_mode": "onoff"})
    paint = painted(output.doing)
    said["brightness"] = max(1, round(paint.level * _FULL))
    if output.kind is Kind.LEVEL:
        return json.dumps({**said, "color_mode": "brightness"})
    colour = {"r": paint.red, "g": paint.green, "b": paint.blue}
    return json.dumps({**said, "color_mode": "rgb", "color": colour})


def painted(doing: Instruction | None, before: SetColor = _WHITE) -> SetColor:
    """Return the colour and level of what a light does; what it does not say was so before."""
    match doing:
        case SetColor():
            return doing
        case SetLevel(level=level):
            return SetColor(before.red, before.green, before.blue, level)
        case Flash(red=red, green=green, blue=blue):
            return SetColor(red, green, blue)
        case _:
            return before


def asked(output: Output, text: str, before: SetColor = _WHITE) -> Asked | None:
    """Return what a text asks of an output; None if it makes no sense.

    `before`: how a light was painted last, for who asks for brightness or for "on" only.
    """
    if output.kind in (Kind.SWITCH, Kind.LEVEL, Kind.LIGHT) and text.startswith("{"):
        return _light(output, text, before)
    return _READERS[output.kind](output, text)


def _switch(_output: Output, text: str) -> Asked | None:
    found: dict[str, Instruction] = {ON: Switch(on=True), OFF: Off()}
    return (found[text], None) if text in found else None


def _share(text: str, most: float) -> float | None:
    value = _number(text)
    return None if value is None else min(most, max(0.0, value / 100.0))


def _level(output: Output, text: str) -> Asked | None:
    share = _share(text, output.most_level)
    return None if share is None else (SetLevel(share) if share else Off(), None)


def _position(output: Output, text: str) -> Asked | None:
    share = _share(text, output.most_level)
    return None if share is None else (MoveTo(share) if share else Off(), None)


def _motor(output: Output, text: str) -> Asked | None:
    value = _number(text)
    if value is None:
        return None
    turns = min(value, output.most_rounds)
    return (Rotate(turns, min(100.0, output.most_rpm)) if turns > 0 else Off(), None)


def _pulse(_output: Output, text: str) -> Asked | None:
    return (Pulse(), PULSE_S) if text == PRESS else None


def _effect(output: Output, text: str) -> Asked | None:
    if text in (NONE, OFF):
        return Off(), None
    if text == ON and len(output.effects) == 1:
        return Play(output.effects[0]), None
    return (Play(text), None) if text in output.effects else None


def _nothing(_output: Output, _text: str) -> Asked | None:
    return None


_READERS: Final[dict[Kind, Callable[[Output, str], Asked | None]]] = {
    Kind.SWITCH: _switch,
    Kind.LEVEL: _level,
    Kind.LIGHT: _nothing,
    Kind.MOTOR: _motor,
    Kind.PULSE: _pulse,
    Kind.EFFECT: _effect,
    Kind.POSITION: _position,
    Kind.SENSOR: _nothing,
}


def _light(output: Output, text: str, before: SetColor) -> Asked | None:
    """Read what a light with the JSON schema is told."""
    try:
        said = json.loads(text)
    except ValueError:
        return None
    if not isinstance(said, dict) or said.get("state") not in (ON, OFF):
        return None
    if said["state"] == OFF:
        return Off(), None
    return _lit(output, said, before), None


def _lit(output: Output, said: dict[str, Any], before: SetColor) -> Instruction:
    if output.kind is Kind.SWITCH:
        return Switch(on=True)
    told_level = _number(said.get("brightness"))
    share = before.level if told_level is None else max(0.0, told_level / _FULL)
    level = min(share, output.most_level)
    if not level:
        return Off()
    if output.kind is Kind.LEVEL:
        return SetLevel(level)
    told = said.get("color")
    colour = told if isinstance(told, dict) else {}
    was = (("r", before.red), ("g", before.green), ("b", before.blue))
    red, green, blue = (_channel(colour.get(name), other) for name, other in was)
    flash_s = _number(said.get("flash"))
    if flash_s:
        times = min(_MOST_FLASHES, max(1, round(flash_s * _FLASH_HZ)))
        return Flash(times, red, green, blue, _FLASH_HZ)
    return SetColor(red, green, blue, level)


def _number(said: object) -> float | None:
    """Return a number that makes sense to ask for; None for what is none."""
    if isinstance(said, bool) or not isinstance(said, str | int | float):
        return None
    try:
        value = float(said)
    except (ValueError, OverflowError):
        return None
    return value if math.isfinite(value) else None


def _channel(said: object, other: int) -> int:
    value = _number(said)
    return other if value is None else round(min(float(_FULL), max(0.0, value)))
