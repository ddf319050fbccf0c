"""A real guardian over the tiny core, as a process: `python -m tests.e2e.tiny_guardian PROFILE ...`."""

from __future__ import annotations

import logging
import signal
import sys
from pathlib import Path

from app.endpoint import TakenError
from app.guardian.watch import Guardian


def say(line):
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main():
    profile = Path(sys.argv[1])
    command = [sys.executable, "-m", "tests.e2e.tiny_core", *sys.argv[2:]]
    logging.basicConfig(level="INFO", stream=sys.stderr, format="%(relativeCreated)d %(message)s")
    try:
        guardian = Guardian(profile, command, on_line=say)
    except TakenError:
        return 3
    signal.signal(signal.SIGTERM, lambda *_: guardian.quit())
    signal.signal(signal.SIGINT, lambda *_: guardian.quit())
    return guardian.run()


if __name__ == "__main__":
    sys.exit(main())
