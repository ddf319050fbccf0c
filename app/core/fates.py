"""What became of each part of a command to several outputs, as the detail of its last delivery.

One rule: whatever is not such a detail has no parts; the words for them are the face's.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

from app.core.outcome import Drop, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable

_SIGN: Final = "parts "


class Fate(NamedTuple):
    """How one output ended."""

    device_id: str
    capability: str
    stage: Stage
    drop: Drop = Drop.NONE


def told(fates: Iterable[Fate]) -> str:
    """Return a delivery's detail that carries these."""
    return _SIGN + json.dumps([list(one) for one in fates], separators=(",", ":"))


def read(detail: str) -> tuple[Fate, ...]:
    """Return what a delivery's detail carries; nothing if it is another one."""
    if not detail.startswith(_SIGN):
        return ()
    try:
        return tuple(
            Fate(str(device), str(output), Stage(stage), Drop(drop))
            for device, output, stage, drop in json.loads(detail.removeprefix(_SIGN))
        )
    except (ValueError, TypeError):
        return ()
