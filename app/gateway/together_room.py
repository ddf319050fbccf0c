"""Answers requests about several devices: groups, scenes, fallbacks, what may run together.

One rule: what names a device that is not there is refused, so nothing hangs in the air.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from app.core.verbs import VerbError, instruction_from
from app.devices.made import Group, Made, Scene, SceneStep
from app.devices.roster import UnknownDeviceError, new_id
from app.devices.together import Interlock, Together
from app.gateway import messages as m
from app.gateway.refusal import RefusedError
from drivers.contract import ACCEPTS, Kind

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from app.gateway.board import Board
    from app.gateway.device_views import OutputRef
    from app.gateway.house import House

Output = tuple[str, str]
_MOST_W: Final = 100_000.0
_MOST_S: Final = 600.0
_MOST_PARTS: Final = 100
_LONGEST_NAME: Final = 80


class TogetherRoom:
    """Answers for several devices at once. Loop's thread only."""

    def __init__(self, house: House, board: Board) -> None:
        self._house = house
        self._board = board
        self._hub = house.hub

    def handlers(self) -> Mapping[type[m.Request], Callable[[Any], Awaitable[m.Reply]]]:
        """Return what answers each request."""
        return {
            m.PutGroup: self._put_group,
            m.PutScene: self._put_scene,
            m.SetFallback: self._set_fallback,
            m.SetTogether: self._set_together,
        }

    async def _put_group(self, request: m.PutGroup) -> m.Reply:
        view = request.group
        members = tuple(dict.fromkeys(self._output(one) for one in view.members))
        kinds = {self._kind(one) for one in members}
        if not 0 < len(members) <= _MOST_PARTS or len(kinds) > 1 or Kind.SENSOR in kinds:
            raise RefusedError("bad_value", field="members")
        made_id = self._id(view.id, Group)
        return await self._put(request.id, Group(made_id, view.name.strip(), members))

    async def _put_scene(self, request: m.PutScene) -> m.Reply:
        view = request.scene
        steps: list[SceneStep] = []
        for number, step in enumerate(view.steps):
            output = step.device_id, step.capability
            kind = self._kind(output)
            try:
                instruction = instruction_from(step.verb, step.args)
            except VerbError as error:
                raise RefusedError("bad_instruction", problem=str(error)) from error
            if not isinstance(instruction, ACCEPTS[kind]):
                problem = f"steps.{number}: {step.verb}"
                raise RefusedError("bad_instruction", problem=problem)
            length_s = 1.0 if step.duration_s is None else step.duration_s
            if not (0 <= step.after_s <= _MOST_S and 0 < length_s <= _MOST_S):
                raise RefusedError("bad_value", field=f"steps.{number}")
            steps.append(SceneStep(*output, instruction, step.after_s, step.duration_s))
        if not 0 < len(steps) <= _MOST_PARTS:
            raise RefusedError("bad_value", field="steps")
        made_id = self._id(view.id, Scene)
        return await self._put(request.id, Scene(made_id, view.name.strip(), tuple(steps)))

    async def _put(self, request_id: int, made: Made) -> m.Reply:
        if not 0 < len(made.name) <= _LONGEST_NAME:
            raise RefusedError("bad_value", field="name")
        self._hub.put_made(made)
        self._board.device_changed(made.id)
        await self._house.devices.save(self._hub)
        return m.Reply(id=request_id, device_id=made.id)

    async def _set_fallback(self, request: m.SetFallback) -> m.Reply:
        config = self._hub.config(request.device_id)
        if request.fallback:
            other = self._hub.config(request.fallback)
            if config.id in (other.id, other.fallback):
                raise RefusedError("bad_value", field="fallback")
        self._hub.adjust(replace(config, fallback=request.fallback))
        self._board.device_changed(config.id)
        await self._house.devices.save(self._hub)
        return m.Reply(id=request.id)

    async def _set_together(self, request: m.SetTogether) -> m.Reply:
        locks: list[Interlock] = []
        for lock in request.interlocks:
            one, other = self._side(lock.one), self._side(lock.other)
            if one[0] == other[0] and (one[1] == other[1] or "" in (one[1], other[1])):
                raise RefusedError("bad_value", field="interlocks")
            locks.append(Interlock(one, other))
        watts: dict[Output, float] = {}
        for draw in request.watts:
            self._hub.config(draw.device_id)
            if not 0 <= draw.watts <= _MOST_W:
                raise RefusedError("bad_value", field="watts")
            watts[draw.device_id, draw.capability] = draw.watts
        self._hub.set_together(Together(tuple(dict.fromkeys(locks)), request.power_w, watts))
        self._board.on_news()
        await self._house.devices.save(self._hub)
        return m.Reply(id=request.id)

    def _id(self, made_id: str, kind: type[Made]) -> str:
        if not made_id:
            return new_id()
        if not isinstance(self._hub.made_by_id(made_id), kind):
            raise UnknownDeviceError(made_id)
        return made_id

    def _side(self, ref: OutputRef) -> Output:
        self._hub.config(ref.device_id)
        return ref.device_id, ref.capability

    def _output(self, ref: OutputRef) -> Output:
        output = ref.device_id, ref.capability
        self._kind(output)
        return output

    def _kind(self, output: Output) -> Kind:
        self._hub.config(output[0])
        capability = self._hub.capability(output)
        if capability is None:
            raise RefusedError("unknown_capability")
        return capability.kind
