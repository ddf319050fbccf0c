"""What the channels of a DMX line must be: lamps, moving heads, fog machines and relays.

One rule: pure and unchanging; a new instruction makes a new scene, and time is always given.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
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
    MoveTo,
    Off,
    Pulse,
    QueuePolicy,
    Switch,
    is_off,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from drivers.codecs.fixtures import Fixture
    from drivers.contract import Instruction

LAMP = N_("Lamp")
PAN = N_("Pan")
TILT = N_("Tilt")
FOG = N_("Fog")
RELAY = N_("Relay")

# Where a moving head rests if nobody says otherwise.
MIDDLE: Final = 0.5


@dataclass(frozen=True, slots=True)
class _Look:
    """What an output was told and when; a movement also from where."""

    instruction: Instruction = Off()  # noqa: RUF009 - frozen
    began_s: float = 0.0
    came_from: float = MIDDLE


_AT_REST = _Look()


def outputs(fixtures: tuple[Fixture, ...]) -> tuple[Capability, ...]:
    """Return what the lamps can do; an output is named by the address of its lamp."""
    return tuple(one for fixture in fixtures for one in _outputs_of(fixture))


def _outputs_of(fixture: Fixture) -> list[Capability]:
    words, address = set(fixture.words), fixture.start
    made = []
    if words & set("drgbw"):
        made.append(
            Capability(
                f"lamp{address}",
                Kind.LIGHT,
                f"{LAMP} {address}",
                Hazard.LIGHT,
                policy=QueuePolicy.LATEST,
            )
        )
    made += [
        Capability(
            f"{name}{address}",
            Kind.POSITION,
            f"{title} {address}",
            Hazard.MOTION,
            policy=QueuePolicy.LATEST,
            rest=rest / 100,
        )
        for word, name, title, rest in (
            ("p", "pan", PAN, fixture.rest_pan),
            ("t", "tilt", TILT, fixture.rest_tilt),
        )
        if word in words
    ]
    if "f" in words:
        made.append(Capability(f"fog{address}", Kind.PULSE, f"{FOG} {address}", Hazard.HEAT))
    if "o" in words:
        made.append(Capability(f"relay{address}", Kind.SWITCH, f"{RELAY} {address}", Hazard.MAINS))
    return made


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything the line shows. `size` is how many channels are sent, the first is channel 1."""

    fixtures: tuple[Fixture, ...]
    size: int
    looks: Mapping[str, _Look] = field(default_factory=dict)

    @property
    def moves(self) -> bool:
        """Whether it changes by itself."""
        return any(moves(look.instruction) for look in self.looks.values())

    def capabilities(self) -> tuple[Capability, ...]:
        """Return the outputs of all lamps."""
        return outputs(self.fixtures)

    def after(self, capability: str, instruction: Instruction, now_s: float) -> Scene:
        """Return the scene with one output told something new; raises UNSUPPORTED."""
        known = {one.id: one for one in self.capabilities()}
        if capability not in known:
            raise DriverError(Cause.UNSUPPORTED, capability)
        if not isinstance(instruction, ACCEPTS[known[capability].kind]):
            raise DriverError(Cause.UNSUPPORTED, type(instruction).__name__)
        rest = known[capability].rest
        before = self.looks.get(capability, _AT_REST)
        came_from = position_at(before, now_s, MIDDLE if rest is None else rest)
        look = _Look(instruction, now_s, came_from)
        return replace(self, looks={**self.looks, capability: look})

    def dark(self) -> Scene:
        """Return the scene with everything at rest."""
        return replace(self, looks={})

    def frame(self, now_s: float) -> bytes:
        """Return the channels as they are at a time."""
        slots = bytearray(self.size)
        for fixture in self.fixtures:
            shown = self._slots_of(fixture, now_s)
            slots[fixture.start - 1 : fixture.start - 1 + len(shown)] = shown
        return bytes(slots)

    def _slots_of(self, fixture: Fixture, now_s: float) -> bytes:
        values = self._values(fixture, now_s)
        lit = bool(values["lit"])
        return bytes(
            (int(word) if lit else 0) if word.isdecimal() else values[word]
            for word in fixture.words
        )

    def _values(self, fixture: Fixture, now_s: float) -> dict[str, int]:
        """Return what each word means for one lamp now."""
        words, address = fixture.words, fixture.start
        light = self.looks.get(f"lamp{address}", _AT_REST)
        paint = paint_at(light.instruction, now_s - light.began_s)
        coloured = bool({"r", "g", "b"} & set(words))
        if "d" in words and coloured:
            red, green, blue = paint.red, paint.green, paint.blue
        else:
            red, green, blue = paint.scaled
        white = min(red, green, blue) if "w" in words else 0
        looks = self.looks
        pan = position_at(looks.get(f"pan{address}", _AT_REST), now_s, fixture.rest_pan / 100)
        tilt = position_at(looks.get(f"tilt{address}", _AT_REST), now_s, fixture.rest_tilt / 100)
        fog = self.looks.get(f"fog{address}", _AT_REST).instruction
        relay = self.looks.get(f"relay{address}", _AT_REST).instruction
        dark = paint.strength == 0
        return {
            "lit": int(not dark or _is_on(fog) or _is_on(relay)),
            "d": byte((paint.level if coloured else paint.strength) * 255) if not dark else 0,
            "r": 0 if dark else red - white,
            "g": 0 if dark else green - white,
            "b": 0 if dark else blue - white,
            "w": 0 if dark else white,
            "p": _sixteen(pan) >> 8,
            "pf": _sixteen(pan) & 0xFF,
            "t": _sixteen(tilt) >> 8,
            "tf": _sixteen(tilt) & 0xFF,
            "f": 255 * _is_on(fog),
            "o": 255 * _is_on(relay),
        }


def position_at(look: _Look, now_s: float, rest: float) -> float:
    """Return where a movement is at a time, 0.0 to 1.0; without one it is where it rests."""
    told = look.instruction
    if not isinstance(told, MoveTo):
        return rest
    since_s = max(0.0, now_s - look.began_s)
    done = 1.0 if told.seconds <= since_s else since_s / told.seconds
    return look.came_from + (min(1.0, max(0.0, told.position)) - look.came_from) * done


def _sixteen(position: float) -> int:
    return min(0xFFFF, round(position * 0x10000))


def _is_on(instruction: Instruction) -> bool:
    return isinstance(instruction, Switch | Pulse) and not is_off(instruction)
