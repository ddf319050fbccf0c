"""What people type as a TikTok user name, made clean.

One rule: what cannot be a name is refused here and never sent anywhere.
"""

from __future__ import annotations

import re

# TikTok's own rule: 2 to 24 letters, digits, underscores and dots, not ending in a dot.
_NAME = re.compile(r"[a-z0-9_.]{1,23}[a-z0-9_]")
_PROFILE = re.compile(
    r"(?:https?://)?(?:www\.|m\.)?tiktok\.com/@([^/?#\s]+)(?:[/?#].*)?", re.IGNORECASE
)


def clean_user_name(text: str) -> str:
    """Return the bare user name of "@name", a name or a profile address; "" if it is none."""
    stripped = text.strip().strip("\u200b\u200e\u200f\ufeff").strip()
    profile = _PROFILE.fullmatch(stripped)
    name = (profile[1] if profile else stripped).removeprefix("@").casefold()
    return name if _NAME.fullmatch(name) else ""
