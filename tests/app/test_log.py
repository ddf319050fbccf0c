"""The log: complete, small, and without anything that opens a door or names a viewer."""

import json
import logging
import sys
import threading
from pathlib import Path

import pytest

from app import paths
from app.log import Private, Ring, hide, set_up

SECRET = "Zx9-TopSecret_71"
log = logging.getLogger("tests.log")


@pytest.fixture
def logging_of(profile):
    root = logging.getLogger()
    level = root.level
    made = set_up(profile, "core", verbose=True)
    yield made
    made.close()
    root.setLevel(level)


def lines(profile):
    for handler in logging.getLogger().handlers:
        handler.flush()
    text = (paths.logs(profile) / "core.log").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_every_entry_is_one_line_of_json(profile, logging_of):
    log.info("device %s is online\nand happy", "motor")
    (line,) = lines(profile)
    assert line["level"] == "INFO"
    assert line["name"] == "tests.log"
    assert line["text"] == "device motor is online\nand happy"
    assert line["t"].endswith("Z")


def test_an_entry_of_another_thread_says_which(profile, logging_of):
    thread = threading.Thread(target=lambda: log.info("from here"), name="store-write")
    thread.start()
    thread.join()
    assert lines(profile)[0]["thread"] == "store-write"


def test_the_ring_hands_out_what_is_new_and_forgets_the_oldest():
    ring = Ring(entries=3)
    for number in range(5):
        ring.handle(logging.LogRecord("x", 20, "f", 1, f"n{number}", (), None))
    entries, position = ring.since(0)
    assert [entry.text for entry in entries] == ["n2", "n3", "n4"]
    assert [entry.position for entry in entries] == [2, 3, 4]
    assert ring.since(position) == ((), 5)
    ring.handle(logging.LogRecord("x", 20, "f", 1, "n5", (), None))
    assert [entry.text for entry in ring.since(position)[0]] == ["n5"]


def everything_written(profile, made):
    raw = (paths.logs(profile) / "core.log").read_text(encoding="utf-8")
    return raw + repr(made.ring.since(0))


def raise_with_secrets():
    try:
        raise ValueError(f"first: sessionid={SECRET}")
    except ValueError as error:
        raise RuntimeError(f"GET https://x.example/fetch?{SECRET} failed") from error


def test_no_secret_reaches_file_or_ring_by_whatever_way(profile, logging_of):
    log.info("api_key=%s", SECRET)
    log.info("https://x.example/a?b=%s", SECRET)
    log.info("headers %r", {"X-Api-Key": SECRET, "Cookie": f"a={SECRET}"})
    log.info("%(token)s", {"token": "shown"}, stack_info=True)
    try:
        raise_with_secrets()
    except RuntimeError:
        log.info("it failed", exc_info=True)
    hide(SECRET)
    log.info("bare %s", SECRET)
    written = everything_written(profile, logging_of)
    assert SECRET not in written
    assert "RuntimeError" in written
    assert "raise_with_secrets" in written


@pytest.mark.expect_log("ended by an error", level="CRITICAL")
def test_an_uncaught_error_is_logged_and_shown_without_its_secrets(profile, logging_of, capsys):
    try:
        raise_with_secrets()
    except RuntimeError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    shown = capsys.readouterr().err
    assert "RuntimeError" in shown
    assert SECRET not in shown
    assert SECRET not in everything_written(profile, logging_of)
    assert lines(profile)[-1]["level"] == "CRITICAL"


@pytest.mark.expect_log("thread one failed", level="CRITICAL")
def test_an_error_in_a_thread_is_logged_without_its_secrets(profile, logging_of):
    thread = threading.Thread(target=raise_with_secrets, name="one")
    thread.start()
    thread.join()
    written = everything_written(profile, logging_of)
    assert "thread one failed" in written
    assert SECRET not in written


def test_names_of_viewers_show_up_only_at_debug(profile, logging_of):
    log.info("gift from %s", Private("anna.smith"))
    log.info("gift from %r", Private("anna.smith"))
    log.info("gift from %s", str(Private("anna.smith")))
    assert "anna.smith" not in everything_written(profile, logging_of)
    logging_of.set_level("debug")
    log.debug("gift from %s", Private("anna.smith"))
    assert lines(profile)[-1]["text"] == "gift from anna.smith"


def test_a_wrong_log_call_is_kept_as_far_as_it_goes(profile, logging_of):
    logging_of.ring.handle(logging.LogRecord("x", 20, "f", 1, "%d gifts", ("many",), None))
    assert logging_of.ring.since(0)[0][-1].text == "%d gifts (cannot be filled in: TypeError)"


def test_the_level_can_be_changed_while_it_runs(profile, logging_of):
    logging_of.set_level("warning")
    log.info("hidden")
    logging_of.set_level("info")
    log.info("shown")
    assert [line["text"] for line in lines(profile)] == ["shown"]


def test_the_file_is_rotated_and_bounded(profile, logging_of):
    for number in range(700):
        log.info("%d %s", number, "x" * 7000)
    files = sorted(paths.logs(profile).iterdir())
    assert [file.name for file in files] == ["core.log", "core.log.1", "core.log.2", "core.log.3"]
    assert sum(file.stat().st_size for file in files) < 4_100_000


@pytest.mark.expect_log("no log file", level="WARNING")
def test_without_a_place_for_the_file_the_ring_still_fills(profile):
    profile.write_text("a file in the way")
    made = set_up(profile, "core")
    try:
        log.info("still here")
        assert made.ring.since(0)[0][-1].text == "still here"
    finally:
        made.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_a_full_disk_is_no_reason_to_fail(profile, capsys):
    paths.logs(profile).mkdir(parents=True)
    (paths.logs(profile) / "core.log").symlink_to("/dev/full")
    made = set_up(profile, "core")
    try:
        log.info("not written")
        assert made.ring.since(0)[0][-1].text == "not written"
    finally:
        made.close()
    assert capsys.readouterr().err == ""


def test_closing_gives_python_its_hooks_back(profile):
    hooks = sys.excepthook, threading.excepthook
    set_up(profile, "core").close()
    assert sys.excepthook is sys.__excepthook__
    sys.excepthook, threading.excepthook = hooks
