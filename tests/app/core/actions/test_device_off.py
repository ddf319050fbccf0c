"""The action `device_off`."""

from __future__ import annotations

import pytest

from app.core.actions.device_off import SwitchOff
from drivers.contract import Kind, Off
from tests.app.core.making import OPEN, engine, facts, gift, rule, said


@pytest.mark.parametrize(
    ("device", "kinds"),
    [
        ("motor", (Kind.MOTOR,)),
        ("light", (Kind.LIGHT, Kind.LEVEL)),
        ("d1", tuple(kind for kind in Kind if kind is not Kind.SENSOR)),
    ],
)
def test_a_role_means_its_own_output_and_a_device_any(device, kinds):
    (plan,) = SwitchOff(device=device, capability="out").commands(facts())
    assert (plan.kinds, plan.device, plan.capability) == (kinds, device, "out")
    assert plan.instruction == Off()


def test_the_engine_sends_it():
    made = engine(rule(do=[{"key": "device_off"}]))
    (command,) = made.handle(gift(), 0.0, OPEN).commands
    assert (command.device_id, command.instruction) == ("relay-1", Off())


def test_it_says_the_device():
    assert said(SwitchOff()) == ("switch off the relay", "tắt rơ-le")
