"""What the operating system must bring: the libraries Qt loads and the tools of a few tests.

One rule: install only as root on Debian and its kin; everyone else gets the exact line to type.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import sys
import sysconfig
from typing import NamedTuple

from installer.console import Failure, run, say, show, step


class Library(NamedTuple):
    """A shared library and the packages that bring it."""

    file: str
    debian: str
    arch: str


OFFSCREEN = (
    Library("libEGL.so.1", "libegl1", "libglvnd"),
    Library("libGL.so.1", "libgl1", "libglvnd"),
    Library("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
    Library("libfreetype.so.6", "libfreetype6", "freetype2"),
    Library("libglib-2.0.so.0", "libglib2.0-0", "glib2"),
    Library("libdbus-1.so.3", "libdbus-1-3", "dbus"),
    Library("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
)
DISPLAY = (
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
    Library("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
    Library("libxcb-image.so.0", "libxcb-image0", "xcb-util-image"),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
    Library("libxcb-randr.so.0", "libxcb-randr0", "libxcb"),
    Library("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil"),
    Library("libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
    Library("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb"),
)
# program -> Debian package; some tests move a real mouse on a screen, or need a real broker
TEST_TOOLS = {
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
    "mosquitto": "mosquitto",
    "mosquitto_sub": "mosquitto-clients",
    "dbus-daemon": "dbus",
    "olad": "ola",
}


def has_display() -> bool:
    """Say whether a window can be shown here."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def missing(libraries: tuple[Library, ...]) -> list[Library]:
    """Return the libraries that cannot be loaded; on Windows and macOS Qt brings all."""
    return [one for one in libraries if sys.platform == "linux" and not _loads(one.file)]


def need_qt(*, display: bool) -> bool:
    """Install what Qt lacks, or say what to type; return whether Qt can start now."""
    wanted = OFFSCREEN + (DISPLAY if display else ())
    lacking = missing(wanted)
    if not lacking:
        return True
    if can_apt():
        apt([one.debian for one in lacking], "libraries for the window")
        return not missing(wanted)
    say("- The window needs system libraries that are missing. To install them, type:")
    say(f"    {_command(lacking)}")
    return False


def need_test_tools() -> None:
    """Install the programs a few tests use; without them those tests skip themselves."""
    if sys.platform != "linux":
        return
    lacking = [package for tool, package in TEST_TOOLS.items() if not shutil.which(tool)]
    if lacking and can_apt():
        apt(lacking, "programs that tests use")
    elif lacking:
        say(f"- Some tests will be skipped; for all of them install: {' '.join(lacking)}")


def need_venv() -> None:
    """Make sure that Python can make environments; Debian ships that part on its own."""
    # Debian has the `venv` module but not the pip it must put inside.
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if can_apt():
        apt([package], "Python's part that makes environments")
        return
    command = f"sudo apt-get install {package}" if shutil.which("apt-get") else "python3-venv"
    raise Failure(f"Python's `venv` part is missing. Install it, then run again: {command}")


def need_freezing() -> None:
    """Make sure that PyInstaller finds Python's shared library and the tool that reads it."""
    if sys.platform != "linux":
        return
    lacking = [] if shutil.which("objdump") else ["binutils"]
    name = str(sysconfig.get_config_var("INSTSONAME") or "")
    folder = str(sysconfig.get_config_var("LIBDIR") or "")
    if ".so" in name and not (_loads(name) or _loads(os.path.join(folder, name))):  # noqa: PTH118 - a name for the loader, not a path we open
        lacking.append(f"libpython{sys.version_info.major}.{sys.version_info.minor}")
    if not lacking:
        return
    if not can_apt():
        raise Failure(
            f"Freezing needs system packages. Type: sudo apt-get install {' '.join(lacking)}"
        )
    apt(lacking, "what freezing needs")


def can_apt() -> bool:
    """Say whether we may install system packages ourselves."""
    return sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt(packages: list[str], purpose: str) -> None:
    """Install Debian packages, waiting for another installation to end if there is one."""
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    wait = ["-o", "DPkg::Lock::Timeout=300"]
    names = sorted(set(packages))
    with step(f"Installing {purpose} ({', '.join(names)})"):
        run(["apt-get", *wait, "-q", "update"], env=env)
        code, output = run(
            ["apt-get", *wait, "-q", "install", "-y", "--no-install-recommends", *names], env=env
        )
        if code:
            show(output)
            raise Failure(
                f"System packages could not be installed. Type: apt-get install {' '.join(names)}"
            )


def _loads(file: str) -> bool:
    try:
        ctypes.CDLL(file)
    except OSError:
        return False
    return True


def _command(lacking: list[Library]) -> str:
    if shutil.which("apt-get"):
        return "sudo apt-get install " + " ".join(sorted({one.debian for one in lacking}))
    if shutil.which("pacman"):
        return "sudo pacman -S " + " ".join(sorted({one.arch for one in lacking}))
    tool = "zypper" if shutil.which("zypper") else "dnf"
    # These two find packages by the library they bring.
    return f"sudo {tool} install " + " ".join(f"'{one.file}()(64bit)'" for one in lacking)
