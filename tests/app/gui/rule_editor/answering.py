"""The far side of the channel for one question: what the real engine says to a pretend event."""

from __future__ import annotations

from typing import Any

from app.core.engine import Engine
from app.core.giftlist import GiftList
from app.core.ground import EngineGate
from app.core.rules import Rule, RuleSet
from app.core.world import NOWHERE
from app.gateway.messages import DryRun, EditRules, Reply
from app.gateway.pretend import Rehearsal
from app.gateway.receipt_view import trace_view
from app.gateway.views import DryResult
from app.gui.rule_editor.around import shipped_gifts


class StandingClock:
    """Time that stands still, as dry runs need no more."""

    def monotonic(self) -> float:
        return 1000.0

    def wall_ms(self) -> int:
        return 1_760_000_000_000


class Answering:
    """Answers dry runs; remembers what was asked. `hold` keeps the answers back."""

    def __init__(self) -> None:
        clock = StandingClock()
        self.asked: list[Any] = []
        self.engine = Engine(RuleSet(), NOWHERE)
        self.rehearsal = Rehearsal(GiftList(shipped_gifts()), clock)

    async def ask(self, request: Any) -> Reply:
        self.asked.append(request)
        if isinstance(request, EditRules):
            return Reply(id=request.id, revision=request.revision + 1)
        if not isinstance(request, DryRun):
            return Reply(id=request.id)
        rule = Rule.model_validate(request.rule)
        event = self.rehearsal.one(request.event)
        told = self.engine.rehearse(event, 1000.0, EngineGate(), rule)
        traces = tuple(trace_view(trace) for one in told for trace in one.outcome.traces)
        return Reply(id=request.id, dry=DryResult(traces=traces))

    def stop_all(self, source: str = "desk") -> None:
        """No devices here."""


def at_once(_name: str, coro: Any) -> None:
    """Run a request that waits for nothing."""
    try:
        coro.send(None)
    except StopIteration:
        return
    raise AssertionError(coro)
