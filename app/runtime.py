"""The composition root of the core process: builds every room once, starts and stops them in order.

One rule: rooms side by side meet only here.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from app import paths
from app.broker.own_broker import OwnBroker
from app.clockwatch import ClockWatch
from app.core.giftlist import GiftList
from app.core.notices import Level, Notice, NoticeCode
from app.devices.hub import Hub
from app.gateway.board import Board
from app.gateway.broker_board import Brokers
from app.gateway.clockwork import Clockwork
from app.gateway.counters import Counters
from app.gateway.devicebook import DeviceBook
from app.gateway.drivers import load_drivers
from app.gateway.feed import Feed
from app.gateway.giftlines import GiftLines
from app.gateway.house import House
from app.gateway.line import Line
from app.gateway.mapping import names_of
from app.gateway.messages import Record
from app.gateway.noticeboard import NoticeBoard
from app.gateway.onair import OnAir
from app.gateway.outside import Outside
from app.gateway.pipe import BEAT_EVERY_S, Begin, CorePipe, PipeCalls
from app.gateway.plain import notice_line
from app.gateway.publisher import Publisher
from app.gateway.readings import Readings
from app.gateway.room import CoreRoom
from app.gateway.rulebook import RuleBook
from app.gateway.server import Server
from app.gateway.stats import Stats
from app.gateway.taps import attach
from app.gateway.upkeep import prune
from app.gateway.viewers import Viewers
from app.gateway.waking import Waking
from app.gateway.world import LivingWorld
from app.i18n import language_of
from app.link import SystemClock
from app.live.gift_seed import read_gifts
from app.live.lean import spare_command_lines
from app.live.net import Addresses
from app.live.stream import Stream, StreamOptions
from app.redaction import hide
from app.store.db import Database
from app.store.documents import SaveError
from app.store.journal import Journal, drop_oldest
from app.store.ledger import Ledger
from app.store.people import People
from app.store.remembered import Remembered
from app.store.secrets import Secrets
from app.store.settings import Settings
from app.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.core.events import LiveEvent
    from app.core.links import LinkState
    from app.core.outcome import Delivery
    from app.launch import CoreOptions

log = logging.getLogger(__name__)

_FLUSH_S: Final = 3.0
_STREAM_END_S: Final = 1.0


def run_core(profile: Path, pipe: CorePipe, options: CoreOptions) -> int:
    """Be the core until the guardian or a desk asks for the end; returns the exit code."""
    spare_command_lines()
    begin = pipe.begin()
    asyncio.run(Runtime(profile, pipe, options, begin).run())
    return 0


class Runtime:
    """One core. Build it inside no loop, run it once."""

    def __init__(self, profile: Path, pipe: CorePipe, options: CoreOptions, begin: Begin) -> None:
        self._pipe = pipe
        self._options = options
        self._begin = begin
        self._parts = paths.Parts(profile)
        self._clock = SystemClock()
        self._tasks = Tasks()
        told = (lambda view: pipe.gift_line(notice_line(view))) if options.lines else None
        self._notices = NoticeBoard(self._clock.wall_ms, told)
        self._keeps = self._profile_can_be_written()
        self._ended = asyncio.Event()
        self._why = "quit"
        self._had_desk = False

    # ------------------------------------------------------------ life

    async def run(self) -> None:
        """Start everything, serve until the end is asked for, stop everything in reverse."""
        self._build()
        await asyncio.to_thread(self._open_store)
        try:
            await self._start()
            await self._ended.wait()
        finally:
            await self._stop()

    def end(self, why: str) -> None:
        """Ask for the end; "quit" ends the guardian too. Loop's thread."""
        self._why = why
        self._ended.set()

    def _profile_can_be_written(self) -> bool:
        try:
            paths.prepare(self._parts.profile)
        except paths.ProfileError as error:
            self._notices.tell(error.notice)
            return False
        return True

    def _build(self) -> None:
        """Make every room; nothing is opened or read yet."""
        self._build_store()
        hub, rules, broken = self._build_line()
        parts, tell, keeps = self._parts, self._notices.tell, self._keeps
        gifts = GiftList(read_gifts(paths.resources() / "gifts" / "starter.json"))
        self._remembered = Remembered(parts.remembered if keeps else None, gifts)
        stats = Stats(self._clock.wall_ms)
        counters = Counters.build(
            self._database,
            self._clock,
            viewers=self._viewers,
            stats=stats,
            rules=rules,
            gifts=gifts,
        )
        self._house = House(
            profile=parts.profile,
            recordings=parts.recordings,
            clock=self._clock,
            tasks=self._tasks,
            gifts=gifts,
            stream=self._build_stream(gifts),
            hub=hub,
            rules=rules,
            counters=counters,
            devices=DeviceBook(parts.devices, self._settings, tell, self._database),
            line=self._line,
            feed=Feed(names_of(hub)),
            stats=stats,
            journal=self._journal,
            settings=self._settings,
            secrets=self._secrets,
            brokers=Brokers(parts.broker, hub, self._settings, self._secrets, tell, OwnBroker),
            notices=self._notices,
            broken=broken,
            end=self.end,
            started_ms=self._clock.wall_ms(),
        )
        self._build_front()

    def _build_front(self) -> None:
        """Make what faces desks, what listens, and what reaches outside."""
        self._outside = Outside(self._house, self._database)
        self._line.outlets = self._outlets = self._outside.outlets(self._on_delivery)
        self._board = Board(self._house)
        self._room = CoreRoom(
            self._house,
            self._board,
            self._database,
            self._outside,
            stopped=self._pipe.stopped,
            resumed=self._pipe.resumed,
            apply_settings=self._apply_settings,
        )
        self._publisher = Publisher(self._board)
        self._server = Server(self._room, on_watch=self._publisher.watched)
        self._air = OnAir(self._house, self._record)
        self._readings = Readings(self._house.hub, self._line, self._clock)
        self._lines = GiftLines(self._house.feed, self._pipe.gift_line)
        attach(self._house, self._lines.on_outcome if self._options.lines else None)

    def _build_store(self) -> None:
        parts, tell, keeps = self._parts, self._notices.tell, self._keeps
        self._settings = Settings(parts.settings, tell)
        self._database = Database(parts.journal if keeps else None, tell, make_room=drop_oldest)
        self._ledger = Ledger(parts.ledger if keeps else None, tell)
        self._secrets = Secrets(str(parts.profile), parts.profile if keeps else None, tell)
        self._journal = Journal(self._database)

    def _build_line(self) -> tuple[Hub, RuleBook, dict[str, str]]:
        tell = self._notices.tell
        catalog, broken = load_drivers(tell)
        clock, changed = self._clock, self._on_device
        hub = Hub(
            catalog,
            clock,
            self._on_delivery,
            changed,
            self._pipe,
            on_stop=self._on_stop,
            on_press=self._silence,
        )
        self._viewers = Viewers(People(self._database))
        world = LivingWorld(hub, self._viewers)
        rules = RuleBook(
            self._parts.rules, self._settings, world, tell, tasks=self._tasks, now=clock.monotonic
        )
        self._line = Line(
            rules.engine,
            lambda: rules.gate(stopped=hub.latched),
            hub.dispatch,
            clock.monotonic,
            self._viewers.note,
            hub.skip,
        )
        return hub, rules, broken

    def _build_stream(self, gifts: GiftList) -> Stream:
        return Stream(
            on_event=self._on_event,
            on_state=self._on_stream_state,
            gifts=gifts,
            clock=self._clock,
            tasks=self._tasks,
            ledger=self._ledger,
            budget=self._remembered,
            asked=self._remembered,
            options=self._stream_options(),
        )

    def _open_store(self) -> None:
        """Read and open what is on the disk; nothing here raises for the state of a file."""
        self._settings.load()
        self._house.rules.load()
        self._house.brokers.own.load()
        self._database.open()
        self._ledger.open()
        self._remembered.open()
        self._journal.reconcile(self._ledger.entries())

    async def _start(self) -> None:
        loop, house = asyncio.get_running_loop(), self._house
        if self._begin.stopped is not None:
            house.hub.stop_now(self._begin.stopped)
        self._pipe.start(
            PipeCalls(
                on_token=self._server.allow,
                on_stop=house.hub.stop_now,
                on_quit=lambda: _call(loop, self.end, "quit"),
                on_eof=lambda: self._orphaned(loop),
            )
        )
        _ = self._tasks.spawn("beat", self._beat())
        if self._begin.crashes:
            self._notices.tell(Notice("core", Level.WARNING, NoticeCode.CORE_RESTARTED))
        await house.devices.start(house.hub, house.secrets, demo=self._options.demo)
        # Rows tell devices by their names.
        await self._air.go_on()
        name_of, safe = names_of(house.hub), self._begin.safe
        self._notices.tell_unsafe([name_of(one) for one in safe if not safe[one]])
        port = await self._server.start()
        _ = self._tasks.spawn("publisher", self._publisher.run(self._server))
        self._clocks = ClockWatch(self._clock, self._notices.tell)
        self._waking = Waking(house)
        clockwork = Clockwork(house, self._board, self._every_second)
        _ = self._tasks.spawn("tick", clockwork.run())
        _ = self._tasks.spawn("prune", prune(house))
        self._pipe.ready(port)
        await self._listen()

    async def _listen(self) -> None:
        await self._apply_settings()
        user = self._options.user or self._settings.values.stream_user
        if user:
            self._journal.user = await self._house.stream.listen(user)

    async def _stop(self) -> None:
        """Inputs first, then devices safe, then what is waiting to be written."""
        house = self._house
        ending = self._tasks.spawn("end of the stream", house.stream.stop())
        # Whatever the network does meanwhile, the devices must not wait for it.
        await asyncio.wait({ending}, timeout=_STREAM_END_S)
        self._lines.settle()
        await house.hub.stop()
        await self._outside.close()
        await self._outlets.close()
        await house.brokers.own.stop()
        self._line.settle()
        self._lines.settle()
        self._pipe.bye(self._why)
        await self._server.stop(self._why)
        self._readings.rest()
        self._line.rest()
        await self._keep()
        await asyncio.wait({ending}, timeout=_FLUSH_S)
        await self._tasks.cancel_all()
        self._line.settle()
        await asyncio.to_thread(self._database.close, _FLUSH_S)
        self._ledger.close()
        await asyncio.to_thread(self._remembered.close)

    async def _keep(self) -> None:
        """Put into the writer's hands what is kept a moment later while running."""
        self._house.counters.save()
        with contextlib.suppress(SaveError):
            await self._house.rules.flush()

    def _orphaned(self, loop: asyncio.AbstractEventLoop) -> None:
        self._house.hub.stop_now("guardian gone")
        _call(loop, self.end, "quit")

    # ------------------------------------------------------------ events

    def _on_event(self, event: LiveEvent, received_at: float) -> None:
        self._air.on_event(event, received_at)

    async def _record(self) -> None:
        hide = self._settings.values.record_hide_names
        await self._room.handle(Record(on=True, hide_names=hide))

    def _on_delivery(self, delivery: Delivery) -> None:
        self._line.on_delivery(delivery)

    def _on_device(self, device_id: str) -> None:
        for look in (self._board.device_changed, self._readings.changed, self._outside.changed):
            look(device_id)
        if self._house.devices.learn(self._house.hub, device_id):
            _ = self._tasks.spawn("save devices", self._save_devices())

    async def _save_devices(self) -> None:
        try:
            await self._house.devices.save(self._house.hub)
        except SaveError as error:
            self._notices.tell(error.notice)

    def _on_stream_state(self, _state: LinkState) -> None:
        self._board.stream_changed = True

    def _on_stop(self) -> None:
        self._board.stop_changed = True
        if (state := self._house.hub.stop_state).stopped:
            self._line.stop()
            self._pipe.stopped(state.source)

    def _silence(self) -> None:
        """End sounds and speech too, with the loop blocked or not. Any thread."""
        self._outlets.stop_now()

    def _stream_options(self) -> StreamOptions:
        values, addresses = self._settings.values, Addresses.at(self._options.tiktok)
        guests, language = values.include_guest_gifts, language_of(values.language)
        return StreamOptions(addresses, count_guests=guests, language=language, sign_apart=True)

    async def _apply_settings(self) -> None:
        values = self._settings.values
        options = self._stream_options()
        if values.sign_key:
            key = await self._house.secrets.get("sign_key")
            hide(key)
            options = replace(options, sign_key=key)
        await self._house.stream.use(options)
        await self._house.brokers.own.fit()
        await self._outside.use_settings()
        if not self._options.verbose:
            logging.getLogger().setLevel(values.log_level.upper())

    async def _beat(self) -> None:
        while True:
            self._pipe.beat()
            await asyncio.sleep(BEAT_EVERY_S)

    def _every_second(self) -> None:
        self._clocks.look()
        self._waking.look()
        self._outside.every_second()
        self._remembered.look()
        self._ledger.write_waiting()
        self._watch_desks()

    def _watch_desks(self) -> None:
        had, self._had_desk = self._had_desk, self._server.clients > 0
        gone = had and not self._had_desk
        if gone and self._settings.values.when_desk_dies == "make_safe":
            self._house.hub.stop_now("window closed")


def _call(loop: asyncio.AbstractEventLoop, end: Callable[[str], None], why: str) -> None:
    """Call on the loop from another thread; a loop that is gone needs nothing any more."""
    with contextlib.suppress(RuntimeError):
        loop.call_soon_threadsafe(end, why)
