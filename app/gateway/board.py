"""The state of the core as every desk sees it: snapshots, and what changed since the last look.

One rule: it looks at the rooms when it is asked, at most 30 times a second, and never per event;
that there is something to look at it says at once.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from app import __version__
from app.core.links import LinkStage
from app.gateway.controls import Controls
from app.gateway.device_mapping import groups_view, scenes_view, together_view
from app.gateway.mapping import device_view, link_view, running_view, stop_view
from app.gateway.messages import Changed
from app.gateway.views import DeviceView, Snapshot, StatsView, StreamView, TogetherView

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.devices.made import Made
    from app.devices.views import DeviceState
    from app.gateway.house import House
    from app.gateway.views import RunningView


class _Flag:
    """Something is new: setting it is heard by whoever publishes."""

    def __set_name__(self, owner: type[Board], name: str) -> None:
        self._name = f"_{name}"

    def __get__(self, board: Board, owner: type[Board] | None = None) -> bool:
        return bool(getattr(board, self._name, False))

    def __set__(self, board: Board, value: bool) -> None:  # noqa: FBT001 - as Python asks for it
        setattr(board, self._name, value)
        if value:
            board.on_news()


class Board:
    """Builds what desks see. Loop's thread only."""

    stream_changed = _Flag()
    stop_changed = _Flag()
    rules_changed = _Flag()
    settings_changed = _Flag()
    profiles_changed = _Flag()
    broker_changed = _Flag()

    def __init__(self, house: House) -> None:
        self._house = house
        self._controls = Controls(house.rules)
        # Called, from any thread, whenever `changes` has something to give.
        self.on_news: Callable[[], None] = lambda: None
        house.feed.on_news = house.notices.on_news = self._pass_news_on
        house.brokers.own.on_change = self._note_broker
        self._dirty: set[str] = set()
        self._numbers_at = 0.0
        self._was_running = False
        self._revision = 0
        self._made: tuple[Made, ...] = ()
        self._together = TogetherView()
        self._last_stats: StatsView | None = None
        self._last_stream: StreamView | None = None

    def _pass_news_on(self) -> None:
        self.on_news()

    def _note_broker(self) -> None:
        self.broker_changed = True

    def device_changed(self, device_id: str) -> None:
        """Note that a device looks different, or is gone."""
        self._dirty.add(device_id)
        self.on_news()

    def rules_edited(self) -> None:
        """Note that the rules are other ones."""
        # Which gifts are new depends on the rules that name them.
        self._house.counters.new_gifts.changed = True
        self.rules_changed = True

    @property
    def moving(self) -> bool:
        """Whether something runs, so that its progress changes by itself."""
        return self._was_running

    def snapshot(self) -> Snapshot:
        """Return everything."""
        house = self._house
        house.line.settle()
        return Snapshot(
            version=__version__,
            pid=os.getpid(),
            started_ms=house.started_ms,
            profile=str(house.profile),
            stream=self._stream(),
            devices=tuple(self._device(one) for one in house.hub.devices()),
            groups=groups_view(house.hub),
            scenes=scenes_view(house.hub),
            together=together_view(house.hub),
            running=self._running(),
            waiting=house.hub.waiting(),
            stats=self._stats(),
            stop=stop_view(house.hub.stop_state),
            rules=house.rules.views(),
            rules_running=house.rules.running,
            rules_revision=house.rules.revision,
            profiles=house.rules.profiles(),
            controls=self._controls.views(),
            **house.counters.snapshot(),
            feed=house.feed.rows(),
            notices=house.notices.views(),
            settings=house.settings.view(),
            broker=house.brokers.view(),
        )

    def changes(self, numbers_every_s: float = 0.5) -> Changed | None:
        """Return what changed since the last call, or None; numbers change by themselves."""
        house = self._house
        now = house.clock.monotonic()
        slow = now - self._numbers_at >= numbers_every_s
        parts: dict[str, object] = {}
        self._add_devices(parts)
        feed, skipped = house.feed.take()
        if feed:
            parts |= {"feed": feed, "feed_skipped": skipped}
        # STOP comes from any thread: one that latches from here on is told the next time.
        stop, self.stop_changed = self.stop_changed, False
        if stop:
            parts["stop"] = stop_view(house.hub.stop_state)
        if self.settings_changed:
            parts["settings"] = house.settings.view()
        # Its counts change with every message.
        if slow and self.broker_changed:
            parts["broker"], self.broker_changed = house.brokers.view(), False
        self._add_rules(parts, slow=slow)
        notices = house.notices.take()
        if notices is not None:
            parts["notices"] = notices
        if slow or self.stream_changed:
            self._numbers_at = now
            self._add_numbers(parts)
        self.stream_changed = False
        self.settings_changed = False
        return Changed.model_validate(parts) if parts else None

    def _add_rules(self, parts: dict[str, object], *, slow: bool) -> None:
        rules = self._house.rules
        if self.rules_changed:
            parts |= {"rules": rules.views(), "rules_running": rules.running}
            if rules.revision != self._revision:
                parts["rules_revision"] = self._revision = rules.revision
        elif slow and (counted := rules.take_counted()):
            parts["rule_changes"] = counted
        if self.profiles_changed:
            parts["profiles"] = rules.profiles()
        if slow or self.rules_changed:
            parts |= self._house.counters.changes()
            if (controls := self._controls.changes()) is not None:
                parts["controls"] = controls
        self.rules_changed = self.profiles_changed = False

    def _add_devices(self, parts: dict[str, object]) -> None:
        house = self._house
        dirty, self._dirty = self._dirty, set()
        devices: list[DeviceView] = []
        gone: list[str] = []
        for device_id in dirty:
            state = house.hub.device(device_id)
            if state is None:
                gone.append(device_id)
            else:
                devices.append(self._device(state))
        if devices:
            parts["devices"] = tuple(devices)
        if gone:
            parts["gone"] = tuple(gone)
        self._add_together(parts)
        if dirty or self._was_running:
            running = self._running()
            if running or self._was_running:
                parts |= {"running": running, "waiting": house.hub.waiting()}
            self._was_running = bool(running)

    def _add_together(self, parts: dict[str, object]) -> None:
        hub = self._house.hub
        if hub.made != self._made:
            self._made = hub.made
            parts |= {"groups": groups_view(hub), "scenes": scenes_view(hub)}
        if (together := together_view(hub)) != self._together:
            parts["together"] = self._together = together

    def _add_numbers(self, parts: dict[str, object]) -> None:
        stats, stream = self._stats(), self._stream()
        if stats != self._last_stats:
            parts["stats"] = self._last_stats = stats
        if stream != self._last_stream or self.stream_changed:
            parts["stream"] = self._last_stream = stream

    def _device(self, state: DeviceState) -> DeviceView:
        house = self._house
        kinds = frozenset(one.capability.kind.value for one in state.capabilities)
        return device_view(
            state,
            house.clock.monotonic(),
            house.clock.wall_ms(),
            rule_name=house.rules.name_of,
            used_by=house.rules.uses(state.id, state.role, kinds),
        )

    def _running(self) -> tuple[RunningView, ...]:
        now = self._house.clock.monotonic()
        name_of = self._house.rules.name_of
        return tuple(running_view(one, now, name_of) for one in self._house.hub.running())

    def _stats(self) -> StatsView:
        counts = self._house.stream.counts
        return self._house.stats.view(
            unknown=counts.unknown_messages,
            bad=counts.bad_messages,
            duplicates=counts.duplicates,
        )

    def _stream(self) -> StreamView:
        house = self._house
        state = house.stream.state
        online = state.stage is LinkStage.ONLINE
        room_id = house.stream.room_id
        return StreamView(
            user=house.stream.user or house.settings.values.stream_user,
            link=link_view(state, house.clock.monotonic(), house.clock.wall_ms()),
            watching=state.stage is not LinkStage.OFF,
            room_id=str(room_id) if room_id else "",
            viewers=house.viewers if online else 0,
            live_since_ms=house.stream.live_since_ms if online else None,
        )
