"""Key combinations as they are written: "Ctrl+Alt+F1".

One rule: a combination never takes a key away that people write with.
"""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import AfterValidator, Field, StringConstraints

from app.core.expressions import refused
from app.core.forms import Pick, hints
from drivers.contract import N_

# In the order in which they are written, which is that of Qt.
_HELD: Final = ("Meta", "Ctrl", "Alt", "Shift")
_OTHER_NAMES: Final = {
    "control": "Ctrl", "option": "Alt", "opt": "Alt", "win": "Meta", "windows": "Meta",
    "cmd": "Meta", "command": "Meta", "super": "Meta", "escape": "Esc", "enter": "Return",
    "delete": "Del", "insert": "Ins", "pageup": "PgUp", "pagedown": "PgDown",
}  # fmt: skip
_NAMED: Final = (
    "Esc", "Return", "Space", "Backspace", "Ins", "Del", "Home", "End", "PgUp", "PgDown",
    "Left", "Right", "Up", "Down", "Pause", "ScrollLock",
)  # fmt: skip
_ALONE: Final = frozenset({*(f"F{number}" for number in range(1, 25)), "Pause", "ScrollLock"})
_BY_NAME: Final = {
    **{name.casefold(): name for name in (*_HELD, *_NAMED)},
    **{f"f{number}": f"F{number}" for number in range(1, 25)},
    **_OTHER_NAMES,
}


def written(keys: str) -> str:
    """Return a combination as it is always written; raises ValueError if it is none.

    Letters and digits need Ctrl, Alt or Meta held with them; function keys may stand alone.
    """
    names = [_named(key) for key in keys.replace(" ", "").split("+")]
    held, last = names[:-1], names[-1]
    if len(set(held)) < len(held) or not set(held) <= set(_HELD) or last in _HELD:
        raise _no_keys(keys)
    if not set(held) - {"Shift"} and last not in _ALONE:
        raise refused("keys_alone", N_("hold Ctrl, Alt or Meta with it, or use a function key"))
    return "+".join([*sorted(held, key=_HELD.index), last])


def _named(key: str) -> str:
    found = _BY_NAME.get(key.casefold())
    if found is not None:
        return found
    if len(key) == 1 and key.isascii() and key.isalnum():
        return key.upper()
    raise _no_keys(key)


def _no_keys(keys: str) -> ValueError:
    return refused("keys", N_("“{keys}” is not a key combination. Example: Ctrl+Alt+F1"), keys=keys)


def _checked(keys: str) -> str:
    return written(keys) if keys.strip() else ""


Keys = Annotated[
    str,
    StringConstraints(max_length=60),
    AfterValidator(_checked),
    Field(title=N_("Keys"), json_schema_extra=hints(Pick.KEYS)),
]
