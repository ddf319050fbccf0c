"""Instructions by name, for files and messages: "rotate" with its arguments, and back.

One rule: verbs are saved and sent, so a verb never changes its name or the meaning of an argument.
"""

from __future__ import annotations

import dataclasses
import math
from typing import TYPE_CHECKING

from drivers.contract import (
    Flash,
    Instruction,
    MoveTo,
    Off,
    Play,
    Pulse,
    Rotate,
    Run,
    SetColor,
    SetLevel,
    Switch,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

Arg = float | int | bool | str

VERBS: dict[str, type[Instruction]] = {
    "off": Off,
    "switch": Switch,
    "set_level": SetLevel,
    "set_color": SetColor,
    "flash": Flash,
    "rotate": Rotate,
    "run": Run,
    "pulse": Pulse,
    "play": Play,
    "move_to": MoveTo,
}
_NAMES: dict[type[Instruction], str] = {kind: verb for verb, kind in VERBS.items()}
_ARGS: dict[type[Instruction], tuple[str, ...]] = {
    kind: tuple(field.name for field in dataclasses.fields(kind)) for kind in VERBS.values()
}
_TYPES: dict[str, type[float | int | bool | str]] = {
    "float": float,
    "int": int,
    "bool": bool,
    "str": str,
}


class VerbError(ValueError):
    """The verb or one of its arguments makes no instruction; the text names it."""


def verb_of(instruction: Instruction) -> str:
    """Return the name an instruction is saved and sent under."""
    return _NAMES[type(instruction)]


def args_of(instruction: Instruction) -> dict[str, Arg]:
    """Return the instruction's arguments by name."""
    return {name: getattr(instruction, name) for name in _ARGS[type(instruction)]}


def instruction_from(verb: str, args: Mapping[str, Arg]) -> Instruction:
    """Build an instruction from its verb and arguments; raises VerbError naming what is wrong."""
    kind = VERBS.get(verb)
    if kind is None:
        raise VerbError(verb)
    fields = {field.name: field for field in dataclasses.fields(kind)}
    unknown = set(args) - set(fields)
    if unknown:
        raise VerbError(f"{verb}.{min(unknown)}")
    values: dict[str, Arg] = {}
    for name, field in fields.items():
        if name in args:
            values[name] = _converted(verb, name, str(field.type), args[name])
        elif field.default is dataclasses.MISSING:
            raise VerbError(f"{verb}.{name}")
    return kind(**values)  # type: ignore[arg-type]  # checked field by field above


def _converted(verb: str, name: str, type_name: str, value: Arg) -> Arg:
    wanted = _TYPES[type_name]
    if wanted is bool and not isinstance(value, bool):
        raise VerbError(f"{verb}.{name}")
    if wanted is str and not isinstance(value, str):
        raise VerbError(f"{verb}.{name}")
    try:
        result = wanted(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise VerbError(f"{verb}.{name}") from error
    if isinstance(result, float) and not math.isfinite(result):
        raise VerbError(f"{verb}.{name}")
    return result
