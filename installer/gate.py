"""The gate: lint, format, types, import contracts and tests, in this order.

One rule: every step runs, so that one look shows all that is wrong.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from installer import environment
from installer.console import run, say, show

if TYPE_CHECKING:
    from pathlib import Path

# Tests wait more than they count: one more than there are processors, but a crowd holds itself up.
MOST_AT_ONCE = 4


def check(pytest_arguments: list[str]) -> int:
    """Run the whole gate in the environment; return 0 when nothing is wrong."""
    start = time.monotonic()
    python = environment.python()
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    # The tests name their own folders; what the caller has set up must not leak in.
    env.pop("GIFTWIRE_PROFILE", None)
    quiet: dict[str, list[str | Path]] = {
        "ruff check": [python, "-m", "ruff", "check", "."],
        "ruff format": [python, "-m", "ruff", "format", "--check", "."],
        "mypy": [python, "-m", "mypy"],
        "lint-imports": [environment.script("lint-imports")],
    }
    failed = [name for name, command in quiet.items() if not _quiet(name, command, env)]
    for name, arguments in _runs(pytest_arguments).items():
        if not _tests(name, [python, "-m", "pytest", *arguments], env):
            failed.append(name)
    took = time.monotonic() - start
    if failed:
        say(f"\nNot good yet: {', '.join(failed)} ({took:.0f} s).")
        return 1
    say(f"\nAll good: lint, format, types, imports, tests ({took:.0f} s).")
    return 0


def _runs(pytest_arguments: list[str]) -> dict[str, list[str]]:
    """Return the runs of pytest: what is asked for, or all, the whole program by itself."""
    if pytest_arguments:
        return {"pytest": pytest_arguments}
    processors = os.cpu_count() or 1
    at_once = str(min(MOST_AT_ONCE, processors + 1))
    return {
        "pytest": ["-q", "-m", "not e2e", "-n", at_once],
        # These are processes of their own already, and mostly wait.
        "pytest, whole program": ["-q", "-m", "e2e", "-n", str(min(2, processors))],
    }


def _quiet(name: str, command: list[str | Path], env: dict[str, str]) -> bool:
    start = time.monotonic()
    code, output = run(command, env=env, cwd=environment.ROOT)
    say(f"- {name}: {'ok' if code == 0 else 'FAILED'} ({time.monotonic() - start:.1f} s)")
    if code:
        show(output)
    return code == 0


def _tests(name: str, command: list[str | Path], env: dict[str, str]) -> bool:
    start = time.monotonic()
    say(f"- {name}:")
    sys.stdout.flush()
    code = subprocess.run(
        [str(part) for part in command],
        cwd=environment.ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        check=False,
    ).returncode
    say(f"- {name}: {'ok' if code == 0 else 'FAILED'} ({time.monotonic() - start:.1f} s)")
    return code == 0
