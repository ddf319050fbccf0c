"""The drivers' guide is true: what it names is there, and what it lists is complete."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from drivers.contract import Hazard, Kind
from tests.drivers import begin

ROOT = Path(__file__).parents[2]
README = ROOT / "drivers" / "README.md"
TEXT = README.read_text("utf-8")
GUIDE = TEXT.partition("# The Giftwire line protocol")[0]


def is_there(name: str) -> bool:
    if "<key>" in name:
        return name.replace("<key>", "{key}") in begin.PARTS.values()
    places = (ROOT, ROOT / "drivers", ROOT / "drivers" / "transports")
    return any((place / name).exists() for place in places)


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`([\w/<>]+\.(?:py|ts|toml|md))`", GUIDE))))
def test_every_file_it_names_is_there(name):
    assert is_there(name)


@pytest.mark.parametrize("module", sorted(set(re.findall(r"python -m ([\w.]+)", GUIDE))))
def test_every_program_it_names_can_be_started(module):
    place = ROOT / module.replace(".", "/")
    assert module == "pytest" or place.with_suffix(".py").exists() or place.is_dir()


@pytest.mark.parametrize("way", sorted(one.parent.name for one in begin.SKELETONS.glob("*/*.toml")))
def test_every_skeleton_is_offered(way):
    assert f"| `{way}` |" in GUIDE


def test_every_kind_and_hazard_is_explained():
    assert {kind.name for kind in Kind} <= set(re.findall(r"`([A-Z]+)`", GUIDE))
    assert {hazard.name for hazard in Hazard} <= set(re.findall(r"`([A-Z]+)`", GUIDE))


def test_every_transport_it_recommends_has_that_name():
    for module, name in re.findall(r"`(\w+)\.([A-Z]\w+)\(", GUIDE):
        source = (ROOT / "drivers" / "transports" / f"{module}.py").read_text("utf-8")
        assert f"class {name}" in source, name
