"""OpenShock hubs on a USB cable: shock, vibration and sound of the shockers it can reach.

One rule: the hub ends every activation itself, and an order is never sent twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from drivers.codecs import openshock
from drivers.codecs.port_settings import PortSettings
from drivers.codecs.shockers import LARGEST_ID, MOST_SHOCKERS
from drivers.contract import (
    N_,
    Ack,
    Cause,
    DriverError,
    DriverEvents,
    DriverSettings,
)
from drivers.transports.shocker_hub import ShockerHub

if TYPE_CHECKING:
    from drivers.codecs.shockers import Order
    from drivers.transports.asking import Asking
    from drivers.transports.held import HeldPipe


class Shocker(BaseModel):
    """One shocker the hub can reach."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: int = Field(
        ge=0,
        le=LARGEST_ID,
        title=N_("Number of the shocker"),
        description=N_("Its RF id, as OpenShock's page shows it."),
    )
    model: Literal["caixianlin", "petrainer", "petrainer998dr", "wellturnt330", "d80"] = Field(
        "caixianlin",
        title=N_("Model"),
        description=N_("As OpenShock's page shows it."),
        json_schema_extra={
            "words": {
                "caixianlin": "CaiXianlin",
                "petrainer": "Petrainer",
                "petrainer998dr": "Petrainer 998DR",
                "wellturnt330": "WellTurn T330",
                "d80": "D80",
            }
        },
    )


class OpenShockSettings(PortSettings):
    """Which port, and which shockers."""

    shockers: Annotated[tuple[Shocker, ...], Field(min_length=1, max_length=MOST_SHOCKERS)] = Field(
        title=N_("Shockers"),
        description=N_("Those the hub shall reach; it cannot list them itself."),
        json_schema_extra={"one": N_("Shocker")},
    )

    @model_validator(mode="after")
    def _must_differ(self) -> Self:
        numbers = [one.id for one in self.shockers]
        twice = next((one for one in numbers if numbers.count(one) > 1), None)
        if twice is not None:
            raise PydanticCustomError(
                "shocker_twice", N_("Shocker {id} is there twice."), {"id": twice}
            )
        return self


class OpenShock(ShockerHub):
    """One hub; its outputs are "shock_7", "vibrate_7" and "beep_7" for shocker 7."""

    key = "openshock"
    title = N_("OpenShock")
    summary = N_("An OpenShock hub on a USB cable. Off until you agree to what it can do.")
    Settings: ClassVar[type[DriverSettings]] = OpenShockSettings
    answer_s = 0.4
    sign_of_life = openshock.TAKEN

    def __init__(self, settings: DriverSettings, events: DriverEvents) -> None:
        super().__init__(settings, events)
        if not isinstance(settings, OpenShockSettings):
            raise DriverError(Cause.BAD_CONFIG)
        self._models: dict[int, str] = {one.id: one.model for one in settings.shockers}
        # Known from the start, so that the first thing said is an end.
        self._shockers = tuple(self._models)

    async def check(self) -> None:
        """Ask the hub for the pin of its radio."""
        if self._asking is None:
            raise DriverError(Cause.LOST)
        await self._asking.ask(openshock.ASK, openshock.pin_of)

    async def _greet(self) -> tuple[int, ...]:
        self.firmware = "OpenShock"
        return self._shockers

    async def _send(self, asking: Asking, pipe: HeldPipe, order: Order) -> Ack:
        line = openshock.transmit(self._models[order.shocker], order)
        await asking.ask(line, openshock.taken(1), turns_on=True)
        return Ack.CONFIRMED

    async def _end(self, asking: Asking, pipe: HeldPipe, numbers: tuple[int, ...]) -> Ack:
        await asking.ask(self._ends(numbers), openshock.taken(len(numbers)))
        return Ack.CONFIRMED

    def _ends(self, numbers: tuple[int, ...]) -> bytes:
        return openshock.stop((one, self._models[one]) for one in numbers)

    async def _confirm(self, asking: Asking) -> None:
        # The question at the end takes all answers to earlier lines out of the way of later ones.
        lines = self._everything() + openshock.ASK
        await asking.ask(lines, openshock.all_taken(len(self._shockers)))

    def _ask_something(self) -> bytes:
        return openshock.ASK
