"""Asking a driver for something: how long at most, and what its errors mean for a command.

One rule: whatever a driver does or raises, the lane sees an answer or a DriverError.
"""

from __future__ import annotations

import asyncio
import logging
from types import coroutine
from typing import TYPE_CHECKING, Any, TypeVar

from app.core.outcome import Drop
from drivers.contract import Cause, DriverError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Generator

    from drivers.contract import Driver

log = logging.getLogger(__name__)

APPLY_S = 5.0
MAKE_SAFE_S = 1.0

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


@coroutine
def unless_given_up(
    asking: Coroutine[Any, Any, _T], given_up: Callable[[], bool]
) -> Generator[Any, Any, _T]:
    """Let a driver go on after each of its waits only while nobody gave it up; else REFUSED.

    A driver that must ask something before it turns an output on may hear the answer when STOP
    has come and gone: from there on it may not take another step.
    """
    step, value = asking.send, None
    try:
        while True:
            waits_for = step(value)
            try:
                value = yield waits_for
                step = asking.send
            except BaseException as error:  # noqa: BLE001 - a time-out, or the end of the task
                step, value = asking.throw, error
            else:
                if given_up():
                    step, value = asking.throw, DriverError(Cause.REFUSED, "given up")
    except StopIteration as done:
        answer: _T = done.value
        return answer


async def is_made_safe(driver: Driver, name: str) -> bool:
    """Have a driver make its device safe; True if it says that it is. Never raises."""
    try:
        async with asyncio.timeout(MAKE_SAFE_S):
            return await driver.make_safe()
    except (TimeoutError, DriverError):
        return False
    except Exception:
        log.exception("device %s: make_safe failed", name)
        return False


async def answer_of(
    asking: Coroutine[Any, Any, _T], capability: str, given_up: Callable[[], bool]
) -> _T:
    """Wait for a driver's answer; raises DriverError, and nothing else."""
    try:
        async with asyncio.timeout(APPLY_S):
            return await unless_given_up(asking, given_up)
    except TimeoutError:
        raise DriverError(Cause.NO_ANSWER) from None
    except DriverError:
        raise
    except Exception as error:
        # A driver with a mistake in it must not keep an activation from ending.
        log.exception("driver of %s failed", capability)
        raise DriverError(Cause.BAD_ANSWER, repr(error)) from error
