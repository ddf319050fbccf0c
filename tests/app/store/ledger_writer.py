"""Writes ledger entries, says so after each, and is killed; run as a program it does that 200 times.

A program of its own without threads, so that it may fork: 200 starts of Python would take a minute.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from pathlib import Path

from app.core.ledger import LedgerEntry, StreakKey
from app.store.ledger import Ledger

KILLS = 200


def entry(number: int) -> LedgerEntry:
    return LedgerEntry(
        room_id=7,
        method="WebcastGiftMessage",
        message_id=number,
        counted=number,
        added=1,
        final=False,
        at_ms=1_700_000_000_000 + number,
        event_id=f"e{number}",
        streak=StreakKey(1, 2, 3, 4),
        name="Rose",
        handle="viewer" * (number % 7),
    )


def write_for_ever(folder: Path, first: int, told: int) -> None:
    ledger = Ledger(folder, lambda notice: None, segment_bytes=16_384, max_segments=10_000)
    ledger.open()
    number = first
    while True:
        ledger.record(entry(number))
        os.write(told, b"%d\n" % number)
        number += 1


def killed_while_writing(folder: Path, first: int, luck: random.Random) -> list[int]:
    """Return the numbers the child acknowledged before it was killed."""
    reading, told = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        write_for_ever(folder, first, told)
    os.close(told)
    with os.fdopen(reading, "rb") as lines:
        seen = [lines.readline() for _ in range(luck.randrange(0, 20))]
        sum(range(luck.randrange(20_000)))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        seen += lines.readlines()
    return [int(line) for line in seen if line.endswith(b"\n")]


def main() -> None:
    folder, luck, first = Path(sys.argv[1]), random.Random(sys.argv[2]), 0
    for _ in range(KILLS):
        numbers = killed_while_writing(folder, first, luck)
        sys.stdout.writelines(f"{number}\n" for number in numbers)
        # One more may have been written that nobody was told of.
        first = numbers[-1] + 2 if numbers else first + 2


if __name__ == "__main__":
    main()
