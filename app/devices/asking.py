"""Asking a driver for something: how long at most, and what its errors mean for a command.

One rule: whatever a driver does or raises, the lane sees an answer or a DriverError.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, TypeVar

from app.core.outcome import Drop
from drivers.contract import Cause, DriverError

if TYPE_CHECKING:
    from collections.abc import Awaitable

log = logging.getLogger(__name__)

APPLY_S = 5.0

_T = TypeVar("_T")
_DROPS = {
    Cause.REFUSED: Drop.REFUSED,
    Cause.UNSUPPORTED: Drop.UNSUPPORTED,
    Cause.LOST: Drop.LOST,
    Cause.NOT_FOUND: Drop.LOST,
}


def drop_of(error: DriverError) -> Drop:
    """Return why a command failed, in the words of a delivery."""
    return _DROPS.get(error.cause, Drop.NO_ANSWER)


async def answer_of(asking: Awaitable[_T], capability: str) -> _T:
    """Wait for a driver's answer; raises DriverError, and nothing else."""
    try:
        async with asyncio.timeout(APPLY_S):
            return await asking
    except TimeoutError:
        raise DriverError(Cause.NO_ANSWER) from None
    except DriverError:
        raise
    except Exception as error:
        # A driver with a mistake in it must not keep an activation from ending.
        log.exception("driver of %s failed", capability)
        raise DriverError(Cause.BAD_ANSWER, repr(error)) from error
