"""Keeps big libraries from loading what the core never uses: some 11 MB and a third of a second.

One rule: whatever is asked for after all is there; it only comes later.
"""

from __future__ import annotations

import importlib
import importlib.util
import re
import sys
import types
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec

# 270 classes for requests of the sign server, of which we make two.
MODELS: Final = "EulerApiSdk.models"
_WORDS: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def spare_command_lines() -> None:
    """Leave out the command line of httpx, which brings click and rich; call it before httpx.

    None in `sys.modules` means "not installed"; httpx takes that for an answer.
    """
    if "httpx" not in sys.modules:
        sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # as documented


def spare_models() -> None:
    """Let each class of the sign server's library load when it is asked for; call it before."""
    if MODELS in sys.modules:
        return
    spec = importlib.util.find_spec(MODELS)
    if spec is not None and spec.loader is not None and spec.submodule_search_locations:
        sys.modules[MODELS] = _Sparing(spec)


class _Sparing(types.ModuleType):
    """A package that runs its own code only for a name that none of its modules explains."""

    def __init__(self, spec: ModuleSpec) -> None:
        super().__init__(spec.name)
        self.__spec__ = spec
        self.__loader__ = spec.loader
        self.__path__ = spec.submodule_search_locations or []
        self.__package__ = spec.name

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        try:
            module = importlib.import_module(f"{self.__name__}.{_WORDS.sub('_', name).lower()}")
            return getattr(module, name)
        except (ImportError, AttributeError):
            return self._whole(name)

    def _whole(self, name: str) -> object:
        spec = self.__spec__
        if spec is not None and spec.loader is not None:
            self.__class__ = types.ModuleType  # type: ignore[assignment]  # spares nothing more
            spec.loader.exec_module(self)
        return types.ModuleType.__getattribute__(self, name)
