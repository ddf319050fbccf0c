"""What must not be loaded before it is needed, asked of a fresh interpreter."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec

import pytest

from tests.architecture import source

HEAVY = {
    "aiohttp", "amqtt", "betterproto2", "bleak", "fastapi", "hid", "httpx", "keyring", "paho", "serial",
    "sqlalchemy", "TikTokLive", "TikTokLiveProto", "uvicorn",
}  # fmt: skip
QT = {"PySide6", "shiboken6", "qasync"}

# module -> what its import must leave alone
LIGHT = {
    "app.__main__": HEAVY | QT,
    "app.headless": HEAVY | QT | {"pydantic", "websockets"},
    "app.guardian.ways.ble": HEAVY | QT | {"pydantic", "websockets"},
    "app.guardian.ways.obs": HEAVY | QT | {"asyncio", "pydantic", "websockets"},
    "app.core.engine": HEAVY | QT | {"asyncio", "websockets"},
    "app.gateway.views": HEAVY | QT | {"asyncio", "websockets"},
    "app.gateway.messages": HEAVY | QT | {"asyncio", "websockets"},
    "app.runtime": HEAVY | QT,
    "app.gui.application": HEAVY,
    "drivers.contract": HEAVY | QT | {"asyncio"},
}


def _loaded_by(module: str) -> set[str]:
    code = f"import json, sys, {module}; print(json.dumps(list(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=source.ROOT, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return {one.split(".")[0] for one in json.loads(done.stdout)}


@pytest.mark.parametrize("module", LIGHT)
def test_importing_it_loads_nothing_heavy(module: str) -> None:
    assert not _loaded_by(module) & LIGHT[module]


def test_the_named_modules_exist() -> None:
    assert all(find_spec(module) for module in LIGHT)
