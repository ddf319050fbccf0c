"""One line of moves within a run: the step it is in, what that step orders, sets and tells.

One rule: a step stands in the trace once, when the moves leave it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.core import moves
from app.core.expressions import Fault
from app.core.outcome import Reason, Step
from app.core.parts import Planned
from app.core.variables import VariableError, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.core.ground import Ground
    from app.core.moves import Move
    from app.core.orders import Run
    from app.core.parts import Values

_MOST_VALUES: Final = 40


class Strand:
    """The moves of a run, or of one branch of it; `open` counts the branches it waits for."""

    __slots__ = (
        "_gate",
        "_planned",
        "_reason",
        "_touched",
        "_values",
        "cut",
        "moves",
        "open",
        "parent",
        "run",
        "stepping",
    )

    def __init__(self, run: Run, made: Iterator[Move], parent: Strand | None = None) -> None:
        self.run = run
        self.moves = made
        self.parent = parent
        self.open = 0
        self.stepping = False
        # The run's longest time is over at the end of this pause.
        self.cut = False
        self._gate = "do"
        self._planned: list[Planned] = []
        self._values: Values = ()
        self._reason: Reason | None = None
        self._touched = False

    # ------------------------------------------------------------------ the step it is in

    def leave(self, ground: Ground, how: Reason = Reason.PASSED) -> None:
        """Order what the step planned, and put it into the trace if it did anything."""
        self._order(ground)
        if self._reason is not None:
            self.run.note(Step(self._gate, passed=False, reason=self._reason, values=self._values))
        elif self._touched:
            told = Step(self._gate, passed=True, reason=how, values=self._values)
            self.run.note(told)
        self._values, self._reason, self._touched = (), None, False

    def tell(self, values: Values) -> None:
        """Put values into the trace of this step."""
        self._touched = True
        if self._reason is None and len(self._values) < _MOST_VALUES:
            self._values = (*self._values, *values)

    def fail(self, reason: Reason, values: Values = ()) -> None:
        """Note why the step could not be done; the first reason stands."""
        if self._reason is None:
            self._reason, self._values = reason, values

    def _order(self, ground: Ground) -> None:
        if self._planned:
            planned, self._planned = tuple(self._planned), []
            self.take(self.run.command(planned, ground), ground)

    def take(self, found: tuple[Reason, Values], ground: Ground) -> None:
        """Put what became of a move into the step: done, or why not."""
        reason, values = found
        if reason is Reason.PASSED:
            self.run.acted = True
            self.run.deed(ground)
            self.tell(values)
        else:
            self.fail(reason, values)

    # ------------------------------------------------------------------ the moves

    def make(self, move: Move, ground: Ground) -> None:
        """Make a move that concerns this strand alone."""
        if isinstance(move, Planned):
            self._planned.append(move)
            return
        self._order(ground)
        match move:
            case moves.Enter(gate):
                self.leave(ground)
                self._gate = gate
            case moves.Skip(reason, values):
                self.fail(reason, values)
            case moves.Tell(values):
                self.tell(values)
            case moves.Emit(effect):
                self.run.request(effect)
                self.take((Reason.PASSED, (("outlet", effect.outlet),)), ground)
            case moves.StopDevice(device):
                self.take(self.run.stop(device, ground), ground)
            case moves.SetVariable() | moves.AddVariable():
                self.take(_set(move, ground), ground)
            case moves.TurnRule():
                self.take(_turn(move, ground), ground)
            case moves.Use():
                _use(move, self.run, ground)
                self.tell(())
            case _:
                self.fail(Reason.EXPRESSION_FAILED, (("fault", type(move).__name__),))


def _set(move: moves.SetVariable | moves.AddVariable, ground: Ground) -> tuple[Reason, Values]:
    variables, name = ground.variables, move.name
    try:
        value: float | str
        if isinstance(move, moves.AddVariable):
            value = variables.add(name, move.amount, lasting=move.lasting)
        else:
            value = move.value
            variables.set(name, value, lasting=move.lasting)
    except VariableError as error:
        return Reason.BAD_VARIABLE, (("variable", name), ("fault", error.fault.value))
    except TypeError:
        return Reason.BAD_VARIABLE, (("variable", name), ("fault", Fault.FAILED.value))
    return Reason.PASSED, (("variable", name), ("value", shown(value)))


def _use(move: moves.Use, run: Run, ground: Ground) -> None:
    if not ground.dry:
        ground.memory.take(run.compiled.rule.id, move.bag, move.index, move.size)


def _turn(move: moves.TurnRule, ground: Ground) -> tuple[Reason, Values]:
    compiled = ground.rules.by_id.get(move.rule_id)
    if compiled is None:
        return Reason.NO_RULE, (("rule", move.rule_id),)
    ground.switched[move.rule_id] = move.on
    return Reason.PASSED, (("rule", compiled.rule.name or move.rule_id), ("on", float(move.on)))
