"""What became of each part of a command to several outputs, as the detail of its last delivery.

One rule: whatever is not such a detail has no parts; the words for them are the face's.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from app.core.outcome import Drop, Stage
from drivers.contract import NOTHING_SAID, Said

if TYPE_CHECKING:
    from collections.abc import Iterable

_SIGN: Final = "parts "


class Fate(NamedTuple):
    """How one output ended; `said` as in Delivery."""

    device_id: str
    capability: str
    stage: Stage
    drop: Drop = Drop.NONE
    said: Said = NOTHING_SAID


def told(fates: Iterable[Fate]) -> str:
    """Return a delivery's detail that carries these."""
    return _SIGN + json.dumps([_out(one) for one in fates], separators=(",", ":"))


def read(detail: str) -> tuple[Fate, ...]:
    """Return what a delivery's detail carries; nothing if it is another one."""
    if not detail.startswith(_SIGN):
        return ()
    try:
        return tuple(
            Fate(str(device), str(output), Stage(stage), Drop(drop), said_from(said))
            for device, output, stage, drop, *said in json.loads(detail.removeprefix(_SIGN))
        )
    except (ValueError, TypeError):
        return ()


def said_out(said: Said) -> list[object]:
    """Return a sentence as JSON can hold it; nothing if nothing was said."""
    if said == NOTHING_SAID:
        return []
    return [said.source, [list(one) for one in said.values]]


def said_from(kept: list[Any]) -> Said:
    """Return what `said_out` gave; raises ValueError or TypeError if it is something else."""
    if not kept:
        return NOTHING_SAID
    source, values = kept
    return Said(str(source), tuple((str(name), str(value)) for name, value in values))


def _out(fate: Fate) -> list[object]:
    return [*fate[:4], *said_out(fate.said)]
