"""Answers requests to try a device out and to look closer: tests, nudges, delays, the raw log.

One rule: what is tried passes the same limits as what rules ask for.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app.core.verbs import VerbError, instruction_from, verb_of
from app.devices.arming import Arming, arming_of
from app.devices.consent import needs_consent
from app.devices.nudging import Delays, nudge_of
from app.gateway import messages as m
from app.gateway.device_views import DeviceLogView, LogLineView
from app.gateway.refusal import RefusedError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from app.gateway.board import Board
    from app.gateway.house import House
    from drivers.contract import Capability


class DeviceTests:
    """Tries devices out. Loop's thread only."""

    def __init__(self, house: House, board: Board) -> None:
        self._house = house
        self._board = board
        self._hub = house.hub
        self._delays: dict[tuple[str, str], Delays] = {}

    def handlers(self) -> Mapping[type[m.Request], Callable[[Any], Awaitable[m.Reply]]]:
        """Return what answers each request."""
        return {
            m.TestDevice: self._test,
            m.NudgeDevice: self._nudge,
            m.MeasureDelay: self._measure,
            m.GetDeviceLog: self._log,
        }

    async def _test(self, request: m.TestDevice) -> m.Reply:
        hub = self._hub
        if hub.latched:
            raise RefusedError("stopped")
        try:
            instruction = instruction_from(request.verb, request.args)
        except VerbError as error:
            raise RefusedError("bad_instruction", problem=str(error)) from error
        capability = hub.capability((request.device_id, request.capability))
        if capability is not None:
            self._let_go(request.device_id, capability)
        hub.test(request.device_id, request.capability, instruction, request.duration_s)
        return m.Reply(id=request.id)

    async def _nudge(self, request: m.NudgeDevice) -> m.Reply:
        capability = self._able(request.device_id, request.capability)
        return m.Reply(id=request.id, names=(self._give_nudge(request.device_id, capability),))

    async def _measure(self, request: m.MeasureDelay) -> m.Reply:
        capability = self._able(request.device_id, request.capability)
        key = (request.device_id, capability.id)
        config = self._hub.config(request.device_id)
        kept = config.delays.get(capability.id, ())
        delays = self._delays.setdefault(key, Delays(kept))
        now = self._house.clock.monotonic()
        if request.step == "begin":
            self._give_nudge(request.device_id, capability)
            delays.begin(now)
            return m.Reply(id=request.id)
        if request.step == "forget":
            delays.forget()
        elif not delays.seen(now):
            raise RefusedError("not_begun")
        self._hub.adjust(replace(config, delays={**config.delays, capability.id: delays.kept}))
        self._board.device_changed(config.id)
        await self._house.devices.save(self._hub)
        return m.Reply(id=request.id, delay_ms=delays.median_ms)

    async def _log(self, request: m.GetDeviceLog) -> m.Reply:
        worker = self._hub.worker(request.device_id)
        lines = worker.log.lines(request.after) if worker is not None else ()
        view = DeviceLogView(
            device_id=request.device_id,
            lines=tuple(
                LogLineView.model_validate(
                    {"number": one.number, "at_ms": one.at_ms, "way": one.way, "text": one.text}
                )
                for one in lines
            ),
        )
        return m.Reply(id=request.id, device_log=view)

    def _able(self, device_id: str, output: str) -> Capability:
        """Return an output that may be tried now."""
        self._hub.config(device_id)
        known = self._hub.capabilities(device_id)
        able = [one for one in known if output in ("", one.id) and nudge_of(one, None)]
        if not able:
            raise RefusedError("unknown_capability")
        if self._hub.latched:
            raise RefusedError("stopped")
        self._let_go(device_id, able[0])
        return able[0]

    def _let_go(self, device_id: str, capability: Capability) -> None:
        """Note that a hand tries an output; raises RefusedError where that takes more."""
        hub = self._hub
        if needs_consent(capability) and hub.config(device_id).consent_ms is None:
            raise RefusedError("consent_needed")
        worker = hub.worker(device_id)
        if worker is None or worker.gates[capability.id].armed:
            return
        if arming_of(capability) is not Arming.FIRST_USE:
            raise RefusedError("not_armed")
        hub.used(device_id)
        self._house.devices.keep_used(hub.config(device_id))

    def _give_nudge(self, device_id: str, capability: Capability) -> str:
        user = self._hub.config(device_id).limits.get(capability.id)
        nudge = nudge_of(capability, user)
        if nudge is None:
            raise RefusedError("unknown_capability")
        instruction, duration_s = nudge
        self._hub.test(device_id, capability.id, instruction, duration_s)
        return verb_of(instruction)
