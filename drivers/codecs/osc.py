"""OSC messages for outputs: an address, and numbers as the program at the other end wants them.

One rule: the bytes are the library's (python-osc); here is only what goes into them.
Source: the Open Sound Control 1.0 specification, opensoundcontrol.stanford.edu.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from drivers.codecs.loads import Load
from drivers.contract import (
    N_,
    Cause,
    DriverError,
    Instruction,
    Play,
    Pulse,
    SetColor,
    SetLevel,
    Switch,
)

OutputKind = Literal["switch", "level", "light", "pulse", "effect"]
# What addresses may be made of; the rest means patterns, which are for those who receive.
_PARTS: Final = r"^(/[^\s#*,/?\[\]{}]+)+$"
_MOST_EFFECTS: Final = 50


class OscOutput(BaseModel):
    """One output: where its messages go, and what is in them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(min_length=1, max_length=40)] = Field(
        title=N_("Name"), description=N_("What this output is called, such as: Strobe.")
    )
    kind: OutputKind = Field(
        "level",
        title=N_("What this output does"),
        description=N_("It decides what rules can ask of it."),
        json_schema_extra={
            "words": {
                "switch": N_("On and off"),
                "pulse": N_("One short shot"),
                "level": N_("Strength from 0 to 100 %"),
                "light": N_("Colour"),
                "effect": N_("Named effects, such as cues"),
            }
        },
    )
    address: Annotated[str, Field(pattern=_PARTS, max_length=200)] = Field(
        title=N_("OSC address"),
        description=N_(
            "As the other program shows it, such as /composition/layers/1/video/opacity"
        ),
    )
    numbers: Literal["float", "int", "bool"] = Field(
        "float",
        title=N_("Numbers are"),
        description=N_("As the other program wants them; most want decimals."),
        json_schema_extra={
            "words": {
                "float": N_("Decimals"),
                "int": N_("Whole numbers"),
                "bool": N_("True and false"),
            },
            "x-shown-if": {"kind": ["switch", "level", "light", "pulse"]},
        },
    )
    most: float = Field(
        1.0,
        gt=0.0,
        le=1e9,
        title=N_("Largest number"),
        description=N_("What full strength or on is called, such as 1, 100 or 255."),
        json_schema_extra={"x-shown-if": {"numbers": ["float", "int"]}},
    )
    effects: Annotated[
        tuple[Annotated[str, Field(min_length=1, max_length=100)], ...],
        Field(max_length=_MOST_EFFECTS),
    ] = Field(
        (),
        title=N_("Effects"),
        description=N_("Their names; the one to be played is sent as text."),
        json_schema_extra={"x-shown-if": {"kind": ["effect"]}},
    )
    load: Load = "other"

    @model_validator(mode="after")
    def _must_name_effects(self) -> Self:
        if self.kind == "effect" and not self.effects:
            raise PydanticCustomError(
                "no_effects", N_("Name the effects of {name}."), {"name": self.name}
            )
        return self

    def off(self) -> bytes:
        """Return the message that switches it off: zeros, or no effect's name."""
        if self.kind == "effect":
            return message(self.address, "")
        return self._numbers(*([0.0] * (3 if self.kind == "light" else 1)))

    def on(self, instruction: Instruction) -> bytes:
        """Return the message of an instruction of its kind that is not off."""
        match instruction:
            case Switch() | Pulse():
                return self._numbers(1.0)
            case Play(effect=effect) if effect in self.effects:
                return message(self.address, effect)
            case SetLevel(level=level):
                return self._numbers(*([level] * (3 if self.kind == "light" else 1)))
            case SetColor(red=red, green=green, blue=blue, level=level):
                return self._numbers(*(one / 255.0 * level for one in (red, green, blue)))
            case _:
                raise DriverError(Cause.UNSUPPORTED, type(instruction).__name__)

    def _numbers(self, *parts: float) -> bytes:
        """Return a message with parts of the whole, 0 to 1, as the other program counts."""
        if self.numbers == "bool":
            return message(self.address, *(part > 0 for part in parts))
        scaled = [part * self.most for part in parts]
        if self.numbers == "int":
            return message(self.address, *(min(round(one), 2**31 - 1) for one in scaled))
        return message(self.address, *scaled)


def message(address: str, *values: bool | float | str) -> bytes:
    """Return the bytes of one message; numbers with a point are sent as such (32 bits)."""
    builder: Any = _builder(address)
    for value in values:
        builder.add_arg(value)
    return bytes(builder.build().dgram)


def _builder(address: str) -> object:
    try:
        from pythonosc.osc_message_builder import OscMessageBuilder
    except ImportError as error:
        raise DriverError(Cause.UNSUPPORTED, "python-osc") from error
    return OscMessageBuilder(address)
