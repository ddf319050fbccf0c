"""What a desk, `ctl` or a test may ask of the core, and how each is done.

One rule: every request is answered; a refusal carries a code that every face can put into words.
"""

from __future__ import annotations

import asyncio
import logging
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from app import __version__
from app.core.links import LinkReason
from app.core.notices import Level, Notice, NoticeCode
from app.devices.hub import UnknownDeviceError
from app.gateway import messages as m
from app.gateway.broker_room import BrokerRoom
from app.gateway.device_room import DeviceRoom
from app.gateway.device_tests import DeviceTests
from app.gateway.mapping import names_of
from app.gateway.outlet_room import OutletRoom
from app.gateway.outside_room import OutsideRoom
from app.gateway.past_room import PastRoom
from app.gateway.pretend import Rehearsal
from app.gateway.probing import Probe
from app.gateway.receipt_view import receipt_view
from app.gateway.refusal import RefusedError
from app.gateway.rule_room import RuleRoom
from app.gateway.together_room import TogetherRoom
from app.gateway.try_room import TryRoom
from app.live.record import SUFFIX, NotATape
from app.live.replay import Replay as Playing
from app.store.documents import SaveError
from app.store.settings import SettingError
from app.store.values import SECRET_KEYS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from app.core.events import LiveEvent
    from app.gateway.board import Board
    from app.gateway.house import House
    from app.gateway.outside import Outside
    from app.gateway.views import Snapshot
    from app.store.db import Database

log = logging.getLogger(__name__)

_ANSWERS: Final = {"live": "live", "offline": "offline", "not_found": "not_found"}


