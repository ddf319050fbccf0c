"""The words after `bootstrap.py`: what each of them prepares and starts.

One rule: every failure ends in one sentence and an exit code that is not zero.
"""

from __future__ import annotations

import os
import subprocess
import sys

from installer import demo, environment, gate, lock, system
from installer.console import Failure, say

USAGE = """Usage: python installer/bootstrap.py WORD

  demo              set everything up and show a pretend TikTok stream move a pretend motor
  check             set everything up and run the whole gate: lint, types, imports, tests
  check -- ARGS     the same, with ARGS for pytest, for example: check -- tests/app/core -k rose
  freeze            build the program for this system into dist/ and try it
  lock              renew the package lock from pyproject.toml (maintainers; needs uv)
"""


def run(arguments: list[str]) -> int:
    """Carry out one word; return the exit code."""
    word, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    verb = {"demo": _demo, "check": _check, "freeze": _freeze, "lock": _lock}.get(word)
    if verb is None:
        say(USAGE)
        return 0 if word in {"-h", "--help", "help"} else 2
    try:
        return verb(rest)
    except Failure as failure:
        say(f"\nStopped: {failure}")
        return 1
    except KeyboardInterrupt:
        say("\nStopped.")
        return 130


def _lock(_rest: list[str]) -> int:
    return lock.renew()


def _demo(rest: list[str]) -> int:
    environment.prepare("run")
    window = "--headless" not in rest and system.has_display() and system.need_qt(display=True)
    return demo.play(rest, window=window)


def _check(rest: list[str]) -> int:
    pytest_arguments = rest[1:] if rest[:1] == ["--"] else rest
    environment.prepare("dev")
    if not system.need_qt(display=False):
        raise Failure("the tests need these libraries; install them and run the command again.")
    system.need_test_tools()
    return gate.check(pytest_arguments)


def _freeze(rest: list[str]) -> int:
    environment.prepare("dev")
    system.need_freezing()
    system.need_test_tools()
    if not system.need_qt(display=True):
        raise Failure("the frozen program is tried out here and needs these libraries.")
    command = [str(environment.python()), "-m", "installer.build", *rest]
    env = {**os.environ, "PYTHONPATH": str(environment.ROOT)}
    sys.stdout.flush()
    return subprocess.run(command, cwd=environment.ROOT, env=env, check=False).returncode
