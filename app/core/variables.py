"""The streamer's variables: numbers and texts that rules set, for one stream or for good.

One rule: their number and size are bounded, and whoever listens is told of every change.
"""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app.core.expressions import Fault, is_free
from app.core.texts import TEXT_NAMES, clean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MAX_VARIABLES: Final = 1_000
MAX_NUMBER: Final = 1e15


class VariableError(ValueError):
    """A variable that cannot be set so; `fault` says why."""

    def __init__(self, name: str, fault: Fault) -> None:
        super().__init__(f"{name}: {fault.value}")
        self.name = name
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable; one that is not `lasting` is gone when another stream begins."""

    name: str
    value: float | str
    lasting: bool = False


def is_variable_name(name: str) -> bool:
    """Say whether a variable may be called so: a word of any alphabet that has no other meaning."""
    # Formulas take letters that only look different for the same.
    plain = unicodedata.normalize("NFKC", name) == name
    return plain and is_free(name) and name not in TEXT_NAMES


def shown(value: float | str) -> str:
    """Return a value as texts show it: 3, not 3.0."""
    return value if isinstance(value, str) else f"{value:.10g}"


class Variables:
    """Holds the variables. Not for several threads at once."""

    def __init__(self, on_change: Callable[[str], None] | None = None) -> None:
        """Take who is told the name of each variable that was set or dropped."""
        self._on_change = on_change
        self._all: dict[str, Variable] = {}
        self._numbers: dict[str, float] = {}
        self._texts: dict[str, str] = {}
        self._room_id = 0

    def listen(self, on_change: Callable[[str], None]) -> None:
        """Tell this one of changes from now on, and nobody else."""
        self._on_change = on_change

    def get(self, name: str) -> float | str | None:
        """Return a value; None if nothing has set it."""
        found = self._all.get(name)
        return None if found is None else found.value

    def find(self, name: str) -> Variable | None:
        """Return a variable; None if nothing has set it."""
        return self._all.get(name)

    def all(self) -> tuple[Variable, ...]:
        """Return all variables by their names."""
        return tuple(self._all[name] for name in sorted(self._all))

    def numbers(self) -> Mapping[str, float]:
        """Return those that are numbers; it changes with them."""
        return self._numbers

    def texts(self) -> Mapping[str, str]:
        """Return all of them as texts show them; it changes with them."""
        return self._texts

    def set(self, name: str, value: float | str, *, lasting: bool | None = None) -> None:
        """Set a variable; `lasting` None: as it was. Raises VariableError."""
        if isinstance(value, str):
            value = clean(value)
        elif math.isnan(value) or abs(value) > MAX_NUMBER:
            raise VariableError(name, Fault.TOO_LARGE)
        old = self._all.get(name)
        if old is None:
            if not is_variable_name(name):
                raise VariableError(name, Fault.BAD_NAME)
            if len(self._all) >= MAX_VARIABLES:
                raise VariableError(name, Fault.TOO_MANY)
        if lasting is None:
            lasting = old is not None and old.lasting
        new = Variable(name, value, lasting)
        if new != old or type(value) is not type(old.value):
            self._put(new)
            self._tell(name)

    def add(self, name: str, amount: float, *, lasting: bool | None = None) -> float:
        """Add to a variable, from 0 where there is none; return the sum. Raises VariableError."""
        value = self.get(name)
        if isinstance(value, str):
            raise VariableError(name, Fault.NOT_A_NUMBER)
        total = (value or 0.0) + amount
        self.set(name, total, lasting=lasting)
        return total

    def drop(self, name: str) -> None:
        """Forget a variable, if there is one."""
        if self._all.pop(name, None) is not None:
            self._numbers.pop(name, None)
            self._texts.pop(name, None)
            self._tell(name)

    def begin(self, room_id: int) -> None:
        """Take notice of a stream: another one than before begins without the last one's."""
        if room_id == self._room_id:
            return
        self._room_id = room_id
        for name in [name for name, found in self._all.items() if not found.lasting]:
            self.drop(name)

    def copy(self) -> Variables:
        """Return the same variables for trying something out; nobody listens to them."""
        other = Variables()
        other._room_id = self._room_id
        other._all = dict(self._all)
        other._numbers = dict(self._numbers)
        other._texts = dict(self._texts)
        return other

    def dump(self) -> dict[str, Any]:
        """Return everything as plain data."""
        kept: dict[str, dict[str, float | str]] = {"stream": {}, "lasting": {}}
        for variable in self.all():
            kept["lasting" if variable.lasting else "stream"][variable.name] = variable.value
        return {"room_id": self._room_id, **kept}

    def load(self, data: Mapping[str, Any]) -> None:
        """Take what `dump` gave in place of what there is; what does not fit is left out."""
        self._all, self._numbers, self._texts = {}, {}, {}
        room_id = data.get("room_id")
        self._room_id = room_id if isinstance(room_id, int) else 0
        for scope in ("stream", "lasting"):
            kept = data.get(scope)
            for name, value in kept.items() if isinstance(kept, dict) else ():
                if isinstance(value, str | int | float) and not isinstance(value, bool):
                    self._load_one(str(name), value, lasting=scope == "lasting")

    def _load_one(self, name: str, value: float | str, *, lasting: bool) -> None:
        on_change, self._on_change = self._on_change, None
        try:
            self.set(name, value if isinstance(value, str) else float(value), lasting=lasting)
        except (VariableError, OverflowError):
            return
        finally:
            self._on_change = on_change

    def _put(self, variable: Variable) -> None:
        name, value = variable.name, variable.value
        self._all[name] = variable
        self._texts[name] = shown(value)
        if isinstance(value, str):
            self._numbers.pop(name, None)
        else:
            self._numbers[name] = value

    def _tell(self, name: str) -> None:
        if self._on_change is not None:
            self._on_change(name)
