"""Hints in the JSON schemas of parts: which field of a form shows a value, and how.

One rule: a hint changes how a value is asked for, never what is allowed; that the schema says.
A field without a hint goes by its `format` ("formula", "template": one line with slots, "body":
several lines with slots), then by its type. Beside it may stand what is listed here.
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic.config import JsonDict

# One of `Pick`: the field that shows it. Fields that hold parts have `parts.FAMILY` instead, which
# says of which family: "Condition" or "Action".
FIELD: Final = "x-field"
# A noun behind a number: s, percent, coins, rounds, rpm, times, hz, months, likes, viewers, gifts,
# or "reading": the unit of the chosen reading.
UNIT: Final = "unit"
# Words for the values of a choice: {"up": "rises to", ...}, English, marked by N_.
CHOICES: Final = "x-choices"
# What an empty text field shows in grey, English.
PLACEHOLDER: Final = "x-placeholder"
# How far one press of an arrow key goes.
STEP: Final = "x-step"
# {"other field": [values]}: the field is left out unless all of these hold.
SHOWN_IF: Final = "x-shown-if"
# Of a whole part, whose `description` tells in one line what it is for: one of `parts.Section`,
# under which a menu offers it, and true where most people look for it.
GROUP: Final = "x-group"
COMMON: Final = "x-common"


class Pick(enum.StrEnum):
    """What is picked or written in a field; the value of `x-field`."""

    # One of the user's things. Texts, where "" means: none chosen, or the usual one.
    DEVICE = "device"
    """A device's id, or a role such as "motor"."""
    CAPABILITY = "capability"
    """An output of the device in the field `device`; "" the first that fits."""
    EFFECT = "effect"
    """An effect of the device in the field `device`, as the device calls it."""
    READING = "reading"
    """The name of a value that the device in the field `device` tells."""
    RULE = "rule"
    """A rule's id."""
    VARIABLE = "variable"
    """A variable's name; a new one may be written."""
    SOUND = "sound"
    """A sound by its name."""
    VOICE = "voice"
    """A voice of the system's speech; "" the usual one."""
    SCENE = "scene"
    """A scene of OBS."""
    SOURCE = "source"
    """A source of the OBS scene in the field `scene`."""
    SECRET = "secret"  # noqa: S105 - the name of a field
    """The name of a secret that is kept in the system's store; never the secret itself."""
    BUTTON = "button"
    """A manual button's name; a new one may be written."""

    # A text of a certain kind.
    COLOR = "color"
    """A colour as #rrggbb."""
    TIME = "time"
    """A time of day as HH:MM."""
    KEYS = "keys"
    """A key combination such as "Ctrl+Alt+F1"; recorded by pressing it."""
    URL = "url"
    """An http or https address."""
    TOPIC = "topic"
    """An MQTT topic, or a topic filter with + and #."""
    PATTERN = "pattern"
    """A search pattern (`app.core.patterns`)."""
    NAME = "name"
    """A short name that other programs use."""

    # A number.
    PERCENT = "percent"
    """0 to 100, with a slider beside it."""
    DURATION = "duration"
    """Seconds, shown as seconds, minutes or hours."""

    # A list.
    GIFTS = "gifts"
    """A list of gifts, each {"id", "name"} (`app.core.combos.GiftChoice`)."""
    WORDS = "words"
    """A list of short texts."""
    PEOPLE = "people"
    """A list of user names."""
    WEEKDAYS = "weekdays"
    """A list of weekdays, 0 is Monday; empty: every day."""

    # A list of what holds parts itself.
    BRANCHES = "branches"
    """A list of {"only_if": conditions, "do": actions} (`actions.choose`)."""
    WEIGHTED = "weighted"
    """A list of {"weight": number, "do": actions} (`actions.random_pick`)."""


def hints(
    pick: Pick | None = None,
    *,
    unit: str = "",
    choices: Mapping[str, str] | None = None,
    placeholder: str = "",
    step: float | None = None,
    shown_if: Mapping[str, Sequence[str | bool]] | None = None,
) -> JsonDict:
    """Return the hints for a field's `json_schema_extra`."""
    made: JsonDict = {}
    if pick is not None:
        made[FIELD] = pick.value
    if unit:
        made[UNIT] = unit
    if choices:
        made[CHOICES] = dict(choices)
    if placeholder:
        made[PLACEHOLDER] = placeholder
    if step is not None:
        made[STEP] = step
    if shown_if:
        made[SHOWN_IF] = {name: list(values) for name, values in shown_if.items()}
    return made
