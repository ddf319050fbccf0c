"""Whether a device did what it was asked over HTTP. One rule: every answer must say so itself."""

from __future__ import annotations

import socket
from http.client import HTTPException, HTTPResponse
from io import BufferedReader
from typing import IO, TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST_BYTES = 1_000_000


class _Unclosed(BufferedReader):
    """What is read of one connection. The end of an answer is not that of the next one."""

    def close(self) -> None:
        """Stay open; the connection is closed by whoever opened it."""


class _Link:
    """All that an `HTTPResponse` wants of a connection."""

    def __init__(self, link: socket.socket) -> None:
        self._file = _Unclosed(socket.SocketIO(link, "r"))

    def makefile(self, *_: object, **__: object) -> IO[bytes]:
        return self._file


def all_good(link: socket.socket, answers: int, expect: bytes, left_s: Callable[[], float]) -> bool:
    """Read as many answers: True if each has a status of 2xx and, in its body, what is expected.

    They come in the order of the questions (RFC 9112, 9.3.2). Raises TimeoutError when no time is
    left, OSError if the connection breaks.
    """
    # It asks for a file, and nothing else.
    shared = cast("socket.socket", _Link(link))
    all_so_far = True
    try:
        for _ in range(answers):
            link.settimeout(max(0.001, left_s()))
            answer = HTTPResponse(shared)
            answer.begin()
            good = 200 <= answer.status < 300  # noqa: PLR2004 - HTTP's own numbers
            # What comes after a bad one is asked all the same: hanging up would take it back.
            all_so_far &= expect in answer.read(_MOST_BYTES) and good
    except HTTPException:
        return False
    return all_so_far
