"""Names of outputs made from names that people gave. One rule: the same name every time."""

from __future__ import annotations

import hashlib

# Rules keep no longer ones.
LONGEST = 60
_MARK = 8


def output_name(text: str) -> str:
    """Return a name that fits; a long one keeps its beginning and gets a mark of the whole."""
    if len(text) <= LONGEST:
        return text
    mark = hashlib.sha256(text.encode()).hexdigest()[:_MARK]
    return f"{text[: LONGEST - _MARK - 1]}~{mark}"
