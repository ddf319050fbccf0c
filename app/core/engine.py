"""Decides what happens for one event: commands, and a trace of every gate of every rule considered.

One rule: pure and synchronous; the same events, times and rules give the same outcome.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app.core.events import Gift, Like, StreamStarted
from app.core.expressions import FormulaError
from app.core.limits import Memory, RuleLimits, check_ceiling, check_limits
from app.core.outcome import Command, Outcome, Reason, Step, Trace
from app.core.parts import Facts, Occasion, Planned, Trigger, Values, Verdict
from app.core.verbs import args_of, verb_of
from app.core.world import Directory as Directory  # noqa: PLC0414, TC001 - told from here
from drivers.contract import Kind

if TYPE_CHECKING:
    from collections.abc import Hashable

    from app.core.events import LiveEvent
    from app.core.parts import Action, Condition
    from app.core.rules import Rule, RuleSet

# Events of the same kind with the same keys come again and again; this many are remembered.
_REMEMBERED: Final = 4096
_NO_LIMITS: Final = RuleLimits()
# What people call a switch; every other role has the name of its kind.
_RELAY: Final = "relay"
_RULE_ON: Final = Step("rule", passed=True, reason=Reason.PASSED)


@dataclass(frozen=True, slots=True)
class EngineGate:
    """What holds for all rules: `running` is the user's switch, `stopped` the latched STOP."""

    running: bool = True
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class _Compiled:
    place: int
    rule: Rule
    at_end: bool
    gate_when: str
    conditions: tuple[tuple[str, Condition], ...]
    actions: tuple[tuple[str, Action], ...]


@dataclass(slots=True)
class _Index:
    """The rules for one class of event: those to look at always, and those found by a key."""

    rules: tuple[_Compiled, ...]
    always: list[_Compiled]
    keyed: dict[Hashable, list[_Compiled]]
    key_makers: tuple[type[Trigger], ...]
    remembered: dict[tuple[Hashable, ...], tuple[_Compiled, ...]]

    def considered(self, event: LiveEvent) -> tuple[_Compiled, ...]:
        """Return the rules this event may be for, in their order."""
        keys = tuple(key for maker in self.key_makers for key in maker.keys_of(event))
        known = self.remembered.get(keys)
        if known is not None:
            return known
        found = {rule.place: rule for rule in self.always}
        for key in keys:
            found.update((rule.place, rule) for rule in self.keyed.get(key, ()))
        rules = tuple(found[place] for place in sorted(found))
        if len(self.remembered) >= _REMEMBERED:
            self.remembered.clear()
        self.remembered[keys] = rules
        return rules


class Engine:
    """Holds the compiled rules. Not for several threads at once."""

    def __init__(self, rules: RuleSet, directory: Directory, memory: Memory | None = None) -> None:
        self._directory = directory
        self._memory = memory or Memory()
        self._index: dict[type, _Index] = {}
        self._known_gifts: frozenset[int] = frozenset()
        self.replace(rules)

    def replace(self, rules: RuleSet) -> None:
        """Take other rules from the next event on; rules that keep their id keep their memory."""
        index, known_gifts = _compile(rules)
        self._index, self._known_gifts = index, known_gifts
        self._memory.keep_only({rule.id for rule in rules.rules})

    def handle(self, event: LiveEvent, now: float, gate: EngineGate) -> Outcome:
        """Decide for one event; `now` is monotonic seconds. Never raises for what a rule says."""
        return self._decide(event, now, gate, dry=False)

    def explain(self, event: LiveEvent, now: float, gate: EngineGate) -> Outcome:
        """Tell what `handle` would answer, of every rule for such events; remembers nothing."""
        return self._decide(event, now, gate, dry=True)

    def _decide(self, event: LiveEvent, now: float, gate: EngineGate, *, dry: bool) -> Outcome:
        index = self._index.get(type(event))
        before = self._memory.likes_before(event) if isinstance(event, Like) else 0
        if not dry:
            self._take_notice(event)
        if index is None:
            return Outcome(event, (), ())
        # Gifts are money: there the receipt tells of every rule considered, fitting or not.
        keep_all = dry or isinstance(event, Gift)
        commands: list[Command] = []
        traces: list[Trace] = []
        for compiled in index.rules if dry else index.considered(event):
            occasion = Occasion(event, compiled.at_end, before, self._known_gifts)
            run = _Run(compiled, event, now, self._memory, self._directory)
            trace = run.through(occasion, gate)
            if not keep_all and trace.steps[-1].reason is Reason.NO_MATCH:
                continue
            traces.append(trace)
            commands.extend(run.commands)
            if run.commands and not dry:
                rule = compiled.rule
                self._memory.note_run(rule.id, rule.limits, event, now)
        return Outcome(event, tuple(commands), tuple(traces))

    def _take_notice(self, event: LiveEvent) -> None:
        if isinstance(event, StreamStarted):
            self._memory.begin(event)
        elif isinstance(event, Like):
            self._memory.note_likes(event)


