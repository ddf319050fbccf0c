"""What runs put into the outcome of one event: devices looked up, commands, effects, traces.

One rule: of the instructions a step gives at once, either all find their device or none is sent.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Final

from app.core import gates
from app.core.outcome import Command, EffectRequest, Outcome, Reason, Step, Trace
from app.core.verbs import args_of, verb_of
from drivers.contract import Kind, Off, is_off

if TYPE_CHECKING:
    from app.core.compiled import Compiled
    from app.core.effects import Effect
    from app.core.events import LiveEvent
    from app.core.ground import Ground
    from app.core.parts import Facts, Planned, Values
    from drivers.contract import Instruction

# What people call a switch; every other role has the name of its kind.
_RELAY: Final = "relay"
# A run that repeats something for a thousand times is told in full no more than this far.
MAX_STEPS: Final = 100
_MOST_RECALLED: Final = 500
_NO_MOVES: Final[list[int]] = [0]
_NOTHING: Final[tuple[Reason, Values]] = (Reason.NOTHING_TO_DO, ())


class Draft:
    """The outcome that is being written."""

    __slots__ = ("commands", "continued", "event", "now", "requests", "traces")

    def __init__(self, event: LiveEvent, now: float, *, continued: bool = False) -> None:
        self.event = event
        self.now = now
        self.continued = continued
        self.commands: list[Command] = []
        self.requests: list[EffectRequest] = []
        self.traces: list[Trace | Run] = []

    def outcome(self) -> Outcome:
        """Return what was written; runs that are not over go on in another one."""
        return Outcome(
            self.event,
            tuple(self.commands),
            tuple([one if isinstance(one, Trace) else one.told() for one in self.traces]),
            tuple(self.requests),
            self.continued,
        )

    def tell(self, compiled: Compiled, steps: list[Step]) -> None:
        """Put the trace of a rule that did not come to run."""
        self.traces.append(Trace(compiled.id, compiled.name, tuple(steps)))


class Run:
    """One run of one rule: what it is for, what it did, and the trace of it in this outcome.

    `depth` says how many rules started one another up to it; `left` how many moves they all may
    still make. `tag` parts its commands from those of another run for the same event.
    """

    # What most runs never need has its value here: plain runs are many and short.
    telling = True
    failed: Step | None = None
    made = 0
    depth = 0
    left = _NO_MOVES
    tag = ""
    ended = False
    did = False
    # It did something beside waiting.
    acted = False
    noted = False
    tried = False
    paused = 0
    _used: set[str] | None = None
    _more = 0

    def __init__(self, compiled: Compiled, facts: Facts, draft: Draft, steps: list[Step]) -> None:
        self.compiled = compiled
        self.facts = facts
        # The outcome it is in, or was in last; `telling` while that one is written.
        self.draft = draft
        self.steps = steps
        self.event = draft.event
        self.started = draft.now

    def deed(self, ground: Ground) -> None:
        """Remember that the rule ran: at the first thing it really does."""
        self.did = True
        if self.noted or ground.dry:
            return
        self.noted = True
        rule = self.compiled.rule
        ground.memory.note_run(self.compiled.id, rule.limits, self.event, self.draft.now)

    def note(self, step: Step) -> None:
        """Put a step into the trace; the first that failed stands last, others are left out."""
        if not step.passed:
            if self.failed is None:
                self.failed = step
        elif len(self.steps) < MAX_STEPS:
            self.steps.append(step)
        else:
            self._more += 1

    def told(self) -> Trace:
        """Return the trace for this outcome, and be in none from here on."""
        steps = self.steps
        if self._more:
            more = (("more_steps", float(self._more)),)
            steps = [*steps, Step("run", passed=True, reason=Reason.PASSED, values=more)]
        if self.failed is not None:
            steps = [*steps, self.failed]
        self.telling = False
        return Trace(self.compiled.id, self.compiled.name, tuple(steps), not self.ended)

    def continue_in(self, draft: Draft) -> None:
        """Go on in another outcome."""
        self.draft, self.steps, self.failed, self._more = draft, [], None, 0
        self.telling = True
        draft.traces.append(self)

    # ------------------------------------------------------------------ what it orders

    def command(self, planned: tuple[Planned, ...], ground: Ground) -> tuple[Reason, Values]:
        """Order all of these, or none with the reason; the values tell what goes where."""
        places: list[tuple[str, str]] = []
        values: Values = ()
        for plan in planned:
            place = _find(plan, ground)
            if place is None:
                missing: Values = (("device", plan.device), ("kind", plan.kinds[0].value))
                return Reason.NO_DEVICE, missing
            # OFF always passes, also while a device rests.
            resting = self.compiled.rest_s and not is_off(plan.instruction)
            rests = self._rests(place[0], ground) if resting else ()
            if rests:
                return Reason.DEVICE_COOLDOWN, rests
            places.append(place)
            values = (*values, *_told(plan.instruction, plan.duration_s, place[0]))
        for plan, place in zip(planned, places, strict=True):
            self._order(plan.instruction, plan.duration_s, place, ground)
        return Reason.PASSED, values

    def stop(self, device: str, ground: Ground) -> tuple[Reason, Values]:
        """Order every output of a device to rest."""
        places = ground.world.outputs(device) if device else ()
        if not places:
            return Reason.NO_DEVICE, (("device", device),)
        for place in places:
            self._order(Off(), None, place, ground)
        return Reason.PASSED, _told(Off(), None, places[0][0])

    def request(self, effect: Effect) -> None:
        """Order something that is done outside the devices."""
        draft, compiled = self.draft, self.compiled
        deadline = draft.now + compiled.time_to_live_s
        draft.requests.append(
            EffectRequest(self._next_id(), effect, deadline, self.event.id, compiled.id)
        )

    def _order(
        self,
        instruction: Instruction,
        duration_s: float | None,
        place: tuple[str, str],
        ground: Ground,
    ) -> None:
        draft, compiled = self.draft, self.compiled
        rule, (device_id, capability) = compiled.rule, place
        draft.commands.append(
            Command(
                self._next_id(),
                device_id,
                capability,
                instruction,
                draft.now + compiled.time_to_live_s,
                duration_s,
                rule.limits.policy,
                rule.priority,
                self.event.id,
                compiled.id,
            )
        )
        if not ground.dry:
            ground.memory.used[device_id] = draft.now

    def _next_id(self) -> str:
        number, self.made = self.made, self.made + 1
        return f"{self.event.id}/{self.compiled.id}{self.tag}/{number}"

    def ids(self) -> tuple[str, ...]:
        """Return the ids of what it ordered, the newest first; no more than may still matter."""
        start, last = f"{self.event.id}/{self.compiled.id}{self.tag}/", self.made - 1
        return tuple(f"{start}{n}" for n in range(last, max(-1, last - _MOST_RECALLED), -1))

    def _rests(self, device_id: str, ground: Ground) -> Values:
        """Return what is left of the device's rest; a device this run has used is its own."""
        rest_s = self.compiled.rest_s
        if self._used is None:
            self._used = set()
        if device_id in self._used:
            return ()
        left_s = ground.memory.used.get(device_id, -inf) + rest_s - self.draft.now
        if left_s > 0:
            return (("device", device_id), ("left_s", left_s), ("cooldown_s", rest_s))
        self._used.add(device_id)
        return ()


