"""What all runs of one engine stand on: world, memory, variables, and the switches of this session.

One rule: rules see it through `State` and change it through moves only; a dry one keeps nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.core.events import Source
from app.core.outcome import Reason
from app.core.world import OnlyDevices, RuleFacts, World

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.core.compiled import Compiled, CompiledRules
    from app.core.events import Event
    from app.core.memory import Memory
    from app.core.variables import Variables
    from app.core.world import Directory


@dataclass(frozen=True, slots=True)
class EngineGate:
    """What holds for all rules: `running` is the user's switch, `stopped` the latched STOP."""

    running: bool = True
    stopped: bool = False

    @property
    def shut(self) -> Reason | None:
        """Why nothing may run; None if rules may."""
        if not self.running:
            return Reason.RULES_PAUSED
        return Reason.STOPPED if self.stopped else None


class Ground:
    """What runs stand on, and the `State` that rules see. `now` and the event are the latest."""

    def __init__(
        self, rules: CompiledRules, world: World, memory: Memory, variables: Variables
    ) -> None:
        self.rules = rules
        self.world = world
        self.memory = memory
        self.variables = variables
        self.switched: dict[str, bool] = {}
        self.running: Mapping[str, int] = {}
        self.dry = False
        self.now = 0.0
        self.source = Source.LIVE
        self.rule_id = ""

    def dried(self) -> Ground:
        """Return the same ground for trying something out: nothing of it is kept."""
        other = Ground(self.rules, self.world, self.memory, self.variables.copy())
        other.switched = dict(self.switched)
        other.running = self.running
        other.dry = True
        return other

    def blocked(self, compiled: Compiled, gate: EngineGate, event: Event) -> Reason | None:
        """Say why this rule may not run, whatever its conditions and limits say."""
        return self.off(compiled) or gate.shut or (Reason.BACKLOG if event.backlog else None)

    def off(self, compiled: Compiled) -> Reason | None:
        """Say whether the rule or its group is off; a switch of this session goes first."""
        on = compiled.rule.on
        if self.switched:
            on = self.switched.get(compiled.id, on)
        if not on:
            return Reason.RULE_OFF
        return None if compiled.group_on else Reason.GROUP_OFF

    # ------------------------------------------------------------------ what rules may ask

    def variable(self, name: str) -> float | str | None:
        """Return a variable's value; None if nothing has set it."""
        return self.variables.get(name)

    def numbers(self) -> Mapping[str, float]:
        """Return all variables that are numbers."""
        return self.variables.numbers()

    def texts(self) -> Mapping[str, str]:
        """Return all variables as texts may show them, numbers too."""
        return self.variables.texts()

    def rule(self, rule_id: str) -> RuleFacts:
        """Return how a rule is; its runs are those of this stream."""
        compiled = self.rules.by_id.get(rule_id)
        if compiled is None:
            return RuleFacts()
        kept = self.memory.of(rule_id)
        last = kept.last_run if kept else None
        return RuleFacts(
            known=True,
            on=self.off(compiled) is None,
            running=self.running.get(rule_id, 0),
            runs=kept.runs.get(self.source, 0) if kept else 0,
            last_run_ago_s=None if last is None else max(0.0, self.now - last),
        )

    def used(self, bag: str) -> frozenset[int]:
        """Return what this rule took out of one of its bags."""
        return self.memory.bag(self.rule_id, bag)

    def watching(self) -> int:
        """Return how many were watching when that was last told; 0 before."""
        return self.memory.watching(self.source)


def world_of(directory: World | Directory) -> World:
    """Return a world; to one that only knows devices the rest is added, empty."""
    return directory if isinstance(directory, World) else OnlyDevices(directory)
