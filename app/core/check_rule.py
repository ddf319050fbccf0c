"""What can be found wrong with one rule by itself: nothing chosen, never fires, device missing.

One rule: a warning stops nothing; it says what will happen, and where, and offers a cure.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pydantic import BaseModel

from app.core.events import (
    Battle,
    Called,
    Event,
    Gift,
    Like,
    Reading,
    Subscribe,
    ViewerCount,
)
from app.core.expressions import Formula, FormulaError
from app.core.forms import Pick
from app.core.never import clash
from app.core.outputs import OutputAction
from app.core.parts import Action
from app.core.speech import Speaker
from app.core.undone import undone
from app.core.walk import models, spots

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from app.core.parts import Part, Values
    from app.core.rules import Rule
    from app.core.surroundings import OutputSketch, Surroundings
    from app.core.walk import Path, Spot

    Parts = list[tuple[Path, BaseModel]]
    Outputs = list[tuple[Path, OutputAction]]

_ENDS_RUN: Final = "stop_run"
_GROUPS: Final = ("all", "any")
# Fields of output actions and which limit of the output bounds them, with a factor.
_BOUNDS: Final = {
    "seconds": ("max_on_s", 1.0, "s"),
    "rounds": ("max_rounds", 1.0, "rounds"),
    "rpm": ("max_rpm", 1.0, "rpm"),
    "percent": ("max_level", 100.0, "percent"),
}
# What events tell formulas beside `expressions.NAMES`; a call may tell anything.
_EVENT_NAMES: Final[dict[type[Event], tuple[str, ...]]] = {
    ViewerCount: ("viewers",),
    Battle: ("own_score", "other_score"),
    Reading: ("reading",),
}
_NEEDED: Final = ("seconds", "rounds", "rpm", "times")


@dataclass(frozen=True, slots=True)
class Change:
    """What a cure sets: the field at `path` of the rule as JSON becomes `value`."""

    path: Path
    value: Any


@dataclass(frozen=True, slots=True)
class RuleWarning:
    """What will go wrong: a code for its sentence, the place in the rule, the values it needs.

    `settings`: what has to be set up in the settings ("obs"), where that is the cure.
    """

    code: str
    place: Path = ()
    values: Values = ()
    cure: tuple[Change, ...] = field(default=())
    settings: str = ""


class Known(NamedTuple):
    """What a rule may refer to: rules by id with their names, and variables that anyone sets."""

    rules: dict[str, str]
    variables: frozenset[str] | None


def check_rule(rule: Rule, around: Surroundings, known: Known) -> list[RuleWarning]:
    """Return what is wrong with a rule, in the order of its fields."""
    parts, fields = models(rule), list(spots(rule))
    found = [
        *_unfinished(rule, parts),
        *_contradictions(rule, around),
        *_steps(rule, fields),
        *_unknown_names(rule, fields, known),
        *_undone(rule, fields, around),
    ]
    outputs = [(place, part) for place, part in parts if isinstance(part, OutputAction)]
    if around.devices is not None:
        found.extend(_devices(outputs, around))
        found.extend(_asked_devices(fields, around))
    found.extend(_zeros(rule, outputs))
    if around.shut:
        found.extend(_shut(parts, around.shut))
    if around.sounds is not None:
        found.extend(_sounds(fields, around.sounds))
    return found


def _shut(parts: Parts, shut: Mapping[str, str]) -> Iterator[RuleWarning]:
    """Return what cannot do anything because what it needs outside the devices is not set up."""
    for place, part in parts:
        outlet = getattr(part, "outlet", "")
        if outlet in shut and getattr(part, "on", True):
            yield RuleWarning(f"{outlet}_{shut[outlet]}", place, settings=outlet)


def _sounds(fields: list[Spot], known: frozenset[str]) -> Iterator[RuleWarning]:
    for spot in fields:
        if spot.pick == Pick.SOUND and spot.value and spot.value not in known:
            yield RuleWarning("sound_missing", spot.path, (("sound", str(spot.value)),))


def _unfinished(rule: Rule, parts: Parts) -> Iterator[RuleWarning]:
    speaker = Speaker(device_name=_itself, counts=rule.when.counts)
    if _is_missing(rule.when, speaker):
        yield RuleWarning("nothing_chosen", ("when",))
    for place, part in parts:
        inner = getattr(part, "inner", None)
        if place[0] == "only_if" and part_key(part) in _GROUPS and inner and not inner():
            yield RuleWarning("group_empty", place)
    for number, condition in enumerate(rule.only_if):
        if condition.on and condition.key not in _GROUPS and _is_missing(condition, speaker):
            yield RuleWarning("condition_unfinished", ("only_if", number))


def part_key(part: object) -> str:
    """Return a part's key, "" for what is no part."""
    key = getattr(part, "key", "")
    return key if isinstance(key, str) else ""


