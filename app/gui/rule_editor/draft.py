"""A rule as it stands in a file, changed place by place. Rule: nothing is changed, all is copied.

A place is the way to a value: ("do", 0, "rounds"). The functions know nothing of parts, so that a
step moves between lists however deep they lie.
"""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from app.core.problems import Problem, problems_of
from app.core.rules import Rule

Place = tuple[str | int, ...]
Raw = dict[str, Any]
# What JSON holds.
Json = Any


def value_at(raw: Json, place: Place) -> Json:
    """Return what stands at a place; raises LookupError where there is nothing."""
    for step in place:
        try:
            raw = raw[step]
        except TypeError:
            raise LookupError(place) from None
    return raw


def has(raw: Json, place: Place) -> bool:
    """Say whether there is anything at a place."""
    try:
        value_at(raw, place)
    except LookupError:
        return False
    return True


def put(raw: Json, place: Place, value: Json) -> Json:
    """Return a copy with another value at the place."""
    if not place:
        return value
    step, rest = place[0], place[1:]
    if isinstance(raw, list):
        copy = list(raw)
        copy[int(step)] = put(copy[int(step)], rest, value)
        return copy
    inner = dict(raw)
    inner[str(step)] = put(inner.get(str(step)), rest, value)
    return inner


def without(raw: Json, place: Place) -> Json:
    """Return a copy in which the place is gone: an item of a list, or a key."""
    parent, step = place[:-1], place[-1]
    held = value_at(raw, parent)
    if isinstance(held, list):
        return put(raw, parent, [item for index, item in enumerate(held) if index != step])
    return put(raw, parent, {key: item for key, item in held.items() if key != step})


def inserted(raw: Json, place: Place, value: Json) -> Json:
    """Return a copy with a value put into a list before what stands at the place.

    Where a single part is held instead of a list, it takes the place of what is there.
    """
    parent, step = place[:-1], place[-1]
    if not isinstance(step, int):
        return put(raw, place, value)
    held = list(value_at(raw, parent) or ())
    held.insert(step, value)
    return put(raw, parent, held)


def moved(raw: Json, source: Place, target: Place) -> tuple[Json, Place]:
    """Return a copy with an item moved, and where it stands then.

    `target` is counted with the item still in its old place. Raises ValueError for a move of an
    item into itself.
    """
    if target[: len(source)] == source and target != source:
        raise ValueError(target)
    value = value_at(raw, source)
    landed = after_removal(target, source)
    return inserted(without(raw, source), landed, value), landed


def after_removal(place: Place, gone: Place) -> Place:
    """Return what a place is called once the item at `gone` was taken out of its list."""
    depth = len(gone) - 1
    step = gone[-1]
    same_list = len(place) > depth and place[:depth] == gone[:depth]
    here = place[depth] if same_list else None
    if isinstance(step, int) and isinstance(here, int) and here > step:
        return (*place[:depth], here - 1, *place[depth + 1 :])
    return place


def raw_of(rule: Rule) -> Raw:
    """Return a rule as it stands in a file."""
    raw: Raw = rule.model_dump(mode="json")
    return raw


def read(raw: Raw) -> Rule | tuple[Problem, ...]:
    """Return the rule that a draft makes, or what is wrong with it."""
    try:
        return Rule.model_validate(raw)
    except ValidationError as error:
        return problems_of(error)


def below(problem: Problem, place: Place) -> bool:
    """Say whether a problem is about what stands at the place, or inside it."""
    return problem.path[: len(place)] == place
