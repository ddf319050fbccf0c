"""Every driver on its bench: how to make one, to see what its outputs do, and to pull its cable.

One rule: one file for each driver with its BENCHES ("key what it is"), SETTINGS it accepts (if it
needs any) and `why_not(name)` (if it cannot run everywhere); there is no list to edit.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType

    from drivers.contract import Driver
    from tests.drivers.benches.bench import Bench

_FILES: dict[str, ModuleType] = {
    info.name: importlib.import_module(f"{__name__}.{info.name}")
    for info in pkgutil.iter_modules(__path__)
    if info.name != "bench"
}

BENCHES: dict[str, Callable[[Path], Bench]] = {
    name: make for file in _FILES.values() for name, make in file.BENCHES.items()
}


def why_not(name: str) -> str:
    """Return why a bench cannot be set up here, or ""."""
    file = next(file for file in _FILES.values() if name in file.BENCHES)
    return file.why_not(name) if hasattr(file, "why_not") else ""


def example_settings(driver: type[Driver]) -> dict[str, Any]:
    """Return settings a driver accepts."""
    return getattr(_FILES[driver.key], "SETTINGS", {})
