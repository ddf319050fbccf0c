"""The demo: a TikTok on this machine sends pretend gifts, the real program turns a pretend motor.

One rule: whatever way it ends, no process and no file of it stays.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from installer import environment
from installer.console import Failure, run, say

if TYPE_CHECKING:
    from types import FrameType


def play(rest: list[str], *, window: bool) -> int:
    """Run the demo until the window is closed or Ctrl+C is pressed; return the exit code."""
    signal.signal(signal.SIGTERM, _interrupt)
    profile = Path(tempfile.mkdtemp(prefix="giftwire-demo-"))
    env = {**os.environ, "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}
    running: list[subprocess.Popen[Any]] = []
    python = str(environment.python())
    try:
        # The pretend TikTok ends when its input is closed, even if we are killed.
        tiktok = subprocess.Popen(
            [python, "-m", "tests.fakes.demo", "--port", "0"],
            cwd=environment.ROOT,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        running.append(tiktok)
        address = _address(tiktok)
        say(f"- A pretend TikTok streams gifts at {address}")
        mode = rest if window or "--headless" in rest else [*rest, "--headless"]
        say(
            "- Starting Giftwire. "
            + ("Close its window" if window else "Press Ctrl+C")
            + " to end."
        )
        options = ["--demo", "--tiktok", address, "--profile", str(profile), *mode]
        program = subprocess.Popen([python, "-m", "app", *options], cwd=environment.ROOT, env=env)
        running.append(program)
        return program.wait()
    finally:
        _end(running, profile, env)


def _address(tiktok: subprocess.Popen[bytes]) -> str:
    assert tiktok.stdout is not None  # noqa: S101 - it was asked for as a pipe
    line = tiktok.stdout.readline()
    try:
        return str(json.loads(line)["tiktok"])
    except (ValueError, KeyError, TypeError) as error:
        raise Failure("the pretend TikTok did not start; its words are above.") from error


def _end(running: list[subprocess.Popen[Any]], profile: Path, env: dict[str, str]) -> None:
    # Ctrl+C reached every process of this console already; a second one must not cut this short.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    for program in reversed(running):
        if program.stdin is not None:
            program.stdin.close()
        _leave(program)
        if program.stdout is not None:
            program.stdout.close()
    if len(running) > 1:
        # The desk may go and leave its core at work; a demo takes everything with it.
        run(
            [environment.python(), "-m", "app", "--profile", profile, "ctl", "quit"],
            cwd=environment.ROOT,
            env=env,
        )
    shutil.rmtree(profile, ignore_errors=True)


def _leave(program: subprocess.Popen[Any]) -> None:
    """Give a program time to end by itself, then ask, ask firmly, force."""
    for ask, patience_s in ((None, 3.0), (_ask, 12.0), (subprocess.Popen.terminate, 5.0)):
        if ask is not None:
            ask(program)
        try:
            program.wait(patience_s)
        except subprocess.TimeoutExpired:
            continue
        return
    program.kill()
    program.wait()


def _ask(program: subprocess.Popen[Any]) -> None:
    # When only we were told to end, nobody else knows. Windows can tell a whole console only.
    if sys.platform != "win32":
        program.send_signal(signal.SIGINT)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
