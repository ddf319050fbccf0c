"""Which devices a backtest stands in for."""

import json

from app.backtest.devices import devices_of
from app.gateway.devicebook import practice_devices


def written(folder, *devices):
    path = folder / "devices.json"
    path.write_text(json.dumps({"version": 1, "devices": list(devices)}), encoding="utf-8")
    return path


def test_without_devices_the_practice_ones_are_used_and_said_to_be(tmp_path):
    configs, practice = devices_of(tmp_path / "devices.json")
    assert practice
    assert configs
    assert all(config.known for config in configs)


def saved(driver, **more):
    return {"id": "d1", "name": "Mine", "driver": driver, **more}


def pretend():
    """Return a driver of practice devices, and the settings of one."""
    one = practice_devices()[0]
    return one.driver, dict(one.settings)


def test_a_pretend_device_of_the_user_is_opened_in_no_time_to_learn_its_outputs(tmp_path):
    driver, settings = pretend()
    configs, practice = devices_of(written(tmp_path, saved(driver, settings=settings)))
    assert not practice
    assert [config.name for config in configs] == ["Mine"]
    assert configs[0].known


def test_a_real_device_takes_part_with_what_it_told_when_it_was_open_last(tmp_path):
    relay = {"id": "relay", "kind": "switch", "title": "Relay"}
    configs, practice = devices_of(written(tmp_path, saved("lcus", capabilities=[relay])))
    assert not practice
    assert [one.id for one in configs[0].known] == ["relay"]


def test_a_real_device_that_never_was_open_takes_no_part_and_is_not_opened(tmp_path):
    file = written(tmp_path, saved("lcus", settings={"port": "COM99"}))
    assert devices_of(file) == ((), False)
