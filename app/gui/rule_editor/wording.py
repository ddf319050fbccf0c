"""Words for what schemas hold as signs: units and values to choose from. Rule: none is required."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.gui.text import tr
from drivers.contract import N_

if TYPE_CHECKING:
    from app.gui.rule_editor.draft import Raw
    from app.gui.rule_editor.specs import FieldSpec

# By the `unit` of a schema.
UNITS: Final[dict[str, str]] = {
    "s": N_("s"),
    "coins": N_("coins"),
    "rounds": N_("rounds"),
    "rpm": N_("RPM"),
    "percent": N_("%"),
    "times": N_("times"),
    "hz": N_("per second"),
    "months": N_("months"),
    "gifts": N_("gifts"),
    "likes": N_("likes"),
    "viewers": N_("viewers"),
    "minutes": N_("min"),
    "points": N_("points"),
}

# By the value itself, where a schema does not bring the words for its choices.
CHOICES: Final[dict[str, str]] = {
    ">=": N_("at least"),
    ">": N_("more than"),
    "=": N_("exactly"),
    "!=": N_("anything but"),
    "<=": N_("at most"),
    "<": N_("less than"),
    "queue": N_("wait in line"),
    "latest": N_("replace what runs"),
    "drop": N_("drop it"),
    "add": N_("add up"),
    "each": N_("count every gift at once"),
    "total": N_("count once, when it ends"),
    "parallel": N_("run beside it"),
    "single": N_("leave the new one out"),
    "restart": N_("start over"),
    "queued": N_("run one after the other"),
    "-2": N_("lowest"),
    "-1": N_("low"),
    "0": N_("normal"),
    "1": N_("high"),
    "2": N_("highest"),
}
# By the field, where empty is a choice.
NOTHING: Final[dict[str, str]] = {
    "policy": N_("as the device likes it"),
}


def unit_word(unit: str) -> str:
    """Return a unit as people write it; one nobody named stands as it is."""
    # The unit of a reading is the device's own business.
    return tr(UNITS[unit]) if unit in UNITS else "" if unit == "reading" else unit


def choice_word(spec: FieldSpec, value: object) -> str:
    """Return the word for a value to choose: the schema's own, ours, or the value itself."""
    if value is None:
        return tr(NOTHING.get(spec.name, N_("any")))
    own: Raw = spec.hint("x-choices") or spec.hint("words", {})
    source = own.get(str(value)) or CHOICES.get(str(value))
    return tr(source) if source else str(value).replace("_", " ")
