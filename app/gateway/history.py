"""The stream that went on while the core did not: its numbers, its activity list, its beginning.

One rule: what is put together again is looked at only; nothing of it is decided or sent anew.
"""

from __future__ import annotations

import logging
import sqlite3
from typing import TYPE_CHECKING, Final

from app.core.outcome import Command, Delivery, Drop, Outcome, Stage
from app.core.verbs import VerbError, instruction_from
from app.store.receipts import ReceiptStep

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.gateway.feed import Feed
    from app.gateway.house import House
    from app.store.receipts import Receipt

log = logging.getLogger(__name__)

# Events; a combo of many is one row, and about 200 rows are wanted.
MOST_EVENTS: Final = 1000
# A list that ended longer ago is of another evening.
_RECENT_MS: Final = 6 * 3600 * 1000
_FINAL: Final = frozenset({Stage.DONE, Stage.DROPPED, Stage.FAILED, Stage.STOPPED})


async def resume(house: House) -> int:
    """Go on with a stream that had not ended when the last core did; its room, or 0."""
    try:
        last = await house.journal.last_stream()
        if last is None or last.ended_ms is not None:
            return 0
        house.stream.remember(last.room_id, last.started_ms)
        house.stats.restore(await house.journal.sums(last.room_id))
        receipts = await house.journal.recent(last.room_id, MOST_EVENTS)
    except sqlite3.Error as error:
        log.info("the last stream cannot be read: %s", error)
        return 0
    if receipts and house.clock.wall_ms() - receipts[-1].event.at_ms < _RECENT_MS:
        relive(house.feed, receipts)
    return last.room_id


def relive(feed: Feed, receipts: list[Receipt]) -> None:
    """Put the rows of these events, oldest first, into a list that nobody has seen yet."""
    for receipt in receipts:
        event = receipt.event
        commands = tuple(_commands(receipt))
        feed.on_outcome(Outcome(event, commands, receipt.traces))
        for step in _steps(receipt):
            feed.on_delivery(
                Delivery(
                    step.command_id,
                    step.device_id,
                    event.id,
                    "",
                    step.stage,
                    0.0,
                    step.at_ms,
                    step.drop,
                    step.limited,
                    said=step.said,
                )
            )
    feed.seen()


def _commands(receipt: Receipt) -> Iterator[Command]:
    for row in receipt.commands:
        try:
            instruction = instruction_from(row.verb, row.args)
        except VerbError:
            # A verb of another version: the row says the rule ran, without what it did.
            continue
        yield Command(
            row.id,
            row.device_id,
            row.capability,
            instruction,
            deadline=0.0,
            event_id=receipt.event.id,
            rule_id=row.rule_id,
        )


def _steps(receipt: Receipt) -> Iterator[ReceiptStep]:
    """Return what became of the commands, with an end for those that the last core left open."""
    yield from receipt.steps
    if not receipt.interrupted:
        return
    ended = {step.command_id for step in receipt.steps if step.stage in _FINAL}
    sent = {step.command_id for step in receipt.steps if step.stage is Stage.SENT}
    left = [(one.id, one.device_id) for one in receipt.commands if one.id not in ended]
    if not receipt.traces:
        # Counted, but nobody came to decide on it.
        left = [("", "")]
    for command_id, device_id in left:
        stage = Stage.FAILED if command_id in sent else Stage.DROPPED
        yield ReceiptStep(command_id, device_id, stage, 0.0, 0, Drop.INTERRUPTED)
