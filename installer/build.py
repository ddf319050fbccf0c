"""Freeze the program for this system into `dist/`, then try what came out.

One rule: a frozen program that does not list and do what the source does is not a build.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from installer import trial
from installer.console import Failure, run, say, show, step

ROOT = Path(__file__).resolve().parents[1]
DIST = ROOT / "dist"


def main() -> int:
    """Build and try; return the exit code."""
    try:
        _freeze()
        frozen = _program()
        say(f"- {frozen.relative_to(ROOT)}: {_size_mb(frozen.parent):.0f} MB")
        trial.carry_out(frozen, ROOT)
    except Failure as failure:
        say(f"\nStopped: {failure}")
        return 1
    say(f"\nReady: {frozen.relative_to(ROOT)}")
    return 0


def _freeze() -> None:
    for name in ("build", "dist"):
        shutil.rmtree(ROOT / name, ignore_errors=True)
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    folders = ["--distpath", str(DIST), "--workpath", str(ROOT / "build")]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with step("Freezing (a few minutes)"):
        code, output = run([*command, *folders, ROOT / "installer" / "app.spec"], env=env, cwd=ROOT)
    if code:
        show(output)
        raise Failure("PyInstaller could not freeze the program; its words are above.")


def _program() -> Path:
    """Return the frozen program, the one that speaks to a console where there are two."""
    if sys.platform == "darwin":
        return DIST / "Giftwire.app" / "Contents" / "MacOS" / "giftwire"
    return DIST / "giftwire" / ("giftwire-ctl.exe" if sys.platform == "win32" else "giftwire")


def _size_mb(folder: Path) -> float:
    # On macOS the libraries lie beside the folder of the program, in the same bundle.
    whole = folder.parent if folder.name == "MacOS" else folder
    return sum(one.lstat().st_size for one in whole.rglob("*") if one.is_file()) / 1e6


if __name__ == "__main__":
    sys.exit(main())
