"""Which language the program speaks.

One rule: the setting decides, and where it leaves it open, the computer.
"""

from __future__ import annotations

import locale
from typing import Literal

Language = Literal["en", "vi"]


def language_of(setting: str) -> Language:
    """Return the language that the setting "en", "vi" or "system" stands for."""
    if setting == "system":
        setting = (locale.getlocale()[0] or "").casefold()[:2]
    return "vi" if setting.startswith("vi") else "en"
