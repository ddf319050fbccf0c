"""Finds things that are one file each in a package's folder: drivers, triggers, actions.

One rule: a broken file is listed with its error, and nothing else stops.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from types import ModuleType


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Catalog(Generic[T]):
    """What a scan found: classes by key, and for each broken file its name and error."""

    found: dict[str, type[T]] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)


def scan(package: str, base: type[T]) -> Catalog[T]:
    """Import every module of `package` and collect its concrete subclasses of `base` by `key`.

    Modules that begin with an underscore and sub-packages are left alone. A module that fails
    to import, holds no such class or repeats a key is broken. Works when frozen, as far as the
    modules were collected. Raises ImportError only if the package itself is missing.
    """
    catalog: Catalog[T] = Catalog()
    folder = importlib.import_module(package).__path__
    for name in sorted(info.name for info in pkgutil.iter_modules(folder) if not info.ispkg):
        if name.startswith("_"):
            continue
        try:
            module = importlib.import_module(f"{package}.{name}")
            _collect(module, base, catalog.found)
        # Even a file that ends the program when it is imported breaks itself only.
        except (Exception, SystemExit) as error:  # noqa: BLE001 - listed with its error
            catalog.broken[name] = f"{type(error).__name__}: {error}"
    return catalog


def _collect(module: ModuleType, base: type[T], found: dict[str, type[T]]) -> None:
    mine: dict[str, type[T]] = {}
    for thing in vars(module).values():
        if not (inspect.isclass(thing) and issubclass(thing, base) and thing is not base):
            continue
        if thing.__module__ != module.__name__ or inspect.isabstract(thing):
            continue
        if thing.__name__.startswith("_"):
            continue
        key = getattr(thing, "key", None)
        if not isinstance(key, str) or not key:
            raise TypeError(f"{thing.__name__} has no key")
        if key in found or key in mine:
            other = (found.get(key) or mine[key]).__module__
            raise ValueError(f"the key {key!r} is already used in {other}")
        mine[key] = thing
    if not mine:
        raise LookupError(f"there is no {base.__name__} in it")
    found.update(mine)
