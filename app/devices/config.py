"""A configured device, as the hub is told of it, and what the hub needs from outside.

One rule: plain frozen data; where it is kept is not known here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from drivers.contract import Capability, Limits, SafeRecipe


@dataclass(frozen=True, slots=True)
class DeviceConfig:
    """One device. Rules go by `id`, or by `role` ("motor"); `limits` narrow, by capability id.

    `known` is what it could do when it was last open: its rules hold while it is away.
    """

    id: str
    name: str
    driver: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    role: str = ""
    limits: Mapping[str, Limits] = field(default_factory=dict)
    known: tuple[Capability, ...] = ()


class Guard(Protocol):
    """Who makes devices safe when we are gone. Called from the loop's thread, never blocks."""

    def arm(self, device_id: str, recipe: SafeRecipe) -> None:
        """Keep the recipe: something is about to be switched on."""

    def disarm(self, device_id: str) -> None:
        """Forget the recipe: everything is off."""


class NoGuard:
    """Nobody watches; for the practice of tests and tools."""

    def arm(self, device_id: str, recipe: SafeRecipe) -> None:
        """Do nothing."""

    def disarm(self, device_id: str) -> None:
        """Do nothing."""
