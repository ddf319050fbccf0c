"""What the steps of a rule ask for, one after the other: the moves of a run, and chaining steps.

One rule: a step works its formulas out when it is reached, so it sees what earlier steps set.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.core.expressions import FormulaError
from app.core.outcome import Reason
from app.core.parts import Planned

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.core.effects import Effect
    from app.core.parts import Action, Facts, Values


@dataclass(frozen=True, slots=True)
class Emit:
    """Have something done outside the devices."""

    effect: Effect


@dataclass(frozen=True, slots=True)
class Pause:
    """Go on after this many seconds; zero and less is no pause."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Together:
    """Do all branches side by side; the run goes on when every one has ended."""

    branches: tuple[Iterator[Move], ...]


@dataclass(frozen=True, slots=True)
class SetVariable:
    """Set a variable. `lasting` None: as the variable is; a new one ends with the stream."""

    name: str
    value: float | str
    lasting: bool | None = None


@dataclass(frozen=True, slots=True)
class AddVariable:
    """Add to a variable, which counts as 0 if nothing has set it."""

    name: str
    amount: float
    lasting: bool | None = None


@dataclass(frozen=True, slots=True)
class TurnRule:
    """Turn a rule on or off until the program ends or the user turns it; the file stays."""

    rule_id: str
    on: bool


@dataclass(frozen=True, slots=True)
class RunRule:
    """Start another rule for the same event: its conditions, limits and steps, not its trigger."""

    rule_id: str


@dataclass(frozen=True, slots=True)
class EndRun:
    """End the whole run here, with all its branches."""


@dataclass(frozen=True, slots=True)
class StopDevice:
    """Bring every output of a device (id or role) to rest."""

    device: str


@dataclass(frozen=True, slots=True)
class Use:
    """Take `index` out of one of the rule's bags of `size` (`State.used`).

    When every index was taken the bag is full again. The name is the step's own, in its rule.
    """

    bag: str
    index: int
    size: int


@dataclass(frozen=True, slots=True)
class Enter:
    """The moves from here on belong to the step with this gate ("do:rotate")."""

    gate: str


@dataclass(frozen=True, slots=True)
class Tell:
    """Put values into the trace of this step: which branch, how many times."""

    values: Values


@dataclass(frozen=True, slots=True)
class Skip:
    """This step could not be done; the run goes on with the next one."""

    reason: Reason
    values: Values = ()


Move = (
    Planned
    | Emit
    | Pause
    | Together
    | SetVariable
    | AddVariable
    | TurnRule
    | RunRule
    | EndRun
    | StopDevice
    | Use
    | Enter
    | Tell
    | Skip
)


def run_steps(actions: Iterable[Action], facts: Facts) -> Iterator[Move]:
    """Chain the moves of the actions that are on. One that fails is skipped with its reason."""
    yield from every_move([action for action in actions if action.on], facts)


def every_move(actions: Iterable[Action], facts: Facts) -> Iterator[Move]:
    """Chain the moves of these actions, off ones too."""
    for action in actions:
        yield from step_moves(action, facts)


def step_moves(action: Action, facts: Facts) -> Iterator[Move]:
    """Enter one action and make its moves; never raises for what the action does."""
    gate, idle = f"do:{action.key}", True
    yield Enter(gate)
    try:
        for move in action.moves(facts):
            idle = False
            yield move
    except Exception as error:  # noqa: BLE001 - one step's fault stops no other
        if not idle:
            yield Enter(gate)
        yield failure(error)
        return
    if idle:
        yield Skip(Reason.NOTHING_TO_DO)


def failure(error: Exception) -> Skip:
    """Return why a step could not be done, in the words of a trace."""
    if not isinstance(error, FormulaError):
        return Skip(Reason.EXPRESSION_FAILED, (("fault", type(error).__name__),))
    if error.name:
        values: Values = (("formula", error.formula), ("name", error.name))
        return Skip(Reason.UNKNOWN_VARIABLE, values)
    return Skip(
        Reason.EXPRESSION_FAILED, (("formula", error.formula), ("fault", error.fault.value))
    )
