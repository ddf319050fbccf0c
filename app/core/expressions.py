"""Arithmetic a streamer may write into a rule: checked once at load, cheap at every event.

One rule: only what is on the lists below is let through, so nothing runs long or reaches out.
"""

from __future__ import annotations

import ast
import enum
import keyword
import math
import re
import unicodedata
import warnings
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from pydantic_core import PydanticCustomError, core_schema
from simpleeval import DEFAULT_OPERATORS, NameNotDefined, SimpleEval

from app.core.linear import Linear, linear_of, number_of, product_of
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

MAX_LENGTH: Final = 200
_REMEMBERED: Final = 4_096
# With 200 characters these are generous for people and keep the evaluator's recursion shallow.
MAX_NODES: Final = 100
MAX_DEPTH: Final = 24

# What a formula may ask about an event, with the words the editor shows beside it.
NAMES: Final[dict[str, str]] = {
    "coins": N_("price of one gift, in coins"),
    "count": N_("how many this run counts"),
    "amount": N_("the same as count"),
    "value": N_("coins × count"),
    "total": N_("the whole combo so far; for likes, all likes of the stream"),
    "likes": N_("likes sent at once"),
    "months": N_("months subscribed"),
    "follower": N_("1 if the sender follows you, else 0"),
    "moderator": N_("1 if the sender is a moderator, else 0"),
    "subscriber": N_("1 if the sender is a subscriber, else 0"),
    "gifter_level": N_("the sender's gifter level"),
    "fan_level": N_("the sender's fan level"),
}

# A name in a formula; what follows a digit or a point belongs to a number.
_WORD: Final = re.compile(r"(?<![\w.])[^\W\d]\w*")
_SIGNS: Final = str.maketrans({"×": "*", "÷": "/", "−": "-", "≤": "<=", "≥": ">=", "≠": "!="})
_OPERATORS: Final = (
    ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.USub, ast.UAdd, ast.Not,
    ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE,
)  # fmt: skip
_NODES: Final = (
    ast.Expression, ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.And, ast.Or, ast.Compare, ast.IfExp,
    ast.Call, ast.Name, ast.Load, ast.Constant, *_OPERATORS,
)  # fmt: skip


def _rounded(value: float, digits: float = 0) -> float:
    # Python's own round(5, -10**9) would compute a number of a thousand million digits.
    return float(round(float(value), max(-15, min(15, int(digits)))))


# Each function with how many arguments it takes, at least and at most.
_FUNCTIONS: Final[dict[str, tuple[Callable[..., Any], int, int]]] = {
    "min": (min, 2, 20),
    "max": (max, 2, 20),
    "round": (_rounded, 1, 2),
    "floor": (math.floor, 1, 1),
    "ceil": (math.ceil, 1, 1),
    "abs": (abs, 1, 1),
}

# What no variable may be called.
RESERVED: Final = frozenset({*NAMES, *_FUNCTIONS, "True", "False", "None"})
MAX_NAME: Final = 40

# The package has no type hints.
_EVALUATOR: Final[Any] = SimpleEval


class Fault(enum.StrEnum):
    """Why a formula gave no usable number; each has its sentence in `app.core.sentences`."""

    DIVIDED_BY_ZERO = "divided_by_zero"
    TOO_LARGE = "too_large"
    FAILED = "failed"
    UNKNOWN_NAME = "unknown_name"
    NOT_A_NUMBER = "not_a_number"
    BAD_NAME = "bad_name"
    TOO_MANY = "too_many"


class FormulaError(ArithmeticError):
    """A formula that was well written gave no usable number; `name` is what nothing has set."""

    def __init__(self, formula: str, fault: Fault, name: str = "") -> None:
        super().__init__(f"{formula}: {fault.value} {name}".rstrip())
        self.formula = formula
        self.fault = fault
        self.name = name


def refused(code: str, sentence: str, **values: str | int) -> PydanticCustomError:
    """Make the error that pydantic reports with this code and sentence."""
    return PydanticCustomError(code, sentence, values)


