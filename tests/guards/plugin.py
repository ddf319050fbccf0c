"""The hooks and fixtures of the guards; load it with `-p tests.guards.plugin` or from conftest.

One rule: a guard costs well under a millisecond for a test that behaves.
"""

from __future__ import annotations

import gc
import itertools
import logging
import os
import re
import time
import uuid
from typing import TYPE_CHECKING

import pytest

from tests.guards import leaks
from tests.guards.logs import GuardHandler, LogGuard
from tests.guards.network import NetworkGuard

if TYPE_CHECKING:
    from collections.abc import Iterator

# A slow collection means much was imported meanwhile; what is frozen is not looked at again.
_FREEZE_ABOVE_S = 0.02

_run_key = pytest.StashKey[str]()
_guard_key = pytest.StashKey[LogGuard]()
_numbers = itertools.count(1)
_tasks = leaks.TaskWatch()
_qt = leaks.QtWatch()
_network = NetworkGuard()


def pytest_configure(config: pytest.Config) -> None:
    """Name our markers, also where pyproject is not read."""
    config.addinivalue_line("markers", "expect_log(pattern, level='ERROR', optional=False)")
    config.addinivalue_line("markers", "leaves(pattern, reason): what a foreign library forgets")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Mark our process, so that its descendants can be found however they were started."""
    if not session.config.pluginmanager.hasplugin("dsession"):
        session.config.stash[_run_key] = os.environ[leaks.MARK] = uuid.uuid4().hex
        _network.on = True


def pytest_collection_finish() -> None:
    """Take what was imported so far out of later collections."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run when a process it started is still there."""
    run = session.config.stash.get(_run_key, "")
    left = leaks.marked(run) if run else []
    lines = [line for line in map(leaks.process_line, left) if line]
    leaks.end(left)
    if lines:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter = session.config.pluginmanager.get_plugin("terminalreporter")
        if reporter is not None:
            reporter.write_line("")
            for line in lines:
                reporter.write_line(f"left behind by this run: {line}", red=True)


@pytest.fixture(autouse=True)
def _guards(request: pytest.FixtureRequest) -> Iterator[None]:
    _qt.hook()
    guard = _log_guard(request.node)
    handler = GuardHandler(guard)
    logging.getLogger().addHandler(handler)
    before = leaks.threads(), leaks.children(), _qt.windows(), _qt.timers()
    _network.spawned = False
    mark = os.environ[leaks.MARK] = f"{request.config.stash[_run_key]}/{next(_numbers)}/"
    yield
    try:
        complaints = _leftovers(*before)
        complaints += _strays(mark) if _network.spawned else []
    finally:
        logging.getLogger().removeHandler(handler)
    forgiven = [re.compile(one.args[0]) for one in request.node.iter_markers("leaves")]
    complaints = [one for one in complaints if not any(two.search(one) for two in forgiven)]
    complaints += guard.complaints()
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)


@pytest.fixture
def expect_log(request: pytest.FixtureRequest) -> LogGuard:
    """Give the guard of this test; call `.announce(pattern)` before the record comes."""
    return _log_guard(request.node)


def _log_guard(node: pytest.Item) -> LogGuard:
    guard = node.stash.get(_guard_key, None)
    if guard is None:
        guard = node.stash[_guard_key] = LogGuard()
        for mark in node.iter_markers("expect_log"):
            guard.announce(*mark.args, **mark.kwargs)
    return guard


def _leftovers(
    threads: set[object], children: set[int], windows: set[object], timers: set[object]
) -> list[str]:
    _qt.settle()
    _collect()

    def look() -> list[str]:
        _qt.settle()
        found = [f"thread {one.name!r}" for one in leaks.threads() - threads]
        found += [f"window {one!r}" for one in _qt.windows() - windows]
        found += [f"timer {one!r} still runs" for one in _qt.timers() - timers]
        found += [line for pid in leaks.children() - children if (line := leaks.process_line(pid))]
        return found

    left = leaks.wait_until_gone(look)
    leaks.end([pid for pid in leaks.children() - children if leaks.process_line(pid)])
    refused, _network.refused = _network.refused, []
    return [f"left behind: {one}" for one in left + _tasks.take()] + refused


def _strays(mark: str) -> list[str]:
    """Find grandchildren that outlived their parents; looked for only when something started."""

    def look() -> list[str]:
        return [line for pid in leaks.marked(mark) if (line := leaks.process_line(pid))]

    left = leaks.wait_until_gone(look)
    leaks.end(leaks.marked(mark) if left else [])
    return [f"left behind: {one}" for one in left]


def _collect() -> None:
    start = time.perf_counter()
    gc.collect()
    if time.perf_counter() - start > _FREEZE_ABOVE_S:
        gc.freeze()
