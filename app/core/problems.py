"""What is wrong in a rule, in words: where, what, and what fits instead.

One rule: a problem is a place, a code and values; its sentence is looked up here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.core.part_problems import PART_SENTENCES
from drivers.contract import N_

if TYPE_CHECKING:
    from pydantic import ValidationError

MAX_PROBLEMS: Final = 20


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: the path to it, a code, the values its sentence needs."""

    path: tuple[str | int, ...]
    code: str
    values: tuple[tuple[str, str | int | float], ...] = ()
    text: str = ""

    def sentence(self, language: str = "en") -> str:
        """Say it with its place: "only_if 1, coins: it must be 5 or more"."""
        known = ALL_SENTENCES.get(self.code)
        template = self.text or self.code
        if known is not None:
            template = known[1] if language == "vi" else known[0]
        values = {
            name: f"{value:.10g}" if isinstance(value, float) else value
            for name, value in self.values
        }
        try:
            text = template.format_map(values)
        except (KeyError, ValueError, IndexError):
            text = template
        place = self.place()
        return f"{place}: {text}" if place else text

    def place(self) -> str:
        """Say where, counting from 1: "do 2, rounds"."""
        words: list[str] = []
        for step in self.path:
            if isinstance(step, int) and words:
                words[-1] = f"{words[-1]} {step + 1}"
            else:
                words.append(str(step))
        return ", ".join(words)


# English and Vietnamese. The codes are pydantic's own, and ours for a file as a whole.
SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "missing": (N_("this is missing"), "thiếu mục này"),
    "extra_forbidden": (
        N_("this version does not know this field"),
        "phiên bản này không biết mục này",
    ),
    "string_type": (N_("write a text here"), "hãy ghi chữ ở đây"),
    "string_too_long": (
        N_("{max_length} characters at most"),
        "tối đa {max_length} ký tự",
    ),
    "string_pattern_mismatch": (N_("this is not written as it should be"), "viết chưa đúng dạng"),
    "int_type": (N_("write a whole number here"), "hãy ghi số nguyên ở đây"),
    "int_parsing": (N_("write a whole number here"), "hãy ghi số nguyên ở đây"),
    "int_from_float": (N_("write a whole number here"), "hãy ghi số nguyên ở đây"),
    "float_type": (N_("write a number here"), "hãy ghi số ở đây"),
    "float_parsing": (N_("write a number here"), "hãy ghi số ở đây"),
    "finite_number": (N_("write an ordinary number here"), "hãy ghi số bình thường ở đây"),
    "bool_type": (N_("write true or false here"), "hãy ghi true hoặc false ở đây"),
    "bool_parsing": (N_("write true or false here"), "hãy ghi true hoặc false ở đây"),
    "greater_than_equal": (N_("it must be {ge} or more"), "phải từ {ge} trở lên"),
    "greater_than": (N_("it must be more than {gt}"), "phải lớn hơn {gt}"),
    "less_than_equal": (N_("it must be {le} or less"), "phải từ {le} trở xuống"),
    "less_than": (N_("it must be less than {lt}"), "phải nhỏ hơn {lt}"),
    "literal_error": (N_("it must be one of {expected}"), "phải là một trong {expected}"),
    "enum": (N_("it must be one of {expected}"), "phải là một trong {expected}"),
    "too_long": (N_("{max_length} entries at most"), "tối đa {max_length} mục"),
    "list_type": (N_("write a list here"), "hãy ghi danh sách ở đây"),
    "tuple_type": (N_("write a list here"), "hãy ghi danh sách ở đây"),
    "model_type": (N_("this should be written in braces"), "mục này phải viết trong ngoặc nhọn"),
    "part_shape": (
        N_("this should be written in braces, with a key"),
        "mục này phải viết trong ngoặc nhọn, có “key”",
    ),
    "part_unknown": (
        N_("“{key}” is not known to this version"),
        "phiên bản này không biết “{key}”",
    ),
    "range_order": (
        N_("the upper end {most} is below the lower end {least}"),
        "mức trên {most} nhỏ hơn mức dưới {least}",
    ),
    "nesting": (
        N_("groups may hold groups {most} deep at most"),
        "nhóm chỉ được lồng nhau tối đa {most} lớp",
    ),
    "id_twice": (N_("the id {id} is used twice"), "mã {id} bị dùng hai lần"),
    "group_unknown": (N_("there is no group {id}"), "không có nhóm {id}"),
    "rules_many": (
        N_("there is room for {most} rules: delete some, or put some into another profile"),
        "chỉ chứa được {most} quy tắc: hãy xóa bớt hoặc chuyển bớt sang bộ quy tắc khác",
    ),
    "groups_many": (
        N_("there is room for {most} groups: delete some first"),
        "chỉ chứa được {most} nhóm: hãy xóa bớt trước",
    ),
    "rule_unknown": (N_("there is no rule {id}"), "không có quy tắc {id}"),
    "aside_unknown": (
        N_("there is nothing set aside at this place"),
        "không có mục nào bị tách riêng ở chỗ này",
    ),
    "bottomless": (
        N_("too many things are inside one another here"),
        "có quá nhiều lớp lồng nhau ở đây",
    ),
    "edit_unknown": (
        N_("this change is not known to this version"),
        "phiên bản này không biết thay đổi này",
    ),
    "version_missing": (
        N_("the file does not say which version it is"),
        "tệp không ghi phiên bản",
    ),
    "version_newer": (
        N_("the file is of version {found}, this program knows up to {known}"),
        "tệp thuộc phiên bản {found}, chương trình này chỉ biết đến {known}",
    ),
    "upgrade_failed": (
        N_("the file of version {found} could not be brought up to date ({detail})"),
        "không nâng cấp được tệp phiên bản {found} ({detail})",
    ),
    "file_too_large": (N_("the file is far too large"), "tệp quá lớn"),
    "json_invalid": (
        N_("the file cannot be read at line {line}, column {column}"),
        "không đọc được tệp ở dòng {line}, cột {column}",
    ),
    "json_strange": (N_("the file holds something unreadable"), "tệp chứa nội dung không đọc được"),
    "not_rules": (N_("this is not a file of rules"), "đây không phải tệp quy tắc"),
}

