"""Signs addresses in a process of its own, which is gone again a minute later.

One rule: the library costs memory and stands in nobody's way only where it is not in the core.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from asyncio.subprocess import PIPE, Process
from typing import TYPE_CHECKING, Any, Final

from app import launch
from app.core.links import LinkReason
from app.link import LinkError
from app.live import sign_messages as said

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from app.live.net import Addresses, Browser
    from app.live.tiktok import SignedAddress

log = logging.getLogger(__name__)

# The first message of a stream is part of the answer.
_MOST_BYTES: Final = 32 * 1024 * 1024
_END_S: Final = 2.0


class SignerApart:
    """What `app.live.tiktok.Signer` is, with the library elsewhere. The loop's thread only."""

    def __init__(
        self, addresses: Addresses, browser: Browser, *, key: str = "", ca_file: Path | None = None
    ) -> None:
        """Take where the sign server is; `key` is the user's own key, sent as a header only."""
        self.browser = browser
        self._addresses = addresses
        self._key = key
        self._ca_file = ca_file
        self._process: Process | None = None
        self._one_at_a_time = asyncio.Lock()

    async def sign(self, user: str, room_id: int) -> SignedAddress:
        """Return a fresh address of a running stream; raises LinkError saying what went wrong."""
        return said.read_signed(await self._ask({"user": user, "room_id": room_id}))

    async def sign_page(self, url: str) -> str:
        """Return the address of a page with its signature; raises LinkError. Costs as `sign`."""
        return str((await self._ask({"page": url}))["page"])

    async def use_browser(self, browser: Browser) -> None:
        """Be somebody else from now on: a new process, nothing of the old one is kept."""
        async with self._one_at_a_time:
            await self._end()
            self.browser = browser

    async def close(self) -> None:
        """End the process."""
        async with self._one_at_a_time:
            await self._end()

    # ------------------------------------------------------------ the process

    async def _ask(self, wish: Mapping[str, Any]) -> dict[str, Any]:
        async with self._one_at_a_time:
            try:
                line = await self._answer(wish)
                if not line:
                    # It had just ended by itself, or somebody ended it: nobody has signed.
                    await self._end()
                    line = await self._answer(wish)
            except BaseException:
                # Its answer would be taken for that to the next wish.
                await self._end()
                raise
        if not line:
            raise LinkError(LinkReason.UNEXPECTED_ANSWER, detail="the signing process ended")
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise said.read_failed(answer)
        return answer

    async def _answer(self, wish: Mapping[str, Any]) -> bytes:
        """Return the line that answers, empty if the process is gone."""
        process = self._process or await self._start()
        if process.stdin is None or process.stdout is None:
            return b""
        with contextlib.suppress(ConnectionError):
            process.stdin.write(said.line(wish))
            await process.stdin.drain()
        return await process.stdout.readline()

    async def _start(self) -> Process:
        try:
            self._process = process = await asyncio.create_subprocess_exec(
                *launch.own_command("sign"),
                stdin=PIPE,
                stdout=PIPE,
                cwd=launch.own_folder(),
                limit=_MOST_BYTES,
                **launch.apart(),
            )
        except OSError as error:
            raise LinkError(LinkReason.UNEXPECTED_ANSWER, detail=str(error)) from error
        if process.stdin is not None:
            first = said.begin(self._addresses, self.browser, self._key, self._ca_file)
            process.stdin.write(said.line(first))
        return process

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_END_S):
                await process.wait()
                return
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
