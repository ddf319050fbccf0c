"""The catalogue: one file each, and a broken one stops nothing else."""

from __future__ import annotations

import sys

import pytest

from app.core.catalog import scan
from app.core.parts import Action, Condition, Trigger, parts
from drivers.contract import Driver

BASE = "class Thing:\n    key = ''\n"


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package of things; call it with files, get what a scan finds."""
    name = "things_for_the_catalog"
    folder = tmp_path / name
    folder.mkdir()
    monkeypatch.syspath_prepend(str(tmp_path))

    def make(**files):
        (folder / "__init__.py").write_text(BASE)
        for module, source in files.items():
            (folder / f"{module}.py").write_text(f"from {name} import Thing\n{source}")
        base = __import__(name).Thing
        return scan(name, base)

    yield make
    for module in [m for m in sys.modules if m.startswith(name)]:
        del sys.modules[module]


def test_one_file_is_one_thing_found_by_its_key(package):
    catalog = package(good="class Good(Thing):\n    key = 'good'\n")
    assert list(catalog.found) == ["good"]
    assert catalog.found["good"].__name__ == "Good"
    assert catalog.broken == {}


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("raise RuntimeError('out of order')", "RuntimeError: out of order"),
        ("import no_such_package_anywhere", "ModuleNotFoundError"),
        ("def half(:", "SyntaxError"),
        ("raise SystemExit(3)", "SystemExit: 3"),
        ("x = 1", "there is no Thing in it"),
        ("class Nameless(Thing):\n    key = ''\n", "Nameless has no key"),
        ("class Strange(Thing):\n    key = 5\n", "Strange has no key"),
        ("class Same(Thing):\n    key = 'good'\n", "the key 'good' is already used"),
        (
            "class A(Thing):\n    key = 'a'\n\nclass B(Thing):\n    key = 'a'\n",
            "the key 'a' is already used",
        ),
    ],
)
def test_a_broken_file_is_named_with_its_error_and_stops_nothing(package, source, says):
    catalog = package(good="class Good(Thing):\n    key = 'good'\n", z_broken=source)
    assert list(catalog.found) == ["good"]
    assert says in catalog.broken["z_broken"]


def test_abstract_and_private_classes_imports_and_private_files_are_no_things(package):
    catalog = package(
        good=(
            "import abc\n"
            "class Middle(Thing, abc.ABC):\n    key = 'm'\n"
            "    @abc.abstractmethod\n    def go(self): ...\n"
            "class _Own(Middle):\n    key = 'own'\n    def go(self): ...\n"
            "class Good(Middle):\n    key = 'good'\n    def go(self): ...\n"
        ),
        _private="raise RuntimeError",
        later="from things_for_the_catalog.good import Good\n"
        "class Later(Thing):\n    key = 'later'\n",
    )
    assert sorted(catalog.found) == ["good", "later"]
    assert catalog.broken == {}


def test_a_missing_package_is_an_error_of_the_caller():
    with pytest.raises(ImportError):
        scan("app.core.no_such_folder", object)


def test_drivers_are_found_by_the_same_catalogue():
    assert "simulated" in scan("drivers", Driver).found


@pytest.mark.parametrize("base", [Trigger, Condition, Action])
def test_no_part_of_our_own_is_broken(base):
    assert parts(base).broken == {}
    assert parts(base).found
