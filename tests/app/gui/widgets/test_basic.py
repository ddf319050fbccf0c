"""Layouts told apart into their parts, and nothing of theirs left behind."""

import gc

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLabel, QWidget, QWidgetItem

from app.gui.rule_editor.tabs import TabOrder
from app.gui.widgets.basic import Button, column, parts_of, row
from app.gui.widgets.flow import Flow


def filled():
    """Return a widget with layouts in its layout, and their parts in order."""
    first, second, third, fourth = (QLabel(text) for text in "1234")
    flow, line = Flow(second), row(third, None, 8)
    late = QLabel("0")
    box = QWidget()
    box.setLayout(column(first, flow, line, fourth, gap=4))
    box.layout().insertWidget(0, late)
    return box, [late, first, flow, line, fourth]


def test_the_parts_of_a_layout_come_in_its_order(qapp):
    box, parts = filled()
    assert parts_of(box.layout()) == parts
    assert [one.text() for one in parts_of(parts[2])] == ["2"]
    assert [one.text() for one in parts_of(parts[3])] == ["3"]


def test_what_was_taken_out_is_no_part(qapp):
    box, parts = filled()
    box.layout().removeWidget(parts[1])
    assert parts[1] not in parts_of(box.layout())


def test_a_layout_without_a_widget_has_no_parts_yet(qapp):
    assert parts_of(column(gap=0)) == []


def test_keeping_the_order_of_tab_leaves_no_items_behind(qapp):
    """PySide crashed later, when something else got the address of such an item and went."""
    box = QWidget()
    box.setLayout(column(*(Button(str(n)) for n in range(5))))
    before = [one for one in gc.get_objects() if type(one) is QWidgetItem]
    TabOrder().keep(box)
    for button in box.findChildren(Button)[1:]:
        button.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    after = [one for one in gc.get_objects() if type(one) is QWidgetItem]
    assert len(after) == len(before)
