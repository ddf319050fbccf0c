"""Intimate toys, through Intiface: whatever it knows, each motor an output of its own.

One rule: a person wears it; it stops with the connection, and no level is sent twice by us.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from drivers.contract import (
    HAZARD_LIMITS,
    N_,
    Ack,
    Capability,
    Cause,
    Driver,
    DriverError,
    DriverEvents,
    DriverSettings,
    Found,
    Hazard,
    Instruction,
    Kind,
    Limits,
    MoveTo,
    Observation,
    QueuePolicy,
    SetLevel,
    is_off,
)
from drivers.transports import mdns
from drivers.transports.intiface import Feature, Intiface

if TYPE_CHECKING:
    from collections.abc import Iterable

_HAZARDS = {"Led": Hazard.LIGHT, "Temperature": Hazard.HEAT}
_MOVES = ("HwPositionWithDuration", "Position")


class ButtplugSettings(DriverSettings):
    """Where Intiface is."""

    address: str = Field(
        "ws://127.0.0.1:12345",
        min_length=1,
        max_length=200,
        pattern=r"^wss?://",
        title=N_("Address"),
        description=N_("As Intiface Central shows it. Leave it if it runs on this computer."),
    )
    look_s: float = Field(
        6.0,
        ge=0.1,
        le=30.0,
        title=N_("Seconds to look for toys"),
        description=N_("Only while Intiface knows of none that is switched on."),
    )


class Buttplug(Driver):
    """One Intiface; each motor of each toy is an output such as "toy0_0_vibrate"."""

    key = "buttplug"
    title = N_("Toys (Intiface)")
    summary = N_(
        "Toys from Lovense, We-Vibe, Kiiroo and many others. Start Intiface Central first."
    )
    icon = "pulse"
    Settings: ClassVar[type[DriverSettings]] = ButtplugSettings

    def __init__(self, settings: DriverSettings, events: DriverEvents) -> None:
        super().__init__(settings, events)
        if not isinstance(settings, ButtplugSettings):
            raise DriverError(Cause.BAD_CONFIG)
        self.address = settings.address
        self._look_s = settings.look_s
        self._link: Intiface | None = Intiface(settings.address)
        self._outputs: dict[str, Feature] = {}
        self._here: frozenset[int] = frozenset()
        self._on: set[str] = set()
        self._new_toys = False

    async def open(self) -> tuple[Capability, ...]:
        """Connect, stop every toy, and tell what they can do."""
        link = self._linked()
        features = await link.open(self._toys_changed, self.events.on_lost, look_s=self._look_s)
        self.firmware = link.server
        self._outputs = {_id(one): one for one in _useful(features)}
        self._here = frozenset(one.toy for one in features)
        if not self._outputs:
            raise DriverError(
                Cause.NOT_FOUND,
                say=N_(
                    "Intiface knows no toy that is on. Switch the toy on and start scanning in "
                    "Intiface."
                ),
            )
        names = _by_name(self._outputs.values())
        made = [_capability(name, one, names) for name, one in self._outputs.items()]
        await self._tell_batteries()
        return tuple(made)

    async def apply(
        self, capability: str, instruction: Instruction, duration_s: float | None
    ) -> Ack:
        """Set one motor; Intiface took it, whether the toy felt it nobody tells."""
        link, feature = self._linked(), self._outputs.get(capability)
        if feature is None:
            raise DriverError(Cause.UNSUPPORTED, capability)
        if is_off(instruction):
            self._on.discard(capability)
            if feature.toy in self._here:
                await link.stop(feature)
            return Ack.SENT
        wanted = MoveTo if feature.kind in _MOVES else SetLevel
        match instruction:
            case SetLevel(level=level) if wanted is SetLevel:
                seconds = 0.0
            case MoveTo(position=level, seconds=seconds) if wanted is MoveTo:
                pass
            case _:
                raise DriverError(Cause.UNSUPPORTED, type(instruction).__name__)
        self._on.add(capability)
        await link.drive(feature, level, seconds=seconds)
        return Ack.SENT

    def stop_now(self) -> None:
        """Stop every toy, from any thread."""
        if self._link is not None:
            self._link.stop_now()

    async def make_safe(self) -> bool:
        """Stop every toy; True if Intiface confirmed it."""
        if self._link is None:
            return False
        try:
            await self._link.release()
        except DriverError:
            return False
        self._on.clear()
        return True

    async def close(self) -> None:
        """Stop every toy and let go."""
        link, self._link = self._link, None
        if link is not None:
            await link.close()

    async def check(self) -> None:
        """Ask Intiface for a sign of life, and take in toys that came since, when all rest."""
        await self._linked().ping()
        if self._new_toys and not self._on:
            raise DriverError(
                Cause.LOST, say=N_("Another toy was switched on. We connect anew to have both.")
            )
        await self._tell_batteries()

    @classmethod
    async def discover(cls) -> tuple[Found, ...]:
        """List what calls itself Intiface on this network, if it was told to."""
        return tuple(
            Found(cls.key, one.name, one.address, {"address": f"ws://{one.address}:{one.port}"})
            for one in await mdns.look("_intiface_engine._tcp")
        )

    def _linked(self) -> Intiface:
        if self._link is None:
            raise DriverError(Cause.LOST, "closed")
        return self._link

    def _toys_changed(self, features: tuple[Feature, ...]) -> None:
        """Take word that toys came or went; without any the device is gone."""
        self._here = frozenset(one.toy for one in features)
        known = set(self._outputs)
        self._new_toys = any(_id(one) not in known for one in _useful(features))
        self._on = {one for one in self._on if self._outputs[one].toy in self._here}
        if not any(one.toy in self._here for one in self._outputs.values()):
            self.events.on_lost(
                DriverError(
                    Cause.LOST, say=N_("Every toy is off. Switch one on; we connect by ourselves.")
                )
            )

    async def _tell_batteries(self) -> None:
        for toy in sorted(self._here):
            with contextlib.suppress(DriverError):
                full = await self._linked().battery(toy)
                first = next((name for name, one in self._outputs.items() if one.toy == toy), "")
                if full is not None and first:
                    self.events.on_observation(Observation(first, "battery", full))


def _useful(features: tuple[Feature, ...]) -> list[Feature]:
    """Leave out what we cannot drive, and the coarser of two ways to move the same thing."""
    timed = {(one.toy, one.number) for one in features if one.kind == _MOVES[0]}
    return [
        one
        for one in features
        if one.most > 0 and not (one.kind == _MOVES[1] and (one.toy, one.number) in timed)
    ]


def _id(one: Feature) -> str:
    return f"toy{one.toy}_{one.number}_{one.kind.lower()}"


def _by_name(outputs: Iterable[Feature]) -> dict[str, list[Feature]]:
    """Group outputs by the name of their toy."""
    groups: dict[str, list[Feature]] = {}
    for one in outputs:
        groups.setdefault(one.toy_name, []).append(one)
    return groups


def _capability(name: str, one: Feature, groups: dict[str, list[Feature]]) -> Capability:
    same = groups[one.toy_name]
    title = one.toy_name if len(same) == 1 else f"{one.toy_name} {same.index(one) + 1}"
    hazard = _HAZARDS.get(one.kind, Hazard.BODY)
    return Capability(
        name,
        Kind.POSITION if one.kind in _MOVES else Kind.LEVEL,
        title,
        hazard,
        policy=QueuePolicy.LATEST,
        # What warms lies on a body, too: the stricter of both limits.
        limits=HAZARD_LIMITS[Hazard.BODY] if hazard is Hazard.HEAT else Limits(),
    )
