"""One device in the place of another: which of its outputs does what the other's would.

One rule: only an output of the same kind stands in, and none that may hurt in another way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from drivers.contract import Capability


def stand_ins(old: Iterable[Capability], new: Iterable[Capability]) -> dict[str, str]:
    """Return the id of the new output for each old one that has one.

    The same id of the same kind goes first, then what comes first of the same kind.
    """
    free = {one.id: one for one in new}
    olds = list(old)
    found: dict[str, str] = {}
    for one in olds:
        if one.id in free and _fits(one, free[one.id]):
            found[one.id] = free.pop(one.id).id
    for one in olds:
        if one.id not in found:
            match = next((other for other in free.values() if _fits(one, other)), None)
            if match is not None:
                found[one.id] = free.pop(match.id).id
    return found


def _fits(one: Capability, other: Capability) -> bool:
    return one.kind is other.kind and one.hazard is other.hazard
