"""Recipes as reports to a USB device without a port. One rule: a result below 0 is a failure."""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.guardian.recipes import Recipe

PAUSE_S = 0.05


def prepare() -> None:
    """Import hidapi."""
    _hidapi()


def send(recipes: Sequence[Recipe], open_s: float) -> list[bool]:
    """Send the recipes of one device in order; they are not answered."""
    device = _open(recipes[0].address, open_s)
    try:
        for recipe in recipes:
            feature = bool(recipe.options.get("feature", 0))
            for frame in recipe.frames:
                if (device.send_feature_report if feature else device.write)(frame) < 0:
                    raise OSError(f"{recipe.address} takes nothing")
    finally:
        with contextlib.suppress(OSError):
            device.close()
    return [False] * len(recipes)


def _open(path: str, open_s: float) -> Any:  # noqa: ANN401 - a type of hidapi's
    until = time.monotonic() + open_s
    while True:
        device = _hidapi().device()
        try:
            device.open_path(path.encode("utf-8", "surrogateescape"))
        except OSError:
            if time.monotonic() > until:
                raise
        else:
            return device
        threading.Event().wait(PAUSE_S)


def _hidapi() -> Any:  # noqa: ANN401 - a module without types
    # On Linux the one called `hid` takes devices away from the kernel.
    if sys.platform == "linux":
        import hidraw as module  # type: ignore[import-not-found]  # it has no types
    else:
        import hid as module
    return module
