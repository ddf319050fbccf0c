r"""Search patterns that a streamer may write: a part of regular expressions, in linear time.

One rule: all possible matches are followed side by side, so no pattern and no text takes long.

What may stand in one: letters, `.`, classes such as [a-z] and [^0-9], \d \w \s \D \W \S, `^`, `$`,
\b, groups, `|`, `*`, `+`, `?` and {2,5}. Case does not count. What cannot be followed side by side,
backreferences and lookaround, is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pydantic_core import PydanticKnownError, core_schema

from app.core.expressions import refused
from app.core.forms import FIELD, Pick
from app.core.texts import folded
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

MAX_PATTERN: Final = 200
MAX_TEXT: Final = 200
MAX_REPEAT: Final = 100
MAX_DEPTH: Final = 20
# With a text of 200 characters at most 80,000 small steps.
MAX_STATES: Final = 400
_REMEMBERED: Final = 1_000
_FORBIDDEN: Final = N_("“{part}” is not possible in a pattern here")
_UNFINISHED: Final = N_("this pattern is not finished: {part} is missing or out of place")


# ----------------------------------------------------------------------- what a pattern is made of


@dataclass(frozen=True, slots=True)
class _One:
    """One character that passes the test; `(low, high)` pairs, folded."""

    ranges: tuple[tuple[str, str], ...] = ()
    kinds: tuple[Callable[[str], bool], ...] = ()
    negated: bool = False

    def fits(self, sign: str) -> bool:
        """Say whether a folded character fits."""
        upper = sign.upper()
        forms = (sign, upper) if len(upper) == 1 else (sign,)
        found = any(low <= form <= high for low, high in self.ranges for form in forms)
        return (found or any(kind(sign) for kind in self.kinds)) != self.negated


@dataclass(frozen=True, slots=True)
class _Edge:
    """A place, not a character: "^", "$", "b" (a word begins or ends) or "B"."""

    sign: str


@dataclass(frozen=True, slots=True)
class _Chain:
    items: tuple[_Node, ...]


@dataclass(frozen=True, slots=True)
class _Either:
    options: tuple[_Node, ...]


@dataclass(frozen=True, slots=True)
class _Repeat:
    item: _Node
    low: int
    high: int | None


_Node = _One | _Edge | _Chain | _Either | _Repeat


def _is_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


_ANY: Final = _One(negated=True)
_KINDS: Final[dict[str, Callable[[str], bool]]] = {
    "d": str.isdecimal,
    "w": _is_word,
    "s": str.isspace,
}
_PLAIN: Final = {"n": "\n", "t": "\t", "r": "\r"}


class _Reader:
    """Reads a pattern from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._depth = 0

    def whole(self) -> _Node:
        """Read all of it."""
        node = self._either()
        if self._at < len(self._text):
            raise refused("pattern_unfinished", _UNFINISHED, part="(")
        return node

    def _next(self) -> str:
        return self._text[self._at : self._at + 1]

    def _take(self, part: str) -> bool:
        if self._text.startswith(part, self._at):
            self._at += len(part)
            return True
        return False

    def _either(self) -> _Node:
        options = [self._chain()]
        while self._take("|"):
            options.append(self._chain())
        return options[0] if len(options) == 1 else _Either(tuple(options))

    def _chain(self) -> _Node:
        items: list[_Node] = []
        while self._next() not in ("", "|", ")"):
            items.append(self._repeated(self._item()))
        return _Chain(tuple(items))

    def _repeated(self, item: _Node) -> _Node:
        bounds = self._bounds()
        if bounds is None:
            return item
        low, high = bounds
        if isinstance(item, _Edge):
            raise refused("pattern_unfinished", _UNFINISHED, part=self._text[: self._at][-1:])
        # Whether the shortest match is wanted makes no difference to whether there is one.
        self._take("?")
        if self._next() in ("*", "+") or self._bounds() is not None:
            raise refused("pattern_forbidden", _FORBIDDEN, part=self._text[self._at - 1 :][:3])
        return _Repeat(item, low, high)

    def _bounds(self) -> tuple[int, int | None] | None:
        for sign, bounds in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self._take(sign):
                return bounds
        if self._next() != "{":
            return None
        inner, closed, _ = self._text[self._at + 1 :].partition("}")
        low, comma, high = inner.partition(",")
        if not closed or not _number(low) or (high and not _number(high)):
            return None
        least = int(low)
        most = least if not comma else int(high) if high else None
        if least > MAX_REPEAT or (most is not None and not least <= most <= MAX_REPEAT):
            raise refused(
                "pattern_repeat",
                N_("“{part}”: at most {most} times, the lower number first"),
                part="{" + inner + "}",
                most=MAX_REPEAT,
            )
        self._at += len(inner) + 2
        return least, most

    def _item(self) -> _Node:
        sign = self._next()
        self._at += 1
        match sign:
            case "(":
                return self._group()
            case "[":
                return self._class()
            case "\\":
                return self._escaped()
            case ".":
                return _ANY
            case "^" | "$":
                return _Edge(sign)
            case "*" | "+" | "?":
                raise refused("pattern_unfinished", _UNFINISHED, part=sign)
            case _:
                return _literal(sign)

    def _group(self) -> _Node:
        if not self._take("?:") and self._next() == "?":
            raise refused("pattern_forbidden", _FORBIDDEN, part=self._text[self._at - 1 :][:4])
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise refused("pattern_large", N_("this pattern is too complicated"))
        node = self._either()
        if not self._take(")"):
            raise refused("pattern_unfinished", _UNFINISHED, part=")")
        self._depth -= 1
        return node

    def _escaped(self) -> _Node:
        sign = self._next()
        self._at += 1
        if sign in ("b", "B"):
            return _Edge(sign)
        if sign.lower() in _KINDS:
            return _One(kinds=(_KINDS[sign.lower()],), negated=sign.isupper())
        return _literal(_plain(sign))

    def _class(self) -> _Node:
        negated = self._take("^")
        ranges: list[tuple[str, str]] = []
        kinds: list[Callable[[str], bool]] = []
        first = True
        while first or self._next() != "]":
            first = False
            low = self._member(kinds)
            if low is None:
                continue
            high = low
            if self._next() == "-" and self._text[self._at + 1 : self._at + 2] not in ("]", ""):
                self._at += 1
                high = self._member(None) or ""
                if high < low:
                    raise refused("pattern_forbidden", _FORBIDDEN, part=f"{low}-{high}")
            ranges.append((low, high))
        self._at += 1
        folds = [(one.casefold(), one.casefold()) for one, end in ranges if one == end]
        return _One((*ranges, *folds), tuple(kinds), negated)

    def _member(self, kinds: list[Callable[[str], bool]] | None) -> str | None:
        """Read one character of a class; None if it was a whole kind of characters."""
        sign = self._next()
        if not sign:
            raise refused("pattern_unfinished", _UNFINISHED, part="]")
        self._at += 1
        if sign != "\\":
            return sign
        sign = self._next()
        self._at += 1
        if kinds is not None and sign in _KINDS:
            kinds.append(_KINDS[sign])
            return None
        return _plain(sign)


