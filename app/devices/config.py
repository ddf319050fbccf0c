"""A configured device, as the hub is told of it, and what the hub needs from outside.

One rule: plain frozen data; where it is kept is not known here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.devices.budgets import Budget
    from drivers.contract import Capability, Limits, SafeRecipe


@dataclass(frozen=True, slots=True)
class DeviceConfig:
    """One device. Rules go by `id`, or by `role` ("motor"); `limits` narrow, by capability id.

    `known` is what it could do when it was last open: its rules hold while it is away. `were` is
    what the hardware before it could do: rules may still name those outputs. `fallback` is the id
    of the device that does its work while it cannot. Secrets in `settings` are names only.
    `delays` are measured times until something is seen, in ms; `consent_ms` when it was typed;
    `used` once a hand tried it, see `app.devices.arming`. `names` are the user's own, by output.
    """

    id: str
    name: str
    driver: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    role: str = ""
    limits: Mapping[str, Limits] = field(default_factory=dict)
    known: tuple[Capability, ...] = ()
    were: tuple[Capability, ...] = ()
    fallback: str = ""
    budgets: Mapping[str, Budget] = field(default_factory=dict)
    delays: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    consent_ms: int | None = None
    used: bool = False
    names: Mapping[str, str] = field(default_factory=dict)


class Guard(Protocol):
    """Who makes devices safe when we are gone. Called from the loop's thread, never blocks."""

    def arm(self, device_id: str, recipe: SafeRecipe) -> bool:
        """Keep the recipe: something is about to be switched on. False if it is not sure to be."""

    def disarm(self, device_id: str) -> None:
        """Forget the recipe: everything is off."""


class NoGuard:
    """Nobody watches; for the practice of tests and tools."""

    def arm(self, device_id: str, recipe: SafeRecipe) -> bool:
        """Do nothing."""
        return True

    def disarm(self, device_id: str) -> None:
        """Do nothing."""
