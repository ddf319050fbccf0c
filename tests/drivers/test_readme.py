"""The driver of the README works as it is printed."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from drivers.contract import Cause, Driver, DriverError, Rotate, SetColor
from tests.drivers.benches.bench import Heard
from tests.drivers.transports.test_serial import Terminal

README = Path(__file__).parents[2] / "drivers" / "README.md"


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals need POSIX")
async def test_the_example_driver_passes_for_one():
    (source,) = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, object] = {"__name__": "acme_lamp"}
    exec(compile(source, "README.md", "exec", dont_inherit=True), names)
    terminal = Terminal()
    driver_class = names["AcmeLamp"]
    assert isinstance(driver_class, type)
    assert issubclass(driver_class, Driver)
    driver = driver_class(driver_class.settings_for(port=terminal.path), Heard().events())
    (lamp,) = await driver.open()
    await driver.apply(lamp.id, SetColor(1, 2, 3), 1.0)
    with pytest.raises(DriverError) as raised:
        await driver.apply(lamp.id, Rotate(1, 1), 1.0)
    assert raised.value.cause is Cause.UNSUPPORTED
    assert terminal.read(8) == bytes([0xA5, 0, 0, 0, 0xA5, 1, 2, 3])
    driver.stop_now()
    assert terminal.read(4) == bytes([0xA5, 0, 0, 0])
    assert await driver.make_safe()
    await driver.close()
    terminal.close()
