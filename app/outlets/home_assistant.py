"""Shows devices to Home Assistant through an MQTT broker, and hears what it asks of them.

One rule: STOP always; anything else only if the user allows it, and never anything that a broker
kept or that came while nobody listened.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from app.core.effects import PublishMqtt
from app.core.links import LinkStage
from app.outlets import home_assistant_parts as words
from app.outlets.home_assistant_model import BIRTH, Device, Own, shown, slug
from app.outlets.home_assistant_shelf import Shelf, Trail
from app.outlets.home_assistant_talk import asked, painted
from app.outlets.mqtt import MqttAddress, MqttOutlet
from app.outlets.outlet import OutletError
from app.tasks import Tasks
from drivers.contract import Kind, SetColor, is_off

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.outlets.home_assistant_model import Output
    from app.outlets.home_assistant_parts import Announcing
    from app.outlets.home_assistant_talk import Asked

log = logging.getLogger(__name__)

# As many commands to each output: who drags a slider means where it ends.
APART_S: Final = 0.25
# Those who answer its start should not all do so at once.
BIRTH_PAUSE_S: Final = 0.5
_LEAVE_S: Final = 1.0
_ONLINE, _OFFLINE = "online", "offline"
_OWN: Final = ""
_WHITE: Final = SetColor(255, 255, 255)


class Announcer:
    """Announces devices while it is on. Loop's thread only."""

    def __init__(
        self,
        keep: Callable[[str, Trail | None], None],
        operate: Callable[[str, str, Asked], None],
        stop: Callable[[], None],
    ) -> None:
        """Take what remembers trails by key, what does as asked, and what stops all (any thread).

        `operate` gets device, output and what; a length of None is as long as the output may.
        """
        self._operate = operate
        self._stop = stop
        self._tasks = Tasks()
        self._lock = asyncio.Lock()
        self._to: Announcing | None = None
        self._where = MqttAddress()
        self._outlet: MqttOutlet | None = None
        self._online = False
        self._own = Own()
        self._devices: dict[str, Device] = {}
        self._shelf = Shelf(self._say, keep)
        self._painted: dict[tuple[str, str], SetColor] = {}
        self._bounds: dict[tuple[str, str], Bound] = {}
        self._birth: asyncio.TimerHandle | None = None
        self._untold: list[str] = []

    # ------------------------------------------------------------ how it is

    @property
    def stage(self) -> str:
        """Tell how it is in a word.

        "off", "clearing" (off, but a broker that is away still keeps something of us),
        "not_set_up", "waiting" (the broker is away), "refused", or "online".
        """
        if self._to is None:
            return "clearing" if self._shelf.trails else "off"
        if self._online:
            return "online"
        if not self._where.host:
            return "not_set_up"
        return "refused" if self._outlet is not None and self._outlet.refused else "waiting"

    @property
    def on(self) -> bool:
        """Whether devices are to be announced, the broker being there or not."""
        return self._to is not None

    @property
    def announced(self) -> int:
        """How many devices are announced; Giftwire itself is none."""
        return len(self._shelf.trails.keys() - {_OWN})

    # ------------------------------------------------------------ on and off

    def recall(self, trails: Mapping[str, Trail]) -> None:
        """Know what earlier runs left at the broker."""
        self._shelf.trails.update(trails)

    async def use(self, to: Announcing | None, where: MqttAddress) -> None:
        """Announce like this from now on, or (None) no more.

        What was told in other words or at another broker is taken back; a broker that is away
        does so when it is back.
        """
        async with self._lock:
            before = self._to
            stays = to is not None and before is not None and to.tree == before.tree
            if self._outlet is not None and not (stays and where == self._where):
                await self._leave(clear=True)
            self._to, self._where = to, where
            if not where.host or (to is None and not self._shelf.trails):
                return
            if self._outlet is None:
                self._connect()
            elif self._online and to != before:
                self._show_all()

    async def close(self) -> None:
        """Tell that nobody is here any more, and leave."""
        async with self._lock:
            await self._leave(clear=False)
            self._to = None
        await self._tasks.cancel_all()

    def _connect(self) -> None:
        to, where = self._to, self._where

        async def address() -> MqttAddress:
            return where

        self._outlet = MqttOutlet(
            address,
            self._heard,
            self._changed,
            at_once=self._stops,
            last_words=(to.tree.status, _OFFLINE) if to is not None else None,
        )
        filters = to.tree.filters if to is not None else ()
        _ = self._tasks.spawn("home assistant", self._reach(self._outlet, filters))

    async def _reach(self, outlet: MqttOutlet, filters: tuple[str, ...]) -> None:
        # The library goes on trying for as long as it is not closed.
        with contextlib.suppress(OutletError):
            await outlet.listen(filters)
            await outlet.reach()

    async def _leave(self, *, clear: bool) -> None:
        for bound in self._bounds.values():
            bound.end()
        self._bounds.clear()
        if self._birth is not None:
            self._birth.cancel()
            self._birth = None
        outlet, online = self._outlet, self._online
        if outlet is None:
            return
        if online and clear:
            self._take_all_back()
        # Nothing may be told behind what is said last.
        self._online = False
        if online and self._to is not None:
            await _say_last(outlet, self._to.tree.status, "" if clear else _OFFLINE)
        self._outlet = None
        await outlet.close()

    def _changed(self, stage: LinkStage) -> None:
        self._online = stage is LinkStage.ONLINE and self._outlet is not None
        self._shelf.renew()
        if not self._online:
            return
        if self._to is None:
            _ = self._tasks.spawn("clear home assistant", self._clear())
        else:
            self._show_all()

    async def _clear(self) -> None:
        async with self._lock:
            outlet = self._outlet
            if self._to is not None or outlet is None or not self._online:
                return
            last = next(iter(self._shelf.trails.values()), None)
            self._take_all_back()
            if last is not None:
                await _say_last(outlet, last.config, "")
            await self._leave(clear=False)

    def _take_all_back(self) -> None:
        for key in tuple(self._shelf.trails):
            self._shelf.take_back(key)

    # ------------------------------------------------------------ telling

    def show(self, device: Device) -> None:
        """Tell how a device is, as far as that is news."""
        device = self._devices[device.id] = self._with_values(device)
        for one in device.outputs:
            if one.kind is Kind.LIGHT and one.doing is not None:
                key = device.id, one.id
                self._painted[key] = painted(one.doing, self._painted.get(key, _WHITE))
        to = self._to
        if to is None or not self._online:
            return
        parts = words.parts_of(device, to)
        if not parts:
            self._shelf.take_back(device.id)
            return
        states = {words.presence(device, to.tree): _ONLINE if device.online else _OFFLINE}
        self._shelf.put(device.id, words.about_device(device, to), parts, states, to)

    def _with_values(self, device: Device) -> Device:
        """Return a device with what it told before: one that is away has its sensors still."""
        before = self._devices.get(device.id)
        known: dict[str, dict[str, float]] = {}
        if before is None:
            trail = self._shelf.trails.get(device.id)
            for key in trail.parts if trail is not None else ():
                platform, _, name = key.partition(".")
                output, _, value = name.partition(".")
                if platform == "sensor" and value:
                    known.setdefault(output, {})[value] = math.nan
        elif before.model == device.model:
            known = {slug(one.id): dict(one.values) for one in before.outputs}
        outputs = tuple(
            replace(one, values={**known.get(slug(one.id), {}), **one.values})
            for one in device.outputs
        )
        return replace(device, outputs=outputs)

    def show_own(self, own: Own) -> None:
        """Tell how Giftwire itself is, as far as that is news."""
        self._own = own
        to = self._to
        if to is not None and self._online:
            states = {to.tree.status: _ONLINE}
            self._shelf.put(_OWN, words.about_us(to), words.own_parts(own, to), states, to)

    def forget(self, device_id: str) -> None:
        """Take a device back that is gone."""
        self._devices.pop(device_id, None)
        self._shelf.take_back(device_id)

    def _show_all(self) -> None:
        for key in set(self._shelf.trails) - {_OWN, *self._devices}:
            self._shelf.take_back(key)
        self.show_own(self._own)
        self._untold = list(self._devices)
        self._show_next()

    def _show_next(self) -> None:
        """Show one and let others have their turn: a gift must not wait for all of them."""
        if not self._online:
            self._untold.clear()
        while self._untold:
            device = self._devices.get(self._untold.pop(0))
            if device is not None:
                self.show(device)
                asyncio.get_running_loop().call_soon(self._show_next)
                return

    def _say(self, topic: str, text: str) -> bool:
        return self._outlet is not None and self._outlet.publish(topic, text)

    # ------------------------------------------------------------ hearing

    def _stops(self, topic: str) -> bool:
        """Stop if a message says so; in the library's thread, with the loop blocked or not."""
        to = self._to
        if to is None or topic != to.tree.stop:
            return False
        self._stop()
        return True

    def _heard(self, topic: str, text: str) -> None:
        to = self._to
        if to is None:
            return
        if topic in to.tree.births:
            if text == BIRTH and self._birth is None:
                loop = asyncio.get_running_loop()
                self._birth = loop.call_later(BIRTH_PAUSE_S, self._told_anew)
        elif to.operate and (found := self._output_at(topic, to)) is not None:
            device, output = found
            key = device.id, output.id
            wish = asked(output, text, self._painted.get(key, _WHITE))
            if wish is None:
                log.info("Home Assistant asks %s for what makes no sense", device.name)
                return
            if key not in self._bounds:
                self._bounds[key] = Bound(lambda one: self._operate(*key, one))
            self._bounds[key].take(wish)

    def _told_anew(self) -> None:
        self._birth = None
        self._shelf.renew()
        self._show_all()

    def _output_at(self, topic: str, to: Announcing) -> tuple[Device, Output] | None:
        for device in self._devices.values():
            if topic.startswith(f"{to.tree.under(device.id)}/"):
                for output in shown(device):
                    if topic == to.tree.under(device.id, output.id, "set"):
                        return device, output
        return None


class Bound:
    """Lets one command through at a time, of too many the newest; OFF at once."""

    def __init__(self, do: Callable[[Asked], None]) -> None:
        self._do = do
        self._last = -math.inf
        self._timer: asyncio.TimerHandle | None = None

    def take(self, wish: Asked) -> None:
        """Have it done now or a moment later."""
        self.end()
        wait_s = self._last + APART_S - time.monotonic()
        if wait_s <= 0 or is_off(wish[0]):
            self._pass_on(wish)
        else:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(wait_s, self._pass_on, wish)

    def end(self) -> None:
        """Forget what waits."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _pass_on(self, wish: Asked) -> None:
        self._timer = None
        self._last = time.monotonic()
        self._do(wish)


async def _say_last(outlet: MqttOutlet, topic: str, text: str) -> None:
    """Say it when all else is said, and wait until it is on its way."""
    with contextlib.suppress(OutletError, TimeoutError):
        async with asyncio.timeout(_LEAVE_S):
            _ = await outlet.carry_out(PublishMqtt(topic, text, retain=True))
