"""What devices made for ThingsBoard understand: RPC with numbers, telemetry, attributes.

One rule: an answer is only the one with the number of the question.
Source: thingsboard.io/docs/reference/mqtt-api (Telemetry, Attributes, RPC).
"""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from drivers.codecs.mqtt_forms import Spoken, on_or_off
from drivers.codecs.mqtt_outputs import Message, Output, compact, number, object_told, told
from drivers.codecs.mqtt_settings import BrokerSettings, Topic
from drivers.contract import (
    N_,
    AtBroker,
    Cause,
    DriverError,
    Play,
    Rotate,
    SetColor,
    SetLevel,
    Switch,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from drivers.contract import Instruction

_LARGEST = 2**31 - 1


class Called(Spoken):
    """One output: the method that is called for it, with what."""

    method: str = Field(
        "setGpioStatus",
        min_length=1,
        max_length=120,
        title=N_("Method"),
        description=N_("The name its sketch waits for, such as setGpioStatus or setValue."),
    )
    on: str = Field(
        '{"pin":1,"enabled":true}',
        min_length=1,
        max_length=1000,
        title=N_("Values for on"),
        description=N_(
            "JSON. Filled in: {ms} {s} length, {percent} {level} {byte} strength, {red} {green} "
            "{blue} {hex} colour, {rounds} {rpm} {back} motor, {effect} name."
        ),
    )
    off: str = Field(
        '{"pin":1,"enabled":false}',
        min_length=1,
        max_length=1000,
        title=N_("Values for off"),
        description=N_("JSON that brings it to rest; it must always work."),
    )
    answers: bool = Field(
        default=True,
        title=N_("It answers"),
        description=N_("Off only for sketches that never answer a call."),
    )
    state: str = Field(
        "",
        max_length=120,
        title=N_("Name of its state"),
        description=N_("As in its telemetry or attributes. Empty if it tells nothing."),
    )

    @model_validator(mode="after")
    def _must_be_json(self) -> Self:
        for text in (self.filled(_EXAMPLES[self.kind], 1.0), self.off):
            try:
                json.loads(text)
            except (ValueError, RecursionError):
                raise PydanticCustomError(
                    "no_json", N_('This is no JSON. Texts need quotes, such as "on".')
                ) from None
        return self


_EXAMPLES: dict[str, Instruction] = {
    "switch": Switch(on=True),
    "level": SetLevel(0.5),
    "light": SetColor(255, 128, 0),
    "motor": Rotate(1, 60),
    "effect": Play("x"),
}


class ThingsBoardSettings(BrokerSettings):
    """Which broker, and what the device at it can be called for."""

    outputs: Annotated[tuple[Called, ...], Field(min_length=1, max_length=32)] = Field(
        title=N_("Outputs"), description=N_("Each with the method it is called by.")
    )
    prefix: Topic = Field(
        "v1/devices/me",
        title=N_("Topic of the device"),
        description=N_("Two such devices at one broker need different ones."),
    )
    sensors: Annotated[tuple[Annotated[str, Field(max_length=120)], ...], Field(max_length=16)] = (
        Field(
            (),
            title=N_("Values to read"),
            description=N_("Names in its telemetry, such as temperature."),
        )
    )

    def at_broker(self) -> AtBroker:
        """ThingsBoard's own topics, under the prefix."""
        prefix = self.prefix
        asked = tuple(f"{prefix}/{one}/request/+" for one in ("rpc", "attributes"))
        answered = tuple(f"{prefix}/{one}/response/+" for one in ("rpc", "attributes"))
        told = (f"{prefix}/telemetry", f"{prefix}/attributes")
        return AtBroker(
            (asked[0], *answered, told[1]),
            (*told, *asked, answered[0]),
            N_("In its sketch, in place of ThingsBoard's server and token."),
            (
                (N_("Server"), "{host}"),
                (N_("Port"), "{port}"),
                (N_("Token (user)"), "{user}"),
                (N_("Password"), "{password}"),
            ),
            N_("Upload the sketch. It must send the password too, not the token alone."),
            f"thingsboard/{prefix}",
            quoted=False,
        )


class Topics:
    """The topics of one device, and numbers for calls."""

    def __init__(self, prefix: str, first: int) -> None:
        """`first` differs from run to run, so that an answer to an older call is none of ours."""
        self._prefix = prefix
        self._numbers = itertools.count(first)
        self.answers = f"{prefix}/rpc/response/+"
        self.telemetry = f"{prefix}/telemetry"
        self.attributes = f"{prefix}/attributes"

    def call(self, method: str, params: object) -> Message:
        """Return a call."""
        topic = f"{self._prefix}/rpc/request/{next(self._numbers) % _LARGEST}"
        return topic, compact({"method": method, "params": params})

    def answer(self, call: Message) -> Callable[[str, str], bool]:
        """Return what recognises the answer to a call; that raises REFUSED on an error."""
        wanted = f"{self._prefix}/rpc/response/{call[0].rsplit('/', 1)[-1]}"

        def is_it(topic: str, text: str) -> bool:
            if topic != wanted:
                return False
            said = object_told(text)
            if said.get("error") or said.get("success") is False:
                raise DriverError(Cause.REFUSED, str(said.get("error", ""))[:200])
            return True

        return is_it

    def values(self, topic: str, text: str) -> dict[str, Any]:
        """Return what telemetry or attributes tell; of several the newest, which is the last."""
        if topic not in (self.telemetry, self.attributes):
            return {}
        said = told(text)
        found: dict[str, Any] = {}
        for one in said if isinstance(said, list) else [said]:
            if isinstance(one, dict):
                inner = one.get("values")
                found |= inner if isinstance(inner, dict) else one
        return found


class CalledOutput(Output):
    """An output as the user described it."""

    numbered = True

    def __init__(self, called: Called, number_: int, topics: Topics) -> None:
        super().__init__(called.capability(number_, readback=bool(called.state)))
        self._as = called
        self._topics = topics

    @property
    def confirms(self) -> bool:
        """Whether its sketch answers calls."""
        return self._as.answers

    def off(self) -> tuple[Message, ...]:
        """The call with the values for off."""
        return (self._topics.call(self._as.method, told(self._as.off)),)

    def on(self, instruction: Instruction, duration_s: float | None) -> tuple[Message, ...]:
        """The call with the values for on."""
        return (self._topics.call(self._as.method, told(self._as.filled(instruction, duration_s))),)

    def shows(self, topic: str, text: str) -> bool | None:
        """Read its state in telemetry and attributes."""
        values = self._topics.values(topic, text)
        if not self._as.state or self._as.state not in values:
            return None
        return on_or_off(values[self._as.state], "on", "off")

    def proof(self, sent: Sequence[Message], *, on: bool) -> Callable[[str, str], bool]:
        """The answer with the number of the call."""
        del on
        return self._topics.answer(sent[-1])


def reader(topics: Topics, name: str) -> Callable[[str, str], float | None]:
    """Return what reads one value of telemetry."""

    def read(topic: str, text: str) -> float | None:
        return number(topics.values(topic, text).get(name))

    return read
