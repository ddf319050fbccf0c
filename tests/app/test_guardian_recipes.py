"""Recipes on a pseudo-terminal: what is sent, when, and what counts as confirmed."""

import contextlib
import os
import sys
import threading

import pytest

from app.guardian import recipes
from app.guardian.recipes import Recipe, read, send_all

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs pseudo-terminals")


class Board:
    """The far end of a line; `answers` maps what it hears to what it says, from word `deaf` on."""

    def __init__(self, answers=(), deaf=0):
        import tty

        self.heard = b""
        self._answers = dict(answers)
        self._deaf = deaf
        self._main, self._far = os.openpty()
        tty.setraw(self._far)
        self.address = os.ttyname(self._far)
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def _listen(self):
        with contextlib.suppress(OSError):
            while b"END" not in self.heard:
                data = os.read(self._main, 1000)
                self.heard += data
                for word, answer in self._answers.items():
                    if word in data and self.heard.count(word) > self._deaf:
                        os.write(self._main, answer)

    def close(self):
        os.write(self._far, b"END")
        self._thread.join(10)
        os.close(self._main)
        os.close(self._far)


@pytest.fixture
def board():
    made = []

    def make(*args, **more):
        made.append(Board(*args, **more))
        return made[-1]

    yield make
    for one in made:
        one.close()


def recipe(address, **more):
    values = {
        "kind": "serial",
        "address": address,
        "frames": (b"OFF\n",),
        "speed_baud": 115200,
        "expect": b"OK",
        "answer_s": 5.0,
        "boot_wait_s": 0.0,
    }
    return Recipe(**{**values, **more})


def test_frames_go_out_in_order_and_the_answer_confirms(board):
    one = board({b"LAST\n": b"noise OK\r\n"})
    safe = send_all({"lamp": recipe(one.address, frames=(b"\x00", b"FIRST\n", b"LAST\n"))})
    assert safe == {"lamp": True}
    assert one.heard == b"\x00FIRST\nLAST\n"


def test_without_an_answer_it_was_sent_but_is_not_confirmed(board):
    one = board()
    assert send_all({"lamp": recipe(one.address, answer_s=0.05)}) == {"lamp": False}
    # Twice: the core may have died in the middle of a line.
    assert one.heard == b"OFF\nOFF\n"


def test_what_cannot_answer_is_never_confirmed(board):
    one = board({b"OFF": b"OK"})
    assert send_all({"lamp": recipe(one.address, expect=b"")}) == {"lamp": False}


def test_a_board_that_restarts_when_opened_is_told_again(board):
    one = board({b"OFF\n": b"OK"}, deaf=1)
    safe = send_all({"motor": recipe(one.address, answer_s=0.2, boot_wait_s=0.2)})
    assert safe == {"motor": True}
    assert one.heard == b"OFF\nOFF\n"


@pytest.mark.expect_log("could not make gone safe", level="WARNING")
def test_a_device_that_is_gone_keeps_nobody_else_waiting(board):
    one = board({b"OFF": b"OK"})
    safe = send_all({"gone": recipe("/dev/does-not-exist"), "lamp": recipe(one.address)})
    assert safe == {"gone": False, "lamp": True}


@pytest.mark.expect_log("no way to send", level="WARNING")
def test_an_unknown_kind_is_said_and_not_tried(board):
    assert send_all({"x": recipe("/dev/null", kind="smoke")}) == {"x": False}


def test_two_devices_on_one_line_share_it(board):
    one = board({b"A": b"OK A", b"B": b"OK B"})
    safe = send_all(
        {
            "a": recipe(one.address, frames=(b"A",), expect=b"OK A"),
            "b": recipe(one.address, frames=(b"B",), expect=b"OK B"),
        }
    )
    assert safe == {"a": True, "b": True}


def test_a_port_that_is_still_held_for_a_moment_is_waited_for(board):
    import fcntl

    one = board({b"OFF": b"OK"})
    held = os.open(one.address, os.O_RDWR | os.O_NOCTTY)
    fcntl.flock(held, fcntl.LOCK_EX)
    threading.Timer(0.3, os.close, (held,)).start()
    assert send_all({"lamp": recipe(one.address)}) == {"lamp": True}


def test_nothing_to_send_takes_no_time():
    assert send_all({}) == {}


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"kind": "serial"},
        {
            "kind": "serial",
            "address": "x",
            "frames": ["zz"],
            "speed_baud": 1,
            "expect": "",
            "answer_s": 1,
            "boot_wait_s": 0,
        },
    ],
)
def test_a_recipe_that_makes_no_sense_is_refused(message):
    with pytest.raises((KeyError, ValueError, TypeError)):
        read(message)


def test_a_recipe_cannot_ask_for_endless_waits():
    message = {
        "kind": "serial",
        "address": "x",
        "frames": ["4f"],
        "speed_baud": 9600,
        "expect": "",
        "answer_s": 9e9,
        "boot_wait_s": 9e9,
    }
    assert read(message).longest_s < 20


def test_what_sending_needs_is_there():
    recipes.prepare("serial")
    assert "serial" in sys.modules
