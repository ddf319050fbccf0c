"""Keys of a real X11 desktop, pressed while another program has the focus."""

import contextlib
import json
import os
import queue
import shutil
import subprocess
import sys
import threading

import pytest

from app import endpoint
from tests.e2e.harness import ROOT, until

PATIENCE_S = 30.0
NEEDED = ("Xvfb", "xdotool")
MISSING = [name for name in NEEDED if shutil.which(name) is None]

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X11 is looked at on Linux"),
    pytest.mark.skipif(bool(MISSING), reason=f"not installed here: {', '.join(MISSING)}"),
]


@pytest.fixture
def display():
    """Return the name of a display of its own, without a window manager."""
    ours, theirs = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(theirs), "-screen", "0", "800x600x24", "-nolisten", "tcp"],
        pass_fds=[theirs],
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs)
    with os.fdopen(ours) as told:
        name = f":{told.readline().strip()}"
    yield name
    server.terminate()
    server.wait(PATIENCE_S)


class Program:
    """A window of another process, and what it tells."""

    def __init__(self, display):
        self.display = display
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.app.gui.keys_program"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
            env={**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"},
        )
        self._told = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        assert self.heard() == "ready"

    def _read(self):
        for line in self._process.stdout:
            self._told.put(line.strip())

    def heard(self):
        return self._told.get(timeout=PATIENCE_S)

    def ask(self, order):
        self._process.stdin.write(f"{order}\n")
        return self.heard()

    def focus(self):
        xdotool(self.display, "windowfocus", "--sync", self.ask("window"))

    def close(self):
        with self._process as process:
            process.stdin.write("quit\n")
            process.stdin.flush()
            self._reader.join(PATIENCE_S)
        assert process.returncode == 0


def xdotool(display, *words):
    environment = {**os.environ, "DISPLAY": display}
    subprocess.run(["xdotool", *words], env=environment, check=True, timeout=PATIENCE_S)


@pytest.fixture
def start(display):
    programs = []

    def made():
        programs.append(Program(display))
        return programs[-1]

    yield made
    for program in programs:
        program.close()


def test_keys_are_heard_while_another_program_has_the_focus(start, display):
    ours, other = start(), start()
    assert ours.ask("register Ctrl+Alt+X") == "ours"
    assert ours.ask("register F9") == "ours"
    other.focus()
    xdotool(display, "key", "ctrl+alt+x")
    assert ours.heard() == "pressed Ctrl+Alt+X"
    # Neither other keys, nor the same with more held, nor a key that stays down, say it again.
    xdotool(display, "key", "x", "ctrl+x", "ctrl+alt+shift+x", "alt+x")
    xdotool(display, "keydown", "ctrl", "keydown", "alt", "keydown", "x", "sleep", "1.2")
    xdotool(display, "keyup", "x", "keyup", "alt", "keyup", "ctrl", "key", "F9")
    assert [ours.heard(), ours.heard()] == ["pressed Ctrl+Alt+X", "pressed F9"]


@pytest.mark.parametrize("lock", ["Num_Lock", "Caps_Lock"])
def test_keys_are_heard_whatever_lock_is_on(start, display, lock):
    ours, other = start(), start()
    ours.ask("register Ctrl+Alt+X")
    other.focus()
    xdotool(display, "key", lock, "key", "ctrl+alt+x")
    assert ours.heard() == "pressed Ctrl+Alt+X"
    xdotool(display, "key", lock, "key", "ctrl+alt+x")
    assert ours.heard() == "pressed Ctrl+Alt+X"


def test_keys_of_another_program_are_taken_until_it_gives_them_back(start, display):
    ours, other = start(), start()
    assert other.ask("register Ctrl+Alt+X") == "ours"
    assert ours.ask("register Ctrl+Alt+X") == "taken"
    assert ours.ask("register Ctrl+Alt+C") == "ours"
    other.focus()
    xdotool(display, "key", "ctrl+alt+x")
    assert other.heard() == "pressed Ctrl+Alt+X"
    assert other.ask("unregister Ctrl+Alt+X") == "given back"
    assert ours.ask("register Ctrl+Alt+X") == "ours"
    xdotool(display, "key", "ctrl+alt+x")
    assert ours.heard() == "pressed Ctrl+Alt+X"


def test_keys_that_were_given_back_go_to_the_others_again(start, display):
    ours, other = start(), start()
    ours.ask("register Ctrl+Alt+X")
    ours.ask("register F9")
    assert ours.ask("unregister Ctrl+Alt+X") == "given back"
    other.focus()
    xdotool(display, "key", "ctrl+alt+x", "key", "F9")
    assert ours.heard() == "pressed F9"


def test_keys_follow_a_new_layout_of_the_keyboard(start, display):
    if shutil.which("setxkbmap") is None:
        pytest.skip("not installed here: setxkbmap")
    ours, other = start(), start()
    ours.ask("register Ctrl+Alt+A")
    other.focus()
    subprocess.run(
        ["setxkbmap", "fr"], env={**os.environ, "DISPLAY": display}, check=True, timeout=PATIENCE_S
    )
    # On a French keyboard the letter A is where Q was.
    xdotool(display, "key", "ctrl+alt+a")
    assert ours.heard() == "pressed Ctrl+Alt+A"


@pytest.fixture
def desk(display, profile):
    """Start the whole program with its window on the display."""
    with program(display, profile) as process:
        yield process


@contextlib.contextmanager
def program(display, profile):
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "--profile", str(profile), "--tiktok", "http://127.0.0.1:9"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"},
    )
    try:
        until(lambda: shown(profile).get("state") == "running", "the core")
        yield process
    finally:
        process.terminate()
        process.wait(PATIENCE_S)
        endpoint.ask(profile, {"want": "quit"}, PATIENCE_S)
        until(lambda: not shown(profile), "the end")


def shown(profile):
    try:
        return endpoint.ask(profile, {"want": "state"}, PATIENCE_S)
    except endpoint.EndpointError:
        return {}


def has_window(display):
    found = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", "^Giftwire$"],
        env={**os.environ, "DISPLAY": display},
        stdout=subprocess.DEVNULL,
        check=False,
        timeout=PATIENCE_S,
    )
    return found.returncode == 0


def test_stop_stops_everything_while_a_game_has_the_focus(desk, display, profile, start):
    until(lambda: has_window(display), "the window")
    game = start()
    # The program has the keys already: nobody else can.
    assert game.ask("register Ctrl+Alt+X") == "taken"
    game.focus()
    assert not shown(profile).get("stopped")
    xdotool(display, "key", "ctrl+alt+x")
    until(lambda: shown(profile).get("stopped") == "desk", "STOP")
    assert desk.poll() is None


def test_keys_run_their_rule_while_a_game_has_the_focus(display, profile, start):
    when = {"key": "hotkey", "combination": "Ctrl+Alt+G"}
    rule = {"id": "k", "on": True, "when": when, "do": [{"key": "write_log", "text": "pressed"}]}
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "rules.json").write_text(json.dumps({"version": 2, "groups": [], "rules": [rule]}))
    log = profile / "logs" / "rules.log"
    with program(display, profile):
        until(lambda: has_window(display), "the window")
        game = start()
        game.focus()

        def ran():
            # Pressed before the window has heard of the rule, keys do nothing.
            xdotool(display, "key", "ctrl+alt+g", "sleep", "0.2")
            return log.is_file() and "pressed" in log.read_text("utf-8")

        until(ran, "the rule's log")
        assert game.ask("register Ctrl+Alt+G") == "taken"
