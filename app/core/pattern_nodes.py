r"""What search patterns are made of, and reading them; `app.core.patterns` follows them.

One rule: whatever is read has an end, and what has another meaning elsewhere is refused.
Known are letters, `.`, classes such as [^0-9], \d \w \s \D \W \S, `^`, `$`, \b, groups, `|`, `*`,
`+`, `?`, {2,5}; not what cannot be followed side by side: backreferences and lookaround.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.core.expressions import refused
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_REPEAT: Final = 100
MAX_DEPTH: Final = 20
_FORBIDDEN: Final = N_("“{part}” is not possible in a pattern here")
_UNFINISHED: Final = N_("the pattern is not finished at “{part}”")


@dataclass(frozen=True, slots=True)
class One:
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
class Edge:
    """A place, not a character: "^", "$", "b" (a word begins or ends) or "B"."""

    sign: str


@dataclass(frozen=True, slots=True)
class Chain:
    """One after the other; may be empty."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of them."""

    options: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """The same again; `high` None: without end."""

    item: Node
    low: int
    high: int | None


Node = One | Edge | Chain | Either | Repeat


def is_word(sign: str) -> bool:
    """Say whether a character belongs to a word."""
    return sign.isalnum() or sign == "_"


_ANY: Final = One(negated=True)
_KINDS: Final[dict[str, Callable[[str], bool]]] = {
    "d": str.isdecimal,
    "w": is_word,
    "s": str.isspace,
}
_PLAIN: Final = {"n": "\n", "t": "\t", "r": "\r"}


class _Reader:
    """Reads a pattern from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._depth = 0

    def whole(self) -> Node:
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

    def _either(self) -> Node:
        options = [self._chain()]
        while self._take("|"):
            options.append(self._chain())
        return options[0] if len(options) == 1 else Either(tuple(options))

    def _chain(self) -> Node:
        items: list[Node] = []
        while self._next() not in ("", "|", ")"):
            items.append(self._repeated(self._item()))
        return Chain(tuple(items))

    def _repeated(self, item: Node) -> Node:
        bounds = self._bounds()
        if bounds is None:
            return item
        low, high = bounds
        if isinstance(item, Edge):
            raise refused("pattern_unfinished", _UNFINISHED, part=self._text[: self._at][-1:])
        # Whether the shortest match is wanted makes no difference to whether there is one.
        self._take("?")
        if self._next() in ("*", "+") or self._bounds() is not None:
            raise refused("pattern_forbidden", _FORBIDDEN, part=self._text[self._at - 1 :][:3])
        return Repeat(item, low, high)

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

    def _item(self) -> Node:
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
                return Edge(sign)
            case "*" | "+" | "?":
                raise refused("pattern_unfinished", _UNFINISHED, part=sign)
            case _:
                return _literal(sign)

    def _group(self) -> Node:
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

    def _escaped(self) -> Node:
        sign = self._next()
        self._at += 1
        if sign in ("b", "B"):
            return Edge(sign)
        if sign.lower() in _KINDS:
            return One(kinds=(_KINDS[sign.lower()],), negated=sign.isupper())
        return _literal(_plain(sign))

    def _class(self) -> Node:
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
        return One((*ranges, *folds), tuple(kinds), negated)

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


def read(text: str) -> Node:
    """Read a pattern; raises ValueError with what is wrong in it."""
    return _Reader(text).whole()


def _number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= len(str(MAX_REPEAT)) + 1


def _plain(sign: str) -> str:
    """Return what an escaped character stands for; letters and digits are kept for meanings."""
    if sign in _PLAIN:
        return _PLAIN[sign]
    if not sign or sign.isalnum():
        raise refused("pattern_forbidden", _FORBIDDEN, part=f"\\{sign}")
    return sign


def _literal(sign: str) -> Node:
    signs = [One(((one, one),)) for one in sign.casefold()]
    return signs[0] if len(signs) == 1 else Chain(tuple(signs))
