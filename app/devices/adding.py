"""Commands that add up: what joins what, how much it is together, and whether the gate allows it.

One rule: what does not fit whole under the limits waits for its own turn; nothing is cut silently.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from app.devices.gate import ROTATE_SLACK_S, Admitted, Held
from drivers.contract import Flash, QueuePolicy, Rotate, Run, is_off, own_length_s

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.core.outcome import Command
    from app.devices.gate import Gate
    from app.devices.views import CapabilityState
    from drivers.contract import Capability, Instruction

# A device counts time and rounds a little differently than we do.
_CLOSE: Final = 1e-6
_OWN_CLOCK_S: Final = 0.1


@dataclass(slots=True)
class Activation:
    """What the output does now, for one command or several. `due` is when it must be over."""

    commands: tuple[Command, ...]
    instruction: Instruction
    began: float
    due: float

    @property
    def command(self) -> Command:
        """The first of its commands."""
        return self.commands[0]

    def left_s(self, now: float, backstop_s: float) -> float:
        """Return how long it will still run, without what is only there for safety."""
        slack_s = ROTATE_SLACK_S if isinstance(self.instruction, Rotate) else 0.0
        return max(0.0, self.due - backstop_s - slack_s - now)

    def prolong(self, command: Command, more: More, at: float) -> None:
        """Take more in, which lasts from `at`."""
        slack_s = ROTATE_SLACK_S if isinstance(more.instruction, Rotate) else 0.0
        self.commands = (*self.commands, command)
        self.instruction = sum_of(self.instruction, more.instruction)
        self.due = at + more.lasts_s + slack_s

    def fits(self, gate: Gate, now: float, left_s: float) -> bool:
        """Take over an earlier end from limits that changed; False if it may not be on at all."""
        self.due = min(self.due, self.began + gate.limits.max_on_s, now + left_s)
        return gate.allows(self.instruction)

    def is_early(self, now: float, backstop_s: float) -> bool:
        """Say whether it can hardly be over yet: what is held counts nothing and ends in time."""
        held = own_length_s(self.instruction) is None
        length_s = self.due - backstop_s - self.began
        return held and now < self.began + 0.9 * length_s - _OWN_CLOCK_S

    def seen_in(self, state: CapabilityState) -> CapabilityState:
        """Return the picture of an output with this in it."""
        return replace(
            state,
            command_id=self.command.id,
            rule_id=self.command.rule_id,
            instruction=self.instruction,
            began=self.began,
            due=self.due,
        )


@dataclass(frozen=True, slots=True)
class More:
    """What makes the running activation last `lasts_s` from now.

    `counted`: the device must add it to what it counts (rounds, flashes); else it is told the
    same thing again, for longer.
    """

    instruction: Instruction
    lasts_s: float
    counted: bool


def adds(command: Command, capability: Capability) -> bool:
    """Say whether a command wants to be added to what runs."""
    policy = command.policy or capability.policy
    return policy is QueuePolicy.ADD and not is_off(command.instruction)


def joins_active(active: Activation, command: Command, capability: Capability) -> bool:
    """Say whether a command wants to be added to what runs, and is of the same kind."""
    return adds(command, capability) and joins(active.command.instruction, command.instruction)


def joins(one: Instruction, other: Instruction) -> bool:
    """Say whether two instructions differ in nothing but how much they ask for."""
    match one, other:
        case Rotate(), Rotate():
            return one == replace(other, rounds=one.rounds)
        case Flash(), Flash():
            return one == replace(other, times=one.times)
        case _:
            return one == other


def sum_of(one: Instruction, other: Instruction) -> Instruction:
    """Return both as one instruction; what is held is held, for as long as the command says."""
    match one, other:
        case Rotate(rounds=rounds), Rotate(rounds=more):
            return replace(one, rounds=rounds + more)
        case Flash(times=times), Flash(times=more_times):
            return replace(one, times=times + more_times)
        case _:
            return one


def gather(queue: Sequence[Command], capability: Capability, gate: Gate, now: float) -> int:
    """Return how many of the first commands add up to one activation that fits whole; 1 or more."""
    first = queue[0]
    if not adds(first, capability):
        return 1
    if isinstance(gate.admit(first.instruction, first.duration_s, now), Held):
        # It is asked again with every command that comes: the others are not counted each time.
        return 1
    many, instruction, duration_s = 1, first.instruction, first.duration_s
    for command in islice(queue, 1, None):
        if not (adds(command, capability) and joins(instruction, command.instruction)):
            break
        instruction = sum_of(instruction, command.instruction)
        duration_s = _together_s(duration_s, command.duration_s)
        if not _fits(instruction, duration_s, gate, now):
            break
        many += 1
    return many


def together(commands: Sequence[Command]) -> tuple[Instruction, float | None]:
    """Return what commands that add up ask for as one, and for how long."""
    instruction, duration_s = commands[0].instruction, commands[0].duration_s
    for command in commands[1:]:
        instruction = sum_of(instruction, command.instruction)
        duration_s = _together_s(duration_s, command.duration_s)
    return instruction, duration_s


def more_of(
    running: Instruction, left_s: float, command: Command, gate: Gate, now: float
) -> More | Held | None:
    """Return how to add a command to what runs for `left_s` more; None if it does not fit whole.

    `running` is all that was asked of the activation so far. Held: ask again later.
    """
    instruction = command.instruction
    own_s = own_length_s(instruction)
    if own_s is None and command.duration_s is None:
        return None
    alone = gate.admit(instruction, command.duration_s, now)
    if isinstance(alone, Held):
        return alone
    lasts_s = left_s + (alone.duration_s if own_s is None else own_length_s(alone.instruction) or 0)
    if any(name in ("duration_s", "rounds", "times") for name, _, _ in alone.limited):
        return None
    probe = _probe(running, instruction, lasts_s)
    admitted = gate.admit(probe, lasts_s, now)
    if isinstance(admitted, Held) or admitted.duration_s < lasts_s - _CLOSE:
        return None
    total = sum_of(running, instruction)
    if isinstance(total, Rotate) and total.rounds > gate.limits.max_rounds:
        return None
    return More(alone.instruction, lasts_s, counted=own_s is not None)


def _probe(running: Instruction, more: Instruction, lasts_s: float) -> Instruction:
    """Return an instruction of the same kind that lasts as long as it is told."""
    match more:
        case Rotate(rpm=rpm, reverse=reverse):
            return Run(rpm, reverse)
        case Flash(rate_hz=rate_hz):
            return replace(more, times=max(1, round(lasts_s * rate_hz)))
        case _:
            return running


def _together_s(one_s: float | None, other_s: float | None) -> float | None:
    return None if one_s is None or other_s is None else one_s + other_s


def _fits(instruction: Instruction, duration_s: float | None, gate: Gate, now: float) -> bool:
    verdict = gate.admit(instruction, duration_s, now)
    if not isinstance(verdict, Admitted):
        return False
    return not any(name in ("duration_s", "rounds", "times") for name, _, _ in verdict.limited)
