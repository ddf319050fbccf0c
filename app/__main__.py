"""The way in: reads the command line and becomes the desk, the core, the guardian or `ctl`.

One rule: each process imports only what it needs; Qt is loaded for the desk alone.
"""

from __future__ import annotations

import functools
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from app import arguments, console, paths

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Sequence

    from app.launch import CoreOptions


def main(words: Sequence[str] | None = None) -> int:
    """Run what the command line asks for; returns the exit code."""
    if words is None and sys.argv[1:2] == ["core"]:
        return _core()
    console.prepare()
    options = arguments.read(words)
    if options.list:
        from app.selftest import list_parts

        return list_parts(options.list)
    if options.selftest is not None:
        from app.selftest import run

        return run(options.selftest)
    if options.command is not None:
        return _command(options)
    return _serve(options)


def _command(options: Namespace) -> int:
    if options.command == "guardian":
        from app.headless import run_guardian

        return run_guardian(_profile(options), arguments.core_options(options))
    if options.command == "backtest":
        from app.backtest.run import serve_standard

        return serve_standard()
    if options.command == "sign":
        from app.live import sign_serve

        return sign_serve.serve_standard()
    if options.command == "broker":
        from app.broker import serve

        return serve.serve_standard()
    return _ask(options)


def _profile(options: Namespace) -> Path:
    given: Path | None = options.profile
    return given.absolute() if given is not None else paths.default_profile()


def _core() -> int:
    """Be the core: its standard input and output are the pipe to the guardian."""
    from app.gateway.pipe import open_pipe

    # Before anything can print into the pipe.
    pipe = open_pipe()
    # Ctrl+C in a console reaches every process there; the guardian decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from app import log

    options = arguments.read()
    profile = _profile(options)
    wishes = arguments.core_options(options)
    log.set_up(profile, "core", verbose=wishes.verbose)
    from app.runtime import run_core

    try:
        return run_core(profile, pipe, wishes)
    finally:
        pipe.close()


def _ask(options: Namespace) -> int:
    from app import ctl

    return ctl.run(_profile(options), options)


def _serve(options: Namespace) -> int:
    """Run the desk or the headless program, in a throw-away profile if it is a demo."""
    wishes = arguments.core_options(options)
    serve: Callable[[Path, CoreOptions], int] = _desk
    if options.headless:
        from app.headless import run_headless

        serve = run_headless
    if not options.demo or options.profile is not None or paths.PROFILE_VARIABLE in os.environ:
        return serve(_profile(options), wishes)
    profile = Path(tempfile.mkdtemp(prefix="giftwire-demo-"))
    try:
        return serve(profile, wishes)
    finally:
        if not options.headless:
            _end_core(profile)
        shutil.rmtree(profile, ignore_errors=True)


def _desk(profile: Path, wishes: CoreOptions) -> int:
    if not _has_screen():
        console.complain(
            f"There is no screen for the window here. Run without one: {console.program()} "
            "--headless"
        )
        return console.FAILED
    from app import log
    from app.gateway.client import Client
    from app.launch import start_guardian

    log.set_up(profile, "desk", verbose=wishes.verbose)
    try:
        from app.gui.lean import spare_sources

        spare_sources()
        from app.gui.application import run
    except ImportError as error:
        console.complain(
            f"The window cannot be opened: {error}. Run without it: {console.program()} --headless"
        )
        return console.FAILED
    start = functools.partial(start_guardian, profile, wishes)
    return run(functools.partial(Client, profile, start_core=start), profile=profile)


def _has_screen() -> bool:
    """Say whether a window can be opened; Qt would abort the whole process instead."""
    if not sys.platform.startswith("linux"):
        return True
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(os.environ.get(name) for name in names)


def _end_core(profile: Path) -> None:
    from app import endpoint

    try:
        endpoint.ask(profile, {"want": "quit"}, 20.0)
    except endpoint.EndpointError:
        return  # it ended before us


if __name__ == "__main__":
    sys.exit(main())
