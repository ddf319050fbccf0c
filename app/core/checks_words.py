"""What warnings about rules say, and what their cures do, in English and Vietnamese.

One rule: a warning says what will happen to the streamer's gifts, then what to do about it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.core.parts import Say
from drivers.contract import N_

if TYPE_CHECKING:
    from app.core.check_rule import RuleWarning
    from app.core.speech import Speaker

WARNINGS: Final[dict[str, Say]] = {
    "nothing_chosen": Say(
        N_("This rule never runs: nothing is chosen here yet."),
        "Quy tắc này không bao giờ chạy: ở đây chưa chọn gì.",
    ),
    "condition_unfinished": Say(
        N_("This condition is not finished: something is still to be chosen."),
        "Điều kiện này chưa xong: còn mục chưa chọn.",
    ),
    "group_empty": Say(
        N_("There is no condition in this group. Add one or remove the group."),
        "Nhóm này không có điều kiện nào. Hãy thêm điều kiện hoặc xóa nhóm.",
    ),
    "never_holds": Say(
        N_("This can never be true for what starts the rule, so it never runs."),
        "Điều này không bao giờ đúng với sự kiện đã chọn, nên quy tắc không bao giờ chạy.",
    ),
    "contradiction": Say(
        N_("This and condition {other} are never true together, so the rule never runs."),
        "Điều này và điều kiện {other} không bao giờ cùng đúng, nên quy tắc không bao giờ chạy.",
    ),
    "no_steps": Say(
        N_("This rule does nothing yet. Add a step."),
        "Quy tắc này chưa làm gì. Hãy thêm một bước.",
    ),
    "steps_off": Say(
        N_("All its steps are turned off, so it does nothing."),
        "Mọi bước đều đang tắt nên quy tắc không làm gì.",
    ),
    "unreachable": Say(
        N_("This step is never reached: the one before it ends the run."),
        "Không bao giờ tới bước này: bước trước đã kết thúc lần chạy.",
    ),
    "replaced_at_once": Say(
        N_("This takes the place of the step before at once, so only one of them is seen."),
        "Bước này thay ngay bước trước, nên chỉ thấy một trong hai.",
    ),
    "skipped_at_once": Say(
        N_("The device is still busy with the step before, so this one is skipped."),
        "Thiết bị còn bận với bước trước nên bước này bị bỏ qua.",
    ),
    "rule_missing": Say(
        N_("The rule named here is gone. Choose another one."),
        "Quy tắc ghi ở đây không còn nữa. Hãy chọn quy tắc khác.",
    ),
    "names_itself": Say(
        N_("This rule names itself here. Choose another one."),
        "Quy tắc này gọi chính nó ở đây. Hãy chọn quy tắc khác.",
    ),
    "variable_unknown": Say(
        N_("Nothing sets the variable “{name}”. Add a step that sets it."),
        "Chưa có bước nào đặt biến “{name}”. Hãy thêm bước đặt biến này.",
    ),
    "variable_close": Say(
        N_("Nothing sets the variable “{name}”. Did you mean “{close}”?"),
        "Chưa có bước nào đặt biến “{name}”. Ý bạn là “{close}”?",
    ),
    "device_unchosen": Say(
        N_("No device is chosen, and none of yours can do this."),
        "Chưa chọn thiết bị, và không thiết bị nào của bạn làm được việc này.",
    ),
    "device_unchosen_cure": Say(
        N_("No device is chosen. {fitting} can do this."),
        "Chưa chọn thiết bị. {fitting} làm được việc này.",
    ),
    "device_missing": Say(
        N_("The device {device} is missing, so this step does nothing."),
        "Thiếu thiết bị {device} nên bước này không làm gì.",
    ),
    "device_missing_cure": Say(
        N_("The device {device} is missing, so this step does nothing. {fitting} can do this."),
        "Thiếu thiết bị {device} nên bước này không làm gì. {fitting} làm được việc này.",
    ),
    "device_gone": Say(
        N_("The device {device} is missing. Choose another one."),
        "Thiếu thiết bị {device}. Hãy chọn thiết bị khác.",
    ),
    "device_cannot": Say(
        N_("{device} cannot do this. Choose another device."),
        "{device} không làm được việc này. Hãy chọn thiết bị khác.",
    ),
    "device_cannot_cure": Say(
        N_("{device} cannot do this, but {fitting} can."),
        "{device} không làm được việc này, nhưng {fitting} làm được.",
    ),
    "output_missing": Say(
        N_("{device} has no output “{output}” that can do this."),
        "{device} không có đầu ra “{output}” làm được việc này.",
    ),
    "effect_missing": Say(
        N_("The device does not know the effect “{effect}”. It knows “{fitting}”."),
        "Thiết bị không biết hiệu ứng “{effect}”. Thiết bị biết “{fitting}”.",
    ),
    "sound_missing": Say(
        N_("There is no sound “{sound}”. Add the file or choose another one."),
        "Không có âm thanh “{sound}”. Hãy thêm tệp hoặc chọn âm thanh khác.",
    ),
    "sound_off": Say(
        N_("Sounds are turned off, so this is silent. Raise their loudness in Settings."),
        "Âm thanh đang tắt nên bước này im lặng. Hãy tăng độ to trong Cài đặt.",
    ),
    "speech_off": Say(
        N_("Speech is turned off, so nothing is read. Raise its loudness in Settings."),
        "Giọng đọc đang tắt nên không đọc gì. Hãy tăng độ to trong Cài đặt.",
    ),
    "obs_off": Say(
        N_("OBS is not set up, so this does nothing. Enter its port in Settings."),
        "Chưa thiết lập OBS nên bước này không làm gì. Hãy nhập cổng của OBS trong Cài đặt.",
    ),
    "mqtt_off": Say(
        N_("MQTT is not set up, so this does nothing. Enter your broker in Settings."),
        "Chưa thiết lập MQTT nên mục này không làm gì. Hãy nhập máy chủ MQTT trong Cài đặt.",
    ),
    "overlay_off": Say(
        N_("The overlay is turned off, so nobody sees this. Open the door for it in Settings."),
        "Màn hình LIVE đang đóng nên không ai thấy. Hãy mở cổng cho nó trong Cài đặt.",
    ),
    "door_off": Say(
        N_("The door for other programs is shut. Open it in Settings."),
        "Cổng cho chương trình khác đang đóng. Hãy mở trong Cài đặt.",
    ),
    "over_limit": Say(
        N_("{asked} is more than the device's limit of {most}; it will be cut down."),
        "{asked} vượt giới hạn {most} của thiết bị nên sẽ bị giảm xuống.",
    ),
    "zero": Say(
        N_("“{formula}” comes to zero for this rule, so the step does nothing."),
        "“{formula}” luôn bằng 0 với quy tắc này nên bước không làm gì.",
    ),
    "same_as": Say(
        N_("This does the same as “{other}”. Everything happens twice."),
        "Quy tắc này làm giống hệt “{other}”. Mọi thứ xảy ra hai lần.",
    ),
    "shadowed": Say(
        N_("“{other}” runs first and keeps the device busy, so this one is skipped every time."),
        "“{other}” chạy trước và làm thiết bị bận, nên quy tắc này luôn bị bỏ qua.",
    ),
    "cuts_off": Say(
        N_("This cuts “{other}” off every time, because it replaces what runs."),
        "Quy tắc này luôn ngắt “{other}” vì nó thay lệnh đang chạy.",
    ),
    "piles_up": Say(
        N_("This and “{other}” use the same device for the same thing and have no limits."),
        "Quy tắc này và “{other}” dùng chung thiết bị cho cùng một việc mà không có giới hạn.",
    ),
}

CURES: Final[dict[str, Say]] = {
    "variable_close": Say(N_("Use “{close}”"), "Dùng “{close}”"),
    "device_unchosen_cure": Say(N_("Use {fitting}"), "Dùng {fitting}"),
    "device_missing_cure": Say(N_("Use {fitting}"), "Dùng {fitting}"),
    "device_cannot_cure": Say(N_("Use {fitting}"), "Dùng {fitting}"),
    "output_missing": Say(N_("Use any output that fits"), "Dùng đầu ra nào phù hợp"),
    "effect_missing": Say(N_("Use “{fitting}”"), "Dùng “{fitting}”"),
    "over_limit": Say(N_("Set to {most}"), "Đặt thành {most}"),
    "shadowed": Say(N_("Wait in line"), "Xếp hàng"),
    "cuts_off": Say(N_("Wait in line"), "Xếp hàng"),
    "replaced_at_once": Say(N_("Wait in line"), "Xếp hàng"),
    "skipped_at_once": Say(N_("Wait in line"), "Xếp hàng"),
    "piles_up": Say(N_("Rest {seconds} after each run"), "Nghỉ {seconds} sau mỗi lần chạy"),
}

_SET_UP: Final = Say(N_("Open Settings"), "Mở Cài đặt")
# Nouns that `app.core.speech` knows.
_NOUNS: Final = {"s": "second", "rounds": "round", "rpm": "rpm", "percent": "percent"}


def warning_sentence(warning: RuleWarning, speaker: Speaker) -> str:
    """Say what will go wrong."""
    return speaker.template(WARNINGS[warning.code]).format_map(_worded(warning, speaker))


def cure_sentence(warning: RuleWarning, speaker: Speaker) -> str:
    """Say what the cure does, for a button; empty if there is no cure."""
    if warning.settings:
        return speaker.template(_SET_UP)
    say = CURES.get(warning.code)
    if say is None or not warning.cure:
        return ""
    return speaker.template(say).format_map(_worded(warning, speaker))


def _worded(warning: RuleWarning, speaker: Speaker) -> dict[str, str]:
    unit = next((value for name, value in warning.values if name == "unit"), "")
    words: dict[str, str] = {}
    for name, value in warning.values:
        if isinstance(value, str):
            words[name] = value
        elif name == "seconds":
            words[name] = speaker.counted(value, "second")
        elif isinstance(unit, str) and unit in _NOUNS and name in ("asked", "most"):
            words[name] = speaker.counted(value, _NOUNS[unit])
        else:
            words[name] = speaker.number(value)
    return words
