"""How the program starts itself, from source and frozen."""

import sys
import threading

import pytest

from app import arguments, console, paths
from app.launch import CoreOptions, own_command


def test_from_source_we_start_ourselves_as_a_module():
    assert own_command("core", "x") == [sys.executable, "-m", "app", "core", "x"]


def test_frozen_we_start_ourselves_by_name(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert own_command("core") == [sys.executable, "core"]
    assert console.program() == "giftwire"


@pytest.mark.parametrize(
    "options",
    [
        CoreOptions(),
        CoreOptions(user="mai", tiktok="http://127.0.0.1:1", demo=True, lines=True, verbose=True),
    ],
)
def test_options_survive_the_way_through_a_command_line(options):
    for command in ("core", "guardian"):
        words = [command, "--profile", "/x y", *options.arguments()]
        read = arguments.read(words)
        assert arguments.core_options(read) == options
        assert str(read.profile) == "/x y"


def test_a_demo_with_a_stand_in_listens_to_its_streamer():
    read = arguments.read(["--demo", "--tiktok", "http://127.0.0.1:1"])
    assert arguments.core_options(read).user == arguments.DEMO_USER
    assert arguments.core_options(arguments.read(["--demo"])).user == ""


def test_headless_asks_for_lines_and_a_name_may_have_an_at():
    read = arguments.core_options(arguments.read(["--headless", "--user", "@mai"]))
    assert (read.lines, read.user) == (True, "mai")


@pytest.mark.parametrize(
    "words", [["--profile", "p", "ctl", "quit"], ["ctl", "quit", "--profile", "p"]]
)
def test_the_profile_may_stand_before_or_after_the_command(words):
    assert str(arguments.read(words).profile) == "p"


def test_the_stand_in_may_come_from_the_environment(monkeypatch):
    monkeypatch.setenv(arguments.TIKTOK_VARIABLE, "http://127.0.0.1:2")
    assert arguments.core_options(arguments.read([])).tiktok == "http://127.0.0.1:2"


def test_the_profile_may_come_from_the_environment(profile):
    assert paths.default_profile() == profile


def test_what_came_with_the_program_is_found():
    assert (paths.resources() / "rules" / "starter.json").is_file()


def test_a_window_program_without_a_console_prints_into_nothing(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    console.prepare()
    console.say("hello")
    console.complain("hello")


class StuckConsole:
    """A console that was halted with Ctrl+S."""

    def __init__(self):
        self.go = threading.Event()
        self.text = ""

    def write(self, text):
        self.go.wait(30)
        self.text += text

    def flush(self):
        pass


def test_a_console_that_stands_still_holds_up_nobody(monkeypatch):
    stuck = StuckConsole()
    monkeypatch.setattr(sys, "stdout", stuck)
    printer = console.Printer()
    for number in range(console.MAX_LINES * 2):
        printer.say(f"line {number}")
    stuck.go.set()
    while "line 0" not in stuck.text or printer.waiting:
        threading.Event().wait(0.01)
    printer.say("last line")
    printer.close()
    assert "lines were left out)\nlast line\n" in stuck.text
    assert stuck.text.count("line ") < console.MAX_LINES + 10
