"""What to change when a gate did not let a rule through: one thing, and where it stands.

Rule: told from the trace and the rule alone; where nothing fits, nothing is offered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app.core.outcome import Reason
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.gateway.views import TraceStepView, TraceView
    from app.gui.rule_editor.draft import Json, Place, Raw

# What a fix does when it is more than a place to go to.
TURN_ON: Final = "turn_on"
GROUP_ON: Final = "group_on"
CONTINUE: Final = "continue"
_DEPTH: Final = 40


@dataclass(frozen=True, slots=True)
class Fix:
    """One way to mend it: an English source of what it is called, and the field or the deed."""

    words: str
    place: Place = ()
    field: str = ""
    deed: str = ""


_REASONS: Final[dict[str, Fix]] = {
    Reason.RULE_OFF: Fix(N_("Turn on"), deed=TURN_ON),
    Reason.GROUP_OFF: Fix(N_("Turn its group on"), deed=GROUP_ON),
    Reason.RULES_PAUSED: Fix(N_("Continue rules"), deed=CONTINUE),
    Reason.DEVICE_COOLDOWN: Fix(N_("Change cooldown"), ("limits",), "device_cooldown_s"),
    Reason.STILL_RUNNING: Fix(N_("Change what happens meanwhile"), (), "mode"),
    Reason.TOO_MANY_RUNS: Fix(N_("Change what happens meanwhile"), (), "mode"),
}
# By the gate's name behind "limits:".
_LIMITS: Final[dict[str, Fix]] = {
    "cooldown": Fix(N_("Change cooldown"), ("limits",), "cooldown_s"),
    "viewer_cooldown": Fix(N_("Change cooldown"), ("limits",), "viewer_cooldown_s"),
    "max_per_stream": Fix(N_("Change limit"), ("limits",), "max_per_stream"),
    "max_per_hour": Fix(N_("Change limit"), ("limits",), "max_per_hour"),
    "ceiling": Fix(N_("Change limit"), ("limits",), "ceiling"),
}
# Which field of a step is to blame, where the value does not tell.
_STEP_FIELDS: Final[dict[str, tuple[str, ...]]] = {
    Reason.NO_DEVICE: ("device",),
    Reason.NO_RULE: ("rule",),
    Reason.BAD_VARIABLE: ("number", "amount", "name"),
    Reason.NOTHING_TO_DO: ("rounds", "times", "seconds", "level"),
}
_STEP_WORDS: Final[dict[str, str]] = {
    Reason.NO_DEVICE: N_("Choose a device"),
    Reason.NO_RULE: N_("Choose a rule"),
    Reason.EXPRESSION_FAILED: N_("Change the formula"),
    Reason.UNKNOWN_VARIABLE: N_("Change the formula"),
}


def failing(trace: TraceView) -> TraceStepView | None:
    """Return the first gate that did not let the rule through."""
    return next((step for step in trace.steps if not step.passed), None)


def fix_for(trace: TraceView, raw: Raw) -> Fix | None:
    """Return what to change in a rule, as it stands in a file, so that it would get further."""
    step = failing(trace)
    if step is None:
        return None
    if step.reason in _REASONS:
        return _REASONS[step.reason]
    family, _, key = step.gate.partition(":")
    if family == "when":
        return _when(step)
    if family == "only_if":
        return _condition(trace, raw)
    if family == "limits":
        return _LIMITS.get(key)
    return _action(step, key, raw) if family == "do" else None


def _when(step: TraceStepView) -> Fix:
    if step.reason == Reason.COMBO_RUNNING:
        return Fix(N_("Change how combos count"), (), "react")
    return Fix(N_("Change what starts it"), ("when",))


def _condition(trace: TraceView, raw: Raw) -> Fix | None:
    """Return the condition: gates are told in order, those that are off are not."""
    reached = 0
    for step in trace.steps:
        if step.gate.startswith("only_if"):
            if not step.passed:
                break
            reached += 1
    on = [n for n, one in enumerate(raw.get("only_if") or ()) if one.get("on", True)]
    if reached >= len(on):
        return None
    return Fix(N_("Change the condition"), ("only_if", on[reached]))


def _action(step: TraceStepView, key: str, raw: Raw) -> Fix | None:
    found = list(_parts(raw.get("do"), ("do",), key))
    if not found:
        return None
    wanted = {value for name, value in step.values.items() if name != "fault"}
    names = _STEP_FIELDS.get(step.reason, ())
    place, part = max(found, key=lambda one: _likeness(one[1], names, wanted))
    blamed = _blamed(part, names, step.values.get("formula"))
    words = _STEP_WORDS.get(step.reason, N_("Change this step"))
    return Fix(words, place, blamed)


def _likeness(part: Raw, names: tuple[str, ...], wanted: set[Any]) -> int:
    """Say how well a step goes with what the trace says: some values of it are told there."""
    return sum(part.get(name) in wanted for name in names) + sum(
        isinstance(value, str) and bool(value) and value in wanted for value in part.values()
    )


def _blamed(part: Raw, names: tuple[str, ...], formula: object) -> str:
    for name, value in part.items():
        if formula is not None and name != "key" and str(value) == formula:
            return name
    return next((name for name in names if name in part), "")


def _parts(raw: Json, place: Place, key: str, depth: int = _DEPTH) -> Iterator[tuple[Place, Raw]]:
    """Find the steps of one kind in a raw rule, with their places."""
    if depth <= 0:
        return
    if isinstance(raw, dict):
        if raw.get("key") == key and raw.get("on", True):
            yield place, raw
        for name, value in raw.items():
            yield from _parts(value, (*place, name), key, depth - 1)
    elif isinstance(raw, list):
        for index, item in enumerate(raw):
            yield from _parts(item, (*place, index), key, depth - 1)
