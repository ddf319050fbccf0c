"""What Shellys of both generations understand (shelly-api-docs.shelly.cloud, gen1 and gen2).

One rule: from the second generation on, the device counts the time itself (`toggle_after`).
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any

from drivers.codecs.mqtt_outputs import (
    Message,
    Output,
    colour_of,
    compact,
    number,
    object_told,
    steps,
    unsupported,
)
from drivers.contract import Capability, Cause, DriverError, Kind, Pulse, SetLevel, Switch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from drivers.contract import Instruction

_COMPONENT = re.compile(r"(switch|light|rgbw|rgb):(\d{1,3})")
_METHODS = {"switch": "Switch.Set", "light": "Light.Set", "rgb": "RGB.Set", "rgbw": "RGBW.Set"}
# The device refuses shorter ones.
_SHORTEST_S = 0.1


class OldRelay(Output):
    """A relay of the first generation: words, and no clock that a command could set."""

    # It tells its relays when they change, every half minute, and when asked to.
    repeats = False

    def __init__(self, capability: Capability, topic: str, relay: int) -> None:
        super().__init__(capability)
        self._topic = f"{topic}/relay/{relay}"

    def off(self) -> tuple[Message, ...]:
        """Open the contact."""
        return ((f"{self._topic}/command", "off"),)

    def on(self, instruction: Instruction, duration_s: float | None) -> tuple[Message, ...]:
        """Close the contact."""
        del duration_s
        if not isinstance(instruction, Switch | Pulse):
            raise unsupported(instruction)
        return ((f"{self._topic}/command", "on"),)

    def shows(self, topic: str, text: str) -> bool | None:
        """Read the relay's own topic; one that switched off for too much power is off."""
        if topic != self._topic:
            return None
        return {"on": True, "off": False, "overpower": False}.get(text)


class Rpc:
    """Questions to one device, each with a number its answer bears."""

    def __init__(self, topic: str, source: str, first: int = 1) -> None:
        """`source` is who asks: the device answers to <source>/rpc.

        `first` differs from run to run, so that an answer to an older question is none of ours.
        """
        self.topic = topic
        self.answers = f"{source}/rpc"
        self._source = source
        self._numbers = itertools.count(first)

    def ask(self, method: str, params: dict[str, Any] | None = None) -> Message:
        """Return the question."""
        said: dict[str, Any] = {"id": next(self._numbers), "src": self._source, "method": method}
        if params is not None:
            said["params"] = params
        return f"{self.topic}/rpc", compact(said)

    def answer(self, question: Message) -> Callable[[str, str], bool]:
        """Return what recognises its answer; that raises DriverError(REFUSED) on a refusal."""
        asked = object_told(question[1]).get("id")

        def is_it(topic: str, text: str) -> bool:
            if topic != self.answers:
                return False
            said = object_told(text)
            if said.get("id") != asked:
                return False
            error = said.get("error")
            if isinstance(error, dict):
                raise DriverError(Cause.REFUSED, str(error.get("message"))[:200])
            return "result" in said

        return is_it

    def result(self, text: str) -> dict[str, Any]:
        """Return the result in an answer, an empty one if there is none."""
        result = object_told(text).get("result")
        return result if isinstance(result, dict) else {}


def components(status: dict[str, Any]) -> list[tuple[str, int]]:
    """Return the outputs the device's status tells of, by kind and number."""
    found = [_COMPONENT.fullmatch(name) for name in status]
    return sorted((one[1], int(one[2])) for one in found if one)


class Component(Output):
    """An output of the second generation or later: a switch, a dimmer, colours."""

    numbered = True

    def __init__(self, capability: Capability, rpc: Rpc, kind: str, index: int) -> None:
        super().__init__(capability)
        self._rpc = rpc
        self._kind = kind
        self._index = index
        self._name = f"{kind}:{index}"

    def off(self) -> tuple[Message, ...]:
        """Switch it off; a clock of an earlier command is forgotten with that."""
        return (self._set({"on": False}),)

    def on(self, instruction: Instruction, duration_s: float | None) -> tuple[Message, ...]:
        """Switch it on for so long, in its colour."""
        params: dict[str, Any] = {"on": True, **self._look(instruction)}
        if duration_s is not None:
            params["toggle_after"] = round(max(_SHORTEST_S, duration_s), 3)
        return (self._set(params),)

    def shows(self, topic: str, text: str) -> bool | None:
        """Read NotifyStatus, the answer to GetStatus, and status/<kind>:<n>."""
        output = self._status(topic, text).get("output")
        return output if isinstance(output, bool) else None

    def values(self, topic: str, text: str) -> dict[str, float]:
        """Return the power it takes, where it measures."""
        watts = number(self._status(topic, text).get("apower"))
        return {} if watts is None else {"watts": watts}

    def proof(self, sent: Sequence[Message], *, on: bool) -> Callable[[str, str], bool]:
        """The answer with the number of the question, whatever else is said meanwhile."""
        del on
        return self._rpc.answer(sent[-1])

    def _set(self, params: dict[str, Any]) -> Message:
        return self._rpc.ask(_METHODS[self._kind], {"id": self._index, **params})

    def _look(self, instruction: Instruction) -> dict[str, Any]:
        match self.capability.kind, instruction:
            case Kind.SWITCH, Switch() | Pulse():
                return {}
            case Kind.LEVEL, SetLevel(level=level):
                return {"brightness": steps(level, 100)}
            case Kind.LIGHT, _:
                red, green, blue, level = colour_of(instruction)
                look: dict[str, Any] = {"brightness": steps(level, 100), "rgb": [red, green, blue]}
                return {**look, "white": 0} if self._kind == "rgbw" else look
            case _:
                raise unsupported(instruction)

    def _status(self, topic: str, text: str) -> dict[str, Any]:
        said: object = None
        if topic == f"{self._rpc.topic}/status/{self._name}":
            said = object_told(text)
        elif topic == f"{self._rpc.topic}/events/rpc":
            params = object_told(text).get("params")
            said = params.get(self._name) if isinstance(params, dict) else None
        elif topic == self._rpc.answers:
            said = self._rpc.result(text).get(self._name)
        return said if isinstance(said, dict) else {}
