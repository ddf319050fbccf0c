"""Why a gate let a rule through or stopped it, in words: English sources and Vietnamese.

One rule: one sentence per meaning, whole, with named slots; who shows it fills them.
"""

from __future__ import annotations

from typing import Final

from app.core.expressions import Fault
from app.core.outcome import Drop, Reason
from app.core.parts import Say
from drivers.contract import N_

# English sources with named slots, for whoever translates by its own catalogue.
REASONS: Final[dict[Reason, str]] = {
    Reason.PASSED: N_("passed"),
    Reason.NO_MATCH: N_("the rule is for something else"),
    Reason.COMBO_RUNNING: N_("waiting for the combo to end, {total} so far"),
    Reason.BELOW_COINS: N_("only gifts of {at_least} coins or more"),
    Reason.CONDITION_FALSE: N_("a condition is not met"),
    Reason.RULE_OFF: N_("the rule is turned off"),
    Reason.RULES_PAUSED: N_("rules are paused"),
    Reason.STOPPED: N_("everything is stopped"),
    Reason.BACKLOG: N_("it happened before we connected"),
    Reason.COOLDOWN: N_("cooling down, {left_s} left"),
    Reason.MAX_PER_STREAM: N_("the limit of {most} per stream is reached"),
    Reason.LIMITED: N_("cut down from {asked} to {allowed}"),
    Reason.EXPRESSION_FAILED: N_("the formula “{formula}” does not work: {fault}"),
    Reason.NO_DEVICE: N_("there is no device for this: {device}"),
    Reason.NOTHING_TO_DO: N_("it comes to zero, so there is nothing to do"),
    Reason.GROUP_OFF: N_("its group is turned off"),
    Reason.MAX_PER_HOUR: N_("the limit of {most} per hour is reached"),
    Reason.DEVICE_COOLDOWN: N_("{device} rests, {left_s} left"),
    Reason.STILL_RUNNING: N_("it is still running from before"),
    Reason.TOO_MANY_RUNS: N_("{most} runs are waiting or running already"),
    Reason.WAITING: N_("waits for its turn, {place} in line"),
    Reason.WAITED_TOO_LONG: N_("it waited too long for its turn, {waited_s}"),
    Reason.RESTARTED: N_("it started over, so this run ended"),
    Reason.ENDED: N_("the run ends here"),
    Reason.RUNAWAY: N_("it ended after {most} steps, which is too many for one run"),
    Reason.TOO_LONG: N_("it ended because it had been running for {most_s}"),
    Reason.TOO_DEEP: N_("rules may start one another {most} deep at most"),
    Reason.NO_RULE: N_("there is no such rule: {rule}"),
    Reason.RULE_GONE: N_("the rule was deleted"),
    Reason.OTHER_SET: N_("another set of rules was chosen"),
    Reason.UNKNOWN_VARIABLE: N_("the formula “{formula}” needs “{name}”, which nothing has set"),
    Reason.BAD_VARIABLE: N_("the variable “{variable}” stays as it is: {fault}"),
    Reason.OWED: N_("kept as owed for {owed_s}"),
}

REASONS_VI: Final[dict[Reason, str]] = {
    Reason.PASSED: "đạt",
    Reason.NO_MATCH: "quy tắc dành cho việc khác",
    Reason.COMBO_RUNNING: "chờ combo kết thúc, đã có {total}",
    Reason.BELOW_COINS: "chỉ nhận quà từ {at_least} xu trở lên",
    Reason.CONDITION_FALSE: "một điều kiện chưa đúng",
    Reason.RULE_OFF: "quy tắc đang tắt",
    Reason.RULES_PAUSED: "các quy tắc đang tạm dừng",
    Reason.STOPPED: "mọi thứ đang dừng",
    Reason.BACKLOG: "xảy ra trước khi kết nối",
    Reason.COOLDOWN: "đang nghỉ, còn {left_s}",
    Reason.MAX_PER_STREAM: "đã đủ {most} lần cho một buổi LIVE",
    Reason.LIMITED: "giảm từ {asked} xuống {allowed}",
    Reason.EXPRESSION_FAILED: "công thức “{formula}” không tính được: {fault}",
    Reason.NO_DEVICE: "không có thiết bị phù hợp: {device}",
    Reason.NOTHING_TO_DO: "kết quả bằng 0 nên không cần làm gì",
    Reason.GROUP_OFF: "nhóm của quy tắc đang tắt",
    Reason.MAX_PER_HOUR: "đã đủ {most} lần trong một giờ",
    Reason.DEVICE_COOLDOWN: "{device} đang nghỉ, còn {left_s}",
    Reason.STILL_RUNNING: "lần chạy trước chưa xong",
    Reason.TOO_MANY_RUNS: "đã có {most} lần đang chạy hoặc chờ",
    Reason.WAITING: "chờ đến lượt, thứ {place} trong hàng",
    Reason.WAITED_TOO_LONG: "đã chờ đến lượt quá lâu, {waited_s}",
    Reason.RESTARTED: "quy tắc chạy lại từ đầu nên lần chạy này kết thúc",
    Reason.ENDED: "lần chạy kết thúc tại đây",
    Reason.RUNAWAY: "đã dừng sau {most} bước, quá nhiều cho một lần chạy",
    Reason.TOO_LONG: "đã dừng vì chạy suốt {most_s}",
    Reason.TOO_DEEP: "các quy tắc chỉ được gọi nhau tối đa {most} tầng",
    Reason.NO_RULE: "không có quy tắc này: {rule}",
    Reason.RULE_GONE: "quy tắc đã bị xóa",
    Reason.OTHER_SET: "đã chọn bộ quy tắc khác",
    Reason.UNKNOWN_VARIABLE: "công thức “{formula}” cần “{name}” nhưng chưa có giá trị",
    Reason.BAD_VARIABLE: "biến “{variable}” giữ nguyên: {fault}",
    Reason.OWED: "được ghi nợ trong {owed_s}",
}

