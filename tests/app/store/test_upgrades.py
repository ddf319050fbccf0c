"""Documents of every version become today's."""

import json
from pathlib import Path

import pytest

from app.store import devicefile, settings, upgrades
from app.store.upgrades import NewerDocumentError, upgrade

GOLDEN = Path(__file__).parents[2] / "data" / "db"
TABLES = (
    ("settings", upgrades.SETTINGS, settings.VERSION),
    ("devices", upgrades.DEVICES, devicefile.VERSION),
)


@pytest.mark.parametrize(("kind", "steps", "version"), TABLES)
def test_every_version_has_a_way_on_and_a_golden_file(kind, steps, version):
    assert set(steps) == set(range(1, version))
    assert all((GOLDEN / f"{kind}-v{number}.json").exists() for number in range(1, version + 1))


@pytest.mark.parametrize(("kind", "steps", "version"), TABLES)
def test_golden_files_of_every_version_become_todays(kind, steps, version):
    for number in range(1, version + 1):
        content = json.loads((GOLDEN / f"{kind}-v{number}.json").read_text(encoding="utf-8"))
        assert upgrade(content, to=version, steps=steps)["version"] == version


def test_settings_of_every_version_hold_today():
    for path in GOLDEN.glob("settings-v*.json"):
        notices = []
        loaded = settings.Settings(path, notices.append, environ={})
        content = json.loads(path.read_text(encoding="utf-8"))
        checked = loaded._checked(upgrade(content, to=settings.VERSION, steps=upgrades.SETTINGS))
        assert checked.stream_user == "anna.smith"
        assert checked.history_keep_days == 90
        assert notices == []


def test_devices_of_every_version_are_understood_today():
    for path in GOLDEN.glob("devices-v*.json"):
        content = json.loads(path.read_text(encoding="utf-8"))
        content = upgrade(content, to=devicefile.VERSION, steps=upgrades.DEVICES)
        motor, light = devicefile.DeviceFile.model_validate(content).devices
        assert (motor.name, motor.role, motor.limits["turn"]["max_rpm"]) == ("Động cơ", "motor", 60)
        assert light.driver == "simulated"


def steps():
    return {1: lambda content: {"b": content["a"]}, 2: lambda content: {"c": content["b"] + 1}}


def test_steps_run_one_after_the_other_and_leave_the_original_alone():
    content = {"version": 1, "a": 5}
    assert upgrade(content, to=3, steps=steps()) == {"version": 3, "c": 6}
    assert content == {"version": 1, "a": 5}
    assert upgrade({"version": 2, "b": 1}, to=3, steps=steps()) == {"version": 3, "c": 2}
    assert upgrade({"version": 3, "c": 1}, to=3, steps=steps()) == {"version": 3, "c": 1}


def test_a_file_written_by_hand_needs_no_version():
    assert upgrade({"a": 5}, to=3, steps=steps()) == {"version": 3, "c": 6}


def test_a_newer_version_is_refused_by_name():
    with pytest.raises(NewerDocumentError):
        upgrade({"version": 4}, to=3, steps=steps())


@pytest.mark.parametrize("version", ["1", None, 1.0, True, 0, -1])
def test_what_is_no_version_is_a_fault_of_the_file(version):
    with pytest.raises(ValueError, match="no number"):
        upgrade({"version": version}, to=3, steps=steps())


def test_a_missing_step_is_a_fault_of_the_file():
    with pytest.raises(ValueError, match="no way from version 1"):
        upgrade({"version": 1}, to=3, steps={})
