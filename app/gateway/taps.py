"""Who hears of what happened on the line, and in which order.

One rule: taps only listen; the journal hears first, so that what is shown can be looked up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.core.outcome import Delivery
from app.gateway.line import Told

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.gateway.house import House


def attach(house: House, gift_line: Callable[[Told], None] | None) -> None:
    """Let every tap listen; `gift_line` prints the lines of `--headless`."""
    bus, journal = house.line.bus, house.journal
    bus.subscribe(Told, lambda told: journal.on_outcome(told.outcome, told.received_at))
    bus.subscribe(Told, lambda told: house.stats.on_outcome(told.outcome))
    bus.subscribe(Told, lambda told: house.feed.on_outcome(told.outcome))
    bus.subscribe(Told, lambda told: house.rules.note(told.outcome))
    bus.subscribe(Told, lambda told: house.counters.on_outcome(told.outcome))
    bus.subscribe(Delivery, journal.on_delivery)
    bus.subscribe(Delivery, house.stats.on_delivery)
    bus.subscribe(Delivery, house.feed.on_delivery)
    bus.subscribe(Delivery, house.counters.owed.on_delivery)
    if gift_line is not None:
        bus.subscribe(Told, gift_line)