def _itself(device: str) -> str:
    return device


def _is_missing(part: Part, speaker: Speaker) -> bool:
    return any(piece.role == "missing" for piece in speaker.clause(part, "plain"))


def _contradictions(rule: Rule, around: Surroundings) -> Iterator[RuleWarning]:
    places = [number for number, one in enumerate(rule.only_if) if one.on]
    pair = clash([rule.only_if[number] for number in places], rule.when, around.prices)
    if pair is None:
        return
    first, second = places[pair[0]], places[pair[1]]
    if first == second:
        yield RuleWarning("never_holds", ("only_if", first))
    else:
        yield RuleWarning("contradiction", ("only_if", second), (("other", float(first + 1)),))


def _steps(rule: Rule, fields: list[Spot]) -> Iterator[RuleWarning]:
    if not any(step.on for step in rule.do):
        code = "steps_off" if rule.do else "no_steps"
        yield RuleWarning(code, ("do",))
    for place, steps in _step_lists(rule, fields):
        ended = False
        for number, step in enumerate(steps):
            if ended and step.on:
                yield RuleWarning("unreachable", (*place, number))
                break
            ended = ended or (step.on and step.key == _ENDS_RUN)


def _step_lists(rule: Rule, fields: list[Spot]) -> Iterator[tuple[Path, tuple[Action, ...]]]:
    yield ("do",), rule.do
    for spot in fields:
        value = spot.value
        if isinstance(value, tuple) and value and all(isinstance(one, Action) for one in value):
            yield spot.path, value


def _undone(rule: Rule, fields: list[Spot], around: Surroundings) -> Iterator[RuleWarning]:
    for code, place in undone(rule, _step_lists(rule, fields), around):
        yield RuleWarning(code, place, (), (Change(("limits", "policy"), "queue"),))


def _unknown_names(rule: Rule, fields: list[Spot], known: Known) -> Iterator[RuleWarning]:
    for spot in fields:
        if spot.pick == Pick.RULE and spot.value:
            yield from _rule_reference(rule, spot.path, str(spot.value), known)
        names = set(free_names(spot.value))
        if spot.pick == Pick.VARIABLE and part_key(spot.owner) not in SETTERS and spot.value:
            names.add(str(spot.value))
        if known.variables is None or issubclass(rule.when.event, Called):
            continue
        for name in sorted(names - known.variables - _told_by(rule.when.event)):
            yield _unknown_variable(spot.path, spot.value, name, known.variables)


def _told_by(event: type[Event]) -> frozenset[str]:
    return frozenset(
        name for kind, names in _EVENT_NAMES.items() if issubclass(event, kind) for name in names
    )


# Steps after which a variable exists.
SETTERS: Final = ("set_variable", "add_variable")


def _rule_reference(rule: Rule, path: Path, rule_id: str, known: Known) -> Iterator[RuleWarning]:
    if rule_id not in known.rules:
        yield RuleWarning("rule_missing", path, (("rule", rule_id),))
    elif rule_id == rule.id and path[0] == "do":
        yield RuleWarning("names_itself", path)


def _unknown_variable(
    path: Path, value: object, name: str, variables: frozenset[str]
) -> RuleWarning:
    close = difflib.get_close_matches(name, sorted(variables), n=1, cutoff=0.6)
    if not close:
        return RuleWarning("variable_unknown", path, (("name", name),))
    text = str(getattr(value, "text", value))
    cure = (Change(path, text.replace(name, close[0])),)
    return RuleWarning("variable_close", path, (("name", name), ("close", close[0])), cure)


def _devices(outputs: Outputs, around: Surroundings) -> Iterator[RuleWarning]:
    for place, part in outputs:
        if not part.on:
            continue
        at = (*place, "device")
        device = around.device(part.device, part.kinds)
        if device is None:
            yield _no_device(part, at, around)
            continue
        if not device.outputs:
            continue
        output = device.output(part.kinds, part.capability)
        if output is None:
            yield _no_output(part, at, place, device.name or device.id, around)
            continue
        yield from _over_limits(part, place, output)


