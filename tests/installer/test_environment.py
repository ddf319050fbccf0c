"""The environment: pip's troubles in our words, and the lock taken apart without losing a line."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib import metadata

import pytest

from installer import environment
from installer.console import Failure

LOCK = (environment.ROOT / "installer" / "requirements.lock").read_text("utf-8")


@pytest.mark.parametrize(
    ("pip_says", "we_say"),
    [
        ("ERROR: Could not install packages: [Errno 28] No space left on device", "disk is full"),
        ("NewConnectionError(...)\nERROR: No matching distribution found", "internet connection"),
        ("Temporary failure in name resolution", "internet connection"),
        ("[Errno 11001] getaddrinfo failed", "internet connection"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "not the one Giftwire was tested with"),
        ("SSL: CERTIFICATE_VERIFY_FAILED", "date of this computer"),
        ("ERROR: No matching distribution found for pyside6", "64-bit Python"),
        ("something new", "otherwise"),
    ],
)
def test_each_trouble_of_pip_gets_one_sentence(pip_says: str, we_say: str) -> None:
    assert we_say in environment._reason(pip_says, "otherwise")


def test_one_package_is_cut_out_of_the_lock_with_all_its_hashes() -> None:
    block = environment._block(LOCK, "setuptools")
    lines = block.splitlines()
    assert lines[0].startswith("setuptools==")
    assert len(lines) > 1
    assert all("--hash=sha256:" in line for line in lines[1:])


def test_a_package_that_is_not_in_the_lock_is_named() -> None:
    with pytest.raises(Failure, match="left-pad is missing"):
        environment._block(LOCK, "left-pad")


def test_the_only_source_package_is_the_one_that_is_allowed_to_be() -> None:
    # A second package without ready-made files would need a compiler on the user's machine.
    assert "protobuf3-to-dict==" in LOCK


def test_the_demo_gets_by_with_what_is_installed_for_it() -> None:
    code = "import json, sys, tests.fakes.demo; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=environment.ROOT, capture_output=True, check=True
    )
    modules = {name.split(".")[0] for name in json.loads(done.stdout)}
    bringing = metadata.packages_distributions()
    needed = {one for module in modules for one in bringing.get(module, ())}
    locked = set(re.findall(r"^([\w-]+)==", LOCK, re.MULTILINE))
    assert "aiohttp" in needed
    assert {re.sub(r"[-_.]+", "-", one).lower() for one in needed} <= locked
