"""OctoPrint's virtual printer behind a pseudo terminal: a Marlin that others made up.

One rule: it is fetched when somebody asks for it and never comes into this tree:

    pip install --no-deps --target ~/.cache/giftwire-tests/octoprint octoprint==1.11.8
"""

from __future__ import annotations

import ast
import contextlib
import functools
import importlib.util
import os
import sys
import tempfile
import threading
import types
from typing import TYPE_CHECKING, Any

from tests.fakes.avr import build

if TYPE_CHECKING:
    from pathlib import Path


@functools.cache
def _folder() -> Path:
    return build.folder().parent / "octoprint" / "octoprint" / "plugins" / "virtual_printer"


def why_not() -> str:
    """Return why it cannot run here, or ""."""
    if os.name != "posix":
        return "pseudo terminals need a POSIX system"
    return "" if _folder().exists() else "OctoPrint's virtual printer is not there: see the file"


class _Settings:
    """Answers the printer's questions out of the plug-in's own usual settings."""

    def __init__(self, usual: dict[str, Any]) -> None:
        self._usual = usual

    def get(self, path: list[str], **_: Any) -> Any:
        value: Any = self._usual
        for name in path:
            value = value.get(name) if isinstance(value, dict) else None
        return value

    def get_boolean(self, path: list[str], **_: Any) -> bool:
        return bool(self.get(path))

    def get_int(self, path: list[str], **_: Any) -> int:
        return int(self.get(path) or 0)

    def get_float(self, path: list[str], **_: Any) -> float:
        return float(self.get(path) or 0)

    def global_get_basefolder(self, *_: Any) -> str:
        return tempfile.mkdtemp()

    def global_get(self, *_: Any, **__: Any) -> None:
        return None

    global_get_boolean = global_get_int = global_get_float = global_get


def _usual() -> dict[str, Any]:
    """Read the usual settings out of the plug-in's source, which we cannot import."""
    tree = ast.parse((_folder() / "__init__.py").read_text("utf-8"))
    function = next(
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name == "get_settings_defaults"
    )
    returned = next(node for node in ast.walk(function) if isinstance(node, ast.Return))
    usual: dict[str, Any] = ast.literal_eval(returned.value) if returned.value else {}
    return usual | {"enabled": True, "sendWait": False}


def _stand_in(name: str, **holds: Any) -> types.ModuleType:
    module = types.ModuleType(name)
    module.__dict__.update(holds)
    return module


def _to_bytes(text: Any, *_: Any, **__: Any) -> bytes:
    return text if isinstance(text, bytes) else str(text).encode()


def _to_text(data: Any, *_: Any, **__: Any) -> str:
    return data if isinstance(data, str) else bytes(data).decode("utf-8", "replace")


class _Never:
    """Takes the place of a timer that repeats something: nothing repeats here."""

    def __init__(self, *_: Any, **__: Any) -> None:
        self.daemon = True

    def start(self) -> None:
        """Do not."""

    cancel = start


def _stand_ins() -> dict[str, types.ModuleType]:
    """Return stand-ins for the little of OctoPrint that the printer uses."""
    hooks = types.SimpleNamespace(get_hooks=lambda _name: {})
    util = _stand_in(
        "octoprint.util",
        RepeatedTimer=_Never,
        get_dos_filename=lambda *_, **__: "X",
        to_bytes=_to_bytes,
        to_unicode=_to_text,
    )
    files = _stand_in("octoprint.util.files", unix_timestamp_to_m20_timestamp=lambda *_: "")
    plugin = _stand_in("octoprint.plugin", plugin_manager=lambda: hooks)
    all_of_them = (_stand_in("octoprint"), plugin, util, files)
    return {one.__name__: one for one in all_of_them}


@functools.cache
def _printer_class() -> Any:
    """Import the printer without the rest of OctoPrint."""
    spec = importlib.util.spec_from_file_location("virtual_marlin", _folder() / "virtual.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    stand_ins = _stand_ins()
    sys.modules.update(stand_ins)
    try:
        spec.loader.exec_module(module)
    finally:
        for name in stand_ins:
            del sys.modules[name]
    return module.VirtualPrinter


class VirtualMarlin:
    """One virtual printer; `path` is its port."""

    def __init__(self) -> None:
        import tty

        axes = {axis: {"speed": 6000} for axis in "xyze"}
        volume = {"width": 200, "depth": 200, "height": 200, "origin": "lowerleft"}
        profile = {"volume": volume | {"custom_box": False}, "extruder": {"count": 1}, "axes": axes}
        profiles = types.SimpleNamespace(get_current_or_default=lambda: profile)
        self._printer = _printer_class()(
            _Settings(_usual()), profiles, tempfile.mkdtemp(), read_timeout=0.2
        )
        self._main, self._far = os.openpty()
        tty.setraw(self._far)
        self.path = os.ttyname(self._far)
        self._ended = False
        self._threads = [
            threading.Thread(target=one, name="virtual Marlin") for one in (self._up, self._down)
        ]
        for thread in self._threads:
            thread.start()

    def place(self, axis: str) -> float:
        """Where a motor is, in mm."""
        return float(getattr(self._printer, f"_last{axis}"))

    def close(self) -> None:
        """End."""
        self._ended = True
        os.write(self._far, b"\x00")
        for thread in self._threads:
            thread.join(10)
        self._printer.close()
        os.close(self._far)
        os.close(self._main)

    def _up(self) -> None:
        rest = b""
        with contextlib.suppress(OSError):
            while data := os.read(self._main, 4096):
                if self._ended:
                    return
                *lines, rest = (rest + data).split(b"\n")
                for line in lines:
                    if line:
                        self._printer.write(line + b"\n")

    def _down(self) -> None:
        while not self._ended:
            line = self._printer.readline()
            if line:
                os.write(self._main, line if line.endswith(b"\n") else line + b"\n")