DROPS: Final[dict[Drop, str]] = {
    Drop.NONE: "",
    Drop.TOO_OLD: N_("it waited too long"),
    Drop.REPLACED: N_("a newer one took its place"),
    Drop.BUSY: N_("the device was busy"),
    Drop.QUEUE_FULL: N_("too many were waiting"),
    Drop.OFFLINE: N_("the device is offline"),
    Drop.STOPPED: N_("everything was stopped"),
    Drop.RATE: N_("too soon after the last one"),
    Drop.COOLDOWN: N_("the device is cooling down"),
    Drop.DUTY: N_("the device needs a rest"),
    Drop.UNSUPPORTED: N_("the device cannot do this"),
    Drop.REFUSED: N_("the device refused"),
    Drop.NO_ANSWER: N_("the device did not answer"),
    Drop.LOST: N_("the device was unplugged"),
    Drop.INTERRUPTED: N_("it was interrupted"),
    Drop.SKIPPED: N_("you skipped it"),
    Drop.NO_DEVICE: N_("the device is missing"),
    Drop.NOT_SET_UP: N_("it is not set up; see Settings"),
    Drop.NOT_FOUND: N_("nothing has this name"),
    Drop.AT_HOME: N_("the name leads into your own network; if you mean that, write the number"),
    Drop.NO_CONSENT: N_("it can hurt; read and type the consent on its card first"),
    Drop.NOT_ARMED: N_("it is not armed; arm it on its card first"),
    Drop.USED_UP: N_("what it may use is used up"),
    Drop.INTERLOCK: N_("it must not run together with what runs now"),
    Drop.POWER: N_("the power supply does not give that much at once"),
}

DROPS_VI: Final[dict[Drop, str]] = {
    Drop.NONE: "",
    Drop.TOO_OLD: "đã chờ quá lâu",
    Drop.REPLACED: "đã có lệnh mới hơn thay thế",
    Drop.BUSY: "thiết bị đang bận",
    Drop.QUEUE_FULL: "có quá nhiều lệnh đang chờ",
    Drop.OFFLINE: "thiết bị mất kết nối",
    Drop.STOPPED: "mọi thứ đã dừng",
    Drop.RATE: "quá sát lần trước",
    Drop.COOLDOWN: "thiết bị đang nghỉ",
    Drop.DUTY: "thiết bị cần nghỉ",
    Drop.UNSUPPORTED: "thiết bị không làm được việc này",
    Drop.REFUSED: "thiết bị từ chối",
    Drop.NO_ANSWER: "thiết bị không trả lời",
    Drop.LOST: "thiết bị đã bị rút ra",
    Drop.INTERRUPTED: "đã bị gián đoạn",
    Drop.SKIPPED: "bạn đã bỏ qua",
    Drop.NO_DEVICE: "thiếu thiết bị",
    Drop.NOT_SET_UP: "chưa thiết lập; xem phần Cài đặt",
    Drop.NOT_FOUND: "không có mục nào tên này",
    Drop.AT_HOME: "tên này dẫn vào mạng riêng của bạn; nếu đúng ý bạn, hãy ghi địa chỉ bằng số",
    Drop.NO_CONSENT: "có thể gây đau; hãy đọc và gõ lời đồng ý trên thẻ thiết bị trước",
    Drop.NOT_ARMED: "thiết bị đang khóa; hãy mở khóa trên thẻ của nó trước",
    Drop.USED_UP: "đã dùng hết mức cho phép",
    Drop.INTERLOCK: "không được chạy cùng lúc với thứ đang chạy",
    Drop.POWER: "nguồn điện không đủ cho nhiều thứ cùng lúc",
}