class CoreRoom:
    """Answers requests. Loop's thread only."""

    def __init__(
        self,
        house: House,
        board: Board,
        database: Database,
        outside: Outside,
        *,
        stopped: Callable[[str], None],
        resumed: Callable[[], None],
        apply_settings: Callable[[], Awaitable[None]],
    ) -> None:
        """`stopped` and `resumed` tell the guardian; `apply_settings` lets changed ones act."""
        self._house = house
        self._board = board
        self._stopped = stopped
        self._resumed = resumed
        self._apply_settings = house.secrets.on_open = apply_settings
        self._rehearsal = Rehearsal(house.gifts, house.clock)
        self._replay: asyncio.Task[None] | None = None
        self._handlers = {
            **self._own_handlers(),
            **DeviceRoom(house, board).handlers(),
            **DeviceTests(house, board).handlers(),
            **TogetherRoom(house, board).handlers(),
            **RuleRoom(house, board, self._rehearsal).handlers(),
            **PastRoom(house, database).handlers(),
            **TryRoom(house, self._rehearsal, Probe(house, outside)).handlers(),
            **OutsideRoom(house, outside).handlers(),
            **BrokerRoom(house).handlers(),
            **OutletRoom(house, outside, database, self._rehearsal).handlers(),
        }

    def _own_handlers(self) -> dict[type[m.Request], Callable[[Any], Awaitable[m.Reply]]]:
        return {
            m.Fire: self._fire,
            m.Stop: self._stop,
            m.Resume: self._resume,
            m.Listen: self._listen,
            m.TryNow: self._try_now,
            m.CheckLive: self._check_live,
            m.SetRulesRunning: self._set_rules_running,
            m.SetRuleOn: self._set_rule_on,
            m.Skip: self._skip,
            m.GetReceipt: self._get_receipt,
            m.SetSetting: self._set_setting,
            m.Record: self._record,
            m.Replay: self._replay_file,
            m.Quit: self._quit,
        }

    def snapshot(self) -> Snapshot:
        """Return the whole state now."""
        return self._board.snapshot()

    async def handle(self, request: m.AnyRequest) -> m.Reply:
        """Carry out one request; a refusal is a Reply with `ok` False."""
        handler = self._handlers.get(type(request))
        if handler is None:
            return m.Reply(id=request.id, ok=False, code="unknown_request")
        try:
            return await handler(request)
        except RefusedError as refused:
            return m.Reply(id=request.id, ok=False, code=refused.code, values=refused.values)
        except UnknownDeviceError:
            return m.Reply(id=request.id, ok=False, code="unknown_device")
        except SaveError as error:
            self._house.notices.tell(error.notice)
            return m.Reply(id=request.id, ok=False, code="not_saved")

    # ------------------------------------------------------------ gifts and the stream

    async def _fire(self, request: m.Fire) -> m.Reply:
        gifts = self._rehearsal.gifts(
            gift=request.gift,
            gift_id=request.gift_id,
            count=request.count,
            coins=request.coins,
            who=request.who,
            combo=request.combo,
        )
        for gift in gifts:
            self._house.line.on_event(gift, self._house.clock.monotonic())
        return m.Reply(id=request.id, event_id=gifts[-1].id if gifts else "")

    async def _listen(self, request: m.Listen) -> m.Reply:
        house = self._house
        if not request.user.strip():
            await house.stream.stop()
            await self._change("stream_user", "")
            return m.Reply(id=request.id)
        name = await house.stream.listen(request.user)
        self._board.stream_changed = True
        if not name:
            raise RefusedError(LinkReason.BAD_USER_NAME.value)
        house.journal.user = name
        await self._change("stream_user", name)
        return m.Reply(id=request.id)

    async def _try_now(self, request: m.TryNow) -> m.Reply:
        if request.device_id:
            self._house.hub.try_now(request.device_id)
        else:
            self._house.stream.try_now()
        return m.Reply(id=request.id)

    async def _check_live(self, request: m.CheckLive) -> m.Reply:
        checked = await self._house.stream.check_live(request.user)
        result = m.CheckLiveResult.model_validate(
            {
                "user": checked.user,
                "answer": _ANSWERS.get(checked.answer.value, "unknown"),
                "reason": checked.reason.value,
                "detail": checked.detail,
            }
        )
        return m.Reply(id=request.id, check_live=result)

    # ------------------------------------------------------------ stop and rules

    async def _stop(self, request: m.Stop) -> m.Reply:
        self._house.hub.stop_now(request.source)
        self._stopped(request.source)
        return m.Reply(id=request.id)

    async def _resume(self, request: m.Resume) -> m.Reply:
        self._house.hub.resume()
        if not self._house.hub.latched:
            # Else STOP was pressed again at this very moment: the guardian must not forget it.
            self._resumed()
        self._board.stop_changed = True
        return m.Reply(id=request.id)

    async def _set_rules_running(self, request: m.SetRulesRunning) -> m.Reply:
        self._house.rules.running = request.on
        # Paused, runs end at once and not at their next step.
        self._house.line.go_on()
        self._board.rules_changed = True
        return m.Reply(id=request.id)

    async def _set_rule_on(self, request: m.SetRuleOn) -> m.Reply:
        try:
            await self._house.rules.turn(request.rule_id, on=request.on)
        except KeyError as error:
            raise RefusedError("not_found") from error
        self._board.rules_edited()
        self._house.line.look_ahead()
        return m.Reply(id=request.id)

    async def _skip(self, request: m.Skip) -> m.Reply:
        if not self._house.hub.skip(request.command_id):
            raise RefusedError("not_found")
        return m.Reply(id=request.id)

    async def _get_receipt(self, request: m.GetReceipt) -> m.Reply:
        self._house.line.settle()
        receipt = await self._house.journal.receipt(request.event_id)
        if receipt is None:
            raise RefusedError("unknown_event")
        return m.Reply(id=request.id, receipt=receipt_view(receipt, names_of(self._house.hub)))

    # ------------------------------------------------------------ settings, recordings, the end

    async def _set_setting(self, request: m.SetSetting) -> m.Reply:
        value = request.value
        if request.key in SECRET_KEYS:
            await self._house.secrets.put(request.key, str(value).strip())
            value = "kept" if str(value).strip() else ""
        await self._change(request.key, value)
        return m.Reply(id=request.id)

    async def _change(self, key: str, value: object) -> None:
        settings = self._house.settings
        try:
            settings.change(key, value)
        except SettingError as error:
            raise RefusedError(error.notice.code.value, **error.notice.values) from error
        self._board.settings_changed = True
        await self._apply_settings()
        await asyncio.to_thread(settings.save)

    async def _record(self, request: m.Record) -> m.Reply:
        house = self._house
        if not request.on:
            path = await house.stream.stop_recording()
            return m.Reply(id=request.id, path=str(path or ""))
        if not request.path:
            try:
                await asyncio.to_thread(house.recordings.mkdir, parents=True, exist_ok=True)
            except OSError as error:
                raise RefusedError("not_saved") from error
        name = f"{house.stream.user or 'stream'}-{time.strftime('%Y%m%d-%H%M%S')}{SUFFIX}"
        path = Path(request.path) if request.path else house.recordings / name
        house.stream.start_recording(
            path,
            hide_names=request.hide_names,
            app_version=__version__,
            on_stopped=self._recording_stopped,
        )
        return m.Reply(id=request.id, path=str(path))

    def _recording_stopped(self, why: str) -> None:
        if why:
            values = {"why": why}
            notice = Notice("recording", Level.WARNING, NoticeCode.RECORDING_STOPPED, values)
            self._house.notices.tell(notice)

    async def _replay_file(self, request: m.Replay) -> m.Reply:
        path = Path(request.path)
        if not await asyncio.to_thread(path.is_file):
            raise RefusedError("no_file")
        if self._replay is not None and not self._replay.done():
            self._replay.cancel()
        house = self._house
        playing = Playing(path, self._on_replayed, house.gifts, house.clock, speed=request.speed)
        self._replay = house.tasks.spawn("replay", self._play(playing, path))
        return m.Reply(id=request.id, path=str(path))

    def _on_replayed(self, event: LiveEvent, received_at: float) -> None:
        self._house.line.on_event(event, received_at)

    async def _play(self, playing: Playing, path: Path) -> None:
        code, level = NoticeCode.REPLAY_ENDED, Level.INFO
        try:
            await playing.run()
        except (NotATape, OSError) as error:
            log.info("replay of %s failed: %s", path.name, type(error).__name__)
            code, level = NoticeCode.NOT_A_RECORDING, Level.WARNING
        self._house.notices.tell(Notice("replay", level, code, {"file": path.name}))

    async def _quit(self, request: m.Quit) -> m.Reply:
        self._house.end("quit")
        return m.Reply(id=request.id)
