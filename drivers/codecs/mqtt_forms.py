"""Outputs a user describes by topics and texts with placeholders.

One rule: every output has a text for OFF; only known placeholders are filled, the rest stays.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from drivers.codecs.loads import HAZARDS, Load
from drivers.codecs.mqtt_outputs import (
    Message,
    Output,
    at_path,
    colour_of,
    number,
    told,
    unsupported,
)
from drivers.codecs.mqtt_settings import BrokerSettings, MaybeTopic, Topic
from drivers.contract import (
    N_,
    AtBroker,
    Capability,
    Hazard,
    Kind,
    Play,
    Pulse,
    QueuePolicy,
    Rotate,
    Run,
    SetLevel,
    Switch,
)

if TYPE_CHECKING:
    from drivers.contract import Instruction

_PLACE: Final = re.compile(r"\{(\w+)\}")
_LENGTHS: Final = frozenset({"{ms}", "{s}"})
# What an activation without a length is told where a length must be said.
_NO_LENGTH_S: Final = 60.0
_LEAST_S: Final = 0.001

TITLES: Final[dict[str, str]] = {
    "switch": N_("Relay"),
    "level": N_("Level"),
    "light": N_("Lamp"),
    "motor": N_("Motor"),
    "effect": N_("Effect"),
}


class Spoken(BaseModel):
    """What an output is told: texts for on and off, and how long it lasts."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["switch", "level", "light", "motor", "effect"] = Field(
        "switch",
        title=N_("What it does"),
        description=N_("It decides what your rules can do with it."),
        json_schema_extra={
            "words": {
                "switch": N_("Switches on and off"),
                "level": N_("Has a strength"),
                "light": N_("Shines in colours"),
                "motor": N_("Turns"),
                "effect": N_("Plays effects by name"),
            }
        },
    )
    name: str = Field(
        "", max_length=60, title=N_("Name"), description=N_("As you want to read it in your rules.")
    )
    on: str = Field(
        "ON",
        min_length=1,
        max_length=1000,
        title=N_("Text for on"),
        description=N_(
            "Filled in: {ms} {s} length, {percent} {level} {byte} strength, {red} {green} {blue} "
            "{hex} colour, {rounds} {rpm} {back} motor, {effect} name."
        ),
    )
    off: str = Field(
        "OFF",
        min_length=1,
        max_length=1000,
        title=N_("Text for off"),
        description=N_("What brings it to rest; it must always work."),
    )
    timed: bool = Field(
        default=False,
        title=N_("Ends by itself"),
        description=N_("Only if the device itself stops after {ms} or {s}."),
    )
    effects: Annotated[tuple[Annotated[str, Field(max_length=60)], ...], Field(max_length=64)] = (
        Field(
            (),
            title=N_("Effects"),
            description=N_("Names the device knows, only for what plays effects."),
        )
    )
    load: Load = "other"

    @model_validator(mode="after")
    def _must_make_sense(self) -> Self:
        if self.timed and not any(one in self.on for one in _LENGTHS):
            raise PydanticCustomError(
                "length_missing", N_("To end by itself it must be told how long: use {ms} or {s}.")
            )
        if self.kind == "effect" and not self.effects:
            raise PydanticCustomError("effects_missing", N_("Name at least one effect."))
        if self.on == self.off:
            raise PydanticCustomError("on_is_off", N_("On and off need different texts."))
        return self

    def capability(self, number_: int, *, readback: bool) -> Capability:
        """Return it as the output of a number."""
        light = self.kind == "light"
        return Capability(
            f"output{number_}",
            Kind(self.kind),
            self.name.strip() or f"{TITLES[self.kind]} {number_}",
            Hazard.LIGHT if light else HAZARDS[self.load],
            self_timed=self.timed,
            readback=readback,
            policy=QueuePolicy.LATEST if light else QueuePolicy.QUEUE,
            effects=self.effects,
        )

    def filled(self, instruction: Instruction, duration_s: float | None) -> str:
        """Return the text for on, its placeholders filled in; raises UNSUPPORTED."""
        # To some sketches a length of 0 is no end at all.
        length_s = _NO_LENGTH_S if duration_s is None else max(_LEAST_S, duration_s)
        values = {"ms": str(round(length_s * 1000)), "s": _short(length_s)}
        values |= _values(Kind(self.kind), instruction)
        return _PLACE.sub(lambda found: values.get(found[1], found[0]), self.on)


