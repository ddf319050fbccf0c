"""What is said about packs: why one is refused, and what it reaches outside the rules.

One rule: one whole sentence per meaning, in English and Vietnamese.
"""

from __future__ import annotations

from typing import Final

from app.core.parts import Say
from drivers.contract import N_

PROBLEMS: Final[dict[str, Say]] = {
    "pack_large": Say(
        N_("The file is larger than {most} MB, so it is not a pack. Choose another file."),
        "Tệp lớn hơn {most} MB nên không phải gói quy tắc. Hãy chọn tệp khác.",
    ),
    "pack_deep": Say(
        N_("Too many things are inside one another in this file, so it is not opened."),
        "Tệp có quá nhiều lớp lồng nhau nên không được mở.",
    ),
    "pack_twice": Say(
        N_(
            "“{name}” is written twice in the same place of this file, so it is not opened. "
            "Ask for a new copy."
        ),
        "“{name}” xuất hiện hai lần ở cùng một chỗ nên tệp không được mở. Hãy xin bản khác.",
    ),
    "pack_unreadable": Say(
        N_("This file cannot be read. Ask whoever gave it to you for a new copy."),
        "Không đọc được tệp này. Hãy xin lại bản khác từ người đã gửi.",
    ),
    "pack_none": Say(
        N_("This file is not a pack. Choose another file."),
        "Tệp này không phải gói quy tắc. Hãy chọn tệp khác.",
    ),
    "pack_many": Say(
        N_("There are more than {most} rules in this pack."),
        "Gói này có hơn {most} quy tắc.",
    ),
    "pack_parts": Say(
        N_("There are more than {most} conditions and steps in this pack."),
        "Gói này có hơn {most} điều kiện và bước.",
    ),
    "pack_field": Say(
        N_("This pack does not fit here ({problem})."),
        "Gói này không dùng được ở đây ({problem}).",
    ),
    "pack_empty": Say(
        N_("There are no rules in this pack. Choose another file."),
        "Gói này không có quy tắc nào. Hãy chọn tệp khác.",
    ),
    "role_unknown": Say(
        N_("It uses “{role}”, which the pack does not ask for."),
        "Có dùng “{role}” mà gói không khai báo.",
    ),
    "role_cannot": Say(
        N_("“{role}” is asked for as something that cannot do this."),
        "“{role}” được khai báo là thiết bị không làm được việc này.",
    ),
    "url_scheme": Say(
        N_("Only addresses with http or https may be called, not {url}."),
        "Chỉ được gọi địa chỉ http hoặc https, không phải {url}.",
    ),
    "url_login": Say(
        N_("The address of {host} holds a user name or password. Leave them out and use a secret."),
        "Địa chỉ của {host} chứa tên đăng nhập hoặc mật khẩu. Hãy bỏ ra và dùng khóa bí mật.",
    ),
    "url_local": Say(
        N_("It would call {host} in your own network, which a pack may not."),
        "Gói muốn gọi {host} trong mạng riêng của bạn, điều này không được phép.",
    ),
    "url_odd": Say(
        N_("The address {url} is written in an odd way. Write it out in full."),
        "Địa chỉ {url} được viết bất thường. Hãy viết đầy đủ.",
    ),
    "cannot_limit": Say(
        N_(
            "A formula is too long for your limit to be added to it. "
            "Set the limit in the rule itself."
        ),
        "Công thức quá dài nên không áp được giới hạn của bạn. Hãy đặt giới hạn trong quy tắc.",
    ),
    "cannot_rename": Say(
        N_(
            "You have a variable “{name}” already, and a text is too long for another name. "
            "Share your variables with the pack."
        ),
        "Bạn đã có biến “{name}”, mà nội dung quá dài nên không đổi tên được. "
        "Hãy dùng chung biến với gói.",
    ),
    "place_unknown": Say(
        N_("The device chosen for “{role}” is not there or cannot do this."),
        "Thiết bị chọn cho “{role}” không có hoặc không làm được việc này.",
    ),
    "pack_full": Say(
        N_("There is no room for that many more rules. Delete some first."),
        "Không còn chỗ cho từng ấy quy tắc. Hãy xóa bớt trước.",
    ),
}

# What a pack can reach; {what} is a name, an address, a device.
REACHES: Final[dict[str, Say]] = {
    "device": Say(N_("drives {what}"), "điều khiển {what}"),
    "hazard": Say(
        N_("drives {what}, which can hurt people or things"),
        "điều khiển {what}, có thể gây thương tích hoặc hư hỏng",
    ),
    "webhook": Say(N_("sends requests to {what}"), "gửi yêu cầu tới {what}"),
    "webhook_asked": Say(
        N_("sends requests to an address that you give"), "gửi yêu cầu tới địa chỉ bạn nhập"
    ),
    "sound": Say(N_("plays the sound {what}"), "phát âm thanh {what}"),
    "speech": Say(N_("reads texts aloud"), "đọc to nội dung"),
    "mqtt": Say(N_("publishes to your MQTT broker: {what}"), "gửi tới máy chủ MQTT: {what}"),
    "obs": Say(N_("switches OBS: {what}"), "chuyển OBS: {what}"),
    "overlay": Say(N_("shows texts on your overlay"), "hiện chữ trên màn hình LIVE"),
    "notify": Say(N_("shows you notifications"), "hiện thông báo cho bạn"),
    "log": Say(N_("writes to your own log"), "ghi vào nhật ký của bạn"),
    "alarm": Say(N_("raises alarms"), "phát báo động"),
    "people": Say(N_("treats these people apart: {what}"), "đối xử riêng với: {what}"),
    "hears_mqtt": Say(
        N_("can be started over your MQTT broker: {what}"),
        "có thể được kích hoạt qua máy chủ MQTT: {what}",
    ),
    "hears_call": Say(
        N_("can be started by programs on this computer: {what}"),
        "có thể được kích hoạt bởi chương trình trên máy này: {what}",
    ),
    "hotkey": Say(N_("listens for the keys {what}"), "nghe phím tắt {what}"),
    "other": Say(N_("does more outside the rules: {what}"), "làm việc khác bên ngoài: {what}"),
}
