"""The Live page: what happens, what runs, the devices, and what needs you."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QGridLayout, QWidget

from app.gateway.messages import CheckLive, Fire, Listen, PayOwed, Reply, Skip, TryNow
from app.gui import status, words
from app.gui.counts.buttons import LiveButtons
from app.gui.counts.needs import counted_needs
from app.gui.history.explaining import Explaining
from app.gui.inbox.cards import new_gift_lines
from app.gui.page import Desk, Page
from app.gui.text import tr
from app.gui.theme import theme
from app.gui.widgets.activity import Activity
from app.gui.widgets.basic import Button, Card, Label, column, holder, row, scroll
from app.gui.widgets.connect_card import CoreAway, UserForm, WaitingForLive
from app.gui.widgets.device_tile import DeviceTile
from app.gui.widgets.panels import EmptyState
from app.gui.widgets.practise import Practise
from app.gui.widgets.running import NeedsYou, NowRunning, StreamCard
from drivers.contract import N_

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent

    from app.gateway.views import FeedRow

_CONTEXT_MS = 20_000
_WIDE = 1160
_TALL = 780


class LivePage(Page):
    """Activity at the left; now running, devices, needs-you and numbers at the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.activity = Activity()
        self.form = UserForm()
        self.waiting = WaitingForLive()
        self.away = CoreAway()
        self.quiet = EmptyState(
            "gift",
            N_("Nothing has happened yet"),
            N_("Gifts show here the moment they arrive, with what they set in motion."),
        )
        for cover in (self.form, self.waiting, self.away, self.quiet):
            self.activity.add_cover(cover)
        self.running = NowRunning()
        self.practise = Practise()
        self.practise.hide()
        self.needs = NeedsYou()
        self.presses = LiveButtons(desk)
        self.stream = StreamCard()
        self.tiles: dict[str, DeviceTile] = {}
        self._tall = True
        self._choosing = False
        self._listing = False
        self._build()
        self.explaining = Explaining(self)
        self.sheet = self.explaining.sheet
        self._clock = QTimer(self)
        self._clock.setInterval(_CONTEXT_MS)
        self._clock.timeout.connect(self.context_changed)
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        self.open_devices = Button(N_("Open devices"), "link")
        self.open_practise = Button(N_("Practise"), "link")
        self.add_device = Button(N_("Add a device"), "primary", "plus")
        hint = Label(
            N_("No device yet. Add a practice one and watch it move, or plug in your board."),
            "small",
            wrap=True,
        )
        self.no_device = Card(
            column(hint, row(self.add_device, None), gap=10, pad=(16, 14, 16, 14)), "dashed"
        )
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        head = row(
            Label(N_("Devices"), "heading"), None, self.open_practise, self.open_devices, gap=4
        )
        side = column(
            self.running,
            self.presses,
            self.practise,
            head,
            self._grid,
            self.no_device,
            self.needs,
            self.stream,
            None,
            gap=12,
            pad=(0, 0, 8, 0),
        )
        self._side = scroll(holder(side))
        layout = row(self.activity, self._side, gap=16, pad=(24, 16, 16, 24))
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.fit(_WIDE, _TALL)

    def _connect(self) -> None:
        bridge = self.desk.bridge
        bridge.feed_taken.connect(self._on_rows)
        bridge.feed_reset.connect(self._on_reset)
        bridge.feed_skipped.connect(self.activity.skip)
        bridge.link_changed.connect(self._show_stream)
        bridge.stream_changed.connect(self._show_stream)
        bridge.devices_changed.connect(self._show_devices)
        for signal in (bridge.running_changed, bridge.rules_changed):
            signal.connect(self._show_running)
        for signal in (bridge.stop_changed, bridge.link_changed):
            signal.connect(self._show_running)
            signal.connect(self._show_devices)
        bridge.stats_changed.connect(self._show_stats)
        for signal in (bridge.rules_changed, bridge.owed_changed, bridge.controls_changed):
            signal.connect(self._show_needs)
        bridge.new_gifts_changed.connect(self._show_needs)
        self.activity.opened.connect(self.explaining.open_entry)
        self.activity.replay_asked.connect(self._on_replay)
        self.activity.view.menu_asked.connect(self.explaining.open_menu)
        self.activity.view.make_asked.connect(self.explaining.make_rule)
        self.form.check_asked.connect(self._on_check)
        self.form.listen_asked.connect(self._on_listen)
        self.form.back_asked.connect(self.leave_choosing)
        self.form.practise_asked.connect(self.start_practise)
        self.waiting.practise_asked.connect(self.start_practise)
        self.waiting.try_asked.connect(self._on_try_now)
        self.away.start_asked.connect(self.desk.start_asked)
        self.waiting.change_asked.connect(self.choose_user)
        self.running.skip_asked.connect(self._on_skip)
        self.practise.fired.connect(self._on_fire)
        self.practise.closed.connect(self._on_practise_closed)
        if self.desk.rule_keys is not None:
            self.desk.rule_keys.changed.connect(self._show_needs)
        self.needs.acted.connect(self._on_need)
        self.open_devices.clicked.connect(self._on_open_devices)
        self.add_device.clicked.connect(self._on_add_device)
        self.open_practise.clicked.connect(self.start_practise)

    # ------------------------------------------------------------ what the window asks

    def context(self) -> str:
        return status.context_line(self.desk.bridge.state, round(time.time() * 1000))

    def retranslate(self) -> None:
        self.activity.retranslate()
        self._show_stream()
        self._show_devices()
        self._show_running()
        self._show_stats()
        self.explaining.retranslate()

    def fit(self, width: int, height: int) -> None:
        wanted = theme.px(408 if width >= _WIDE else 352)
        self._side.setFixedWidth(min(wanted, width // 2 - 56))
        self._tall = height >= _TALL
        self._fit_side()

    def _fit_side(self) -> None:
        self.stream.setVisible(self._tall and self.practise.isHidden())

    def show_about(self, about: str) -> None:
        if about == "user":
            self.choose_user()
        elif about == "practise":
            self.start_practise()

    def escape(self) -> bool:
        if self.explaining.dismiss():
            return True
        if self._choosing:
            self.leave_choosing()
            return True
        return False

    def choose_user(self) -> None:
        """Ask for the streamer's name, whatever the list shows now."""
        self._choosing = True
        self.form.field.setText(self.desk.bridge.state.stream.user)
        self._show_cover()
        self.form.field.setFocus()

    def leave_choosing(self) -> None:
        """Go back to what was shown before the name was asked for."""
        self._choosing = False
        self._show_cover()

    def start_practise(self) -> None:
        """Open the practise card and show the list, so that something can be seen at once."""
        self.practise.show()
        self._fit_side()
        self._listing = True
        self._choosing = False
        self._show_cover()
        self.practise.gift.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()

    # ------------------------------------------------------------ showing the state

    def _show_cover(self) -> None:
        state = self.desk.bridge.state
        cover: QWidget | None = None
        if not state.connected:
            self.away.show_state(state)
            cover = self.away
        elif self._choosing:
            cover = self.form
        elif self._listing or state.stream.link.stage == "online":
            cover = None if self.activity.model.rowCount() else self.quiet
        elif not state.stream.user:
            cover = self.form
        elif not self.activity.model.rowCount():
            self.waiting.show_stream(state.stream)
            cover = self.waiting
        self.form.back.setVisible(self._choosing and bool(state.stream.user or self._listing))
        self.activity.cover(cover)
        self.open_practise.setVisible(self.practise.isHidden())

    def _show_stream(self) -> None:
        self._show_cover()
        self._show_needs()
        self.context_changed.emit()

    def _show_running(self) -> None:
        self.running.show_state(self.desk.bridge.state)

    def _show_stats(self) -> None:
        self.stream.show_stats(self.desk.bridge.state.stats)
        self.context_changed.emit()

    def _show_devices(self) -> None:
        state = self.desk.bridge.state
        if list(self.tiles) != list(state.devices):
            self._rebuild_tiles()
        for device_id, device in state.devices.items():
            self.tiles[device_id].show_device(device, state)
        self.no_device.setVisible(state.known and not state.devices)
        self._show_needs()

    def _rebuild_tiles(self) -> None:
        for tile in self.tiles.values():
            self._grid.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self.tiles.clear()
        for place, device_id in enumerate(self.desk.bridge.state.devices):
            tile = DeviceTile(device_id)
            tile.reconnect_asked.connect(self._on_reconnect)
            self._grid.addWidget(tile, place // 2, place % 2)
            self.tiles[device_id] = tile

    def _show_needs(self) -> None:
        state = self.desk.bridge.state
        todo: list[tuple[str, str, str, str]] = []
        if state.connected:
            for device in state.devices.values():
                if device.link.stage in ("waiting", "blocked"):
                    sentence = tr("{name} is offline", name=device.name)
                    todo.append((sentence, tr("Fix"), "devices", device.id))
                elif device.used_by and not device.armed:
                    sentence = tr("{name} is not armed", name=device.name)
                    todo.append((sentence, tr("Show"), "devices", device.id))
            link = state.stream.link
            if link.stage == "blocked" and state.stream.user:
                todo.append((status.link_headline(link), tr("Fix"), "live", "user"))
            for rule in state.rules:
                if rule.on and rule.problem:
                    why = words.reason(rule.problem, {})
                    sentence = tr("{rule}: {why}", rule=rule.name, why=why)
                    todo.append((sentence, tr("Fix"), "devices", ""))
            todo += new_gift_lines(state.new_gifts)
            todo = counted_needs(self.desk, before=todo)
        self.needs.show_todo(todo)

    # ------------------------------------------------------------ what people do

    def _on_rows(self, rows: list[FeedRow]) -> None:
        self.activity.take(rows)
        self._listing = True
        self.explaining.news(rows)
        if not self._choosing:
            self._show_cover()

    def _on_reset(self, rows: list[FeedRow]) -> None:
        self.activity.reset(rows)
        self._listing = self._listing or bool(rows)
        self._show_cover()

    def _on_check(self, user: str) -> None:
        self.desk.bridge.ask(CheckLive(user=user), self._on_checked)

    def _on_checked(self, reply: Reply) -> None:
        if reply.check_live is not None:
            self.form.show_answer(reply.check_live)
        elif not reply.ok:
            self.form.show_failure(words.failure(reply.code, reply.values))

    def _on_listen(self, user: str) -> None:
        self.desk.bridge.ask(Listen(user=user), self._on_listening)

    def _on_listening(self, reply: Reply) -> None:
        if not reply.ok:
            self.form.show_failure(words.failure(reply.code, reply.values))
            return
        self._choosing = self._listing = False
        self._show_cover()

    def _on_try_now(self) -> None:
        self.desk.bridge.ask(TryNow())

    def _on_reconnect(self, device_id: str) -> None:
        self.desk.bridge.ask(TryNow(device_id=device_id))

    def _on_skip(self, command_id: str) -> None:
        self.desk.bridge.ask(Skip(command_id=command_id))

    def _on_fire(self, request: Fire) -> None:
        self.desk.bridge.ask(request, self._on_fired)

    def _on_fired(self, reply: Reply) -> None:
        if not reply.ok:
            self.desk.tell(words.failure(reply.code, reply.values))

    def _on_need(self, action: str, target: str) -> None:
        if action == "pay":
            self.desk.bridge.ask(PayOwed(owed_id=target), self._on_fired)
        else:
            self.desk.go(action, target)

    def _on_practise_closed(self) -> None:
        self.practise.hide()
        self._fit_side()
        self._listing = bool(self.activity.model.rowCount())
        self._show_cover()

    def _on_replay(self) -> None:
        self.desk.go("backtest", "last:10")

    def _on_open_devices(self) -> None:
        self.desk.go("devices")

    def _on_add_device(self) -> None:
        self.desk.go("devices", "add")
