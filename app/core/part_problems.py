"""What is wrong in a field of a part, in words: patterns, keys, variables, topics, addresses.

One rule: one sentence a code, in English and Vietnamese, with the same slots.
"""

from __future__ import annotations

from typing import Final

from drivers.contract import N_

PART_SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "pattern_large": (N_("this pattern is too complicated"), "mẫu tìm này quá phức tạp"),
    "pattern_forbidden": (
        N_("“{part}” is not possible in a pattern here"),
        "không dùng được “{part}” trong mẫu tìm",
    ),
    "pattern_unfinished": (
        N_("the pattern is not finished at “{part}”"),
        "mẫu tìm chưa hoàn chỉnh ở “{part}”",
    ),
    "pattern_repeat": (
        N_("“{part}”: at most {most} times, the lower number first"),
        "“{part}”: tối đa {most} lần, số nhỏ đứng trước",
    ),
    "body_json": (
        N_("this begins like JSON but is not correct; put quotes round each text"),
        "nội dung bắt đầu giống JSON nhưng không đúng; hãy đặt mỗi đoạn chữ trong dấu ngoặc kép",
    ),
    "keys": (
        N_("“{keys}” is not a key combination. Example: Ctrl+Alt+F1"),
        "“{keys}” không phải phím tắt. Ví dụ: Ctrl+Alt+F1",
    ),
    "keys_alone": (
        N_("hold Ctrl, Alt or Meta with it, or use a function key"),
        "hãy giữ kèm Ctrl, Alt hoặc Meta, hoặc dùng phím chức năng",
    ),
    "variable_name": (
        N_("“{name}” cannot be a variable's name: one word of letters that means nothing else"),
        "“{name}” không thể là tên biến: cần một từ bằng chữ và chưa có nghĩa khác",
    ),
    "topic_sign": (
        N_("this character cannot stand in a topic"),
        "ký tự này không được có trong chủ đề",
    ),
    "topic_exact": (
        N_("+ and # cannot stand in a topic to publish to"),
        "chủ đề để gửi không được chứa + và #",
    ),
    "topic_filter": (
        N_("+ stands for one whole level and # for all that follow, at the end"),
        "+ thay cho đúng một cấp, # thay cho tất cả phần sau và phải ở cuối",
    ),
    "url": (
        N_("“{url}” is not an address. An address begins with https:// or http://"),
        "“{url}” không phải địa chỉ. Địa chỉ bắt đầu bằng https:// hoặc http://",
    ),
    "url_sign": (
        N_("there are spaces or signs in it that no address has"),
        "có khoảng trắng hoặc ký tự mà địa chỉ không thể có",
    ),
    "url_password": (
        N_("leave name and password out of the address; use a secret"),
        "đừng ghi tên và mật khẩu vào địa chỉ; hãy dùng khóa bí mật",
    ),
    "sound_name": (N_("this is not the name of a sound"), "đây không phải tên âm thanh"),
    "sound_outside": (
        N_("sounds are taken from the folder of sounds only"),
        "chỉ lấy âm thanh trong thư mục âm thanh",
    ),
}
