"""The process that signs: wishes on its standard input, answers on its output.

One rule: it ends with its input, and by itself once nobody has asked for a while.
"""

from __future__ import annotations

import asyncio
import io
import json
import logging
import sys
import threading
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from app.link import LinkError, SystemClock
from app.live import sign_messages as said
from app.live.net import trust
from app.live.tiktok import Signer

if TYPE_CHECKING:
    from collections.abc import Mapping

log = logging.getLogger(__name__)

# An address is asked for once and again soon if the first did not do; then not for hours.
IDLE_S: Final = 60.0


def serve_standard() -> int:
    """Serve on the standard input and output; returns the exit code.

    Whatever else prints is led to the standard error: the output is for answers alone.
    """
    sys.stdout = sys.stderr
    # Neither is closed or buffered: a thread reads the one until the process ends.
    return asyncio.run(serve(io.FileIO(0, closefd=False), io.FileIO(1, "w", closefd=False)))


async def serve(wishes: io.RawIOBase, answers: io.RawIOBase, idle_s: float = IDLE_S) -> int:
    """Answer one wish after the other until the input ends or nobody has asked for `idle_s`."""
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[bytes] = asyncio.Queue()

    def read() -> None:
        try:
            for line in wishes:
                loop.call_soon_threadsafe(lines.put_nowait, line)
            loop.call_soon_threadsafe(lines.put_nowait, b"")
        except (RuntimeError, OSError, ValueError):
            # We ended first.
            return

    threading.Thread(target=read, name="wishes", daemon=True).start()
    first = await lines.get()
    if not first:
        return 0
    addresses, browser, key, ca_file = said.begun(json.loads(first))
    signer = Signer(addresses, browser, cache(lambda: trust(ca_file)), SystemClock(), key=key)
    try:
        while line := await asyncio.wait_for(lines.get(), idle_s):
            answers.write(said.line(await _answer(signer, json.loads(line))))
    except TimeoutError:
        log.debug("nobody has asked for %g s", idle_s)
    finally:
        await signer.close()
    return 0


async def _answer(signer: Signer, wish: Mapping[str, Any]) -> dict[str, Any]:
    try:
        if "page" in wish:
            return {"page": await signer.sign_page(wish["page"])}
        return said.signed(await signer.sign(wish["user"], wish["room_id"]))
    except LinkError as error:
        return said.failed(error)
