"""Where things are: the profile folder, its parts, and the files that came with the program.

One rule: finding a place touches nothing; only `prepare` makes a folder, and only the profile's.
"""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.core.notices import Notice

PROFILE_VARIABLE = "GIFTWIRE_PROFILE"
# A file of this name beside the installed program keeps the profile there, say on a USB stick.
PORTABLE_MARK = "giftwire-portable.txt"
PORTABLE_FOLDER = "Giftwire profile"
_NOT_A_FOLDER = frozenset({errno.ENOTDIR, errno.EEXIST, errno.EINVAL, errno.ENAMETOOLONG})
_FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})


def default_profile() -> Path:
    """Return the profile: $GIFTWIRE_PROFILE, else the portable one, else the system's place."""
    given = os.environ.get(PROFILE_VARIABLE)
    if given:
        return Path(given).expanduser().absolute()
    portable = portable_profile()
    if portable is not None:
        return portable
    from platformdirs import user_data_path

    return user_data_path("Giftwire", appauthor=False)


def portable_profile() -> Path | None:
    """Return the profile beside the installed program if the mark is there, else None."""
    if not frozen():
        return None
    beside = Path(sys.executable).absolute().parent
    # On macOS people see the bundle, not the folder inside it that holds the program.
    bundle = next((up for up in beside.parents if up.suffix == ".app"), None)
    beside = bundle.parent if bundle is not None else beside
    return beside / PORTABLE_FOLDER if (beside / PORTABLE_MARK).is_file() else None


@dataclass(frozen=True, slots=True)
class Parts:
    """The files and folders of one profile; none of them needs to exist."""

    profile: Path

    @property
    def settings(self) -> Path:
        """The settings."""
        return self.profile / "settings.json"

    @property
    def rules(self) -> Path:
        """The rules."""
        return self.profile / "rules.json"

    @property
    def devices(self) -> Path:
        """The configured devices."""
        return self.profile / "devices.json"

    @property
    def broker(self) -> Path:
        """Our own MQTT broker."""
        return self.profile / "broker.json"

    @property
    def journal(self) -> Path:
        """The history of gifts and what they did."""
        return self.profile / "data" / "journal.db"

    @property
    def ledger(self) -> Path:
        """The folder of the accounting ledger."""
        return self.profile / "data" / "ledger"

    @property
    def remembered(self) -> Path:
        """What the stream learnt, for the next start."""
        return self.profile / "data" / "stream.json"

    @property
    def recordings(self) -> Path:
        """The folder of recorded streams."""
        return self.profile / "recordings"


def logs(profile: Path) -> Path:
    """Return the folder of the profile that log files go to."""
    return profile / "logs"


class ProfileError(Exception):
    """The profile cannot be written. The core runs all the same, with its memory only.

    `notice` tells the user; `reason` is the system's own words.
    """

    def __init__(self, notice: Notice, reason: str) -> None:
        super().__init__(reason)
        self.notice = notice
        self.reason = reason


def prepare(profile: Path) -> None:
    """Make the profile folder, for this user only, and see that it can be written.

    Raises ProfileError. A full disk is none: what waits is written when there is room. An existing
    folder keeps its permissions: it may be a shared one that somebody chose.
    """
    try:
        profile.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=profile, prefix=".giftwire-"):
            pass
    except OSError as error:
        if error.errno in _FULL:
            return
        raise ProfileError(_notice(profile, error), str(error)) from error


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


def _notice(profile: Path, error: OSError) -> Notice:
    # Words load pydantic, which the guardian shall not.
    from app.core.notices import Level, Notice, NoticeCode

    unusable = error.errno in _NOT_A_FOLDER
    code = NoticeCode.PROFILE_NOT_A_FOLDER if unusable else NoticeCode.PROFILE_READ_ONLY
    return Notice("storage", Level.WARNING, code, {"folder": str(profile)})
