"""Outputs of devices behind a broker: what to publish for an instruction, what their words mean.

One rule: pure; what a device said is untrusted and never raises.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

from drivers.contract import Cause, DriverError, SetColor, SetLevel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from drivers.contract import Capability, Instruction

# A topic and what to publish there.
Message = tuple[str, str]

# A longer answer is no answer to us: some bridges tell of hundreds of devices in one.
MOST_CHARACTERS = 4_000_000


class Output(ABC):
    """One output. `capability.readback` means that its device tells what became of a command."""

    # Whether the device tells its state after every command, or only when it changed.
    repeats = True
    # Whether its answers bear the number of their question, and cannot be taken for another's.
    numbered = False

    def __init__(self, capability: Capability) -> None:
        self.capability = capability

    @property
    def confirms(self) -> bool:
        """Whether the device answers a command."""
        return self.capability.readback

    @abstractmethod
    def off(self) -> tuple[Message, ...]:
        """Return what brings it to rest."""

    @abstractmethod
    def on(self, instruction: Instruction, duration_s: float | None) -> tuple[Message, ...]:
        """Return what carries out an instruction of its kind that is not off."""

    def shows(self, topic: str, text: str) -> bool | None:
        """Say what a message tells of it: on, off, or None for nothing."""
        del topic, text
        return None

    def values(self, topic: str, text: str) -> dict[str, float]:
        """Return the numbers a message tells of it, by name."""
        del topic, text
        return {}

    def proof(self, sent: Sequence[Message], *, on: bool) -> Callable[[str, str], bool]:
        """Return what recognises the device's answer to messages; it may raise DriverError."""
        del sent
        return lambda topic, text: self.shows(topic, text) is on


class Sensor(Output):
    """A number the device tells; nothing can be asked of it."""

    def __init__(self, capability: Capability, read: Callable[[str, str], float | None]) -> None:
        super().__init__(capability)
        self._read = read

    def off(self) -> tuple[Message, ...]:
        """Nothing: it switches nothing."""
        return ()

    def on(self, instruction: Instruction, duration_s: float | None) -> tuple[Message, ...]:
        """Nothing can be asked of it."""
        del duration_s
        raise unsupported(instruction)

    def values(self, topic: str, text: str) -> dict[str, float]:
        """Return the value under its own name."""
        value = self._read(topic, text)
        return {} if value is None else {"value": value}


def unsupported(instruction: Instruction) -> DriverError:
    """Return the error for an instruction an output does not know."""
    return DriverError(Cause.UNSUPPORTED, type(instruction).__name__)


def told(text: str) -> Any:  # noqa: ANN401 - what a device says may be anything
    """Return what a JSON text says, None if it is none."""
    if len(text) > MOST_CHARACTERS:
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def object_told(text: str) -> dict[str, Any]:
    """Return the object a JSON text says, an empty one if it says something else."""
    if not text.lstrip().startswith("{"):
        return {}
    said = told(text)
    return said if isinstance(said, dict) else {}


def at_path(said: object, path: str) -> object:
    """Return what stands at a path such as "state.0.power", None if there is nothing."""
    for name in path.split(".") if path else ():
        if isinstance(said, dict):
            said = said.get(name)
        elif isinstance(said, list) and name.isdecimal() and int(name) < len(said):
            said = said[int(name)]
        else:
            return None
    return said


def number(value: object) -> float | None:
    """Return a number that is finite, None for everything else; true and false are none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return None
    if isinstance(value, int | float) and abs(value) < 1e15:  # noqa: PLR2004 - nan and inf fail
        return float(value)
    return None


def compact(said: object) -> str:
    """Return JSON without spaces, its keys in the order given."""
    return json.dumps(said, separators=(",", ":"), ensure_ascii=False)


def colour_of(instruction: Instruction) -> tuple[int, int, int, float]:
    """Return red, green, blue (0 to 255) and the level (0.0 to 1.0) a light is asked for."""
    match instruction:
        case SetColor(red=red, green=green, blue=blue, level=level):
            return red, green, blue, level
        case SetLevel(level=level):
            return 255, 255, 255, level
        case _:
            raise unsupported(instruction)


def scaled(instruction: Instruction) -> tuple[int, int, int]:
    """Return the channels a light is asked for with its level in them."""
    red, green, blue, level = colour_of(instruction)
    return round(red * level), round(green * level), round(blue * level)


def steps(level: float, most: int) -> int:
    """Return a level in steps, at least one: what is asked to be on is not to be dark."""
    return max(1, min(most, round(level * most)))
