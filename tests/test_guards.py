"""Each guard fires on a test that misbehaves, and stays quiet on one that does not."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

ROOT = Path(__file__).parents[1]

OFFENDERS = """
import asyncio, logging, socket, subprocess, sys, threading
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

SLEEPER = [sys.executable, "-c", "import threading; threading.Event().wait(60)"]
kept = []

def test_warns():
    logging.getLogger("x").warning("careful")

@pytest.mark.expect_log("careful", level="WARNING")
def test_warns_as_announced():
    logging.getLogger("x").warning("careful")

@pytest.mark.expect_log("careful", level="WARNING")
def test_logs_worse_than_announced():
    logging.getLogger("x").error("careful")

def test_announces_for_nothing(expect_log):
    expect_log.announce("never")

def test_may_log_or_not(expect_log):
    expect_log.announce("perhaps", optional=True)

def test_malformed_log_call():
    logging.getLogger("x").info("%d", "one")

def test_leaves_a_thread():
    threading.Thread(target=threading.Event().wait, args=(20,), name="lost", daemon=True).start()

async def test_leaves_a_task():
    kept.append(asyncio.ensure_future(asyncio.Event().wait()))

@pytest.mark.leaves("task .*Event.wait", reason="a library would")
async def test_leaves_what_it_said():
    kept.append(asyncio.ensure_future(asyncio.Event().wait()))

async def test_cancels_its_task():
    asyncio.ensure_future(asyncio.Event().wait()).cancel()

def test_leaves_a_process():
    kept.append(subprocess.Popen(SLEEPER))

def test_leaves_a_grandchild():
    code = f"import subprocess, os; subprocess.Popen({SLEEPER!r}); os._exit(0)"
    subprocess.run([sys.executable, "-c", code], check=True)

def test_ends_its_process():
    child = subprocess.Popen(SLEEPER)
    child.kill()
    child.wait()

def test_leaves_a_timer(qapp):
    timer = QTimer()
    timer.start(1000)
    kept.append(timer)

def test_leaves_a_window(qapp):
    kept.append(QWidget())

def test_adds_its_window(qtbot):
    widget = QWidget()
    QTimer(widget).start(1000)
    qtbot.addWidget(widget)

def test_warns_through_qt(qapp):
    from PySide6.QtCore import qWarning
    qWarning("qt is not amused")

def test_forgets_a_socket():
    socket.socket()

def test_forgets_a_socket_in_a_cycle():
    pair = {"socket": socket.socket()}
    pair["self"] = pair

def test_looks_up_a_name():
    with pytest.raises(OSError):
        socket.getaddrinfo("example.com", 80)

def test_connects_elsewhere():
    with socket.socket() as one, pytest.raises(OSError):
        one.connect(("192.0.2.1", 80))

def test_talks_to_this_machine():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()

def test_unknown_names_stay_unknown():
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("nowhere.invalid", 80)

async def test_is_good():
    await asyncio.sleep(0)
"""

GOOD = [
    "warns_as_announced",
    "may_log_or_not",
    "cancels_its_task",
    "leaves_what_it_said",
    "ends_its_process",
    "adds_its_window",
    "talks_to_this_machine",
    "unknown_names_stay_unknown",
    "is_good",
]

BAD = {
    "warns": "unexpected WARNING in the log",
    "logs_worse_than_announced": "unexpected ERROR in the log",
    "announces_for_nothing": "announced, but never logged",
    "malformed_log_call": "not all arguments|required|format",
    "leaves_a_thread": "left behind: thread 'lost'",
    "leaves_a_task": "left behind: task",
    "leaves_a_process": "left behind: process",
    "leaves_a_grandchild": "left behind: process",
    "leaves_a_timer": "left behind: timer",
    "leaves_a_window": "left behind: window",
    "warns_through_qt": "qt is not amused",
    "forgets_a_socket": "unclosed",
    "forgets_a_socket_in_a_cycle": "unclosed",
    "looks_up_a_name": "is not this machine",
    "connects_elsewhere": "is not this machine",
}


@pytest.fixture(scope="module")
def complaints(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("offenders")
    (folder / "test_offenders.py").write_text(textwrap.dedent(OFFENDERS))
    options = [
        "-c",
        str(ROOT / "pyproject.toml"),
        "--rootdir",
        str(folder),
        "-p",
        "no:cacheprovider",
    ]
    # Short grace: these leftovers stay for good.
    subprocess.run(
        [sys.executable, "-m", "pytest", *options, "-p", "tests.guards.plugin", "-q",
         f"--junitxml={folder / 'report.xml'}", str(folder)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "GIFTWIRE_TEST_GRACE_S": "0.3"},
        cwd=ROOT, check=False, stdout=subprocess.DEVNULL, timeout=120,
    )  # fmt: skip
    found: dict[str, str] = {}
    for case in ET.parse(folder / "report.xml").iter("testcase"):
        name = case.attrib["name"].removeprefix("test_")
        text = "".join(
            f"{one.get('message')} {one.text}" for one in case if one.tag != "system-out"
        )
        found[name] = found.get(name, "") + text
    return found


@pytest.mark.parametrize("name", GOOD)
def test_good_tests_pass(complaints: dict[str, str], name: str) -> None:
    assert complaints[name] == ""


@pytest.mark.parametrize("name", BAD)
def test_offenders_are_named(complaints: dict[str, str], name: str) -> None:
    assert re.search(BAD[name], complaints[name])


def test_every_offender_is_judged(complaints: dict[str, str]) -> None:
    assert set(complaints) == {*GOOD, *BAD}
