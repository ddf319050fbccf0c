"""A hub with everything real but the clock's owner: collects deliveries and lets tests wait for them."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.core.catalog import Catalog, scan
from app.core.links import LinkStage
from app.core.outcome import Command, Delivery, Drop, Stage
from app.devices.config import DeviceConfig
from app.devices.hub import Hub
from app.link import SystemClock
from drivers.contract import Driver, Instruction, SafeRecipe

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

FINAL = {Stage.DONE, Stage.DROPPED, Stage.FAILED, Stage.STOPPED}


@dataclass
class GuardLog:
    """A guard that remembers what it was told, in order."""

    told: list[tuple[str, str]] = field(default_factory=list)
    armed: dict[str, SafeRecipe] = field(default_factory=dict)
    hangs: bool = False

    def arm(self, device_id: str, recipe: SafeRecipe) -> bool:
        if self.hangs:
            return False
        self.told.append(("arm", device_id))
        self.armed[device_id] = recipe
        return True

    def disarm(self, device_id: str) -> None:
        self.told.append(("disarm", device_id))
        self.armed.pop(device_id, None)


class Rig:
    def __init__(self, catalog: Catalog[Driver] | None = None) -> None:
        self.deliveries: list[Delivery] = []
        self.guard = GuardLog()
        self.changes = 0
        self.news = asyncio.Event()
        self.numbers = itertools.count(1)
        self.hub = Hub(
            catalog or scan("drivers", Driver),
            SystemClock(),
            self._delivered,
            self._changed,
            self.guard,
            on_stop=lambda: self._changed(""),
        )

    def _delivered(self, delivery: Delivery) -> None:
        self.deliveries.append(delivery)
        self.news.set()

    def _changed(self, _device_id: str) -> None:
        self.changes += 1
        self.news.set()

    def send(
        self,
        device_id: str,
        capability: str,
        instruction: Instruction,
        duration_s: float | None = None,
        **more: object,
    ) -> str:
        command = Command(
            id=f"c{next(self.numbers)}",
            device_id=device_id,
            capability=capability,
            instruction=instruction,
            deadline=time.monotonic() + float(more.pop("lives_s", 30.0)),
            duration_s=duration_s,
            **more,
        )
        self.hub.dispatch([command])
        return command.id

    def steps(self, command_id: str) -> list[Stage]:
        return [one.stage for one in self.deliveries if one.command_id == command_id]

    def final(self, command_id: str) -> Delivery | None:
        finals = [
            one for one in self.deliveries if one.command_id == command_id and one.stage in FINAL
        ]
        assert len(finals) <= 1, finals
        return finals[0] if finals else None

    def drop(self, command_id: str) -> Drop:
        final = self.final(command_id)
        assert final is not None
        return final.drop

    async def until(self, true: Callable[[], object], timeout_s: float = 10.0) -> None:
        """Wait until `true()`; looked at after every delivery and change, and now and then."""
        async with asyncio.timeout(timeout_s):
            while not true():
                self.news.clear()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(0.02):
                        await self.news.wait()

    async def online(self, *device_ids: str) -> None:
        await self.until(
            lambda: all(
                (device := self.hub.device(one)) and device.link.stage is LinkStage.ONLINE
                for one in device_ids
            )
        )

    async def finished(self, *command_ids: str, timeout_s: float = 10.0) -> None:
        await self.until(lambda: all(self.final(one) for one in command_ids), timeout_s)

    def values(self, device_id: str) -> dict[str, float]:
        device = self.hub.device(device_id)
        assert device is not None
        return dict(device.capabilities[0].values) if device.capabilities else {}


@contextlib.asynccontextmanager
async def running(
    *configs: DeviceConfig, catalog: Catalog[Driver] | None = None, wait: bool = True
) -> AsyncIterator[Rig]:
    rig = Rig(catalog)
    await rig.hub.start(configs)
    try:
        if wait:
            await rig.online(*(config.id for config in configs))
        yield rig
    finally:
        await rig.hub.stop()


def practice(machine: str, device_id: str = "", **settings: object) -> DeviceConfig:
    return DeviceConfig(
        device_id or machine,
        machine.title(),
        "simulated",
        {"machine": machine, **settings},
        role=machine,
    )
