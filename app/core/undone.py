"""Finds steps of one rule that undo each other: given at once, of which only one is carried out.

One rule: it looks at orders to one output without a pause between, in one list of steps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.core.outputs import OutputAction
from drivers.contract import QueuePolicy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from app.core.parts import Action
    from app.core.rules import Rule
    from app.core.surroundings import Surroundings
    from app.core.walk import Path

_PAUSE: Final = "wait"
_OFF: Final = "device_off"
# The first stands in the way of the second, or the second takes the place of the first.
SKIPPED: Final = "skipped_at_once"
REPLACED: Final = "replaced_at_once"


def undone(
    rule: Rule, lists: Iterable[tuple[Path, Sequence[Action]]], around: Surroundings
) -> Iterator[tuple[str, Path]]:
    """Return SKIPPED or REPLACED with the place of the second step, once for each list."""
    for place, steps in lists:
        at_work: set[tuple[str, str]] = set()
        for number, step in enumerate(steps):
            if not step.on:
                continue
            if step.key == _PAUSE:
                at_work.clear()
            if not isinstance(step, OutputAction) or step.key == _OFF or not step.device:
                continue
            output = (step.device, step.capability)
            code = _fate(rule, step, around) if output in at_work else ""
            if code:
                yield code, (*place, number)
                break
            at_work.add(output)


def _fate(rule: Rule, step: OutputAction, around: Surroundings) -> str:
    policy = rule.limits.policy
    if policy is QueuePolicy.LATEST:
        return REPLACED
    if policy is None:
        device = around.device(step.device, step.kinds)
        output = device.output(step.kinds, step.capability) if device is not None else None
        return SKIPPED if output is not None and output.drops_when_busy else ""
    return SKIPPED if policy is QueuePolicy.DROP else ""
