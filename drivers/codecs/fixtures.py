"""What stands on a DMX line: which lamp begins at which channel, and what its channels do.

One rule: no two lamps share a channel; whoever sets it up wrongly is told so in a sentence.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue, field_validator, model_validator
from pydantic_core import PydanticCustomError

from drivers.contract import N_, DriverSettings

CHANNELS: Final = 512
_MOST: Final = 255

# One word a channel. A number is sent as it is while the lamp shines, 0 while it does not.
MAPS: Final[dict[str, str]] = {
    "dimmer": "d",
    "rgb": "r g b",
    "rgbw": "r g b w",
    "dimmer_rgb": "d r g b",
    "par7": "d r g b 0 0 0",
    "head": "p t d r g b",
    "fog": "f",
    "relay": "o",
}
_WORDS: Final = frozenset({"d", "r", "g", "b", "w", "p", "pf", "t", "tf", "f", "o"})

_HEAD: Final[dict[str, JsonValue]] = {"x-shown-if": {"type": ["head", "own"]}, "unit": "%"}
# Where the next lamp of a list begins: behind the last of them, which takes so many channels.
_NEXT: Final[dict[str, JsonValue]] = {
    "field": "start",
    "by": "type",
    "takes": {name: len(words.split()) for name, words in MAPS.items()},
    "words": "channels",
}

Type = Literal["rgb", "rgbw", "dimmer", "dimmer_rgb", "par7", "head", "fog", "relay", "own"]


class Fixture(BaseModel):
    """One lamp or machine on the line."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: Type = Field(
        "rgb",
        title=N_("Kind of lamp"),
        description=N_("The lamp's manual lists its channels; choose what begins like it."),
        json_schema_extra={
            "words": {
                "rgb": N_("Colour lamp: red, green, blue"),
                "rgbw": N_("Colour lamp: red, green, blue, white"),
                "dimmer": N_("White lamp: brightness"),
                "dimmer_rgb": N_("Colour lamp: brightness, red, green, blue"),
                "par7": N_("Colour lamp with 7 channels: brightness, red, green, blue, effects"),
                "head": N_("Moving head: pan, tilt, brightness, red, green, blue"),
                "fog": N_("Fog machine"),
                "relay": N_("On and off, such as a relay"),
                "own": N_("Something else"),
            }
        },
    )
    start: int = Field(
        1,
        ge=1,
        le=CHANNELS,
        title=N_("Start address"),
        description=N_("The number the lamp shows or its switches give, 1 to 512."),
    )
    channels: str = Field(
        "",
        max_length=300,
        title=N_("Its channels"),
        description=N_(
            "In order: d brightness, r g b w colours, p pan, t tilt, "
            "f fog, o on and off, a number for what stays the same. Such as: d r g b 0 0"
        ),
        json_schema_extra={"x-shown-if": {"type": ["own"]}},
    )

    rest_pan: int = Field(
        50,
        ge=0,
        le=100,
        title=N_("Pan rests at"),
        description=N_("Where it looks when nothing happens; 50 is the middle of its way."),
        json_schema_extra=_HEAD,
    )
    rest_tilt: int = Field(
        50,
        ge=0,
        le=100,
        title=N_("Tilt rests at"),
        description=N_("50 is the middle of its way."),
        json_schema_extra=_HEAD,
    )

    @property
    def words(self) -> tuple[str, ...]:
        """What its channels do, in order."""
        return tuple((MAPS.get(self.type) or self.channels).lower().split())

    @property
    def end(self) -> int:
        """Its last channel."""
        return self.start + len(self.words) - 1

    @model_validator(mode="after")
    def _must_fit(self) -> Self:
        words = self.words
        if not any(word in _WORDS for word in words):
            raise PydanticCustomError(
                "channels_missing", N_("Say what the channels of this lamp do, such as: d r g b")
            )
        for word in words:
            if word not in _WORDS and not (word.isdecimal() and int(word) <= _MOST):
                raise PydanticCustomError(
                    "channel_unknown", N_("Nothing is called “{word}” here."), {"word": word}
                )
        if self.end > CHANNELS:
            raise PydanticCustomError(
                "beyond_the_line",
                N_("It would need channel {end}; the last one is 512. Choose a lower address."),
                {"end": self.end},
            )
        return self


class LampSettings(DriverSettings):
    """What stands on the line."""

    fixtures: Annotated[tuple[Fixture, ...], Field(min_length=1, max_length=64)] = Field(
        (Fixture(type="rgb", start=1, channels=""),),
        title=N_("Lamps"),
        description=N_("Each with its address, as set on the lamp itself."),
        json_schema_extra={"one": N_("Lamp"), "next": _NEXT},
    )

    @field_validator("fixtures")
    @classmethod
    def _must_not_overlap(cls, fixtures: tuple[Fixture, ...]) -> tuple[Fixture, ...]:
        placed = sorted(fixtures, key=lambda one: one.start)
        for one, other in pairwise(placed):
            if other.start <= one.end:
                raise PydanticCustomError(
                    "overlap",
                    N_(
                        "The lamp at {one} goes up to channel {end}; the one at {other} "
                        "would answer to it too. Give one of them another address."
                    ),
                    {"one": one.start, "end": one.end, "other": other.start},
                )
        return fixtures

    @property
    def reach(self) -> int:
        """How many channels must be sent: an even number, and no fewer than 24.

        Source: ANSI E1.11 asks for 1204 us between breaks, 24 slots; Art-Net for an even length.
        """
        last = max(one.end for one in self.fixtures)
        return max(24, last + last % 2)
