"""Reads TikTok's answer with its list of gifts. Rule: nothing it says can hurt or hold anybody up.

The answer (GET webcast.tiktok.com/webcast/gift/list/) is `{"data": {"gifts": [gift, ..],
"pages": [{"gifts": [gift, ..]}, ..]}, "status_code": 0}`; a gift has `id`, `name`,
`diamond_count`, `type` (1: sends combine) and `combo`, beside some 3 KB of pictures.
"""

from __future__ import annotations

import json
import re
import zlib
from typing import TYPE_CHECKING, Any, Final

from app.core.giftlist import GiftKind

if TYPE_CHECKING:
    from collections.abc import Iterator

# A list of 700 gifts has some 2 MB, packed 0.2 MB.
PACKED_LIMIT: Final = 4 << 20
UNPACKED_LIMIT: Final = 16 << 20
MOST_LISTED: Final = 5_000
LONGEST_NAME: Final = 60
# One gift has some 3 KB; reading a larger piece at once would hold up everybody else.
_LARGEST_GIFT: Final = 64 << 10
_MOST_LISTS: Final = 50
_DEAREST: Final = 10_000_000
_LARGEST_ID: Final = 2**63 - 1
_COMBO_TYPE: Final = 1
_ANY_HEADER: Final = 47  # zlib's wbits for gzip or zlib, whichever it is
_STATUS: Final = re.compile(r'"status_code"\s*:\s*(-?\d{1,12})')
_LIST: Final = re.compile(r'"gifts"\s*:\s*\[')
_BETWEEN: Final = " \t\r\n,"


def unpacked(body: bytes, encoding: str) -> bytes:
    """Return the body of an answer; raises ValueError if it is damaged or far too large."""
    if not encoding or encoding == "identity":
        return body
    if encoding not in ("gzip", "deflate"):
        raise ValueError(f"packed as {encoding[:20]!r}")
    unpacker = zlib.decompressobj(_ANY_HEADER)
    try:
        plain = unpacker.decompress(body, UNPACKED_LIMIT)
    except zlib.error as error:
        raise ValueError("damaged") from error
    if unpacker.unconsumed_tail:
        raise ValueError("too large")
    return plain


def read_gifts_of(body: bytes) -> list[GiftKind]:
    """Return the gifts of an answer, each once; raises ValueError if it holds none.

    One gift after the other, so that a thread that reads never keeps the loop waiting.
    """
    text = body.decode("utf-8", "replace")
    found: dict[int, GiftKind] = {}
    for raw in _listed(text):
        kind = _kind(raw)
        if kind is not None:
            found.setdefault(kind.id, kind)
        if len(found) >= MOST_LISTED:
            break
    if not found:
        status = _STATUS.search(text)
        raise ValueError(f"no gifts in it, status {status[1]}" if status else "no gifts in it")
    return list(found.values())


def _listed(text: str) -> Iterator[object]:
    """Return the elements of every list called "gifts", whatever it is in; bounded."""
    place = 0
    for _ in range(_MOST_LISTS):
        start = _LIST.search(text, place)
        if start is None:
            return
        place = start.end()
        for raw, after in _elements(text, place):
            place = after
            yield raw


def _elements(text: str, place: int) -> Iterator[tuple[object, int]]:
    """Return what a list holds, each with the place after it, up to its end or its first damage."""
    decoder = json.JSONDecoder()
    for _ in range(MOST_LISTED):
        piece = text[place : place + _LARGEST_GIFT]
        skipped = len(piece) - len(piece.lstrip(_BETWEEN))
        if skipped == len(piece) or piece[skipped] == "]":
            return
        try:
            raw, end = decoder.raw_decode(piece, skipped)
        except (ValueError, RecursionError):
            return
        place += end
        yield raw, place


def _kind(raw: object) -> GiftKind | None:
    if not isinstance(raw, dict):
        return None
    gift_id = _number(raw.get("id"), _LARGEST_ID)
    if not gift_id:
        return None
    return GiftKind(gift_id, _name(raw.get("name")), _coins(raw), _combines(raw))


def _coins(raw: dict[str, Any]) -> int:
    return _number(raw.get("diamond_count"), _DEAREST)


def _combines(raw: dict[str, Any]) -> bool | None:
    """Say what a gift message with these values would say; None when they are not there."""
    combo, kind = raw.get("combo"), _number(raw.get("type"), _LARGEST_ID)
    if kind or combo is True:
        return combo is True or kind == _COMBO_TYPE
    return None


def _number(value: object, largest: int) -> int:
    fits = isinstance(value, int) and not isinstance(value, bool) and 0 < value <= largest
    return int(value) if fits and isinstance(value, int) else 0


def _name(value: object) -> str:
    """Return a name as one short line without signs that nobody sees."""
    if not isinstance(value, str):
        return ""
    words = " ".join("".join(sign if sign.isprintable() else " " for sign in value).split())
    return words[:LONGEST_NAME].strip()
