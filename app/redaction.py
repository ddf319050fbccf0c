"""What no log may hold, taken out of text: tokens, keys, session ids, cookies, queries of URLs.

One rule: rather a star too many than a secret in a file that people send around.
"""

from __future__ import annotations

import re
import threading

STARS = "***"
_SHORTEST = 6

# Every pattern is bounded or anchored, so that a long line takes no longer than many short ones.
# Everything behind "?" of an address: signed addresses of TikTok and the sign server are keys.
_USER_IN_URL = re.compile(r"(\b[a-z][a-z0-9+.-]{0,20}://)[^/\s@\"'<>]+@", re.IGNORECASE)
_QUERY_OF_URL = re.compile(r"(\b[a-z][a-z0-9+.-]{0,20}://[^\s?\"'<>]*\?)[^\s\"'<>]*", re.IGNORECASE)
_QUERY_OF_PATH = re.compile(r"((?:/[\w.~%-]{1,80}){1,12}/?\?)[\w.%+-]+=[^\s\"'<>]*")
# Headers that are secret to the end of the line, or to the closing quote.
_HEADER = re.compile(
    r"\b((?:proxy-)?authorization|(?:set-)?cookie)([\"']?\s*[=:]\s*|[\"']\s*,\s*b?)"
    r"(?:([\"']).*?\3|[^\r\n]*)",
    re.IGNORECASE,
)
_NAMES = (
    r"token|secret|passw(?:or)?d|passphrase|api[_-]?key|sign[_-]?key|jwt[_-]?key|session[_-]?id"
    r"|sid_tt|sid_guard|ttwid|odin_tt|csrf|signature|x-bogus|verify_?fp|credential"
)
_VALUE = re.compile(
    rf"(?<![\w-])([\w-]{{0,60}}(?:{_NAMES})[\w-]{{0,30}})([\"']?\s*[=:]\s*|[\"']\s*,\s*)(b?)"
    r"(?:([\"']).*?\4|[^\s\"'&;,)\]}]+)",
    re.IGNORECASE,
)
_BEARER = re.compile(r"\b(bearer|basic)\s+[A-Za-z0-9+/=._~-]{6,}", re.IGNORECASE)
_JWT = re.compile(r"\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?")
_EULER = re.compile(r"\beuler_[A-Za-z0-9_-]{6,}")
# What looks made by a machine to be guessed by nobody: 32 and more of mixed letters and digits.
_RANDOM = re.compile(
    r"(?<![\w-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?=[\w-]*\d)[A-Za-z0-9_-]{32,}(?![\w-])"
)
_HEX = re.compile(r"\b(?=[0-9]*[a-fA-F])[0-9a-fA-F]{32,}\b")

_hidden: set[str] = set()
_lock = threading.Lock()


def hide(secret: str) -> None:
    """Take this very text out of everything from now on; very short ones stay."""
    if len(secret) >= _SHORTEST:
        with _lock:
            _hidden.add(secret)


def without_hidden(data: bytes) -> bytes:
    """Return bytes with stars in the place of texts that were hidden."""
    for secret in tuple(_hidden):
        data = data.replace(secret.encode(), STARS.encode())
    return data


def redacted(text: str) -> str:
    """Return `text` with stars in the place of secrets."""
    for secret in tuple(_hidden):
        text = text.replace(secret, STARS)
    text = _USER_IN_URL.sub(rf"\1{STARS}@", text)
    text = _QUERY_OF_URL.sub(rf"\1{STARS}", text)
    text = _QUERY_OF_PATH.sub(rf"\1{STARS}", text)
    text = _HEADER.sub(rf"\1\2{STARS}", text)
    text = _VALUE.sub(rf"\1\2\3{STARS}", text)
    text = _BEARER.sub(rf"\1 {STARS}", text)
    for pattern in (_JWT, _EULER, _RANDOM, _HEX):
        text = pattern.sub(STARS, text)
    return text
