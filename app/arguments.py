"""The command line: every flag and sub-command with its help.

One rule: reading it has no effect and loads nothing heavy.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from app import __version__, paths
from app.launch import CoreOptions

if TYPE_CHECKING:
    from collections.abc import Sequence

TIKTOK_VARIABLE = "GIFTWIRE_TIKTOK"
# Whom the stand-in TikTok of the demo streams as.
DEMO_USER = "giftwire_demo"
_SUPPRESS = argparse.SUPPRESS


def read(words: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line; ends the program on --help, --version and on mistakes (code 2)."""
    options = _parser().parse_args(words)
    options.profile = getattr(options, "profile", None)
    return options


def core_options(options: argparse.Namespace) -> CoreOptions:
    """Return what concerns the core; a demo with a stand-in TikTok listens to its streamer."""
    tiktok = options.tiktok or os.environ.get(TIKTOK_VARIABLE, "")
    user = options.user.lstrip("@")
    if options.demo and tiktok and not user:
        user = DEMO_USER
    return CoreOptions(
        user=user,
        tiktok=tiktok,
        demo=options.demo,
        lines=options.lines or options.headless,
        verbose=options.verbose,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="giftwire" if paths.frozen() else "python -m app",
        description="TikTok LIVE gifts move devices on your desk. Without a command the window "
        "opens.",
        epilog="Exit codes: 0 done, 1 it did not work, 2 a mistake in the command, 3 Giftwire is "
        "not running (or already is).",
    )
    _add_flags(parser)
    _add_lists(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    shared = argparse.ArgumentParser(add_help=False)
    _add_profile(shared, _SUPPRESS)
    for name in ("core", "guardian"):
        # Giftwire starts these itself; no help line, so that nobody is tempted.
        inner = commands.add_parser(name, parents=[shared])
        _add_core_flags(inner, _SUPPRESS)
    # Asked by the window and by the core, over standard input; no help line either.
    commands.add_parser("backtest")
    commands.add_parser("sign")
    commands.add_parser("broker")
    ctl = commands.add_parser(
        "ctl",
        parents=[shared],
        help="ask a running Giftwire: status, fire, stop, resume, ...",
        description="Ask a Giftwire that is running.",
    )
    _add_ctl(ctl.add_subparsers(dest="ask", metavar="REQUEST", required=True), shared)
    _add_direct(commands, shared)
    return parser


def _add_profile(parser: argparse.ArgumentParser, default: str | None) -> None:
    parser.add_argument(
        "--profile",
        type=Path,
        metavar="DIR",
        default=default,
        help=f"folder of settings, rules and journal (also ${paths.PROFILE_VARIABLE})",
    )


def _add_core_flags(parser: argparse.ArgumentParser, default: str | None = None) -> None:
    text, flag = (default, default) if default else ("", False)
    parser.add_argument(
        "--user", metavar="NAME", default=text, help="listen to this streamer, this time only"
    )
    parser.add_argument(
        "--tiktok",
        metavar="URL",
        default=text,
        help=f"a stand-in TikTok on this computer, for trying out (also ${TIKTOK_VARIABLE})",
    )
    parser.add_argument(
        "--demo",
        action="store_true",
        default=flag,
        help="try Giftwire with pretend devices and the starter rules, in a throw-away profile",
    )
    parser.add_argument(
        "--verbose", action="store_true", default=flag, help="write more into the log files"
    )
    parser.add_argument("--lines", action="store_true", default=flag, help=_SUPPRESS)


def _add_flags(parser: argparse.ArgumentParser) -> None:
    _add_profile(parser, None)
    _add_core_flags(parser)
    parser.add_argument(
        "--headless", action="store_true", help="run without a window; prints a line for each gift"
    )
    parser.add_argument("--version", action="version", version=f"Giftwire {__version__}")


def _add_lists(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("looking inside")
    group.add_argument(
        "--selftest",
        nargs="?",
        const="",
        metavar="FILE",
        help="try every part of the program and say what works; JSON to FILE",
    )
    for what in ("drivers", "conditions", "actions", "pages"):
        group.add_argument(
            f"--list-{what}", action="append_const", dest="list", const=what, help=f"list {what}"
        )


def _add_ctl(
    requests: argparse._SubParsersAction[argparse.ArgumentParser],
    shared: argparse.ArgumentParser,
) -> None:
    json_flag = argparse.ArgumentParser(add_help=False, parents=[shared])
    json_flag.add_argument("--json", action="store_true", help="print JSON")

    def add(name: str, text: str) -> argparse.ArgumentParser:
        return requests.add_parser(name, help=text, description=text, parents=[json_flag])

    add("status", "Say what is connected and what runs.")
    fire = add("fire", "Send a pretend gift through everything and say what it did.")
    fire.add_argument("--gift", default="Rose", metavar="NAME", help="name of the gift (Rose)")
    fire.add_argument("--gift-id", type=int, default=0, metavar="ID", help="its number, if known")
    fire.add_argument("--count", type=_count, default=1, metavar="N", help="how many (1)")
    fire.add_argument("--coins", type=int, default=0, metavar="N", help="price of one, if unknown")
    fire.add_argument("--who", default="practice", metavar="NAME", help="the pretend viewer")
    fire.add_argument("--combo", action="store_true", help="send it as a growing combo")
    fire.add_argument("--wait", action="store_true", help="wait until every action has ended")
    add("stop", "STOP: make every device safe, and keep it so.")
    resume = add("resume", "Release STOP. Nothing moves by itself afterwards.")
    resume.add_argument("--yes", action="store_true", help="you looked: nobody can get hurt")
    add("quit", "Make every device safe and end Giftwire.")
    receipt = add("receipt", "Say everything that happened to one gift.")
    receipt.add_argument("event_id", metavar="EVENT", help="its id, as `fire` printed it")
    explain = add("explain", "Say of every rule why it did or did not run for a past gift.")
    explain.add_argument("event_id", metavar="EVENT", help="its id, as `fire` printed it")
    press = add("press", "Press a button that rules wait for.")
    press.add_argument("name", metavar="NAME", help="its name, as the rule has it")
    for word, text in (
        ("arm", "Let gifts use a device that moves or gets hot."),
        ("disarm", "Switch a device off, and let gifts use it no more."),
    ):
        one = add(word, text)
        one.add_argument("name", metavar="DEVICE", help="its name")
    profile = add("rules", "Say which set of rules runs, or run another one.")
    profile.add_argument("name", nargs="?", default="", metavar="NAME", help="the one to run")
    _add_check_live(add("check-live", "Ask TikTok whether somebody is live."))
    _add_record(add("record", "Record the stream to a file, or stop recording."))
    _add_replay(add("replay", "Play a recorded stream through the rules and devices."))


def _add_direct(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    shared: argparse.ArgumentParser,
) -> None:
    """Add the requests that deserve a command of their own."""
    for name, text, add in (
        ("check-live", "ask TikTok whether somebody is live", _add_check_live),
        ("record", "record the stream to a file, or stop recording", _add_record),
        ("replay", "play a recorded stream through the rules and devices", _add_replay),
    ):
        parser = commands.add_parser(name, help=text, description=text, parents=[shared])
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.set_defaults(ask=name)
        add(parser)


def _add_check_live(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("user", metavar="NAME", help="user name on TikTok, with or without @")


def _add_record(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", default="", metavar="FILE", help="where to (chosen)")
    parser.add_argument("--stop", action="store_true", help="stop recording")
    parser.add_argument("--with-names", action="store_true", help="keep the names of viewers")


def _add_replay(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="the recording")
    parser.add_argument(
        "--speed", type=float, default=1.0, metavar="N", help="2 plays twice as fast, 0 at once (1)"
    )


def _count(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 1_000_000:  # noqa: PLR2004 - the message model's own bounds
        raise argparse.ArgumentTypeError("give a number from 1 to 1000000")
    return number
