"""Decides what happens for one event: commands, and a trace of every gate of every rule considered.

One rule: pure and synchronous; the same events, times and rules give the same outcome.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from app.core import gates
from app.core.compiled import CompiledRules, compile_rule
from app.core.events import Gift, Like, Source, StreamStarted, ViewerCount
from app.core.ground import EngineGate as EngineGate  # noqa: PLC0414 - told from here
from app.core.ground import Ground, world_of
from app.core.memory import Memory
from app.core.orders import Draft
from app.core.origins import MAX_MOVES, fresh
from app.core.outcome import Outcome, Reason, Step
from app.core.parts import Action, Facts, Occasion
from app.core.runs import Runs
from app.core.variables import Variables

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.core.compiled import Compiled
    from app.core.events import LiveEvent
    from app.core.rules import Rule, RuleSet
    from app.core.world import Directory, World

_NOTICED: Final = frozenset({Like, ViewerCount, StreamStarted})
_RULE_TRIED: Final = Step("rule", passed=True, reason=Reason.PASSED)


@dataclasses.dataclass(frozen=True, slots=True)
class Rehearsed:
    """An outcome that nobody carried out, and how long after its event it would have come."""

    after_s: float
    outcome: Outcome


class Engine:
    """Holds the compiled rules and the runs that are not over. Not for several threads at once.

    Times are monotonic seconds. Whoever calls `handle` calls `advance` when `due` has come.
    """

    def __init__(
        self,
        rules: RuleSet,
        world: World | Directory,
        memory: Memory | None = None,
        variables: Variables | None = None,
    ) -> None:
        self.variables = Variables() if variables is None else variables
        self._memory = memory or Memory()
        self._rules = CompiledRules()
        self._ground = Ground(self._rules, world_of(world), self._memory, self.variables)
        self._runs = Runs(self._ground)
        self.replace(rules)

    # ------------------------------------------------------------------ its rules

    def replace(self, rules: RuleSet) -> None:
        """Take other rules from the next event on; rules that keep their id keep their memory.

        Runs go on as they began, but those of rules that are gone or off end.
        """
        switched = self._ground.switched
        was_on = {rule_id: self._rules.by_id[rule_id].rule.on for rule_id in switched}
        self._rules.take(rules)
        by_id = self._rules.by_id
        for rule_id, on in was_on.items():
            # Who turns a rule by hand, or deletes it, means it.
            if rule_id not in by_id or by_id[rule_id].rule.on is not on:
                del switched[rule_id]
        self._memory.keep_only(by_id)
        for rule_id in self._runs.rule_ids():
            reason = self._why_over(rule_id)
            if reason is not None:
                self._runs.end_rule(rule_id, reason, self._ground.now)

    def prepare(self, rules: RuleSet) -> None:
        """Do beforehand what `replace` needs long for with many rules; in any thread."""
        self._rules.prepare(rules)

    def _why_over(self, rule_id: str) -> Reason | None:
        compiled = self._rules.by_id.get(rule_id)
        if compiled is None:
            return Reason.RULE_GONE
        # A rule that turned itself off may still come to its end.
        if not (compiled.rule.on or self._ground.switched.get(rule_id)):
            return Reason.RULE_OFF
        return None if compiled.group_on else Reason.GROUP_OFF

    @property
    def switched(self) -> Mapping[str, bool]:
        """The rules that other rules turned on or off in this session."""
        return self._ground.switched

    def turn(self, rule_id: str, *, on: bool | None) -> None:
        """Turn a rule for this session only; None: as its file says again. Raises KeyError."""
        compiled = self._rules.by_id[rule_id]
        if on is None or on is compiled.rule.on:
            self._ground.switched.pop(rule_id, None)
        else:
            self._ground.switched[rule_id] = on

    @property
    def running(self) -> Mapping[str, int]:
        """How many runs of each rule are not over."""
        return self._runs.counts

    @property
    def compilations(self) -> int:
        """How many rules were compiled since the beginning."""
        return self._rules.compilations

    # ------------------------------------------------------------------ events and time

    def handle(self, event: LiveEvent, now: float, gate: EngineGate) -> Outcome:
        """Decide for one event; `now` is monotonic seconds. Never raises for what a rule says."""
        if gate.stopped or not gate.running:
            self._end_if_shut(gate, now)
        kind = type(event)
        if kind in _NOTICED:
            return self._handle_noticed(event, now, gate)
        index = self._rules.by_event.get(kind)
        if index is None:
            return Outcome(event, (), ())
        considered = index.considered(event)
        if not considered:
            return Outcome(event, (), ())
        # Gifts are money: there the receipt tells of every rule considered, fitting or not.
        return self._decide(
            self._runs, _Occasions(event, self._rules.known_gifts), considered, now, gate
        )

    def explain(self, event: LiveEvent, now: float, gate: EngineGate) -> Outcome:
        """Tell what `handle` would answer, of every rule for such events; remembers nothing."""
        return self._explain(self._shadow(), event, now, gate)

    def _explain(self, runs: Runs, event: LiveEvent, now: float, gate: EngineGate) -> Outcome:
        index = self._rules.by_event.get(type(event))
        if index is None:
            return Outcome(event, (), ())
        return self._decide(runs, self._occasions(event), index.rules, now, gate, keep_all=True)

    def due(self) -> float | None:
        """Return when `advance` must be called, in monotonic seconds; None if not at all."""
        return self._runs.due()

    def advance(self, now: float, gate: EngineGate) -> tuple[Outcome, ...]:
        """Go on with all runs whose time has come; the outcomes are `continued`, in order."""
        self._ground.now = now
        return self._runs.advance(now, gate)

    def stop_runs(self, reason: Reason, now: float) -> None:
        """End all runs: STOP, rules paused, other rules. `advance` tells of it, due at once."""
        self._runs.end_all(reason, now)

    def recalled(self) -> list[str]:
        """Return, once, the ids of commands that are to end: their rules were taken away."""
        return self._runs.recalled()

    def _end_if_shut(self, gate: EngineGate, now: float) -> None:
        shut = gate.shut
        if shut is not None:
            self._runs.end_all(shut, now)

    def _handle_noticed(self, event: LiveEvent, now: float, gate: EngineGate) -> Outcome:
        occasions = self._occasions(event)
        self._memory.take_notice(event)
        if isinstance(event, StreamStarted) and event.source is Source.LIVE:
            self.variables.begin(event.room_id)
        index = self._rules.by_event.get(type(event))
        if index is None:
            return Outcome(event, (), ())
        return self._decide(self._runs, occasions, index.considered(event), now, gate)

    def _occasions(self, event: LiveEvent) -> _Occasions:
        """Return what triggers are asked about; to be made before the event is remembered."""
        likes = self._memory.likes_before(event) if isinstance(event, Like) else 0
        return _Occasions(
            event, self._rules.known_gifts, likes, self._memory.watching(event.source)
        )

    def _decide(
        self,
        runs: Runs,
        occasions: _Occasions,
        considered: Sequence[Compiled],
        now: float,
        gate: EngineGate,
        *,
        keep_all: bool = False,
    ) -> Outcome:
        event, ground = occasions.event, runs.ground
        ground.now, ground.source, runs.gate = now, event.source, gate
        keep_all = keep_all or type(event) is Gift
        draft = Draft(event, now)
        for compiled in considered:
            steps: list[Step] = []
            facts = gates.occur(compiled, occasions.of(compiled), ground, steps, tell=keep_all)
            if facts is None:
                if keep_all or steps[-1].reason is not Reason.NO_MATCH:
                    draft.tell(compiled, steps)
                continue
            allowed = gates.admit(compiled, facts, ground, gate, now, steps)
            if allowed is None:
                draft.tell(compiled, steps)
            else:
                runs.start(compiled, allowed, draft, steps)
        return draft.outcome()

    # ------------------------------------------------------------------ one rule by hand

    def try_rule(
        self,
        rule: Rule,
        event: LiveEvent,
        now: float,
        gate: EngineGate,
        only_action: int | None = None,
    ) -> Outcome:
        """Run one rule for real, on or off; it need not be one of the document.

        `only_action` does the step in this place and asks neither WHEN nor ONLY IF nor LIMITS.
        """
        return self._try(self._runs, rule, event, now, gate, only_action)

    def rehearse(
        self,
        event: LiveEvent,
        now: float,
        gate: EngineGate,
        rule: Rule | None = None,
        only_action: int | None = None,
    ) -> tuple[Rehearsed, ...]:
        """Tell all that would come of an event, or of `try_rule`, to the end of the last run."""
        runs = self._shadow()
        if rule is None:
            first = self._explain(runs, event, now, gate)
        else:
            first = self._try(runs, rule, event, now, gate, only_action)
        told = [Rehearsed(0.0, first)]
        due = runs.due()
        while due is not None and len(told) < MAX_MOVES:
            at = max(now, due)
            runs.ground.now = at
            told.extend(Rehearsed(at - now, outcome) for outcome in runs.advance(at, gate))
            due = runs.due()
        return tuple(told)

    def pay(self, rule_id: str, event: LiveEvent, now: float, gate: EngineGate) -> Outcome:
        """Run a rule for a gift that it owes: its trigger and its amount at once count, no rest.

        Raises KeyError. It is paid if the trace says that the rule ran.
        """
        compiled, runs = self._rules.by_id[rule_id], self._runs
        ground, draft, steps = runs.ground, Draft(event, now), list[Step]()
        ground.now, ground.source, runs.gate = now, event.source, gate
        facts = self._occur(compiled, event, ground, steps)
        if facts is not None and gates.let(compiled, facts, ground, gate, steps, owed=False):
            facts = gates.ceiling(compiled, facts, steps)
            runs.start(compiled, facts, draft, steps, fresh("~owed"))
        else:
            draft.tell(compiled, steps)
        return draft.outcome()

    def _try(
        self,
        runs: Runs,
        rule: Rule,
        event: LiveEvent,
        now: float,
        gate: EngineGate,
        only_action: int | None,
    ) -> Outcome:
        compiled, ground = compile_rule(rule), runs.ground
        ground.now, ground.source, runs.gate = now, event.source, gate
        draft, steps = Draft(event, now), list[Step]()
        facts = self._occur(compiled, event, ground, steps)
        if only_action is not None:
            steps.clear()
            facts = facts or Facts(event, max(1, getattr(event, "count", 1)), ground.world, ground)
            compiled = _only(compiled, only_action)
        shut = gate.shut
        if facts is None or not gates.hold(compiled, facts, steps):
            draft.tell(compiled, steps)
        elif shut is not None:
            draft.tell(compiled, [*steps, Step("rule", passed=False, reason=shut)])
        else:
            steps.append(_RULE_TRIED)
            facts = gates.limit(compiled, facts, ground, now, steps)
            if facts is None:
                draft.tell(compiled, steps)
            else:
                runs.start(compiled, facts, draft, steps, fresh("~try", tried=True))
        return draft.outcome()

    def _occur(
        self, compiled: Compiled, event: LiveEvent, ground: Ground, steps: list[Step]
    ) -> Facts | None:
        """Go through WHEN with an event that may be for another sort of rule."""
        if isinstance(event, compiled.event):
            return gates.occur(compiled, self._occasions(event).of(compiled), ground, steps)
        steps.append(Step(compiled.gate_when, passed=False, reason=Reason.NO_MATCH))
        return None

    def _shadow(self) -> Runs:
        return self._runs.shadow()


class _Occasions:
    """An event as the triggers are asked about it, made once for those that wait and those not."""

    __slots__ = ("_each", "_known", "_likes", "_total", "_viewers", "event")

    def __init__(
        self, event: LiveEvent, known: frozenset[int], likes: int = 0, viewers: int = 0
    ) -> None:
        self.event = event
        self._known = known
        self._likes = likes
        self._viewers = viewers
        self._each: Occasion | None = None
        self._total: Occasion | None = None

    def of(self, compiled: Compiled) -> Occasion:
        """Return the occasion for a rule."""
        made = self._total if compiled.at_end else self._each
        if made is None:
            at_end = compiled.at_end
            made = Occasion(self.event, at_end, self._likes, self._known, self._viewers)
            if at_end:
                self._total = made
            else:
                self._each = made
        return made


def _only(compiled: Compiled, place: int) -> Compiled:
    """Return a rule that does one of its steps, whatever the rest of it says."""
    action = compiled.rule.do[place]
    return dataclasses.replace(
        compiled,
        conditions=(),
        limited=False,
        actions=((f"do:{action.key}", action),),
        plain=type(action).moves is Action.moves,
    )
