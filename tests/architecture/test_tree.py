"""Nothing in the tree leans on one machine, one index or one tracker."""

from __future__ import annotations

import re

from installer import lock
from tests.architecture import source

# The brackets keep this list from finding itself.
FORBIDDEN = re.compile(
    r"pypi[.]org|python[h]osted|registry[.]npmjs|debian[.]org|crates[.]io"
    r"|(?<![\w.$~])/(?:wor[k]|roo[t]|hom[e]/\w+)/"
    r"|/opt/(?:whee[l]s|py[p]i)"
    r"|/tm[p]/\w"
    r"|\biss[u]e #?\d+"
    r"|proto[t]ype",
    re.IGNORECASE,
)
BINARY = (".png", ".otf", ".ttf", ".ico", ".icns", ".gz", ".qm", ".sqlite3", ".db", ".wav", ".bin")


def test_no_file_names_a_machine_an_index_or_a_tracker() -> None:
    bad = []
    for name in source.files():
        if name.endswith(BINARY) or name == "LICENSE":
            continue
        for number, line in enumerate(source.text(name).splitlines(), 1):
            if found := FORBIDDEN.search(line):
                bad.append(f"{name}:{number} {found.group()}")
    assert not bad


def test_text_files_end_their_lines_the_same_way() -> None:
    bad = [
        name
        for name in source.files()
        if not name.endswith(BINARY) and b"\r\n" in (source.ROOT / name).read_bytes()
    ]
    assert not bad


def test_no_file_is_large() -> None:
    sizes = {name: (source.ROOT / name).stat().st_size for name in source.files()}
    assert not {name: size for name, size in sizes.items() if size > 1_500_000}


def test_the_locks_are_made_from_this_pyproject() -> None:
    stale = [name for name in lock.LOCKS if lock.recorded(name) != lock.fingerprint()]
    assert not stale, "run: python installer/bootstrap.py lock"


def test_every_locked_package_has_its_hashes() -> None:
    for name in lock.LOCKS:
        blocks = re.split(r"\n(?=\S)", source.text(f"installer/{name}"))
        packages = [block for block in blocks if "==" in block]
        assert len(packages) > 30
        assert all("--hash=sha256:" in block for block in packages)
        assert not re.search(r"https?:|--index|--find|--extra", source.text(f"installer/{name}"))


def test_the_lock_serves_every_system() -> None:
    blocks = re.split(r"\n(?=\S)", source.text("installer/requirements.lock"))
    qt = next(block for block in blocks if block.startswith("pyside6-essentials=="))
    # Two Linux, one macOS and two Windows wheels.
    assert qt.count("--hash") >= 5


def test_both_locks_hold_the_same_versions() -> None:
    run, dev = (
        dict(re.findall(r"^([\w.-]+)==([\w.]+)", source.text(f"installer/{name}"), re.MULTILINE))
        for name in ("requirements.lock", "requirements-dev.lock")
    )
    assert run.items() <= dev.items()
