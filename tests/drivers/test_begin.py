"""The skeletons drivers begin from pass every check a driver must pass."""

from __future__ import annotations

import importlib
import inspect
import os
from typing import TYPE_CHECKING, Any

import pytest

from tests.drivers import begin, golden, test_contract

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.drivers.benches.bench import Bench

WAYS = sorted(one.parent.name for one in begin.SKELETONS.glob("*/driver.py"))
# The whole contract suite, on the skeletons' benches.
globals().update(
    {
        name: test
        for name, test in vars(test_contract).items()
        if name.startswith("test_") and "bench" in inspect.signature(test).parameters
    }
)


@pytest.fixture(params=WAYS)
async def bench(request, tmp_path) -> AsyncIterator[Bench]:
    file = importlib.import_module(f"tests.drivers.skeletons.{request.param}.bench")
    if hasattr(file, "why_not") and (reason := file.why_not("acme_lamp")):
        pytest.skip(reason)
    made = file.BENCHES["acme_lamp"](tmp_path)
    yield made
    await made.driver.close()
    made.close()


@pytest.mark.parametrize("way", WAYS)
async def test_the_checks_of_a_skeleton_pass(way):
    whole, folder = f"tests.drivers.skeletons.{way}", begin.SKELETONS / way
    if hasattr(importlib.import_module(f"{whole}.bench"), "why_not") and os.name != "posix":
        pytest.skip("pseudo terminals need a POSIX system")
    cases = golden.cases(folder / "golden.toml")
    text = (folder / "checks.py").read_text("utf-8")
    names: dict[str, Any] = {"CASES": cases}
    exec(compile(text.replace('golden.read("acme_lamp")', "CASES"), way, "exec"), names)
    make = importlib.import_module(f"{whole}.far_end").AcmeLampEnd
    for case in [*cases, None]:
        far = make()
        if case is None:
            await names["test_what_it_refuses_is_told"](far)
        else:
            await names["test_golden_bytes"](far, case)
        far.close()


@pytest.mark.parametrize("way", WAYS)
def test_a_driver_is_begun_with_five_files_that_name_nothing_of_the_skeleton(tmp_path, way):
    for to in begin.PARTS.values():
        (tmp_path / to).parent.mkdir(parents=True, exist_ok=True)
    made = begin.begin(way, "pop_box", "Pop box", tmp_path)
    assert [str(path.relative_to(tmp_path).as_posix()) for path in made] == [
        to.format(key="pop_box") for to in begin.PARTS.values()
    ]
    for path in made:
        text = path.read_text("utf-8")
        assert "skeleton" not in text
        assert "acme_lamp" not in text.lower()
        if path.suffix == ".py":
            compile(text, path.name, "exec")
    assert "class PopBox(" in made[0].read_text("utf-8")
    with pytest.raises(ValueError, match="already"):
        begin.begin(way, "pop_box", "Pop box", tmp_path)


@pytest.mark.parametrize(
    ("way", "key", "says"),
    [("train", "pop_box", "no skeleton"), ("cable", "Pop-Box", "no key")],
)
def test_what_cannot_be_begun_is_told(tmp_path, way, key, says):
    with pytest.raises(ValueError, match=says):
        begin.begin(way, key, "Pop box", tmp_path)


@pytest.mark.parametrize("way", WAYS)
def test_the_skeletons_settings_are_accepted(way):
    file = importlib.import_module(f"tests.drivers.skeletons.{way}.bench")
    assert file.AcmeLamp.settings_for(**file.SETTINGS)
