"""Everything that is added by dropping in one file comes with a test of its own."""

from __future__ import annotations

import pytest

from tests.architecture import source

# folder of parts -> where the test or the golden file of part `{}` may be
PARTS = {
    "drivers/": ("tests/drivers/test_{}.py", "tests/data/golden/{}.toml"),
    "app/core/triggers/": ("tests/app/core/triggers/test_{}.py",),
    "app/core/conditions/": ("tests/app/core/conditions/test_{}.py",),
    "app/core/actions/": ("tests/app/core/actions/test_{}.py",),
    "app/gui/pages/": ("tests/app/gui/pages/test_{}.py",),
}
# Not parts, but what parts are made of; they are tested under their own names.
NOT_PARTS = {"__init__"}


@pytest.mark.parametrize("folder", PARTS)
def test_every_part_has_its_test(folder: str) -> None:
    names = set(source.files())
    stems = {
        one.removeprefix(folder).removesuffix(".py")
        for one in source.python(folder)
        if "/" not in one.removeprefix(folder)
    }
    assert stems, f"{folder} is empty"
    bad = [
        stem
        for stem in stems - NOT_PARTS
        if not any(place.format(stem) in names for place in PARTS[folder])
    ]
    assert not bad
