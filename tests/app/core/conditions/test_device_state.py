"""Devices that are there, away, running or at rest."""

from __future__ import annotations

import pytest

from app.core.conditions.device_state import DeviceState
from app.core.parts import Facts
from app.core.world import DeviceFacts
from tests.app.core.making import gift, said
from tests.app.core.places import Place, told

AWAY = DeviceFacts(known=True)
RUNNING = DeviceFacts(known=True, online=True, active=True)
RESTING = DeviceFacts(known=True, online=True)


@pytest.mark.parametrize(
    ("state", "en", "vi", "holds_for"),
    [
        (
            "online",
            "Motor 1 is connected",
            "Motor 1 đã kết nối",
            {"running", "resting"},
        ),
        ("offline", "Motor 1 is not connected", "Motor 1 chưa kết nối", {"away"}),
        ("active", "Motor 1 is running", "Motor 1 đang chạy", {"running"}),
        ("idle", "Motor 1 is at rest", "Motor 1 đang rảnh", {"resting"}),
    ],
)
def test_it_holds_in_its_state(state, en, vi, holds_for):
    condition = DeviceState(device="m1", state=state)
    seen = {"away": AWAY, "running": RUNNING, "resting": RESTING, "missing": DeviceFacts()}
    held = {
        name
        for name, facts in seen.items()
        if condition.holds(Facts(gift(), world=Place(devices={"m1": facts}))).passed
    }
    assert held == holds_for
    assert said(condition) == (en, vi)


@pytest.mark.parametrize(
    ("seen", "en", "vi"),
    [
        (AWAY, "Motor 1 is not connected", "Motor 1 chưa kết nối"),
        (RUNNING, "Motor 1 is running", "Motor 1 đang chạy"),
        (
            RESTING,
            "Motor 1 is connected and at rest",
            "Motor 1 đã kết nối và đang rảnh",
        ),
        (DeviceFacts(), "there is no such device: Motor 1", "không có thiết bị này: Motor 1"),
    ],
)
def test_the_trace_tells_how_it_was(seen, en, vi):
    facts = Facts(gift(), world=Place(devices={"m1": seen}))
    for state in ("active", "idle"):
        assert told(DeviceState(device="m1", state=state), facts) == (en, vi)