class _Run:
    """One rule going through its gates for one event."""

    __slots__ = ("_compiled", "_directory", "_event", "_memory", "_now", "_steps", "commands")

    def __init__(
        self,
        compiled: _Compiled,
        event: LiveEvent,
        now: float,
        memory: Memory,
        directory: Directory,
    ) -> None:
        self._compiled = compiled
        self._event = event
        self._now = now
        self._memory = memory
        self._directory = directory
        self._steps: list[Step] = []
        self.commands: list[Command] = []

    def through(self, occasion: Occasion, gate: EngineGate) -> Trace:
        """Go through WHEN, ONLY IF, LIMITS and DO; the first that fails ends it."""
        rule = self._compiled.rule
        at = self._compiled.gate_when
        try:
            verdict = rule.when.match(occasion)
            if self._noted(at, verdict):
                facts = Facts(self._event, verdict.amount)
                for at, condition in self._compiled.conditions:
                    if not self._noted(at, condition.holds(facts)):
                        break
                else:
                    self._limits_and_do(facts, gate)
        except Exception as error:  # noqa: BLE001 - a part's fault stops its rule and no other
            self._fail(at, Reason.EXPRESSION_FAILED, (("fault", type(error).__name__),))
        return Trace(rule.id, rule.name, tuple(self._steps))

    def _noted(self, gate: str, verdict: Verdict) -> bool:
        self._steps.append(Step(gate, verdict.passed, verdict.reason, verdict.values))
        return verdict.passed

    def _fail(self, gate: str, reason: Reason, values: Values = ()) -> None:
        self._steps.append(Step(gate, passed=False, reason=reason, values=values))

    def _limits_and_do(self, facts: Facts, gate: EngineGate) -> None:
        rule = self._compiled.rule
        blocked = _blocked(rule, gate, self._event)
        if blocked is not None:
            self._fail("rule", blocked)
            return
        self._steps.append(_RULE_ON)
        if rule.limits != _NO_LIMITS:
            memory = self._memory.of(rule.id)
            self._steps.extend(check_limits(rule.limits, memory, self._event, self._now))
            if not self._steps[-1].passed:
                return
            amount, step = check_ceiling(rule.limits, facts.amount)
            if step is not None:
                self._steps.append(step)
                facts = Facts(facts.event, amount)
        self._do(facts)

    def _do(self, facts: Facts) -> None:
        """Do every step that can be done; one that cannot stands last and names the rule's fate."""
        failed: Step | None = None
        for gate, action in self._compiled.actions:
            try:
                planned = action.commands(facts)
            except FormulaError as error:
                values: Values = (("formula", error.formula), ("fault", error.fault.value))
                step = Step(gate, passed=False, reason=Reason.EXPRESSION_FAILED, values=values)
            except Exception as error:  # noqa: BLE001 - as above
                values = (("fault", type(error).__name__),)
                step = Step(gate, passed=False, reason=Reason.EXPRESSION_FAILED, values=values)
            else:
                step = self._resolve(gate, planned)
            if step.passed:
                self._steps.append(step)
            elif failed is None:
                failed = step
        if failed is not None:
            self._steps.append(failed)
        elif not self._compiled.actions:
            self._fail("do", Reason.NOTHING_TO_DO)

    def _resolve(self, gate: str, planned: tuple[Planned, ...]) -> Step:
        if not planned:
            return Step(gate, passed=False, reason=Reason.NOTHING_TO_DO)
        places: list[tuple[str, str]] = []
        values: Values = ()
        for plan in planned:
            place = self._find(plan)
            if place is None:
                values = (("device", plan.device), ("kind", plan.kinds[0].value))
                return Step(gate, passed=False, reason=Reason.NO_DEVICE, values=values)
            places.append(place)
            values = (*values, *_told(plan, place[0]))
        for plan, place in zip(planned, places, strict=True):
            self._add(plan, *place)
        return Step(gate, passed=True, reason=Reason.PASSED, values=values)

    def _find(self, plan: Planned) -> tuple[str, str] | None:
        if not plan.device:
            return None
        for kind in plan.kinds:
            place = self._directory.find(plan.device, kind)
            if place is None and plan.device == _RELAY and kind is Kind.SWITCH:
                place = self._directory.find(kind.value, kind)
            if place is not None:
                return place[0], plan.capability or place[1]
        return None

    def _add(self, plan: Planned, device_id: str, capability: str) -> None:
        rule = self._compiled.rule
        self.commands.append(
            Command(
                id=f"{self._event.id}/{rule.id}/{len(self.commands)}",
                device_id=device_id,
                capability=capability,
                instruction=plan.instruction,
                deadline=self._now + rule.time_to_live_s,
                duration_s=plan.duration_s,
                policy=rule.limits.policy,
                event_id=self._event.id,
                rule_id=rule.id,
            )
        )


