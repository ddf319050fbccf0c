"""Counts what one set of rules made of a stream: runs, reasons, time on, queues, drops, coins.

One rule: it goes by outcomes and deliveries alone, as the journal and the numbers of a stream do.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from app.core.backtests import MOST_BINS, Bins, OutputTotals, RuleTotals, Totals
from app.core.events import Gift, Tick
from app.core.outcome import Reason, Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.core.outcome import Command, Delivery, Outcome
    from app.core.rules import Rule

# A rule that was held back by these has nothing to tell: it was not about this event.
_NOT_HELD: Final = frozenset({Reason.NO_MATCH, Reason.COMBO_RUNNING})
_FINAL: Final = frozenset({Stage.DONE, Stage.DROPPED, Stage.FAILED, Stage.STOPPED})
_MOMENT_S: Final = 0.001


@dataclass(slots=True)
class _OfRule:
    considered: int = 0
    ran: int = 0
    held: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class _OfOutput:
    commands: int = 0
    done: int = 0
    on_s: float = 0.0
    longest_on_s: float = 0.0
    waiting: int = 0
    waiting_since: float = 0.0
    longest_queue: int = 0
    longest_wait_s: float = 0.0
    limited: int = 0
    coins: int = 0
    drops: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class _Open:
    """A command that is not over yet."""

    output: tuple[str, str]
    queued_at: float | None = None
    on_since: float | None = None


class _Columns:
    """The stream over time, in at most MOST_BINS columns of whole seconds."""

    def __init__(self, length_s: float) -> None:
        self.every_s = float(max(1, math.ceil(length_s / (MOST_BINS - 1))))
        count = int(length_s // self.every_s) + 1
        self.gifts, self.coins, self.commands = [0] * count, [0] * count, [0] * count
        self.waiting, self.drops = [0] * count, [0] * count
        self.on_s = [0.0] * count

    def at(self, at_s: float) -> int:
        """Return the column of a time; what comes after the stream belongs to its last one."""
        return min(max(int(at_s // self.every_s), 0), len(self.gifts) - 1)

    def lay(self, began: float, ended: float) -> None:
        """Spread the time that something was on over the columns."""
        last = len(self.on_s) - 1
        for column in range(self.at(began), self.at(ended) + 1):
            left = column * self.every_s
            right = math.inf if column == last else left + self.every_s
            self.on_s[column] += max(0.0, min(ended, right) - max(began, left))

    def hold(self, since: float, until: float, waiting: int) -> None:
        """Note how many waited during a time."""
        for column in range(self.at(since), self.at(until) + 1):
            self.waiting[column] = max(self.waiting[column], waiting)

    def bins(self) -> Bins:
        """Return the picture."""
        return Bins(
            every_s=self.every_s,
            gifts=tuple(self.gifts),
            coins=tuple(self.coins),
            commands=tuple(self.commands),
            waiting=tuple(self.waiting),
            drops=tuple(self.drops),
            on_s=tuple(round(one, 3) for one in self.on_s),
        )


class Tally:
    """Takes the outcomes and deliveries of one play, in their order."""

    def __init__(self, length_s: float) -> None:
        self._rules: dict[str, _OfRule] = {}
        self._outputs: dict[tuple[str, str], _OfOutput] = {}
        self._open: dict[str, _Open] = {}
        self._waiting = 0
        self._waiting_since = 0.0
        self._longest_queue = 0
        self._requests: Counter[str] = Counter()
        self._events = self._gifts = self._coins = 0
        self._columns = _Columns(length_s)
        self._paid: dict[tuple[str, tuple[str, str]], None] = {}

    def on_outcome(self, outcome: Outcome, at_s: float) -> None:
        """Count an event and what the rules said."""
        if not outcome.continued and not isinstance(outcome.event, Tick):
            self._count_event(outcome, at_s)
        for trace in outcome.traces:
            rule = self._rules.setdefault(trace.rule_id, _OfRule())
            rule.considered += not outcome.continued
            rule.ran += trace.ran and not outcome.continued
            if not trace.ran and trace.steps and trace.steps[-1].reason not in _NOT_HELD:
                rule.held[trace.steps[-1].reason.value] += 1
        for command in outcome.commands:
            self._count_command(command, outcome, at_s)
        self._requests.update(one.effect.outlet for one in outcome.requests)

    def _count_event(self, outcome: Outcome, at_s: float) -> None:
        self._events += 1
        event = outcome.event
        if isinstance(event, Gift):
            column, coins = self._columns.at(at_s), event.count * event.coins
            self._gifts += event.count
            self._coins += coins
            self._columns.gifts[column] += event.count
            self._columns.coins[column] += coins

    def _count_command(self, command: Command, outcome: Outcome, at_s: float) -> None:
        place = (command.device_id, command.capability)
        output = self._outputs.setdefault(place, _OfOutput())
        output.commands += 1
        self._columns.commands[self._columns.at(at_s)] += 1
        self._open[command.id] = _Open(place)
        event = outcome.event
        # A gift that sends several commands to one output still is one gift.
        if isinstance(event, Gift) and (event.id, place) not in self._paid:
            self._paid[event.id, place] = None
            counted = event.total if event.final and not event.count else event.count
            output.coins += counted * event.coins

    def on_delivery(self, delivery: Delivery) -> None:
        """Follow a command."""
        command = self._open.get(delivery.command_id)
        if command is None:
            return
        output = self._outputs[command.output]
        match delivery.stage:
            case Stage.QUEUED:
                self._queued(command, output, delivery.at)
            case Stage.SENT:
                self._left_queue(command, output, delivery.at)
                output.limited += bool(delivery.limited)
            case Stage.ACKED:
                command.on_since = delivery.at
            case _:
                self._over(command, output, delivery)

    def _queued(self, command: _Open, output: _OfOutput, at: float) -> None:
        command.queued_at = at
        self._wait(output, 1, at)

    def _left_queue(self, command: _Open, output: _OfOutput, at: float) -> None:
        if command.queued_at is not None:
            output.longest_wait_s = max(output.longest_wait_s, at - command.queued_at)
            command.queued_at = None
            self._wait(output, -1, at)

    def _wait(self, output: _OfOutput, more: int, at: float) -> None:
        """Let one more, or one less, wait from now on.

        Every command passes the queue; only those that stay there for a moment have waited.
        """
        if at - self._waiting_since > _MOMENT_S:
            self._longest_queue = max(self._longest_queue, self._waiting)
            if self._waiting:
                self._columns.hold(self._waiting_since, at, self._waiting)
        if at - output.waiting_since > _MOMENT_S:
            output.longest_queue = max(output.longest_queue, output.waiting)
        self._waiting += more
        output.waiting += more
        self._waiting_since = output.waiting_since = at

    def _over(self, command: _Open, output: _OfOutput, delivery: Delivery) -> None:
        self._left_queue(command, output, delivery.at)
        if command.on_since is not None:
            on_s = delivery.at - command.on_since
            output.on_s += on_s
            output.longest_on_s = max(output.longest_on_s, on_s)
            self._columns.lay(command.on_since, delivery.at)
        output.done += delivery.stage is Stage.DONE
        if delivery.stage in (Stage.DROPPED, Stage.FAILED, Stage.STOPPED):
            output.drops[delivery.drop.value or delivery.stage.value] += 1
            self._columns.drops[self._columns.at(delivery.at)] += 1
        if delivery.stage in _FINAL:
            del self._open[delivery.command_id]

    def totals(
        self, rules: Sequence[Rule], name_of: Callable[[str], str], length_s: float, took_s: float
    ) -> Totals:
        """Return the sums, rules in their own order, outputs in the order they were used."""
        return Totals(
            events=self._events,
            gifts=self._gifts,
            coins=self._coins,
            length_s=round(length_s, 3),
            took_s=round(took_s, 3),
            longest_queue=self._longest_queue,
            rules=tuple(self._rule_totals(rule) for rule in rules),
            outputs=tuple(
                _output_totals(place, output, name_of) for place, output in self._outputs.items()
            ),
            requests=dict(self._requests),
            bins=self._columns.bins(),
        )

    def _rule_totals(self, rule: Rule) -> RuleTotals:
        one = self._rules.get(rule.id, _OfRule())
        return RuleTotals(
            rule_id=rule.id,
            name=rule.name,
            considered=one.considered,
            ran=one.ran,
            held=dict(one.held),
        )


def _output_totals(
    place: tuple[str, str], output: _OfOutput, name_of: Callable[[str], str]
) -> OutputTotals:
    device_id, capability = place
    return OutputTotals(
        device_id=device_id,
        device=name_of(device_id),
        capability=capability,
        commands=output.commands,
        done=output.done,
        on_s=round(output.on_s, 3),
        longest_on_s=round(output.longest_on_s, 3),
        longest_queue=output.longest_queue,
        longest_wait_s=round(output.longest_wait_s, 3),
        limited=output.limited,
        coins=output.coins,
        drops=dict(output.drops),
    )
