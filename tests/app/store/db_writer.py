"""A program that writes to the journal and says what is surely written; killed by its test."""

import sys
from pathlib import Path

from app.store.db import Database
from app.store.journal import Journal
from tests.app.store.samples import ROOM, START_MS, gift, outcome


def main() -> None:
    database = Database(Path(sys.argv[1]), lambda notice: None)
    database.open()
    journal = Journal(database)
    journal.begin_stream(ROOM, "anna", START_MS)
    number = int(sys.argv[2])
    while True:
        for _ in range(10):
            journal.on_outcome(outcome(gift(number)))
            number += 1
        if database.flush(30):
            sys.stdout.write(f"{number - 1}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
