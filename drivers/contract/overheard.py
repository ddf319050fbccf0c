"""Lets somebody listen to what goes through the transports that a driver opens.

One rule: a transport asks once, when it is opened, and tells what it sends and hears; nobody waits.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    # Called in any thread with "in" or "out", and the bytes.
    Listener = Callable[[str, bytes], None]


def _nobody(_way: str, _data: bytes) -> None:
    """Mind nothing."""


_listening: ContextVar[Listener] = ContextVar("overheard", default=_nobody)


@contextmanager
def overheard_by(listener: Listener) -> Iterator[None]:
    """Have transports that are opened within tell `listener`, for as long as they live."""
    token = _listening.set(listener)
    try:
        yield
    finally:
        _listening.reset(token)


def who_listens() -> Listener:
    """Return whom a transport that is being opened must tell; cheap when nobody looks."""
    return _listening.get()
