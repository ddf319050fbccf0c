"""Texts as cells of a table file. Rule: no cell is ever read as a formula, or ends its line."""

from __future__ import annotations

from typing import Final

# What spreadsheets take for the beginning of a formula, their wide twins included; what they skip
# before one; and what would break the line for programs that do not mind quotes.
_FORMULA: Final = tuple("=+-@|\t\r＝＋－＠")
_BREAKS: Final = dict.fromkeys([*range(32), 127, 0x85, 0x2028, 0x2029], " ")


def plain(text: str) -> str:
    """Return a text that stands in a cell as it is; names come from viewers and other people."""
    text = text.translate(_BREAKS)
    return f"'{text}" if text.lstrip("\u200b\ufeff\u00a0 ").startswith(_FORMULA) else text