def do_at_once(run: Run, ground: Ground) -> None:
    """Do every step that can be done; one that cannot stands last and names the rule's fate."""
    facts = run.facts
    for gate, action in run.compiled.actions:
        try:
            planned = action.commands(facts)
        except Exception as error:  # noqa: BLE001 - a part's fault stops its step and no other
            run.note(gates.failed(gate, error))
            continue
        reason, values = run.command(planned, ground) if planned else _NOTHING
        run.note(Step(gate, reason is Reason.PASSED, reason, values))
    if run.made:
        run.deed(ground)
    else:
        nothing_done(run)


def nothing_done(run: Run) -> None:
    """Say of a run that did nothing what that means."""
    if run.failed is not None:
        gates.owe(run.compiled, run.event, run.failed.reason, run.steps)
    elif not run.compiled.actions:
        run.note(Step("do", passed=False, reason=Reason.NOTHING_TO_DO))


def _find(plan: Planned, ground: Ground) -> tuple[str, str] | None:
    if not plan.device:
        return None
    find = ground.world.find
    for kind in plan.kinds:
        place = find(plan.device, kind)
        if place is None and plan.device == _RELAY and kind is Kind.SWITCH:
            place = find(kind.value, kind)
        if place is not None:
            return place[0], plan.capability or place[1]
    return None


def _told(instruction: Instruction, duration_s: float | None, device_id: str) -> Values:
    values: list[tuple[str, str | float]] = [
        ("device", device_id),
        ("verb", verb_of(instruction)),
    ]
    for name, value in args_of(instruction).items():
        values.append((name, value if isinstance(value, str) else float(value)))
    if duration_s is not None:
        values.append(("seconds", float(duration_s)))
    return tuple(values)
