"""Has Python's collector run between two events of Qt's thread, and nowhere else.

Rule: what it takes away may be timers and widgets, and Qt crashes when those end in another thread.
"""

from __future__ import annotations

import gc
from typing import Final

# Python's own measure: all are looked at again once a quarter more has come.
_QUARTER: Final = 4


def take_over() -> None:
    """Keep the collector from running by itself, in whichever thread happens to fill the measure.

    From now on somebody has to call `Collector.look`.
    """
    gc.disable()


class Collector:
    """Collects by Python's own thresholds."""

    def __init__(self) -> None:
        self._all = 0
        self._new = 0

    def look(self) -> None:
        """Collect what is due; to be called from Qt's thread now and then."""
        counts, limits = gc.get_count(), gc.get_threshold()
        if counts[0] <= limits[0]:
            return
        if counts[1] <= limits[1]:
            gc.collect(0)
        elif counts[2] <= limits[2] or self._new <= self._all // _QUARTER:
            young = len(gc.get_objects(0)) + len(gc.get_objects(1))
            self._new += young - gc.collect(1)
        else:
            gc.collect()
            self._all, self._new = len(gc.get_objects(2)), 0