FAULTS: Final[dict[Fault, Say]] = {
    Fault.DIVIDED_BY_ZERO: Say(N_("it divides by zero"), "chia cho 0"),
    Fault.TOO_LARGE: Say(N_("the number is too large"), "số quá lớn"),
    Fault.FAILED: Say(N_("it gives no number"), "không ra số"),
    Fault.UNKNOWN_NAME: Say(N_("something in it is not set yet"), "có phần chưa được đặt giá trị"),
    Fault.NOT_A_NUMBER: Say(N_("it is a text"), "đó là chữ"),
    Fault.BAD_NAME: Say(N_("it cannot have this name"), "không thể đặt tên như vậy"),
    Fault.TOO_MANY: Say(N_("there are too many variables"), "có quá nhiều biến"),
}

# What is said instead where a gate has more to tell: (gate or its family, reason).
STEPS: Final[dict[tuple[str, Reason], Say]] = {
    ("when", Reason.PASSED): Say(N_("it fits"), "phù hợp"),
    ("when_counted", Reason.PASSED): Say(
        N_("it fits and counts as {amount}"), "phù hợp, tính là {amount}"
    ),
    ("asked", Reason.PASSED): Say(
        N_("directly, not through a rule"), "trực tiếp, không qua quy tắc"
    ),
    ("rule", Reason.PASSED): Say(N_("the rule is on"), "quy tắc đang bật"),
    ("limits:cooldown", Reason.PASSED): Say(
        N_("the cooldown of {cooldown_s} is over"), "đã nghỉ đủ {cooldown_s}"
    ),
    ("limits:viewer_cooldown", Reason.PASSED): Say(
        N_("this viewer's cooldown of {cooldown_s} is over"),
        "đã cách lần trước của người xem này đủ {cooldown_s}",
    ),
    ("limits:viewer_cooldown", Reason.COOLDOWN): Say(
        N_("cooling down for this viewer, {left_s} left"), "người xem này phải chờ thêm {left_s}"
    ),
    ("limits:max_per_stream", Reason.PASSED): Say(
        N_("ran {runs} of at most {most} times in this stream"),
        "đã chạy {runs}/{most} lần trong buổi LIVE này",
    ),
    ("limits:max_per_hour", Reason.PASSED): Say(
        N_("ran {runs} of at most {most} times in the last hour"),
        "đã chạy {runs}/{most} lần trong một giờ qua",
    ),
    ("limits:ceiling", Reason.PASSED): Say(
        N_("{asked} of at most {most}"), "{asked}, tối đa {most}"
    ),
    ("do", Reason.PASSED): Say(N_("goes to {device}"), "gửi tới {device}"),
    ("do_done", Reason.PASSED): Say(N_("done"), "đã làm"),
    ("do_pause", Reason.PASSED): Say(N_("goes on after {pause_s}"), "tiếp tục sau {pause_s}"),
    ("do_picked", Reason.PASSED): Say(
        N_("chance took choice {picked} of {choices}"),
        "ngẫu nhiên chọn mục {picked} trong {choices}",
    ),
    ("do_branch", Reason.PASSED): Say(N_("takes branch {branch}"), "theo nhánh {branch}"),
    ("do_otherwise", Reason.PASSED): Say(
        N_("no branch fits, so it does what stands under “Else”"),
        "không nhánh nào đúng nên làm phần “Nếu không”",
    ),
    ("do_repeats", Reason.PASSED): Say(N_("{repeats} times"), "{repeats} lần"),
    ("do_variable", Reason.PASSED): Say(
        N_("{variable} is now {value}"), "{variable} bây giờ là {value}"
    ),
    ("do_outlet", Reason.PASSED): Say(N_("is sent out ({outlet})"), "được gửi đi ({outlet})"),
    ("do_rule", Reason.PASSED): Say(N_("starts the rule {rule}"), "chạy quy tắc {rule}"),
    ("do_rule_on", Reason.PASSED): Say(N_("turns on the rule {rule}"), "bật quy tắc {rule}"),
    ("do_rule_off", Reason.PASSED): Say(N_("turns off the rule {rule}"), "tắt quy tắc {rule}"),
    ("run", Reason.PASSED): Say(N_("and {more_steps} more steps"), "và {more_steps} bước nữa"),
    ("run:called", Reason.PASSED): Say(N_("started by the rule {rule}"), "do quy tắc {rule} gọi"),
    ("run:turn", Reason.PASSED): Say(
        N_("its turn came after {waited_s}"), "đến lượt sau {waited_s}"
    ),
    ("do_unchosen", Reason.NO_DEVICE): Say(N_("no device is chosen"), "chưa chọn thiết bị"),
    ("part", Reason.EXPRESSION_FAILED): Say(
        N_("a part of this rule does not work ({fault})"),
        "một phần của quy tắc này bị lỗi ({fault})",
    ),
}

GATES: Final[dict[str, Say]] = {
    "when": Say(N_("When"), "Khi"),
    "only_if": Say(N_("Only if"), "Chỉ khi"),
    "rule": Say(N_("Rule"), "Quy tắc"),
    "limits": Say(N_("Limits"), "Giới hạn"),
    "do": Say(N_("Do"), "Thì"),
    "run": Say(N_("Run"), "Lần chạy"),
    "asked": Say(N_("Asked"), "Yêu cầu"),
}
