"""Freeze the program for this system into `dist/`, then try what came out.

One rule: a frozen program that does not list and do what the source does is not a build.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from installer.console import Failure, run, say, show, step

ROOT = Path(__file__).resolve().parents[1]
DIST = ROOT / "dist"
LISTS = ("--list-drivers", "--list-conditions", "--list-actions", "--list-pages")
STARTS = 5


def main() -> int:
    """Build and try; return the exit code."""
    try:
        _freeze()
        frozen = _program()
        with tempfile.TemporaryDirectory(prefix="giftwire-try-") as profile:
            env = _environment(profile)
            _compare_lists(frozen, env)
            _self_test(frozen, env)
            start_s = _start_up(frozen, env)
    except Failure as failure:
        say(f"\nStopped: {failure}")
        return 1
    say(
        f"\n{frozen.relative_to(ROOT)}: {_size_mb(frozen.parent):.0f} MB, starts in {start_s:.2f} s"
    )
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


def _environment(profile: str) -> dict[str, str]:
    """Hide the source and the environment from the program, as on a user's machine."""
    hidden = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}
    env = {name: value for name, value in os.environ.items() if name not in hidden}
    env["GIFTWIRE_PROFILE"] = profile
    if sys.platform == "linux":
        env["QT_QPA_PLATFORM"] = "offscreen"
    return env


def _compare_lists(frozen: Path, env: dict[str, str]) -> None:
    for flag in LISTS:
        here = _words([sys.executable, "-m", "app", flag], env)
        there = _words([frozen, flag], env)
        if not here or here != there:
            raise Failure(f"{flag} differs: source {here}, frozen {there}.")
        say(f"- {flag}: {len(here)}, the same as the source")


def _words(command: list[str | Path], env: dict[str, str]) -> list[str]:
    code, output = run(command, env=env, cwd=ROOT)
    if code:
        show(output)
        raise Failure(f"{command[0]} {command[-1]} failed; its words are above.")
    return sorted(output.splitlines())


def _self_test(frozen: Path, env: dict[str, str]) -> None:
    # Away from the clone, so that nothing of it is found by accident.
    with tempfile.TemporaryDirectory() as elsewhere, step("The frozen program tries itself"):
        code, output = run([frozen, "--selftest"], env=env, cwd=Path(elsewhere))
    show(output)
    if code:
        raise Failure("the frozen program's self-test failed.")
    if "protobuf upb" not in output:
        raise Failure("protobuf's fast part did not come along; see PROTOBUF in app.spec.")


def _start_up(frozen: Path, env: dict[str, str]) -> float:
    """Return the median time from starting the program to its answer to `--version`, in s."""
    times = []
    for _ in range(STARTS):
        start = time.monotonic()
        subprocess.run([frozen, "--version"], env=env, check=True, stdout=subprocess.DEVNULL)
        times.append(time.monotonic() - start)
    return sorted(times)[STARTS // 2]


def _size_mb(folder: Path) -> float:
    return sum(one.lstat().st_size for one in folder.rglob("*") if one.is_file()) / 1e6


if __name__ == "__main__":
    sys.exit(main())
