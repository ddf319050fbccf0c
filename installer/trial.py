"""Try a frozen program as its user would have it: without the clone and without our Python.

One rule: what the source lists, the frozen program lists; what the self-test says, holds.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from installer.console import Failure, run, say, show, step

if TYPE_CHECKING:
    from collections.abc import Iterator

LISTS = ("--list-drivers", "--list-conditions", "--list-actions", "--list-pages")
STARTS = 5
WINDOW_S = 30.0


def carry_out(frozen: Path, source: Path) -> None:
    """Compare lists, run the self-test, measure the start; raise Failure on what is wrong."""
    with tempfile.TemporaryDirectory(prefix="giftwire-try-") as folder:
        env = _environment(Path(folder))
        _compare_lists(frozen, source, env)
        _self_test(frozen, env, Path(folder))
        say(f"- First answer (--version): {_answer_s(frozen, env):.2f} s, median of {STARTS}")
        if shutil.which("Xvfb") and shutil.which("xdotool"):
            say(f"- Window on the screen: {_window_s(frozen, env):.2f} s, median of {STARTS}")


def _environment(folder: Path) -> dict[str, str]:
    """Hide the source and the environment from the program, as on a user's machine."""
    hidden = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}
    env = {name: value for name, value in os.environ.items() if name not in hidden}
    env["GIFTWIRE_PROFILE"] = str(folder / "profile")
    if sys.platform == "linux":
        env["QT_QPA_PLATFORM"] = "offscreen"
    return env


def _compare_lists(frozen: Path, source: Path, env: dict[str, str]) -> None:
    for flag in LISTS:
        here = _words([sys.executable, "-m", "app", flag], env, source)
        there = _words([frozen, flag], env, source)
        if not here or here != there:
            raise Failure(f"{flag} differs: source {here}, frozen {there}.")
        say(f"- {flag}: {len(here)}, the same as the source")


def _words(command: list[str | Path], env: dict[str, str], cwd: Path) -> list[str]:
    code, output = run(command, env=env, cwd=cwd)
    if code:
        show(output)
        raise Failure(f"{command[0]} {command[-1]} failed; its words are above.")
    return sorted(output.splitlines())


def _self_test(frozen: Path, env: dict[str, str], elsewhere: Path) -> None:
    with step("The frozen program tries itself"):
        code, output = run([frozen, "--selftest"], env=env, cwd=elsewhere)
    show(output)
    if code:
        raise Failure("the frozen program's self-test failed.")
    if "protobuf upb" not in output:
        raise Failure("protobuf's fast part did not come along; see PROTOBUF in app.spec.")


def _answer_s(frozen: Path, env: dict[str, str]) -> float:
    times = []
    for _ in range(STARTS):
        start = time.monotonic()
        subprocess.run([frozen, "--version"], env=env, check=True, stdout=subprocess.DEVNULL)
        times.append(time.monotonic() - start)
    return sorted(times)[STARTS // 2]


def _window_s(frozen: Path, env: dict[str, str]) -> float:
    """Return the median time from starting the program to its window on a screen of its own."""
    with _screen() as display:
        on_screen = {**env, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        return sorted(_one_window_s(frozen, on_screen) for _ in range(STARTS))[STARTS // 2]


def _one_window_s(frozen: Path, env: dict[str, str]) -> float:
    start = time.monotonic()
    desk = subprocess.Popen([frozen, "--demo"], env=env)
    try:
        seek = ["xdotool", "search", "--sync", "--onlyvisible", "--name", "^Giftwire"]
        subprocess.run(seek, env=env, check=True, stdout=subprocess.DEVNULL, timeout=WINDOW_S)
        return time.monotonic() - start
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise Failure("the frozen program showed no window.") from error
    finally:
        desk.terminate()
        desk.wait()
        # The desk goes, its core stays; both are ours to end.
        run([frozen, "ctl", "quit"], env=env)


@contextmanager
def _screen() -> Iterator[str]:
    """Open a screen that nobody sees; yield its name."""
    options = ["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
    server = subprocess.Popen(
        [shutil.which("Xvfb") or "Xvfb", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert server.stdout is not None  # noqa: S101 - it was asked for as a pipe
        yield f":{server.stdout.readline().strip()}"
    finally:
        server.terminate()
        server.communicate()
