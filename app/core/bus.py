"""Publish and subscribe by type, for taps: side listeners that the line does not wait for.

One rule: a tap's error never reaches the publisher or another tap.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Bus:
    """Hands each published fact to the taps of its type, in the order they subscribed.

    Synchronous, for one thread. `on_error(tap, fact, error)` hears of every tap that failed.
    """

    def __init__(
        self, on_error: Callable[[Callable[..., None], object, Exception], None] | None = None
    ) -> None:
        self._on_error = on_error
        self._taps: list[tuple[type, Callable[..., None]]] = []
        # Who wants what is looked up once per type: publishing is on the way of every gift.
        self._by_type: dict[type, tuple[Callable[..., None], ...]] = {}

    def subscribe(self, kind: type[T], tap: Callable[[T], None]) -> Callable[[], None]:
        """Call `tap` with every fact of this type or a subtype; returns what unsubscribes it.

        Unsubscribing twice does nothing. Both take effect with the next fact published.
        """
        entry: tuple[type, Callable[..., None]] = (kind, tap)
        self._taps.append(entry)
        self._by_type.clear()

        def unsubscribe() -> None:
            for index, known in enumerate(self._taps):
                if known is entry:
                    del self._taps[index]
                    self._by_type.clear()
                    return

        return unsubscribe

    def publish(self, fact: object) -> None:
        """Hand `fact` to its taps; never raises."""
        kind = type(fact)
        taps = self._by_type.get(kind)
        if taps is None:
            taps = tuple(tap for wanted, tap in self._taps if issubclass(kind, wanted))
            self._by_type[kind] = taps
        for tap in taps:
            try:
                tap(fact)
            except Exception as error:  # noqa: BLE001 - a tap may fail in any way it likes
                self._report(tap, fact, error)

    def _report(self, tap: Callable[..., None], fact: object, error: Exception) -> None:
        if self._on_error is not None:
            with suppress(Exception):
                self._on_error(tap, fact, error)
