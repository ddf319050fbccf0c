"""How rules are put into words: numbers, counted nouns, devices and templates in each language.

One rule: whole templates with named slots, one per language; words are never glued together.
"""

from __future__ import annotations

import string
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.core.expressions import Formula
    from app.core.linear import Linear
    from app.core.parts import Action, Condition, Part, Say

Language = Literal["en", "vi"]
Role = Literal["plain", "when", "iff", "do", "limit", "missing"]
# Names that users typed are fenced off, so that their direction cannot turn the sentence round.
OPEN: Final = "\u2068"
CLOSE: Final = "\u2069"
MAX_ALTERNATIVES: Final = 3
MAX_STEPS: Final = 2


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a sentence and its role, which gives the colour."""

    role: Role
    text: str


Slot = str | tuple[Segment, ...]

# English one, English many, Vietnamese (which has no plural).
_NOUNS: Final[dict[str, tuple[str, str, str]]] = {
    "round": ("{n} round", "{n} rounds", "{n} vòng"),
    "time": ("{n} time", "{n} times", "{n} lần"),
    "second": ("{n} s", "{n} s", "{n} giây"),
    "minute": ("{n} min", "{n} min", "{n} phút"),
    "hour": ("{n} h", "{n} h", "{n} giờ"),
    "viewer": ("{n} viewer", "{n} viewers", "{n} người xem"),
    "point": ("{n} point", "{n} points", "{n} điểm"),
    "percent": ("{n} %", "{n} %", "{n} %"),
    "rpm": ("{n} RPM", "{n} RPM", "{n} vòng/phút"),
    "coin": ("{n} coin", "{n} coins", "{n} xu"),
    "gift": ("{n} gift", "{n} gifts", "{n} món quà"),
    "like": ("{n} like", "{n} likes", "{n} lượt thích"),
    "month": ("{n} month", "{n} months", "{n} tháng"),
    "more_gift": ("{n} more gift", "{n} more gifts", "{n} quà khác"),
    "more_step": ("{n} more step", "{n} more steps", "{n} bước nữa"),
    "more_text": ("{n} more text", "{n} more texts", "{n} cụm từ khác"),
    "more_person": ("{n} more person", "{n} more people", "{n} người khác"),
}

# What stands after the amount when a formula is a factor per unit; "each time" where events count.
_PER: Final[dict[str, tuple[str, str]]] = {
    "coin": ("{amount} per coin", "{amount} mỗi xu"),
    "gift": ("{amount} per gift", "{amount} mỗi món quà"),
    "time": ("{amount} each time", "{amount} mỗi lần"),
    "month": ("{amount} per month", "{amount} mỗi tháng"),
}
_AT_MOST: Final = ("{amount} (at most {most})", "{amount} (tối đa {most})")
_PER_MANY: Final = ("{amount} per {units}", "{amount} mỗi {units}")

# What stands for a part that is still to be chosen or written; it reads as the noun it is for.
_MISSING: Final[dict[str, tuple[str, str]]] = {
    "gift": ("a gift (choose one)", "quà (hãy chọn)"),
    "device": ("a device (choose one)", "thiết bị (hãy chọn)"),
    "text": ("a text (write it)", "nội dung (hãy nhập)"),
    "command": ("a command (write it)", "lệnh (hãy nhập)"),
    "condition": ("a condition (choose one)", "điều kiện (hãy chọn)"),
    "action": ("choose what to do", "chọn việc cần làm"),
    "rule": ("(choose one)", "(hãy chọn)"),
    "variable": ("a variable (choose one)", "biến (hãy chọn)"),
    "name": ("(write a name)", "(hãy nhập tên)"),
    "person": ("a person (write a user name)", "một người (hãy nhập tên người dùng)"),
    "pattern": ("a pattern (write it)", "mẫu (hãy nhập)"),
    "topic": ("a topic (write it)", "chủ đề (hãy nhập)"),
    "keys": ("keys (choose them)", "phím tắt (hãy chọn)"),
    "sound": ("(choose one)", "(hãy chọn)"),
    "url": ("(write it)", "(hãy nhập)"),
    "scene": ("a scene (choose one)", "cảnh (hãy chọn)"),
    "source": ("a source (choose one)", "nguồn (hãy chọn)"),
    "reading": ("a value (choose one)", "số đo (hãy chọn)"),
}

# Devices that rules may name by what they are, before the user has any.
ROLES: Final[dict[str, tuple[str, str]]] = {
    "motor": ("the motor", "động cơ"),
    "light": ("the light", "đèn"),
    "relay": ("the relay", "rơ-le"),
    "effect": ("the effect device", "thiết bị hiệu ứng"),
    "position": ("the servo", "động cơ servo"),
}

_DAYS: Final[tuple[tuple[str, str], ...]] = (
    ("Monday", "thứ Hai"),
    ("Tuesday", "thứ Ba"),
    ("Wednesday", "thứ Tư"),
    ("Thursday", "thứ Năm"),
    ("Friday", "thứ Sáu"),
    ("Saturday", "thứ Bảy"),
    ("Sunday", "Chủ nhật"),
)
_MINUTE_S: Final = 60
_HOUR_S: Final = 3600

_COLOURS: Final[dict[str, tuple[str, str]]] = {
    "#ffffff": ("white", "trắng"),
    "#ff0000": ("red", "đỏ"),
    "#00ff00": ("green", "xanh lá"),
    "#0000ff": ("blue", "xanh dương"),
    "#ffff00": ("yellow", "vàng"),
    "#ff8000": ("orange", "cam"),
    "#8000ff": ("purple", "tím"),
    "#ff00ff": ("pink", "hồng"),
    "#00ffff": ("cyan", "xanh ngọc"),
}

_JOINS: Final[dict[str, tuple[str, str]]] = {
    "or": ("{first} or {second}", "{first} hoặc {second}"),
    "or_one_of": ("{first} or one of {second}", "{first} hoặc một trong {second}"),
    "and": ("{first} and {second}", "{first} và {second}"),
    "then": ("{first}, then {second}", "{first}, rồi {second}"),
    "beside": ("{first} and at the same time {second}", "{first} đồng thời {second}"),
    "else": ("{first}, else {second}", "{first}, nếu không thì {second}"),
    "comma": ("{first}, {second}", "{first}, {second}"),
}


def _no_name(device: str) -> str:
    del device
    return ""


def _as_sent(name: str) -> str:
    return name


@dataclass(frozen=True, slots=True)
class Speaker:
    """Words in one language.

    `device_name` and `rule_name` tell the user's name of a device or rule id, "" if unknown.
    `gift_name` puts a gift's name into the language. `counts` is the noun that `count` stands for
    in the rule at hand: "gift" or "time". `full`: all steps are said, not two and how many more.
    """

    language: Language = "en"
    device_name: Callable[[str], str] = field(default=_no_name)
    gift_name: Callable[[str], str] = field(default=_as_sent)
    counts: str = "time"
    rule_name: Callable[[str], str] = field(default=_no_name)
    full: bool = False

    def pick(self, both: tuple[str, str]) -> str:
        """Return the text of this language."""
        return both[1] if self.language == "vi" else both[0]

    def template(self, say: Say) -> str:
        """Return the template of this language."""
        return say.vi if self.language == "vi" else say.en

    def number(self, value: float, digits: int = 2) -> str:
        """Write a number with at most `digits` decimals: 8,940 and 1.2, or 8.940 and 1,2."""
        text = f"{value:,.{digits}f}"
        if "." in text:
            text = text.rstrip("0").removesuffix(".")
        if self.language == "vi":
            text = text.translate(str.maketrans(",.", ".,"))
        return "0" if text == "-0" else text

    def counted(self, value: float, noun: str) -> str:
        """Write a number with its noun: "1 round", "12 rounds", "12 vòng"."""
        one, many, vi = _NOUNS[noun]
        template = vi if self.language == "vi" else one if value == 1 else many
        return template.format(n=self.number(value))

    def length(self, seconds: float) -> str:
        """Write a length of time in its largest whole unit: "45 s", "5 min", "2 h"."""
        for unit_s, noun in ((_HOUR_S, "hour"), (_MINUTE_S, "minute")):
            if seconds and seconds % unit_s == 0:
                return self.counted(seconds / unit_s, noun)
        return self.counted(seconds, "second")

    def days(self, weekdays: Sequence[int]) -> str:
        """Name weekdays, 0 is Monday: "Monday, Tuesday and Sunday"."""
        names = [self.pick(_DAYS[day]) for day in weekdays]
        text = names[0]
        for index, name in enumerate(names[1:], start=2):
            join = "and" if index == len(names) else "comma"
            text = self.pick(_JOINS[join]).format(first=text, second=name)
        return text

    def worked_out(self, formula: Formula, noun: str) -> str:
        """Word a formula: "12 rounds", "1 round per coin (at most 200)", "“count + 1” rounds"."""
        linear = formula.linear()
        if linear is None or linear.factor <= 0:
            _, many, vi = _NOUNS[noun]
            quoted = f"“{formula.text}”"
            return (vi if self.language == "vi" else many).format(n=quoted)
        amount = self._amount(linear, noun)
        if linear.most is None:
            return amount
        return self.pick(_AT_MOST).format(amount=amount, most=self.number(linear.most))

    def _amount(self, linear: Linear, noun: str) -> str:
        if not linear.unit:
            return self.counted(linear.factor, noun)
        unit = self.counts if linear.unit == "count" else linear.unit
        inverse = round(1 / linear.factor, 6)
        if linear.factor < 1 and inverse.is_integer():
            units, amount = self.counted(inverse, unit), self.counted(1, noun)
            return self.pick(_PER_MANY).format(amount=amount, units=units)
        return self.pick(_PER[unit]).format(amount=self.counted(linear.factor, noun))

    def missing(self, what: str) -> Slot:
        """Return the words for a part that is still to be chosen."""
        return (Segment("missing", self.pick(_MISSING[what])),)

    def named(self, text: str) -> str:
        """Fence off a name that a user typed."""
        return f"{OPEN}{text}{CLOSE}"

    def quoted(self, text: str) -> str:
        """Fence off and quote a text that a user typed."""
        return f"“{OPEN}{text}{CLOSE}”"

    def gift(self, name: str, gift_id: int) -> str:
        """Return a gift's name in this language, or its number if it has none."""
        if name:
            return self.named(self.gift_name(name))
        return self.pick(("gift {id}", "quà số {id}")).format(id=gift_id)

    def device(self, device: str) -> Slot:
        """Return a device's name, its role in words, or that one must be chosen."""
        name = self.device_name(device) if device else ""
        if name:
            return self.named(name)
        if device in ROLES:
            return self.pick(ROLES[device])
        return self.missing("device")

    def rule(self, rule_id: str) -> Slot:
        """Return a rule's name, its id if it has none, or that one must be chosen."""
        if not rule_id:
            return self.missing("rule")
        return self.quoted(self.rule_name(rule_id) or rule_id)

    def typed(self, text: str, what: str) -> Slot:
        """Quote what a user typed, or say what is still to be written."""
        return self.quoted(text) if text.strip() else self.missing(what)

    def colour(self, colour: str) -> str:
        """Return a colour's name, or how it is written if it has none."""
        return self.pick(_COLOURS[colour]) if colour in _COLOURS else colour

    def listed(self, names: Sequence[str], noun: str) -> str:
        """Join alternatives by "or": four at most, or three and "one of 4 more gifts"."""
        shown = names if len(names) <= MAX_ALTERNATIVES + 1 else names[:MAX_ALTERNATIVES]
        text = shown[0]
        for index, name in enumerate(shown[1:], start=2):
            join = "or" if index == len(names) else "comma"
            text = self.pick(_JOINS[join]).format(first=text, second=name)
        if len(names) > len(shown):
            more = self.counted(len(names) - len(shown), noun)
            text = self.pick(_JOINS["or_one_of"]).format(first=text, second=more)
        return text

    def join(self, clauses: Sequence[Slot], how: str, role: Role) -> tuple[Segment, ...]:
        """Join clauses by "or", "and", "then" or "comma"; there must be at least one."""
        joined = clauses[0]
        for clause in clauses[1:]:
            joined = fill(self.pick(_JOINS[how]), {"first": joined, "second": clause}, role)
        return joined if isinstance(joined, tuple) else (Segment(role, joined),)

    def group(self, conditions: Sequence[Condition], how: str) -> Slot:
        """Word a group of conditions; a group in the group goes into brackets."""
        live = [part for part in conditions if part.on]
        if not live:
            return self.missing("condition")
        clauses = [self.clause(part, "iff") for part in live]
        for index, part in enumerate(live):
            if sum(inner.on for inner in part.inner()) > 1:
                clauses[index] = fill("({clause})", {"clause": clauses[index]}, "iff")
        return self.join(clauses, how, "iff")

    def against(self, conditions: Sequence[Condition], how: str) -> Slot | None:
        """Word the opposite of a group: each of them denied and joined by "and" or "or"."""
        clauses: list[Slot] = []
        for part in conditions:
            clause = part.denied(self) if part.on else ""
            if clause is None:
                return None
            if clause and sum(inner.on for inner in part.inner()) > 1:
                clause = fill("({clause})", {"clause": clause}, "iff")
            clauses.extend([clause] if clause else [])
        return self.join(clauses, how, "iff") if clauses else None

    def opposite(self, part: Part, say: Say) -> Slot:
        """Word a condition by the template of its opposite."""
        return fill(self.template(say), part.slots(self), "iff")

    def steps(self, actions: Sequence[Action], how: str = "then") -> Slot:
        """Word steps that are on, one after the other, or "beside" one another."""
        live = [action for action in actions if action.on]
        if not live:
            return self.missing("action")
        shown = live if self.full else live[:MAX_STEPS]
        text = self.join([self.clause(action, "do") for action in shown], how, "do")
        if len(live) > len(shown):
            more = self.counted(len(live) - len(shown), "more_step")
            template = self.pick(("{so_far}, and {more}", "{so_far}, và {more}"))
            text = fill(template, {"so_far": text, "more": more}, "do")
        return text

    def clause(self, part: Part, role: Role) -> tuple[Segment, ...]:
        """Word one trigger, condition or action."""
        return fill(self.template(part.says()), part.slots(self), role)


def fill(template: str, slots: dict[str, Slot], role: Role) -> tuple[Segment, ...]:
    """Put slots into a template; text of the same role that touches becomes one segment."""
    merged: list[Segment] = []
    for literal, name, _, _ in string.Formatter().parse(template):
        pieces: list[Segment] = [Segment(role, literal)]
        if name is not None:
            slot = slots[name]
            pieces.extend([Segment(role, slot)] if isinstance(slot, str) else slot)
        for piece in pieces:
            if merged and piece.text and merged[-1].role == piece.role:
                merged[-1] = Segment(piece.role, merged[-1].text + piece.text)
            elif piece.text:
                merged.append(piece)
    return tuple(merged)