class Formula:
    """A checked formula such as `coins * count`. Build with its text; a bad one raises ValueError.

    Two formulas are equal when their texts are.
    """

    __slots__ = ("_evaluator", "_node", "_plain", "_product", "text")

    def __init__(self, text: str | float) -> None:
        if isinstance(text, int | float):
            text = f"{text:.15g}"
        self.text = text.translate(_SIGNS).strip()
        # Most formulas are a plain number, a name, or one name times another.
        self._node, self._plain, self._product = _parsed(self.text)
        self._evaluator: Any = None

    def value(self, numbers: Mapping[str, float]) -> float:
        """Work it out for `numbers`: all of NAMES, and the variables that are set.

        Raises FormulaError, never anything else.
        """
        if self._plain is not None:
            return self._plain
        try:
            result = float(self._worked_out(numbers))
        except ZeroDivisionError:
            raise FormulaError(self.text, Fault.DIVIDED_BY_ZERO) from None
        except OverflowError:
            raise FormulaError(self.text, Fault.TOO_LARGE) from None
        except NameNotDefined as error:
            raise FormulaError(self.text, Fault.UNKNOWN_NAME, str(error.name)) from None
        except Exception as error:  # whatever else: a rule may fail, the line may not
            raise FormulaError(self.text, Fault.FAILED) from error
        if not math.isfinite(result):
            raise FormulaError(self.text, Fault.TOO_LARGE)
        return result

    def _worked_out(self, numbers: Mapping[str, float]) -> float:
        product = self._product
        if product is not None:
            one, two = numbers.get(product[0]), numbers.get(product[1], 1)
            if one is not None and (product[1] in numbers or not product[1]):
                return one * two
        if self._evaluator is None:
            self._evaluator = _EVALUATOR(
                operators={kind: DEFAULT_OPERATORS[kind] for kind in _OPERATORS},
                functions={name: function for name, (function, _, _) in _FUNCTIONS.items()},
                names={},
                allowed_attrs={},
            )
        self._evaluator.names = numbers
        found: float = self._evaluator.eval(self.text, self._node)
        return found

    def names(self) -> frozenset[str]:
        """Return which of NAMES it uses."""
        return self._all_names() & NAMES.keys()

    def free_names(self) -> frozenset[str]:
        """Return which names it uses that only variables can give."""
        return self._all_names() - RESERVED

    def renamed(self, names: Mapping[str, str]) -> str:
        """Return its text with other names for variables; what is not in `names` stays."""

        def other(found: re.Match[str]) -> str:
            word = found.group()
            return names.get(unicodedata.normalize("NFKC", word), word)

        return _WORD.sub(other, self.text)

    def _all_names(self) -> frozenset[str]:
        return frozenset(node.id for node in ast.walk(self._node) if isinstance(node, ast.Name))

    def linear(self) -> Linear | None:
        """Return it as a factor per coin, count or month, if that is all it is; for sentences."""
        return linear_of(self._node)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Formula) and other.text == self.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return f"Formula({self.text!r})"

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Read from text or a number, write as text."""
        return core_schema.no_info_plain_validator_function(
            cls._read, serialization=core_schema.plain_serializer_function_ser_schema(_written)
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """A text of limited length, marked for the form maker."""
        return {"type": "string", "format": "formula", "maxLength": MAX_LENGTH}

    @classmethod
    def _read(cls, value: object) -> Formula:
        if isinstance(value, Formula):
            return value
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            return cls(value)
        raise refused("formula_shape", N_("write a number or a formula such as coins * count"))


def _written(formula: Formula) -> str:
    return formula.text


def is_free(name: str) -> bool:
    """Say whether a name has no meaning of its own in a formula, so that a variable may have it."""
    return (
        len(name) <= MAX_NAME
        and name.isidentifier()
        and not name.startswith("_")
        and not keyword.iskeyword(name)
        and name not in RESERVED
    )


@lru_cache(_REMEMBERED)
def _parsed(text: str) -> tuple[ast.expr, float | None, tuple[str, str] | None]:
    """Return the checked formula, and the number or the product that it is, if it is no more.

    Thousands of rules have a few formulas between them. Nobody changes what is shared here.
    """
    node = _checked(text)
    return node, number_of(node), product_of(node)


def _checked(text: str) -> ast.expr:
    if not text:
        raise refused("formula_empty", N_("write a number or a formula such as coins * count"))
    if len(text) > MAX_LENGTH:
        raise refused(
            "formula_long", N_("a formula may have {most} characters at most"), most=MAX_LENGTH
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            tree = ast.parse(text, mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise refused(
            "formula_syntax",
            N_("“{formula}” is not a formula. Example: coins * count"),
            formula=text,
        ) from None
    _check_size(tree)
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        if id(node) not in called:
            _check_node(node)
    return tree.body


def _check_size(tree: ast.AST) -> None:
    nodes, layer, depth = 0, [tree], 0
    while layer:
        nodes, depth = nodes + len(layer), depth + 1
        if nodes > MAX_NODES or depth > MAX_DEPTH:
            raise refused("formula_complicated", N_("this formula is too complicated"))
        layer = [child for node in layer for child in ast.iter_child_nodes(node)]


def _check_node(node: ast.AST) -> None:
    match node:
        case ast.Call():
            _check_call(node)
        case ast.Name(id=name) if name not in NAMES and not is_free(name):
            raise refused(
                "formula_name",
                N_("“{name}” is not known here. Known: {known}"),
                name=name,
                known=", ".join(NAMES),
            )
        case ast.Constant(value=value) if not _is_plain(value):
            raise refused("formula_number", N_("only plain numbers may stand in a formula"))
        case _ if not isinstance(node, _NODES):
            raise refused(
                "formula_forbidden",
                N_("only numbers, names, + - * / // % and comparisons may stand in a formula"),
            )
        case _:
            pass


def _is_plain(value: object) -> bool:
    # A whole number cannot be too large for a float: a formula is too short to write one.
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value)


def _check_call(node: ast.Call) -> None:
    known = _FUNCTIONS.get(node.func.id) if isinstance(node.func, ast.Name) else None
    if known is None:
        raise refused(
            "formula_function",
            N_("only these may be called in a formula: {known}"),
            known=", ".join(_FUNCTIONS),
        )
    _, least, most = known
    if node.keywords or not least <= len(node.args) <= most:
        raise refused(
            "formula_arguments",
            N_("{name} needs {least} to {most} values, separated by commas"),
            name=ast.unparse(node.func),
            least=least,
            most=most,
        )
