"""What must be read and typed before an output that hurts does anything, in both languages.

One rule: it is typed by a person at this computer; no file, rule or message from elsewhere is it.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from drivers.contract import Capability, Hazard

PHRASES: Final[dict[str, str]] = {
    "en": "I know this can hurt",
    "vi": "Tôi biết thiết bị này có thể gây đau",
}
TEXTS: Final[dict[str, tuple[str, ...]]] = {
    "en": (
        "This device gives electric shocks. It is meant for a person who wants it and can end it.",
        "Never above the waist or near the heart, and never on anybody under 18 or on an animal.",
        "Never with a heart condition, a pacemaker or epilepsy, and never in pregnancy.",
        "Keep it where the person wearing it can take it off at once, and keep STOP in reach.",
        "Giftwire limits strength and length. These limits stay, whatever a rule asks for.",
    ),
    "vi": (
        "Thiết bị này phóng điện gây giật. Chỉ dùng cho người tự nguyện và tự dừng được.",
        "Không đeo từ thắt lưng trở lên hoặc gần tim; không dùng cho người dưới 18 tuổi, động vật.",
        "Không dùng khi có bệnh tim, máy tạo nhịp, động kinh hoặc đang mang thai.",
        "Người đeo phải tháo ra được ngay, và nút DỪNG luôn trong tầm tay.",
        "Giftwire giới hạn cường độ và thời gian. Giới hạn này luôn giữ, dù quy tắc yêu cầu gì.",
    ),
}


def needs_consent(capability: Capability) -> bool:
    """Say whether an output stays off until somebody has consented."""
    return capability.hazard is Hazard.PAIN


def is_phrase(typed: str) -> bool:
    """Say whether these are the words, in any of the languages; case and spaces do not matter."""
    return _plain(typed) in {_plain(phrase) for phrase in PHRASES.values()}


def _plain(text: str) -> str:
    composed = unicodedata.normalize("NFC", text).casefold()
    return " ".join(composed.strip(" .!\"'“”").split())
