"""Giftwire without a window: this process is the guardian, and prints a line for each gift.

One rule: it needs no Qt, no screen and no keyboard, only Ctrl+C or a signal to end.
"""

from __future__ import annotations

import logging
import signal
from typing import TYPE_CHECKING

from app import console, launch, log
from app.endpoint import EndpointError, TakenError
from app.guardian.watch import Guardian

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# What there is of these asks us to end; the last is Windows', for Ctrl+Break and a closed console.
_ENDINGS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


class _Shown(logging.Handler):
    """Shows warnings to whoever sits at the console."""

    def __init__(self, show: Callable[[str], None]) -> None:
        super().__init__(logging.WARNING)
        self._show = show

    def emit(self, record: logging.LogRecord) -> None:
        self._show(log.redacted(record.getMessage()))


def run_headless(profile: Path, options: launch.CoreOptions) -> int:
    """Run the core under this process in the foreground; returns the exit code."""
    printer = console.Printer()
    try:
        log.set_up(profile, "guardian", verbose=options.verbose).add(_Shown(printer.say))
        code = guard(profile, options, printer.say, "Giftwire starts. Press Ctrl+C to end it.")
    finally:
        printer.close()
    if code == console.NOT_RUNNING:
        console.complain(
            f"Giftwire already runs with this profile. See it with: {console.program()} ctl status"
        )
    return code


def run_guardian(profile: Path, options: launch.CoreOptions) -> int:
    """Be the guardian that a desk started; nobody reads what we would print."""
    log.set_up(profile, "guardian", verbose=options.verbose)
    return guard(profile, options, None)


def guard(
    profile: Path,
    options: launch.CoreOptions,
    on_line: Callable[[str], None] | None,
    started: str = "",
) -> int:
    """Guard the profile until told to end; returns the exit code."""
    command = launch.own_command("core", "--profile", str(profile), *options.arguments())
    try:
        guardian = Guardian(profile, command, on_line=on_line)
    except TakenError:
        return console.NOT_RUNNING
    except (EndpointError, OSError) as error:
        logging.getLogger(__name__).error("cannot guard: %s", error)  # noqa: TRY400 - words suffice
        console.complain(f"Giftwire cannot start here: {error}")
        return console.FAILED
    for number in (getattr(signal, name, None) for name in _ENDINGS):
        # What `nohup` told us to ignore stays ignored.
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, lambda *_: guardian.quit())
    if on_line is not None and started:
        on_line(started)
    code = guardian.run()
    if on_line is not None:
        safe = "Devices are safe." if not code else "A device did NOT confirm that it is safe."
        on_line(f"Giftwire has ended. {safe}")
    return code