def _number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= len(str(MAX_REPEAT)) + 1


def _plain(sign: str) -> str:
    """Return what an escaped character stands for; letters and digits are kept for meanings."""
    if sign in _PLAIN:
        return _PLAIN[sign]
    if not sign or sign.isalnum():
        raise refused("pattern_forbidden", _FORBIDDEN, part=f"\\{sign}")
    return sign


def _literal(sign: str) -> _Node:
    signs = [_One(((one, one),)) for one in sign.casefold()]
    return signs[0] if len(signs) == 1 else _Chain(tuple(signs))


# ------------------------------------------------------------------------------- following it

# A state is an edge to pass, a character to take, or a fork into two states; -1 is the end.
_State = _One | _Edge | tuple[int, int]
_Around = tuple[bool, bool, bool]


class _Builder:
    """Makes states out of nodes, from the end to the beginning."""

    def __init__(self) -> None:
        self.states: list[tuple[_State, int]] = []

    def add(self, node: _Node, then: int) -> int:
        """Return the state where `node` begins that goes on with `then`."""
        match node:
            case _One() | _Edge():
                return self._put(node, then)
            case _Chain(items=items):
                for item in reversed(items):
                    then = self.add(item, then)
                # One state even for nothing, so that what is repeated cannot be free.
                return then if items else self._put((then, then), then)
            case _Either(options=options):
                start = self.add(options[-1], then)
                for option in reversed(options[:-1]):
                    start = self._put((self.add(option, then), start), then)
                return start
            case _Repeat():
                return self._repeat(node, then)

    def _repeat(self, node: _Repeat, then: int) -> int:
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
        self._start = builder.add(_Reader(text).whole(), -1)
        self._states = builder.states
        self._reached: dict[tuple[frozenset[int], _Around], tuple[frozenset[int], bool]] = {}
        self._taken: dict[tuple[frozenset[int], str], frozenset[int]] = {}

    def found_in(self, text: str) -> bool:
        """Say whether it fits anywhere in the first 200 characters of a text."""
        text = folded(text[:MAX_TEXT])
        open_states: frozenset[int] = frozenset()
        words = [False, *(_is_word(sign) for sign in text), False]
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
        takers = frozenset(n for n in seen if n >= 0 and isinstance(self._states[n][0], _One))
        if len(self._reached) >= _REMEMBERED:
            self._reached.clear()
        self._reached[open_states, around] = takers, -1 in seen
        return takers, -1 in seen

    def _beyond(self, number: int, around: _Around) -> tuple[int, ...]:
        state, then = self._states[number]
        if isinstance(state, tuple):
            return state
        if isinstance(state, _Edge):
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
            if isinstance(state, _One) and state.fits(sign):
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
