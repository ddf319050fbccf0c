"""What every test gets: the guards, a profile of its own, Qt without a screen, no real keyring.

One rule: nothing here is asked of a test; it holds for all of them.
"""

from __future__ import annotations

import itertools
import os
from typing import TYPE_CHECKING

# Qt reads this when it is first loaded, which pytest-qt does early.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Looking for neighbours stays on this computer.
os.environ["GIFTWIRE_MDNS_CARDS"] = "127.0.0.1"
# Nobody's real passwords are touched by a test, on a developer's machine either.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
# Nor is anybody's Bluetooth searched: tests that need one bring a bus of their own.
os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = "unix:path=/nonexistent/giftwire"

import hypothesis
import pytest

if TYPE_CHECKING:
    from pathlib import Path

pytest_plugins = ["tests.guards.plugin"]

# Time per example depends on the machine. The gate must give the same answer twice; at home
# every run may look somewhere new.
hypothesis.settings.register_profile("home", deadline=None)
hypothesis.settings.register_profile("gate", deadline=None, derandomize=True)
hypothesis.settings.load_profile("gate" if os.environ.get("CI") else "home")

_numbers = itertools.count(1)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--device", default=None, help="port of a real device for `hardware` tests")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    skip_bench = pytest.mark.skip(reason="benches run by `python -m tests.bench`")
    skip_hardware = pytest.mark.skip(reason="give --device PORT to test a real device")
    for item in items:
        if item.get_closest_marker("bench"):
            item.add_marker(skip_bench)
        if item.get_closest_marker("hardware") and not config.getoption("--device"):
            item.add_marker(skip_hardware)


@pytest.fixture(autouse=True)
def profile(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the profile folder of this test; it does not exist until the program makes it."""
    folder = tmp_path_factory.getbasetemp() / f"profile-{next(_numbers)}"
    monkeypatch.setenv("GIFTWIRE_PROFILE", str(folder))
    return folder


@pytest.fixture
def device_port(request: pytest.FixtureRequest) -> str:
    """Return the port given by --device."""
    return str(request.config.getoption("--device"))
