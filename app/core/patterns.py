"""Search patterns that a streamer may write: a part of regular expressions, in linear time.

One rule: all possible matches are followed side by side, so no pattern and no text takes long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pydantic_core import PydanticKnownError, core_schema

from app.core.expressions import refused
from app.core.forms import FIELD, Pick
from app.core.pattern_nodes import Chain, Edge, Either, Node, One, Repeat, is_word, read
from app.core.texts import folded
from drivers.contract import N_

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

MAX_PATTERN: Final = 200
MAX_TEXT: Final = 200
# With a text of 200 characters at most 80,000 small steps.
MAX_STATES: Final = 400
_REMEMBERED: Final = 1_000


# A state is an edge to pass, a character to take, or a fork into two states; -1 is the end.
_State = One | Edge | tuple[int, int]
_Around = tuple[bool, bool, bool]


class _Builder:
    """Makes states out of nodes, from the end to the beginning."""

    def __init__(self) -> None:
        self.states: list[tuple[_State, int]] = []

    def add(self, node: Node, then: int) -> int:
        """Return the state where `node` begins that goes on with `then`."""
        match node:
            case One() | Edge():
                return self._put(node, then)
            case Chain(items=items):
                for item in reversed(items):
                    then = self.add(item, then)
                # One state even for nothing, so that what is repeated cannot be free.
                return then if items else self._put((then, then), then)
            case Either(options=options):
                start = self.add(options[-1], then)
                for option in reversed(options[:-1]):
                    start = self._put((self.add(option, then), start), then)
                return start
            case Repeat():
                return self._repeat(node, then)

    def _repeat(self, node: Repeat, then: int) -> int:
        start = then
        if node.high is None:
            start = self._put((then, then), then)
            self.states[start] = ((self.add(node.item, start), then), then)
        else:
            for _ in range(node.high - node.low):
                start = self._put((self.add(node.item, start), then), then)
        for _ in range(node.low):
            start = self.add(node.item, start)
        return start

    def _put(self, state: _State, then: int) -> int:
        if len(self.states) >= MAX_STATES:
            raise refused("pattern_large", N_("this pattern is too complicated"))
        self.states.append((state, then))
        return len(self.states) - 1


class Pattern:
    """A checked search pattern. Build with its text; a bad one raises ValueError.

    Two patterns are equal when their texts are.
    """

    __slots__ = ("_reached", "_start", "_states", "_taken", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        if len(text) > MAX_PATTERN:
            raise refused(
                "text_long", N_("a text may have {most} characters at most"), most=MAX_PATTERN
            )
        builder = _Builder()
        self._start = builder.add(read(text), -1)
        self._states = builder.states
        self._reached: dict[tuple[frozenset[int], _Around], tuple[frozenset[int], bool]] = {}
        self._taken: dict[tuple[frozenset[int], str], frozenset[int]] = {}

    def found_in(self, text: str) -> bool:
        """Say whether it fits anywhere in the first 200 characters of a text."""
        text = folded(text[:MAX_TEXT])
        open_states: frozenset[int] = frozenset()
        words = [False, *(is_word(sign) for sign in text), False]
        for place in range(len(text) + 1):
            around = (place == 0, place == len(text), words[place] != words[place + 1])
            reached, done = self._reach(open_states, around)
            if done:
                return True
            if place < len(text):
                open_states = self._take(reached, text[place])
        return False

    def _reach(self, open_states: frozenset[int], around: _Around) -> tuple[frozenset[int], bool]:
        known = self._reached.get((open_states, around))
        if known is not None:
            return known
        seen: set[int] = set()
        waiting = [*open_states, self._start]
        while waiting:
            number = waiting.pop()
            if number in seen:
                continue
            seen.add(number)
            if number >= 0:
                waiting.extend(self._beyond(number, around))
        takers = frozenset(n for n in seen if n >= 0 and isinstance(self._states[n][0], One))
        if len(self._reached) >= _REMEMBERED:
            self._reached.clear()
        self._reached[open_states, around] = takers, -1 in seen
        return takers, -1 in seen

    def _beyond(self, number: int, around: _Around) -> tuple[int, ...]:
        state, then = self._states[number]
        if isinstance(state, tuple):
            return state
        if isinstance(state, Edge):
            first, last, word = around
            holds = {"^": first, "$": last, "b": word, "B": not word}[state.sign]
            return (then,) if holds else ()
        return ()

    def _take(self, states: frozenset[int], sign: str) -> frozenset[int]:
        known = self._taken.get((states, sign))
        if known is not None:
            return known
        after: set[int] = set()
        for number in states:
            state, then = self._states[number]
            if isinstance(state, One) and state.fits(sign):
                after.add(then)
        if len(self._taken) >= _REMEMBERED:
            self._taken.clear()
        result = self._taken[states, sign] = frozenset(after)
        return result

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pattern) and other.text == self.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return f"Pattern({self.text!r})"

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Read from text, write as text."""
        return core_schema.no_info_plain_validator_function(
            cls._read, serialization=core_schema.plain_serializer_function_ser_schema(_written)
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """A text of limited length, marked for the form maker."""
        return {"type": "string", FIELD: Pick.PATTERN.value, "maxLength": MAX_PATTERN}

    @classmethod
    def _read(cls, value: object) -> Pattern:
        if isinstance(value, Pattern):
            return value
        if isinstance(value, str):
            return cls(value)
        raise PydanticKnownError("string_type")


def _written(pattern: Pattern) -> str:
    return pattern.text
