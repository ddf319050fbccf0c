"""Plays events against one set of rules: the real engine, line, queues and limits, in virtual time.

One rule: the parts are those of the core; only the clock and the devices behind the drivers differ.
"""

from __future__ import annotations

import random
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from app.backtest.clock import JumpingClock, JumpingLoop, run_jumping
from app.backtest.stand_in import KEY, stand_in
from app.backtest.tally import Tally
from app.core.catalog import Catalog
from app.core.engine import Engine, EngineGate
from app.core.events import Tick
from app.core.outcome import Delivery
from app.devices.config import NoGuard
from app.devices.hub import Hub
from app.gateway.line import Line, Told
from app.gateway.mapping import names_of
from app.gateway.saveddevices import made_of, together_of
from app.gateway.viewers import Viewers
from app.gateway.world import LivingWorld, local_time
from app.store.db import Database
from app.store.people import People

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from app.core.backtests import OutputTotals, Totals
    from app.core.events import LiveEvent
    from app.core.rules import RuleSet
    from app.devices.config import DeviceConfig
    from app.store.devicefile import DeviceFile
    from drivers.contract import Driver

# Long enough for whatever the longest queue may still hold.
_AFTER_S: Final = 3600.0
_LOOK_EVERY_S: Final = 1.0
_OPEN_S: Final = 5.0
_GATE: Final = EngineGate(running=True, stopped=False)


class _World(LivingWorld):
    """The world of a play: devices of its own, and dice that fall the same every time."""

    def __init__(self, hub: Hub, viewers: Viewers, seed: int) -> None:
        super().__init__(hub, viewers)
        self._dice = random.Random(seed)

    def chance(self) -> float:
        """Return the next number of the seed."""
        return self._dice.random()


class Play:
    """One play. Run it once, outside any loop."""

    def __init__(
        self,
        rules: RuleSet,
        configs: Sequence[DeviceConfig],
        events: Sequence[tuple[float, LiveEvent]],
        *,
        seed: int = 1,
        saved: DeviceFile | None = None,
        on_progress: Callable[[float], None] = lambda _done: None,
    ) -> None:
        """Take the rules, the devices with what they can do, and the events with their seconds.

        `saved` tells which groups and scenes there are, and what may run together.
        `on_progress` hears the part that is done, 0 to 1, and may raise to stop the play.
        """
        self._rules = rules
        self._events = events
        self._on_progress = on_progress
        self._length_s = events[-1][0] if events else 0.0
        self._tally = Tally(self._length_s)
        self._loop = JumpingLoop()
        # The devices are open before the stream's second 0, which is this one of the loop.
        self._zero = _OPEN_S
        self._started_ms = events[0][1].at_ms if events else 0
        self._clock = JumpingClock(self._loop, self._started_ms - round(_OPEN_S * 1000))
        self._configs = tuple(_standing_in(config) for config in configs if config.known)
        known = {config.id: config.known for config in self._configs}
        catalog: Catalog[Driver] = Catalog(found={KEY: stand_in(known)})
        self._hub = Hub(catalog, self._clock, self._on_delivery, lambda _: None, NoGuard())
        if saved is not None:
            self._hub.together = together_of(saved)
            for made in made_of(saved):
                self._hub.put_made(made)
        # Not opened: who gave what is kept in memory only.
        self._viewers = Viewers(People(Database(None, lambda _: None)))
        world = _World(self._hub, self._viewers, seed)
        self._engine = Engine(rules, world)
        self._line = Line(self._engine, lambda: _GATE, self._hub.dispatch, self._clock.monotonic)

    def run(self) -> Totals:
        """Play to the end; raises what `on_progress` raises."""
        began = time.perf_counter()
        run_jumping(self._loop, self._whole())
        took_s = time.perf_counter() - began
        rules, name_of = self._rules.served(), names_of(self._hub)
        totals = self._tally.totals(rules, name_of, self._length_s, took_s)
        return totals.model_copy(update={"outputs": tuple(map(self._named, totals.outputs))})

    def _named(self, output: OutputTotals) -> OutputTotals:
        titles = {
            (config.id, one.id): one.title for config in self._configs for one in config.known
        }
        title = titles.get((output.device_id, output.capability), "")
        return output.model_copy(update={"output": title})

    async def _whole(self) -> None:
        self._line.bus.subscribe(Told, self._on_told)
        self._line.bus.subscribe(Delivery, self._tally_delivery)
        await self._hub.start(self._configs)
        for config in self._configs:
            self._hub.arm(config.id, armed=True)
        try:
            await self._clock.sleep(self._zero)
            await self._feed()
            await self._settle()
        finally:
            self._line.rest()
            await self._hub.stop()
            self._line.settle()

    async def _feed(self) -> None:
        ticks = _Ticks(self._rules, self._started_ms)
        every = max(1, len(self._events) // 100)
        for index, (at_s, event) in enumerate(self._events):
            if index % every == 0:
                self._on_progress(index / len(self._events))
            for tick in ticks.until(at_s):
                await self._wait(tick.second)
                self._line.on_event(tick, self._clock.monotonic())
            await self._wait(at_s)
            self._viewers.note(event)
            self._line.on_event(event, self._clock.monotonic())

    async def _wait(self, at_s: float) -> None:
        wait_s = at_s + self._zero - self._clock.monotonic()
        if wait_s > 0:
            await self._clock.sleep(wait_s)

    async def _settle(self) -> None:
        """Let what runs and waits come to its end."""
        until = self._clock.monotonic() + _AFTER_S
        while self._clock.monotonic() < until:
            await self._clock.sleep(_LOOK_EVERY_S)
            if not self._hub.waiting() and not self._hub.running() and self._engine.due() is None:
                return

    # ------------------------------------------------------------ taps

    def _on_delivery(self, delivery: Delivery) -> None:
        self._line.on_delivery(delivery)

    def _on_told(self, told: Told) -> None:
        self._tally.on_outcome(told.outcome, told.received_at - self._zero)

    def _tally_delivery(self, delivery: Delivery) -> None:
        self._tally.on_delivery(replace(delivery, at=delivery.at - self._zero))


class _Ticks:
    """The seconds of the stream, for rules that go by the clock; none if no rule does."""

    def __init__(self, rules: RuleSet, started_ms: int) -> None:
        self._wanted = any(rule.when.event is Tick for rule in rules.rules)
        self._started_ms = started_ms
        self._next = 1

    def until(self, at_s: float) -> Iterator[Tick]:
        """Give the ticks up to a time that were not given yet."""
        while self._wanted and self._next <= at_s:
            second, at_ms = self._next, self._started_ms + self._next * 1000
            self._next += 1
            yield Tick(
                id=f"tick/{second}",
                at_ms=at_ms,
                local=local_time(at_ms),
                second=second,
                live=True,
            )


def _standing_in(config: DeviceConfig) -> DeviceConfig:
    # Nothing hurts here, and what was used up in earnest is no part of what is played.
    harmless = replace(config, consent_ms=0, used=True, budgets={})
    return replace(harmless, driver=KEY, settings={"device_id": config.id})
