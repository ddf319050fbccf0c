"""Which kinds of devices there are. One rule: a driver that does not load is told, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.core.catalog import Catalog, scan
from app.core.notices import Level, Notice, NoticeCode
from drivers.contract import Driver

if TYPE_CHECKING:
    from collections.abc import Callable


def load_drivers(tell: Callable[[Notice], None]) -> tuple[Catalog[Driver], dict[str, str]]:
    """Return all drivers, and those that did not load with their error."""
    contract: type[Driver] = Driver  # type: ignore[type-abstract]  # only its subclasses are made
    catalog = scan("drivers", contract)
    broken = {name: str(error) for name, error in catalog.broken.items()}
    for name, error in broken.items():
        values = {"driver": name, "error": error}
        tell(Notice(f"driver.{name}", Level.WARNING, NoticeCode.DRIVER_BROKEN, values))
    return catalog, broken
