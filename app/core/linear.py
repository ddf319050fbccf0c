"""What a formula is when it is simple: a number, a product of two names, a factor per coin.

One rule: whatever is not recognised is None; nothing here works anything out.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Linear:
    """A formula that is a plain factor per unit: `unit` is "", "count", "coin" or "month".

    `most` is the ceiling of `min(coins * count, 200)`, None without one.
    """

    factor: float
    unit: str
    most: float | None = None


_UNITS: Final[dict[tuple[str, ...], str]] = {
    (): "",
    ("count",): "count",
    ("amount",): "count",
    ("value",): "coin",
    ("coins", "count"): "coin",
    ("amount", "coins"): "coin",
    ("months",): "month",
}


def number_of(node: ast.expr) -> float | None:
    """Return the number that a formula is; None if it is more."""
    match node:
        case ast.Constant(value=int() | float() as value):
            return float(value)
        case _:
            return None


def product_of(node: ast.expr) -> tuple[str, str] | None:
    """Return the names of a product of two; the second is "" where there is one only."""
    match node:
        case ast.Name(id=name):
            return name, ""
        case ast.BinOp(left=ast.Name(id=one), op=ast.Mult(), right=ast.Name(id=two)):
            return one, two
        case _:
            return None


def linear_of(node: ast.expr) -> Linear | None:
    """Return a formula as a factor per coin, count or month, if that is all it is."""
    inner, most = _capped(node)
    factors = _factors(inner)
    if factors is None:
        return None
    factor, names = factors
    unit = _UNITS.get(tuple(sorted(names)))
    return None if unit is None else Linear(factor, unit, most)


def _capped(node: ast.expr) -> tuple[ast.expr, float | None]:
    """Take `min(formula, number)` apart, whichever way round it is written."""
    match node:
        case ast.Call(
            func=ast.Name(id="min"),
            args=[inner, ast.Constant(value=int() | float() as most)]
            | [ast.Constant(value=int() | float() as most), inner],
        ) if most > 0 and not isinstance(inner, ast.Constant):
            return inner, float(most)
        case _:
            return node, None


def _factors(node: ast.expr) -> tuple[float, tuple[str, ...]] | None:
    match node:
        case ast.Constant(value=int() | float() as value):
            return float(value), ()
        case ast.Name(id=name):
            return 1.0, (name,)
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            one, two = _factors(left), _factors(right)
            if one is None or two is None:
                return None
            return one[0] * two[0], (*one[1], *two[1])
        case ast.BinOp(left=left, op=ast.Div(), right=ast.Constant(value=int() | float() as by)):
            one = _factors(left)
            return None if one is None or not by else (one[0] / by, one[1])
        case _:
            return None
