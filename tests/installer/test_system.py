"""What the system must bring, and the words for whoever has to bring it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from installer import system

LACKING = [system.Library("libnowhere.so.9", "libnowhere9", "nowhere")]
WORKFLOW = Path(__file__).parents[2] / ".github" / "workflows" / "ci.yml"

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="libraries come with Qt elsewhere")


@linux_only
def test_a_library_that_cannot_be_loaded_is_missing() -> None:
    assert system.missing((*LACKING, system.Library("libc.so.6", "libc6", "glibc"))) == LACKING


@pytest.mark.parametrize(
    ("tool", "command"),
    [
        ("apt-get", "sudo apt-get install libnowhere9"),
        ("pacman", "sudo pacman -S nowhere"),
        ("zypper", "sudo zypper install 'libnowhere.so.9()(64bit)'"),
        ("dnf", "sudo dnf install 'libnowhere.so.9()(64bit)'"),
    ],
)
@linux_only
def test_the_printed_command_fits_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tool: str, command: str
) -> None:
    (tmp_path / tool).write_text("#!/bin/sh\n")
    (tmp_path / tool).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert system._command(LACKING) == command


@linux_only
def test_without_a_package_tool_nothing_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert shutil.which("apt-get") is None
    assert not system.can_apt()


@linux_only
def test_a_display_is_seen_by_its_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not system.has_display()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert system.has_display()


def test_the_build_machines_install_the_same_libraries() -> None:
    words = WORKFLOW.read_text("utf-8").split()
    for library in system.OFFSCREEN + system.DISPLAY:
        assert words.count(library.debian) == 2, library.debian
