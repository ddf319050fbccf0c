"""Undo: taken back also when what had the focus before it is gone."""

from __future__ import annotations

import pytest

pytest.importorskip("PySide6")

import shiboken6
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.gui.counts.offer import Offer
from app.gui.widgets.basic import Button

pytestmark = pytest.mark.gui


def test_what_had_the_focus_may_be_gone_when_it_is_taken_back(qtbot, language):
    page = QWidget()
    qtbot.addWidget(page)
    remove = Button("Remove")
    layout = QVBoxLayout(page)
    layout.addWidget(remove)
    offer = Offer(page)
    page.show()
    page.activateWindow()
    remove.setFocus()
    qtbot.waitUntil(remove.hasFocus)
    done = []
    offer.offer("Removed", lambda: done.append("back"))
    shiboken6.delete(remove)
    offer.undo.setFocus()
    qtbot.waitUntil(offer.undo.hasFocus)
    offer.undo.click()
    assert done == ["back"]
    assert not offer.isVisible()
