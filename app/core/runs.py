"""Runs that last: pauses, branches side by side, run modes, rules that start rules.

One rule: every run ends - by itself, at a guard, or when everything stops - and says why.
"""

from __future__ import annotations

import heapq
from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from app.core import gates
from app.core.ground import EngineGate
from app.core.moves import EndRun, Pause, RunRule, Together, every_move, failure
from app.core.orders import Draft, Run, do_at_once, nothing_done
from app.core.origins import MAX_DEPTH, MAX_LIVE, MAX_MOVES, MAX_RUN_S, Origin, Waiting, fresh
from app.core.outcome import Reason, Step
from app.core.strands import Strand

if TYPE_CHECKING:
    from app.core.compiled import Compiled
    from app.core.ground import Ground
    from app.core.moves import Move
    from app.core.outcome import Outcome
    from app.core.parts import Facts, Values

_STALE: Final = 64
_MODE: Final = "limits:mode"
# Who takes a rule away means what it is just doing too; other ends leave that to the devices.
_TAKEN_AWAY: Final = frozenset(
    {Reason.RULE_GONE, Reason.RULE_OFF, Reason.GROUP_OFF, Reason.OTHER_SET}
)
_OPEN: Final = EngineGate()


class Runs:
    """Starts runs and keeps those that are not over. Not for several threads at once."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.gate = _OPEN
        self.counts: dict[str, int] = {}
        self._live: dict[str, list[Run]] = {}
        self._waiting: dict[str, deque[Waiting]] = {}
        self._pauses: list[tuple[float, int, Strand]] = []
        self._stale = 0
        self._serial = 0
        # The rules of which a run has ended while others wait.
        self._turns: dict[str, None] = {}
        self._untold: list[Outcome] = []
        self._recalled: list[str] = []
        ground.running = self.counts

    def due(self) -> float | None:
        """Return when the next step is due, in monotonic seconds; None if none is."""
        if self._untold or self._turns:
            return 0.0
        while self._pauses and self._pauses[0][2].run.ended:
            heapq.heappop(self._pauses)
            self._stale -= 1
        return self._pauses[0][0] if self._pauses else None

    def shadow(self) -> Runs:
        """Return the same on dry ground: what lives here stands there, and does not move."""
        other = Runs(self.ground.dried())
        other.gate = self.gate
        for rule_id, runs in self._live.items():
            other.counts[rule_id] = len(runs)
            other._live[rule_id] = [_ghost(run, self.ground.now) for run in runs]
        for rule_id, line in self._waiting.items():
            other._waiting[rule_id] = deque(replace(one, origin=fresh()) for one in line)
        return other

    # ------------------------------------------------------------------ beginning

    def start(
        self,
        compiled: Compiled,
        facts: Facts,
        draft: Draft,
        steps: list[Step],
        origin: Origin | None = None,
    ) -> None:
        """Do what a rule does, as its mode says, now that it went through all its gates."""
        if compiled.plain:
            run = Run(compiled, facts, draft, steps)
            if origin is not None:
                run.tag = origin.tag
            run.ended = True
            draft.traces.append(run)
            do_at_once(run, self.ground)
            return
        origin = origin or fresh()
        step = self._mode(compiled, facts, draft, origin)
        if step is None:
            self._begin(compiled, facts, draft, steps, origin)
        else:
            draft.tell(compiled, [*steps, step])

    def _mode(self, compiled: Compiled, facts: Facts, draft: Draft, origin: Origin) -> Step | None:
        """Return what keeps a run from beginning beside those that live; None if nothing does."""
        live = self._live.get(compiled.id, [])
        if not live and compiled.id not in self._waiting:
            return None
        match compiled.rule.mode:
            case "single" if live:
                return Step(_MODE, passed=False, reason=Reason.STILL_RUNNING)
            case "queued":
                return self._line_up(compiled, facts, draft, origin)
            case "restart":
                for run in list(live):
                    self.end(run, Reason.RESTARTED, draft.now)
                return None
            case _:
                return _full(MAX_LIVE) if len(live) >= MAX_LIVE else None

    def _line_up(self, compiled: Compiled, facts: Facts, draft: Draft, origin: Origin) -> Step:
        line = self._waiting.setdefault(compiled.id, deque())
        if len(line) >= compiled.rule.limits.max_queued:
            return _full(compiled.rule.limits.max_queued)
        self._serial += 1
        line.append(Waiting(compiled, draft.event, facts, draft.now, origin, self._serial))
        # It counts from here on, else more would line up than the limits allow.
        Run(compiled, facts, draft, []).deed(self.ground)
        values = (("place", float(len(line))),)
        return Step(_MODE, passed=True, reason=Reason.WAITING, values=values)

    def _begin(
        self,
        compiled: Compiled,
        facts: Facts,
        draft: Draft,
        steps: list[Step],
        origin: Origin,
        *,
        noted: bool = False,
    ) -> None:
        run = Run(compiled, facts, draft, steps)
        run.depth, run.left, run.tag, run.tried = (
            origin.depth,
            origin.left,
            origin.tag,
            origin.tried,
        )
        run.noted = noted
        draft.traces.append(run)
        rule_id = compiled.id
        live = self._live.setdefault(rule_id, [])
        live.append(run)
        self.counts[rule_id] = len(live)
        self._go(Strand(run, every_move([action for _, action in compiled.actions], facts)))
        if not run.did:
            nothing_done(run)

    def _start_other(self, run: Run, rule_id: str) -> tuple[Reason, Values]:
        """Start another rule for the event of this run."""
        ground, draft = self.ground, run.draft
        compiled = ground.rules.by_id.get(rule_id)
        if compiled is None:
            return Reason.NO_RULE, (("rule", rule_id),)
        if run.depth >= MAX_DEPTH:
            return Reason.TOO_DEEP, (("most", float(MAX_DEPTH)),)
        run.deed(ground)
        self._serial += 1
        caller, origin = run.compiled.rule, Origin(run.depth + 1, run.left, f"~{self._serial}")
        called = (("rule", caller.name or caller.id),)
        steps = [Step("run:called", passed=True, reason=Reason.PASSED, values=called)]
        facts = gates.admit(compiled, run.facts, ground, self.gate, draft.now, steps)
        if facts is None:
            draft.tell(compiled, steps)
        else:
            self.start(compiled, facts, draft, steps, origin)
        return Reason.PASSED, (("rule", compiled.name or rule_id),)

    # ------------------------------------------------------------------ going on

    def advance(self, now: float, gate: EngineGate) -> tuple[Outcome, ...]:
        """Make all moves that are due; return what came of them, one outcome for each."""
        self.gate = gate
        if gate.shut is not None:
            self.end_all(gate.shut, now)
        outcomes = [*self._told(), *self._take_turns(now)]
        while self._pauses and self._pauses[0][0] <= now:
            strand = heapq.heappop(self._pauses)[2]
            run = strand.run
            if run.ended:
                self._stale -= 1
                continue
            draft = Draft(run.event, now, continued=True)
            run.paused -= 1
            run.continue_in(draft)
            if strand.cut or now > run.started + MAX_RUN_S:
                self.end(run, Reason.TOO_LONG, now, (("most_s", MAX_RUN_S),))
            else:
                self._go(strand)
            outcomes.append(draft.outcome())
            outcomes += [*self._told(), *self._take_turns(now)]
        return tuple(outcomes)

    def _go(self, strand: Strand) -> None:
        """Make moves until the strand pauses or ends, and with the last branch those after it."""
        at: Strand | None = strand
        while at is not None:
            at.stepping = True
            ended = self._walk(at)
            at.stepping = False
            if not ended or at.run.ended:
                return
            at.leave(self.ground)
            above = at.parent
            if above is None:
                self._retire(at.run)
                return
            above.open -= 1
            at = None if above.open or above.stepping else above

    def _walk(self, strand: Strand) -> bool:
        """Make moves; False when the strand must wait for something."""
        run = strand.run
        while not run.ended:
            move = self._next(strand)
            match move:
                case None:
                    return True
                case Pause(seconds):
                    if seconds > 0:
                        self._pause(strand, seconds)
                        return False
                    strand.tell((("pause_s", 0.0),))
                case Together(branches):
                    strand.leave(self.ground)
                    strand.open = len(branches)
                    for branch in branches:
                        self._go(Strand(run, branch, strand))
                    if strand.open:
                        return False
                case RunRule(rule_id):
                    strand.take(self._start_other(run, rule_id), self.ground)
                case EndRun():
                    strand.tell(())
                    strand.leave(self.ground, Reason.ENDED)
                    self._retire(run)
                case _:
                    strand.make(move, self.ground)
        return True

    def _next(self, strand: Strand) -> Move | None:
        run = strand.run
        if run.left[0] <= 0:
            self.end(run, Reason.RUNAWAY, run.draft.now, (("most", float(MAX_MOVES)),))
            return None
        run.left[0] -= 1
        self.ground.rule_id = run.compiled.id
        try:
            return next(strand.moves, None)
        except Exception as error:  # noqa: BLE001 - a part's fault ends its branch and no other
            skip = failure(error)
            strand.fail(skip.reason, skip.values)
            return None

    def _pause(self, strand: Strand, seconds: float) -> None:
        run = strand.run
        run.deed(self.ground)
        strand.tell((("pause_s", seconds),))
        strand.leave(self.ground)
        wake, last = run.draft.now + seconds, run.started + MAX_RUN_S
        strand.cut = wake > last
        self._serial += 1
        heapq.heappush(self._pauses, (min(wake, last), self._serial, strand))
        run.paused += 1

    # ------------------------------------------------------------------ ending

    def end(self, run: Run, reason: Reason, now: float, values: Values = ()) -> None:
        """End a run before it is over, and say why."""
        if run.ended:
            return
        if reason in _TAKEN_AWAY:
            self._recalled.extend(run.ids())
        step = Step("run", passed=False, reason=reason, values=values)
        if run.telling:
            run.failed = None
            run.note(step)
            self._retire(run)
            return
        draft = Draft(run.event, now, continued=True)
        run.continue_in(draft)
        if not run.acted and not run.tried:
            gates.owe(run.compiled, run.event, reason, run.steps)
        run.note(step)
        self._retire(run)
        self._untold.append(draft.outcome())

    def end_all(self, reason: Reason, now: float) -> None:
        """End every run, and those that wait for their turn."""
        for rule_id in list(self._waiting):
            self._end_waiting(rule_id, reason, now)
        for runs in list(self._live.values()):
            for run in list(runs):
                self.end(run, reason, now)

    def end_rule(self, rule_id: str, reason: Reason, now: float) -> None:
        """End the runs of one rule, and those that wait; runs to try it out go on."""
        self._end_waiting(rule_id, reason, now)
        for run in list(self._live.get(rule_id, ())):
            if not run.tried:
                self.end(run, reason, now)

    def recalled(self) -> list[str]:
        """Return, once, the commands of runs that ended because their rule was taken away."""
        recalled, self._recalled = self._recalled, []
        return recalled

    def rule_ids(self) -> tuple[str, ...]:
        """Return the rules of which a run is not over."""
        return tuple({**self._live, **self._waiting})

    def _end_waiting(self, rule_id: str, reason: Reason, now: float) -> None:
        for entry in self._waiting.pop(rule_id, ()):
            draft, steps = Draft(entry.event, now, continued=True), list[Step]()
            gates.owe(entry.compiled, draft.event, reason, steps)
            steps.append(Step("run", passed=False, reason=reason))
            draft.tell(entry.compiled, steps)
            self._untold.append(draft.outcome())

    def _retire(self, run: Run) -> None:
        run.ended = True
        self._stale += run.paused
        run.paused = 0
        rule_id = run.compiled.id
        live = self._live[rule_id]
        live.remove(run)
        if live:
            self.counts[rule_id] = len(live)
        else:
            del self._live[rule_id], self.counts[rule_id]
            if rule_id in self._waiting:
                self._turns[rule_id] = None
        if self._stale > _STALE and self._stale * 2 > len(self._pauses):
            self._pauses = [one for one in self._pauses if not one[2].run.ended]
            heapq.heapify(self._pauses)
            self._stale = 0

    def _told(self) -> list[Outcome]:
        untold, self._untold = self._untold, []
        return untold

    def _take_turns(self, now: float) -> list[Outcome]:
        """Begin those that wait, where the run before is over; who waits longest goes first."""
        outcomes: list[Outcome] = []
        while self._turns:
            lines = {rule_id: self._waiting.get(rule_id) for rule_id in self._turns}
            free = [line for rule_id, line in lines.items() if line and rule_id not in self._live]
            if not free:
                self._turns.clear()
                break
            line = min(free, key=lambda line: line[0].serial)
            entry = line.popleft()
            if not line:
                del self._waiting[entry.compiled.id]
            outcomes.append(self._turn(entry, now))
        return outcomes

    def _turn(self, entry: Waiting, now: float) -> Outcome:
        compiled, steps = entry.compiled, list[Step]()
        draft = Draft(entry.event, now, continued=True)
        waited_s = now - entry.since
        values = (("waited_s", waited_s),)
        off = None if entry.origin.tried else self.ground.off(compiled)
        if waited_s > compiled.time_to_live_s:
            reason = Reason.WAITED_TOO_LONG
            gates.owe(compiled, draft.event, reason, steps)
            steps.append(Step("run:turn", passed=False, reason=reason, values=values))
        elif off is not None:
            steps.append(Step("rule", passed=False, reason=off))
        else:
            steps.append(Step("run:turn", passed=True, reason=Reason.PASSED, values=values))
            self._begin(compiled, entry.facts, draft, steps, entry.origin, noted=True)
            return draft.outcome()
        draft.tell(compiled, steps)
        return draft.outcome()


def _full(most: int) -> Step:
    values = (("most", float(most)),)
    return Step(_MODE, passed=False, reason=Reason.TOO_MANY_RUNS, values=values)


def _ghost(run: Run, now: float) -> Run:
    ghost = Run(run.compiled, run.facts, Draft(run.event, now), [])
    ghost.telling = False
    return ghost
