"""Where things are: the profile folder, its parts, and the files that came with the program.

One rule: nothing here makes a folder or reads a file; whoever writes makes what it needs.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

PROFILE_VARIABLE = "GIFTWIRE_PROFILE"


def default_profile() -> Path:
    """Return the profile folder: $GIFTWIRE_PROFILE, else the system's place for program data."""
    given = os.environ.get(PROFILE_VARIABLE)
    if given:
        return Path(given).absolute()
    from platformdirs import user_data_path

    return user_data_path("Giftwire", appauthor=False)


def logs(profile: Path) -> Path:
    """Return the folder of the profile that log files go to."""
    return profile / "logs"


def frozen() -> bool:
    """Say whether the program runs from an installed package, without source or `python -m`."""
    return bool(getattr(sys, "frozen", False))


def root() -> Path:
    """Return the folder that holds `resources`: the clone, or the frozen program's own files."""
    bundle = getattr(sys, "_MEIPASS", None)
    return Path(bundle) if bundle else Path(__file__).resolve().parent.parent


def resources() -> Path:
    """Return the folder of icons, fonts, texts and starter rules."""
    return root() / "resources"
