"""Steps for the tests of runs: each makes exactly the moves that its fields say."""

from __future__ import annotations

from typing import Any, ClassVar

from app.core.effects import WriteLog
from app.core.expressions import Formula
from app.core.moves import (
    AddVariable,
    Emit,
    EndRun,
    Pause,
    RunRule,
    SetVariable,
    StopDevice,
    Together,
    TurnRule,
    run_steps,
)
from app.core.parts import Action, AnyAction, Planned, Say
from drivers.contract import Kind, Rotate

WORDS = Say("does something", "làm gì đó")


class _Step(Action):
    title: ClassVar[str] = "For tests"
    sentence: ClassVar[Say] = WORDS


class Scripted(_Step):
    """Makes the moves it is given; what can be called is asked with the facts when it is reached."""

    key: ClassVar[str] = "scripted"
    of: tuple[Any, ...] = ()

    def moves(self, facts):
        for item in self.of:
            yield item(facts) if callable(item) else item


class Turn(_Step):
    key: ClassVar[str] = "turn"
    device: str = "motor"
    rounds: Formula = Formula("count")

    def moves(self, facts):
        rounds = self.rounds.value(facts.numbers())
        if rounds > 0:
            yield Planned((Kind.MOTOR,), self.device, "", Rotate(rounds, 60.0))


class Wait(_Step):
    key: ClassVar[str] = "test_wait"
    seconds: Formula = Formula(1)

    def moves(self, facts):
        yield Pause(self.seconds.value(facts.numbers()))


class Row(_Step):
    key: ClassVar[str] = "row"
    of: tuple[AnyAction, ...] = ()

    def moves(self, facts):
        yield from run_steps(self.of, facts)


class Both(_Step):
    key: ClassVar[str] = "both"
    of: tuple[AnyAction, ...] = ()

    def moves(self, facts):
        yield Together(tuple(run_steps((action,), facts) for action in self.of))


class Again(_Step):
    key: ClassVar[str] = "again"
    times: Formula = Formula(2)
    gap: Formula = Formula(0)
    of: tuple[AnyAction, ...] = ()

    def moves(self, facts):
        times = int(self.times.value(facts.numbers()))
        for turn in range(times):
            if turn:
                yield Pause(self.gap.value(facts.numbers()))
            yield from run_steps(self.of, facts)


class Put(_Step):
    key: ClassVar[str] = "put"
    name: str = "x"
    value: Formula = Formula(1)
    add: bool = False
    lasting: bool | None = None

    def moves(self, facts):
        value = self.value.value(facts.numbers())
        kind = AddVariable if self.add else SetVariable
        yield kind(self.name, value, self.lasting)


class Switch(_Step):
    key: ClassVar[str] = "switch"
    rule: str
    to: bool = True

    def moves(self, facts):
        yield TurnRule(self.rule, self.to)


class Call(_Step):
    key: ClassVar[str] = "call"
    rule: str

    def moves(self, facts):
        yield RunRule(self.rule)


class Finish(_Step):
    key: ClassVar[str] = "finish"

    def moves(self, facts):
        yield EndRun()


class Halt(_Step):
    key: ClassVar[str] = "halt"
    device: str = "motor"

    def moves(self, facts):
        yield StopDevice(self.device)


class Log(_Step):
    key: ClassVar[str] = "log"
    value: Formula = Formula("count")

    def moves(self, facts):
        yield Emit(WriteLog(f"{self.value.value(facts.numbers()):g}"))


def turns(*outcomes):
    return [command.instruction.rounds for one in outcomes for command in one.commands]


def last(outcome, place=0):
    return outcome.traces[place].steps[-1]


def steps(outcome, place=0):
    return [(step.gate, step.reason) for step in outcome.traces[place].steps]