class Described(Spoken):
    """One output: where to say what, and where it says what became of it."""

    topic: Topic = Field(
        title=N_("Topic for commands"), description=N_("Where the device listens.")
    )
    state_topic: MaybeTopic = Field(
        "",
        title=N_("Topic of its state"),
        description=N_("Where the device tells what it does. Empty if it tells nothing."),
    )
    state_path: str = Field(
        "",
        max_length=200,
        title=N_("Place in the state"),
        description=N_("For JSON, such as relay.0.state. Empty: the whole text."),
    )
    state_on: str = Field(
        "ON", max_length=200, title=N_("State on"), description=N_("What it tells when it is on.")
    )
    state_off: str = Field(
        "OFF",
        max_length=200,
        title=N_("State off"),
        description=N_("What it tells when it is off. 0 and false always mean off."),
    )


class DescribedSettings(BrokerSettings):
    """Which broker, and what stands behind which topics."""

    outputs: Annotated[tuple[Described, ...], Field(min_length=1, max_length=32)] = Field(
        title=N_("Outputs"),
        description=N_("Each with its topic and its texts."),
        json_schema_extra={"one": N_("Output")},
    )
    available_topic: MaybeTopic = Field(
        "",
        title=N_("Topic of its presence"),
        description=N_("Where the device, or the broker for it, tells whether it is there."),
    )
    available: str = Field(
        "online",
        max_length=200,
        title=N_("Text when it is there"),
        description=N_("Mostly online."),
    )
    missing: str = Field(
        "offline",
        max_length=200,
        title=N_("Text when it is gone"),
        description=N_("Mostly offline."),
    )

    def at_broker(self) -> AtBroker:
        """It listens to its commands and tells its states, nothing else."""
        told = [*(one.state_topic for one in self.outputs), self.available_topic]
        return AtBroker(
            tuple(dict.fromkeys(one.topic for one in self.outputs)),
            tuple(dict.fromkeys(one for one in told if one)),
            N_("In the device's own settings for MQTT."),
            (
                (N_("Server"), "{host}"),
                (N_("Port"), "{port}"),
                (N_("User"), "{user}"),
                (N_("Password"), "{password}"),
            ),
            N_("Save there; most devices restart then and log in after a few seconds."),
            quoted=False,
        )


class DescribedOutput(Output):
    """An output as the user described it."""

    # Nobody knows of every device whether it repeats what did not change.
    repeats = False

    def __init__(self, described: Described, number_: int) -> None:
        super().__init__(described.capability(number_, readback=bool(described.state_topic)))
        self._as = described

    def off(self) -> tuple[Message, ...]:
        """The text for off, as it was written."""
        return ((self._as.topic, self._as.off),)

    def on(self, instruction: Instruction, duration_s: float | None) -> tuple[Message, ...]:
        """The text for on, its placeholders filled in."""
        return ((self._as.topic, self._as.filled(instruction, duration_s)),)

    def shows(self, topic: str, text: str) -> bool | None:
        """Compare with the texts for on and off; a number above 0 is on."""
        if not self._as.state_topic or topic != self._as.state_topic:
            return None
        said: object = at_path(told(text), self._as.state_path) if self._as.state_path else text
        return on_or_off(said, self._as.state_on, self._as.state_off)


def on_or_off(said: object, on: str, off: str) -> bool | None:
    """Read a state: the words for on and off, true and false, a number above 0; None if neither."""
    word = _word(said)
    if word == _word(off) or word in ("0", "false"):
        return False
    strength = number(said)
    if word == _word(on) or word == "true" or (strength or 0) > 0:
        return True
    return None if strength is None else False


def _values(kind: Kind, instruction: Instruction) -> dict[str, str]:
    match kind, instruction:
        case Kind.SWITCH, Switch() | Pulse():
            return {}
        case Kind.LEVEL, SetLevel(level=level):
            return _strength(level)
        case Kind.LIGHT, _:
            red, green, blue, level = colour_of(instruction)
            channels = [round(one * level) for one in (red, green, blue)]
            names = dict(zip(("red", "green", "blue"), map(str, channels), strict=True))
            return {**names, **_strength(level), "hex": bytes(channels).hex().upper()}
        case Kind.MOTOR, Rotate(rounds=rounds, rpm=rpm, reverse=reverse):
            back = "1" if reverse else "0"
            return {"rounds": _short(rounds), "rpm": _short(rpm), "back": back}
        case Kind.MOTOR, Run(rpm=rpm, reverse=reverse):
            return {"rounds": "0", "rpm": _short(rpm), "back": "1" if reverse else "0"}
        case Kind.EFFECT, Play(effect=effect):
            return {"effect": effect}
        case _:
            raise unsupported(instruction)


def _strength(level: float) -> dict[str, str]:
    return {
        "level": _short(level),
        "percent": str(max(1, round(level * 100))),
        "byte": str(max(1, round(level * 255))),
    }


def _word(said: object) -> str:
    """Return how a value reads: JSON's true is the word true."""
    text = str(said).lower() if isinstance(said, bool) else str(said)
    return text.strip().casefold()


def _short(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
