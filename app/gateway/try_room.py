"""Trying rules out and asking them why: dry runs, tests, past events, owed gifts.

One rule: what only asks changes nothing; what runs is marked as pretend, unless it pays for a gift.
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
from typing import TYPE_CHECKING, Any

from app.core.rules import RulesError
from app.gateway import messages as m
from app.gateway.dry_view import dry_result
from app.gateway.refusal import RefusedError
from app.gateway.rule_room import ALL, refused
from app.gateway.rulebook import checked_rule

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from app.core.engine import EngineGate
    from app.core.events import LiveEvent
    from app.core.outcome import Outcome
    from app.core.rules import Rule
    from app.gateway.house import House
    from app.gateway.owedbook import Owed, OwedBook
    from app.gateway.pretend import Rehearsal
    from app.gateway.probing import Probe
    from app.gateway.rule_views import DryResult
    from app.store.receipts import Receipt


class TryRoom:
    """Answers requests that ask rules, or run them by hand."""

    def __init__(self, house: House, rehearsal: Rehearsal, probe: Probe) -> None:
        self._house = house
        self._probe = probe
        self._rehearsal = rehearsal

    def handlers(self) -> Mapping[type[m.Request], Callable[[Any], Awaitable[m.Reply]]]:
        """Return what answers each request."""
        return {
            m.DryRun: self._dry_run,
            m.TryRule: self._try_rule,
            m.PretendNow: self._pretend_now,
            m.WhyNot: self._why_not,
            m.Retrigger: self._retrigger,
            m.PayOwed: self._pay_owed,
        }

    # ------------------------------------------------------------ only asked

    async def _dry_run(self, request: m.DryRun) -> m.Reply:
        event = self._rehearsal.one(request.event)
        rule = await self._asked_rule(request.rule, request.rule_id)
        dry = await self._probe.told(self._rehearse(event, self._gate(), rule))
        return m.Reply(id=request.id, dry=dry)

    async def _why_not(self, request: m.WhyNot) -> m.Reply:
        receipt = await self._receipt(request.event_id)
        dry = self._rehearse(receipt.event, self._gate(), None, receipt)
        return m.Reply(id=request.id, dry=dry)

    def _rehearse(
        self,
        event: LiveEvent,
        gate: EngineGate,
        rule: Rule | None,
        receipt: Receipt | None = None,
    ) -> DryResult:
        house = self._house
        viewers = house.counters.viewers
        # A past event is counted already; one that never was is supposed to be.
        viewers.suppose(event if receipt is None else None)
        try:
            told = house.rules.engine.rehearse(event, house.clock.monotonic(), gate, rule)
        finally:
            viewers.suppose(None)
        return dry_result(told, house.hub, house.rules.name_of, receipt)

    # ------------------------------------------------------------ run by hand

    async def _try_rule(self, request: m.TryRule) -> m.Reply:
        rule = await self._asked_rule(request.rule, request.rule_id)
        if rule is None:
            raise RefusedError("not_found")
        if request.action is not None and request.action >= len(rule.do):
            raise RefusedError("bad_value")
        outcome = self._run(rule, self._rehearsal.one(request.event), request.action)
        return self._told(request, outcome)

    async def _pretend_now(self, request: m.PretendNow) -> m.Reply:
        events = self._rehearsal.events(request.event)
        for event in events:
            self._house.line.on_event(event, self._house.clock.monotonic())
        return m.Reply(id=request.id, event_id=events[-1].id)

    async def _retrigger(self, request: m.Retrigger) -> m.Reply:
        self._not_stopped()
        event = self._rehearsal.again((await self._receipt(request.event_id)).event)
        if not request.rule_id:
            self._house.line.on_event(event, self._house.clock.monotonic())
            return m.Reply(id=request.id, event_id=event.id)
        rule = self._house.rules.rule(request.rule_id)
        if rule is None:
            raise RefusedError("not_found")
        return self._told(request, self._run(rule, event, None))

    def _run(self, rule: Rule, event: LiveEvent, action: int | None) -> Outcome:
        self._not_stopped()
        house = self._house
        now = house.clock.monotonic()
        house.counters.viewers.note(event)
        outcome = house.rules.engine.try_rule(rule, event, now, self._gate(running=True), action)
        house.line.carry_out(outcome, now)
        house.line.look_ahead()
        return outcome

    def _told(self, request: m.Request, outcome: Outcome) -> m.Reply:
        dry = dry_result((outcome,), self._house.hub, self._house.rules.name_of)
        return m.Reply(id=request.id, event_id=outcome.event.id, dry=dry)

    # ------------------------------------------------------------ what is owed

    async def _pay_owed(self, request: m.PayOwed) -> m.Reply:
        house, owed = self._house, self._house.counters.owed
        self._not_stopped()
        if not house.rules.running:
            raise RefusedError("rules_paused")
        house.line.settle()
        wanted = owed.ids() if request.owed_id == ALL else (request.owed_id,)
        found = [one for owed_id in wanted if (one := owed.get(owed_id)) is not None]
        if not found and wanted:
            raise RefusedError("not_found")
        found, away = _at_hand(found, owed)
        if away and not found:
            raise RefusedError("other_profile", profile=owed.elsewhere(away), rule=away.rule_name)
        for one in found:
            owed.drop(one.id)
        # Off the list on the disk, too, before anything moves: nothing is paid twice, not even
        # if the core dies now.
        if not await owed.settled():
            for one in found:
                owed.put_back(one)
            raise RefusedError("busy")
        unpaid = [why for one in found if (why := self._pay(one))]
        house.line.look_ahead()
        self._not_stopped()
        if unpaid:
            raise RefusedError("cannot_run", reason=unpaid[-1])
        return m.Reply(id=request.id)

    def _pay(self, owed: Owed) -> str:
        """Do what its rule does for the gift; if that is nothing it is owed as before, and why."""
        house = self._house
        now, trace = house.clock.monotonic(), None
        with contextlib.suppress(KeyError):
            outcome = house.rules.engine.pay(owed.rule_id, owed.event, now, self._gate())
            # Rules that it started come behind it.
            trace = outcome.traces[0]
            if trace.ran or outcome.commands or outcome.requests:
                # The gift was counted when it came: this is what its rule does later. At once,
                # so that nothing of a run that goes on comes before its beginning.
                house.line.carry_out(dataclasses.replace(outcome, continued=True), now)
                return ""
        house.counters.owed.put_back(owed)
        steps = () if trace is None else trace.steps
        return next((step.reason.value for step in steps if not step.passed), "no_rule")

    # ------------------------------------------------------------ what is asked about

    def _gate(self, *, running: bool = False) -> EngineGate:
        house = self._house
        gate = house.rules.gate(stopped=house.hub.latched)
        return type(gate)(running=gate.running or running, stopped=gate.stopped)

    def _not_stopped(self) -> None:
        if self._house.hub.latched:
            raise RefusedError("stopped")

    async def _asked_rule(self, content: dict[str, Any] | None, rule_id: str) -> Rule | None:
        if content is not None:
            try:
                return await asyncio.to_thread(checked_rule, content)
            except RulesError as error:
                raise refused(error) from error
        if not rule_id:
            return None
        rule = self._house.rules.rule(rule_id)
        if rule is None:
            raise RefusedError("not_found")
        return rule

    async def _receipt(self, event_id: str) -> Receipt:
        self._house.line.settle()
        receipt = await self._house.journal.receipt(event_id)
        if receipt is None:
            raise RefusedError("unknown_event")
        return receipt


def _at_hand(found: list[Owed], book: OwedBook) -> tuple[list[Owed], Owed | None]:
    """Return those whose profile runs, and one of the others."""
    away = [one for one in found if book.elsewhere(one)]
    return [one for one in found if one not in away], next(iter(away), None)