def _asked_devices(fields: list[Spot], around: Surroundings) -> Iterator[RuleWarning]:
    for spot in fields:
        if spot.pick != Pick.DEVICE or isinstance(spot.owner, OutputAction) or not spot.value:
            continue
        if getattr(spot.owner, "on", True) and not around.knows(str(spot.value)):
            yield RuleWarning("device_gone", spot.path, (("device", str(spot.value)),))


def _no_device(part: OutputAction, at: Path, around: Surroundings) -> RuleWarning:
    code = "device_missing" if part.device else "device_unchosen"
    fitting = around.able(part.kinds)
    values: Values = (("device", part.device),)
    if fitting is None:
        return RuleWarning(code, at, values)
    named = (*values, ("fitting", fitting.name or fitting.id))
    return RuleWarning(f"{code}_cure", at, named, (Change(at, fitting.id),))


def _no_output(
    part: OutputAction, at: Path, place: Path, name: str, around: Surroundings
) -> RuleWarning:
    device = around.device(part.device, part.kinds)
    if part.capability and device is not None and device.output(part.kinds) is not None:
        output = (*place, "capability")
        values: Values = (("device", name), ("output", part.capability))
        return RuleWarning("output_missing", output, values, (Change(output, ""),))
    fitting = around.able(part.kinds)
    cannot: Values = (("device", name),)
    if fitting is None:
        return RuleWarning("device_cannot", at, cannot)
    cure = (Change(at, fitting.id), Change((*place, "capability"), ""))
    named = (*cannot, ("fitting", fitting.name or fitting.id))
    return RuleWarning("device_cannot_cure", at, named, cure)


def _over_limits(part: OutputAction, place: Path, output: OutputSketch) -> Iterator[RuleWarning]:
    for name, (limit, factor, unit) in _BOUNDS.items():
        formula = getattr(part, name, None)
        if not isinstance(formula, Formula):
            continue
        most = getattr(output.limits, limit) * factor
        asked = _worked_out(formula, 1.0)
        if asked is not None and asked > most:
            values = (("asked", asked), ("most", most), ("unit", unit))
            at = (*place, name)
            yield RuleWarning("over_limit", at, values, (Change(at, f"{most:.10g}"),))
    rate = getattr(part, "rate_hz", None)
    if isinstance(rate, float) and rate > output.limits.max_flash_hz:
        most = output.limits.max_flash_hz
        at = (*place, "rate_hz")
        values = (("asked", rate), ("most", most), ("unit", "hz"))
        yield RuleWarning("over_limit", at, values, (Change(at, most),))
    effect = getattr(part, "effect", "")
    if effect and output.effects and effect not in output.effects:
        cure = (Change((*place, "effect"), output.effects[0]),)
        named: Values = (("effect", effect), ("fitting", output.effects[0]))
        yield RuleWarning("effect_missing", (*place, "effect"), named, cure)


def _zeros(rule: Rule, outputs: Outputs) -> Iterator[RuleWarning]:
    event = rule.when.event
    silent = frozenset(
        (
            *(() if issubclass(event, Gift) else ("coins", "value")),
            *(() if issubclass(event, Like) else ("likes",)),
            *(() if issubclass(event, Subscribe) else ("months",)),
        )
    )
    for place, part in outputs:
        for name in _NEEDED:
            formula = getattr(part, name, None)
            if not isinstance(formula, Formula) or free_names(formula):
                continue
            worth = [_worked_out(formula, sample, silent) for sample in (1.0, 7.0, 1000.0)]
            if all(value is not None and value <= 0 for value in worth):
                yield RuleWarning("zero", (*place, name), (("formula", formula.text),))


def free_names(value: object) -> frozenset[str]:
    """Return the variables that a formula or a text asks for; of anything else none."""
    if isinstance(value, Formula):
        return _formula_names(value)
    if isinstance(value, str | int | float | tuple | BaseModel):
        # Most fields; a model that is asked for what it has not is slow to say so.
        return frozenset()
    free = getattr(value, "free_names", None)
    return frozenset(free()) if callable(free) else frozenset()


@lru_cache(maxsize=8192)
def _formula_names(formula: Formula) -> frozenset[str]:
    return formula.free_names()


# The same few formulas stand in many rules.
@lru_cache(maxsize=8192)
def _worked_out(
    formula: Formula, sample: float, silent: frozenset[str] = frozenset()
) -> float | None:
    if free_names(formula):
        return None
    names = {name: 0.0 if name in silent else sample for name in formula.names()}
    try:
        return formula.value(names)
    except FormulaError:
        return None
