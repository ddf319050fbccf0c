"""Safe recipes: what to send to a device, and where, when the core can no longer do it.

One rule: a device that cannot be reached costs bounded time, and nobody else's safety.
"""

from __future__ import annotations

import importlib
import importlib.util
import logging
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from app.guardian import ways

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

log = logging.getLogger(__name__)

# What a process that was killed a moment ago held may not be free at once.
OPEN_S = 2.0
# What sending takes beyond the waits a recipe itself asks for.
EXTRA_S = 1.0


@dataclass(frozen=True, slots=True)
class Recipe:
    """Plain data, as `drivers.contract.SafeRecipe` has it; times in seconds."""

    kind: str
    address: str
    frames: tuple[bytes, ...] = field(repr=False)  # a password may be among them
    speed_baud: int
    expect: bytes
    answer_s: float
    boot_wait_s: float
    options: Mapping[str, str | int | float] = field(default_factory=dict)

    @property
    def answers(self) -> int:
        """How often `expect` must be heard."""
        return max(1, int(self.options.get("answers", 1)))

    @property
    def longest_s(self) -> float:
        """How long sending may take at most."""
        return OPEN_S + self.boot_wait_s + 2 * self.answer_s + EXTRA_S


def read(message: Mapping[str, Any]) -> Recipe:
    """Return the recipe in a message of the core; ValueError, KeyError or TypeError if none is."""
    return Recipe(
        kind=str(message["kind"]),
        address=str(message["address"]),
        frames=tuple(bytes.fromhex(one) for one in message["frames"]),
        speed_baud=int(message["speed_baud"]),
        expect=bytes.fromhex(message["expect"]),
        answer_s=min(5.0, float(message["answer_s"])),
        boot_wait_s=min(5.0, float(message["boot_wait_s"])),
        options=dict(message.get("options") or {}),
    )


class Way(Protocol):
    """A file in `ways`, named like the kind of recipe it sends."""

    def prepare(self) -> None:
        """Import what sending needs; raises ImportError."""

    def send(self, recipes: Sequence[Recipe], open_s: float) -> list[bool]:
        """Send the recipes of one address in order; say which were confirmed.

        Tries for `open_s` to reach the device. Blocks; raises whatever the way raises.
        """


def prepare(kind: str) -> None:
    """Import what sending needs, so that a moment of need does not wait for the disk."""
    try:
        _way(kind).prepare()
    except (ImportError, ValueError):
        log.exception("%s devices cannot be made safe after a crash", kind)


def _way(kind: str) -> Way:
    """Return the way of a kind; raises ValueError if there is none, ImportError if it is broken."""
    name = f"{ways.__name__}.{kind}"
    if importlib.util.find_spec(name) is None:
        raise ValueError(f"no way to send a recipe of kind {kind!r}")
    way: Way = importlib.import_module(name)
    return way


def send_all(recipes: Mapping[str, Recipe]) -> dict[str, bool]:
    """Send every recipe, side by side for each port; say which devices confirmed. Blocks."""
    ports: dict[tuple[str, str, int], list[str]] = {}
    for device_id, recipe in recipes.items():
        ports.setdefault((recipe.kind, recipe.address, recipe.speed_baud), []).append(device_id)
    confirmed = dict.fromkeys(recipes, False)

    def send(device_ids: Sequence[str]) -> None:
        try:
            of_port = [recipes[one] for one in device_ids]
            answers = _way(of_port[0].kind).send(of_port, OPEN_S)
        except Exception as error:  # noqa: BLE001 - whatever a port throws, the others go on
            log.warning("could not make %s safe: %s", ", ".join(device_ids), error)
            return
        confirmed.update(zip(device_ids, answers, strict=True))

    threads = [
        threading.Thread(target=send, args=(ids,), name="recipe", daemon=True)
        for ids in ports.values()
    ]
    for thread in threads:
        thread.start()
    until = time.monotonic() + max((one.longest_s for one in recipes.values()), default=0.0)
    for thread in threads:
        thread.join(max(0.0, until - time.monotonic()))
    return dict(confirmed)
