"""A desk for tests: the real window on a real loop, and a core at the far end of a real channel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import qasync
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.core.links import LinkStage, LinkState
from app.gui.application import prepare
from app.gui.bridge import Bridge
from app.gui.options import OptionsFile
from app.gui.page import Desk, FoundPages, find_pages
from app.gui.theme import theme
from app.gui.window import Window
from tests.app.gui import sample, sample_rules
from tests.app.gui.far_end import FarEnd
from tests.app.gui.rules.driving import Driving

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.gateway.views import Snapshot
    from app.gui.text import Language


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Run coroutine tests of this folder on Qt's own loop, as the desk does."""

    def on_qt() -> asyncio.AbstractEventLoop:
        return qasync.QEventLoop(QApplication.instance())

    return {"qt": on_qt}


@pytest.fixture(autouse=True)
def language(qapp: QApplication, profile: Path) -> Iterator[Language]:
    """Give the usual look and English, whatever the test before chose."""
    _, chosen = prepare(OptionsFile(profile))
    chosen.choose("en")
    theme.choose(choice="dark", text_percent=100, reduce_motion=True)
    yield chosen
    chosen.choose("en")


def unsent(_name: str, coro: object) -> None:
    """Close a request: view tests have nobody to send it to."""
    coro.close()  # type: ignore[attr-defined]  # every request is a coroutine


@pytest.fixture
def bridge() -> Bridge:
    """Return a bridge with no core behind it; tests hand it messages of the channel."""
    return Bridge(unsent)


@pytest.fixture
def show(
    bridge: Bridge, language: Language, profile: Path, qtbot: QtBot
) -> Iterator[Callable[..., Window]]:
    """Return a maker of windows that show a snapshot."""
    windows: list[Window] = []

    def make(
        snapshot: Snapshot | None = None,
        size: tuple[int, int] = (1280, 800),
        found: FoundPages | None = None,
    ) -> Window:
        window = Window(Desk(bridge, OptionsFile(profile), language), found or find_pages())
        windows.append(window)
        window.resize(*size)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        bridge.take_link(LinkState(LinkStage.ONLINE, 0.0))
        bridge.take_snapshot(snapshot or sample.snapshot())
        return window

    yield make
    for window in windows:
        close(window)


def close(widget: QWidget) -> None:
    """Take a window away now, with everything in it."""
    widget.hide()
    widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def rules(show: Callable[..., Window], bridge: Bridge, qtbot: QtBot) -> Callable[..., Driving]:
    """Return a maker of Rules pages in a real window; a core answers each at once."""

    def make(content: dict[str, Any] | None = None, size: tuple[int, int] = (1280, 800)) -> Driving:
        core = sample_rules.RuleCore(bridge, content)
        views = sample_rules.views(core.document)
        profiles = sample_rules.PROFILES
        window = show(sample.snapshot(rules=views, rules_revision=1, profiles=profiles), size)
        window.go("rules")
        return Driving(window, core, qtbot)

    return make


@pytest.fixture
def far_end(profile: Path) -> Iterator[FarEnd]:
    """Return the process at the other end of the channel, in a thread of this one."""
    end = FarEnd(profile)
    end.start()
    yield end
    end.stop()
