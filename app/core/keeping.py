"""How rules name variables, and how long those last.

One rule: a name that means something else in a formula or a text is no variable's.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, StringConstraints

from app.core.expressions import MAX_NAME, refused
from app.core.forms import Pick, hints
from app.core.variables import is_variable_name
from drivers.contract import N_

_WORDS: Final[dict[str, str]] = {
    "same": N_("as it is"),
    "stream": N_("until another LIVE begins"),
    "always": N_("for good"),
}


def _checked(name: str) -> str:
    if name and not is_variable_name(name):
        raise refused(
            "variable_name",
            N_("“{name}” cannot be a variable's name: one word of letters that means nothing else"),
            name=name,
        )
    return name


def lasts(lasting: Lasting) -> bool | None:
    """Return what the moves that set variables want to know."""
    return None if lasting == "same" else lasting == "always"


Lasting = Annotated[
    Literal["same", "stream", "always"],
    Field(
        title=N_("Lasts"),
        description=N_("A new variable lasts until another LIVE begins."),
        json_schema_extra=hints(choices=_WORDS),
    ),
]
VariableName = Annotated[
    str,
    StringConstraints(max_length=MAX_NAME, strip_whitespace=True),
    AfterValidator(_checked),
    Field(title=N_("Variable"), json_schema_extra=hints(Pick.VARIABLE)),
]
