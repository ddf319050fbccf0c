"""Work on thousands of rules at once: done in a thread, and out of the garbage collector's way.

One rule: the loop is never kept for it longer than for one gift's rules.
"""

from __future__ import annotations

import contextlib
import gc
from typing import TYPE_CHECKING

from pydantic import BaseModel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.core.rules import Rule


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Keep the collector from looking through what is being made: one look can take a second.

    It stops all threads meanwhile. What is made is to be frozen before this ends, or thrown away.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def devices_of(rule: Rule) -> frozenset[str]:
    """Return the devices and roles that a rule's steps name."""
    found = {str(getattr(part, "device", "")) for action in rule.do for part in _parts_in(action)}
    return frozenset(found - {""})


def _parts_in(value: object) -> Iterator[BaseModel]:
    """Walk a step and what it holds inside."""
    if isinstance(value, BaseModel):
        yield value
        for name in type(value).model_fields:
            yield from _parts_in(getattr(value, name))
    elif isinstance(value, tuple):
        for one in value:
            yield from _parts_in(one)
