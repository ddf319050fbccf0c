"""What an outlet is: carries out one kind of effect, and says in a word why it could not.

One rule: an outlet knows its own effects only; queues, age and reports are `outlets.Outlets`'.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

from app.core.outcome import Drop

if TYPE_CHECKING:
    from app.core.effects import Effect


class OutletError(Exception):
    """An effect could not be carried out; `drop` picks the sentence, `detail` is for details."""

    def __init__(self, drop: Drop, detail: str = "") -> None:
        super().__init__(f"{drop.value}: {detail}")
        self.drop = drop
        self.detail = detail


class NotSetUpError(OutletError):
    """The user has not turned this outlet on, or has not told where it is."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(Drop.NOT_SET_UP, detail)


class Outlet(ABC):
    """Carries out effects of one outlet. Loop's thread only, but for `stop_now`.

    `at_once` effects are under way at a time; `limit_s` is the longest one may take.
    """

    key: ClassVar[str]
    at_once: ClassVar[int] = 1
    limit_s: ClassVar[float] = 15.0

    @abstractmethod
    async def carry_out(self, effect: Effect) -> str:
        """Do it and return when it is done, with a word for the receipt; raises OutletError."""

    def stop_now(self) -> None:
        """End what goes on at once. Any thread; never blocks, never raises."""

    async def close(self) -> None:
        """Let go of everything; called once, after the last effect."""