FORMULA_SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "formula_shape": (
        N_("write a number or a formula such as coins * count"),
        "hãy ghi một số hoặc công thức như coins * count",
    ),
    "formula_empty": (
        N_("write a number or a formula such as coins * count"),
        "hãy ghi một số hoặc công thức như coins * count",
    ),
    "formula_long": (
        N_("a formula may have {most} characters at most"),
        "công thức dài tối đa {most} ký tự",
    ),
    "formula_syntax": (
        N_("“{formula}” is not a formula. Example: coins * count"),
        "“{formula}” không phải công thức. Ví dụ: coins * count",
    ),
    "formula_complicated": (N_("this formula is too complicated"), "công thức này quá phức tạp"),
    "formula_name": (
        N_("“{name}” is not known here. Known: {known}"),
        "không có “{name}” ở đây. Có thể dùng: {known}",
    ),
    "formula_number": (
        N_("only plain numbers may stand in a formula"),
        "công thức chỉ được chứa số thường",
    ),
    "formula_forbidden": (
        N_("only numbers, names, + - * / // % and comparisons may stand in a formula"),
        "công thức chỉ được chứa số, tên, + - * / // % và phép so sánh",
    ),
    "formula_function": (
        N_("only these may be called in a formula: {known}"),
        "công thức chỉ được gọi: {known}",
    ),
    "formula_arguments": (
        N_("{name} needs {least} to {most} values, separated by commas"),
        "{name} cần {least} đến {most} giá trị, cách nhau bằng dấu phẩy",
    ),
    "text_long": (
        N_("a text may have {most} characters at most"),
        "nội dung dài tối đa {most} ký tự",
    ),
    "text_braces": (
        N_("a curly bracket is missing in this text"),
        "nội dung thiếu một dấu ngoặc nhọn",
    ),
    "text_name": (
        N_("“{name}” is not known here. Known: {known}"),
        "không có “{name}” ở đây. Có thể dùng: {known}",
    ),
}


ALL_SENTENCES: Final = {**SENTENCES, **FORMULA_SENTENCES, **PART_SENTENCES}


def problems_of(error: ValidationError) -> tuple[Problem, ...]:
    """Return what pydantic found wrong, in our words; at most twenty."""
    found: list[Problem] = []
    for detail in error.errors(include_url=False, include_input=False)[:MAX_PROBLEMS]:
        context = detail.get("ctx", {})
        values = tuple(
            (name, value) for name, value in context.items() if isinstance(value, str | int | float)
        )
        found.append(Problem(detail["loc"], detail["type"], values, detail["msg"]))
    return tuple(found)
