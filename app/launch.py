"""How Giftwire starts itself: the same words from source and frozen, on every system.

One rule: nothing secret goes on a command line.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app import paths

if TYPE_CHECKING:
    from pathlib import Path

# Windows only; the names do not exist elsewhere.
_NO_WINDOW = 0x08000000
_NEW_GROUP = 0x00000200
_DETACHED = 0x00000008
# Kept so that an ended one can be waited for; a guardian normally outlives us.
_started: list[subprocess.Popen[bytes]] = []


@dataclass(frozen=True, slots=True)
class CoreOptions:
    """What the person who started Giftwire asked for, beyond the saved settings.

    `user` is a streamer to listen to (not saved; empty: as saved), `tiktok` the base address of a
    stand-in TikTok on this computer, `demo` fills an empty profile with pretend devices and the
    starter rules, `lines` asks the core for a `gift_line` per gift.
    """

    user: str = ""
    tiktok: str = ""
    demo: bool = False
    lines: bool = False
    verbose: bool = False

    def arguments(self) -> list[str]:
        """Return the flags that give these options to another process of ours."""
        words = ["--user", self.user] if self.user else []
        words += ["--tiktok", self.tiktok] if self.tiktok else []
        flags = {"--demo": self.demo, "--lines": self.lines, "--verbose": self.verbose}
        return words + [flag for flag, given in flags.items() if given]


def own_command(*arguments: str) -> list[str]:
    """Return the words that start this very program with `arguments`."""
    if paths.frozen():
        return [sys.executable, *arguments]
    return [sys.executable, "-m", "app", *arguments]


def own_folder() -> Path | None:
    """Return the folder to start ourselves in, so that `-m app` finds us; None: any will do."""
    return None if paths.frozen() else paths.root()


def apart() -> dict[str, Any]:
    """Return Popen options for a child that our console's Ctrl+C and closing do not reach."""
    if sys.platform == "win32":
        return {"creationflags": _NEW_GROUP | _NO_WINDOW}
    return {"start_new_session": True}


def start_guardian(profile: Path, options: CoreOptions | None = None) -> None:
    """Start a guardian that outlives us; if there is one already, the new one ends at once.

    Returns without waiting for it. Raises OSError if the system cannot start a process.
    """
    reap()
    wishes = (options or CoreOptions()).arguments()
    words = own_command("guardian", "--profile", str(profile), *wishes)
    away: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
    if sys.platform == "win32":
        away["creationflags"] = _NEW_GROUP | _DETACHED
    else:
        away["start_new_session"] = True
    _started.append(subprocess.Popen(words, cwd=own_folder(), **away))


def reap() -> int:
    """Forget the guardians we started that have ended; return how many still run."""
    _started[:] = [one for one in _started if one.poll() is None]
    return len(_started)
