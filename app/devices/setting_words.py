"""What people read when a setting of a device does not fit, for pydantic's kinds of faults.

One rule: no text of pydantic's own is shown; a driver's own faults bring their own sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, get_args

from pydantic_core.core_schema import ErrorType

from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

_NOT_LIKE_THIS: Final = N_("This does not fit. What belongs here stands beside the field.")
_EMPTY: Final = N_("This is needed. Fill it in.")
_TYPE_A_NUMBER: Final = N_("Type a number here.")
_SENTENCES: Final[dict[str, str]] = {
    "missing": _EMPTY,
    "greater_than_equal": N_("Choose {ge} or more."),
    "greater_than": N_("Choose more than {gt}."),
    "less_than_equal": N_("Choose {le} or less."),
    "less_than": N_("Choose less than {lt}."),
    "string_too_short": N_("This needs {min_length} characters or more."),
    "string_too_long": N_("This is too long: {max_length} characters at most."),
    "too_short": N_("These are too few: {min_length} are needed."),
    "too_long": N_("These are too many: {max_length} at most."),
    "literal_error": N_("Choose one of the list."),
    "enum": N_("Choose one of the list."),
    "int_type": _TYPE_A_NUMBER,
    "int_parsing": _TYPE_A_NUMBER,
    "float_type": _TYPE_A_NUMBER,
    "float_parsing": _TYPE_A_NUMBER,
    "finite_number": _TYPE_A_NUMBER,
    "int_from_float": N_("Type a whole number here."),
    "extra_forbidden": N_("This Giftwire does not know this setting. Add the device once more."),
}
_PYDANTIC: Final = frozenset(get_args(ErrorType))


def sentence(kind: str, values: Mapping[str, object]) -> str:
    """Return the source of the sentence for one of pydantic's faults; "" for a driver's own."""
    if kind not in _PYDANTIC:
        return ""
    if kind == "string_too_short" and values.get("min_length") == 1:
        return _EMPTY
    return _SENTENCES.get(kind, _NOT_LIKE_THIS)
