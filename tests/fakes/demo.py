"""A TikTok LIVE to try the program on: `python -m tests.fakes.demo --port 0`.

Prints one JSON line with its address, then streams until stdin closes or it is told to end.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING

from tests.fakes.tiktok.server import FakeTikTok
from tests.fakes.tiktok.show import Show

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

USER = "giftwire_demo"


def _watch_stdin(stop: Callable[[], None]) -> None:
    # os.read, because a daemon thread inside sys.stdin would abort the interpreter at exit; a
    # thread, because Windows cannot wait for a pipe in its event loop.
    try:
        while os.read(sys.stdin.fileno(), 4096):
            continue
    except (OSError, ValueError):
        pass
    stop()


async def serve(port: int, rate: float, seed: int, *, watch_stdin: bool) -> None:
    """Stream the show to everybody who comes, until stdin closes or a signal arrives."""
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()

    def stop(*_: object) -> None:
        try:
            loop.call_soon_threadsafe(ended.set)
        except RuntimeError:
            return  # the loop is closed: we are ending anyway

    names = ("SIGINT", "SIGTERM", "SIGBREAK")  # the last one only on Windows
    for number in (getattr(signal, name) for name in names if hasattr(signal, name)):
        signal.signal(number, stop)
    tiktok = FakeTikTok(USER)
    tiktok.room.default_script = Show(rate=rate, seed=seed)
    await tiktok.start(port)
    try:
        print(json.dumps({"tiktok": tiktok.base, "user": USER}), flush=True)
        if watch_stdin:
            threading.Thread(target=_watch_stdin, args=(stop,), daemon=True).start()
        await ended.wait()
    finally:
        await tiktok.stop()


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(prog="python -m tests.fakes.demo", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--rate", type=float, default=1.0, help="2 means twice as busy")
    parser.add_argument("--seed", type=int, default=1, help="the same seed, the same show")
    parser.add_argument(
        "--keep", action="store_true", help="go on when stdin closes; end by signal only"
    )
    options = parser.parse_args(arguments)
    if options.rate <= 0:
        parser.error("--rate must be above 0")
    asyncio.run(serve(options.port, options.rate, options.seed, watch_stdin=not options.keep))


if __name__ == "__main__":
    main()