def _blocked(rule: Rule, gate: EngineGate, event: LiveEvent) -> Reason | None:
    if not rule.on:
        return Reason.RULE_OFF
    if not gate.running:
        return Reason.RULES_PAUSED
    if gate.stopped:
        return Reason.STOPPED
    return Reason.BACKLOG if event.backlog else None


def _told(plan: Planned, device_id: str) -> Values:
    args: dict[str, Any] = {"device": device_id, "verb": verb_of(plan.instruction)}
    args.update(args_of(plan.instruction))
    if plan.duration_s is not None:
        args["seconds"] = plan.duration_s
    return tuple(
        (name, value if isinstance(value, str) else float(value)) for name, value in args.items()
    )


def _compile(rules: RuleSet) -> tuple[dict[type, _Index], frozenset[int]]:
    by_event: defaultdict[type, list[_Compiled]] = defaultdict(list)
    for place, rule in enumerate(rules.rules):
        compiled = _Compiled(
            place,
            rule,
            rule.react == "total",
            f"when:{rule.when.key}",
            tuple((f"only_if:{part.key}", part) for part in rule.only_if),
            tuple((f"do:{part.key}", part) for part in rule.do),
        )
        by_event[rule.when.event].append(compiled)
    known = frozenset(gift_id for rule in rules.rules for gift_id in rule.when.gift_ids())
    return {kind: _indexed(of_kind) for kind, of_kind in by_event.items()}, known


def _indexed(rules: list[_Compiled]) -> _Index:
    always: list[_Compiled] = []
    keyed: defaultdict[Hashable, list[_Compiled]] = defaultdict(list)
    makers: dict[type[Trigger], None] = {}
    for compiled in rules:
        keys = compiled.rule.when.keys()
        if keys is None:
            always.append(compiled)
            continue
        makers[type(compiled.rule.when)] = None
        for key in keys:
            keyed[key].append(compiled)
    return _Index(tuple(rules), always, dict(keyed), tuple(makers), {})
