"""Our own controls keep Qt's roles and keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.gui.widgets.basic import Button, ElidedLabel, Label
from app.gui.widgets.controls import Chip, HoldButton, Segments, StopButton, Switch
from app.gui.widgets.fields import ComboBox, NumberBox
from app.gui.widgets.flow import Flow

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def shown(qtbot):
    def show(widget):
        qtbot.addWidget(widget)
        with qtbot.waitActive(widget):
            widget.show()
            widget.activateWindow()
        return widget

    return show


def test_a_switch_is_a_check_box_for_mouse_space_and_screen_readers(shown, qtbot):
    switch = shown(Switch("Rules are running"))
    qtbot.mouseClick(switch, LEFT)
    assert switch.isChecked()
    qtbot.keyClick(switch, Qt.Key.Key_Space)
    assert not switch.isChecked()
    spoken = QAccessible.queryAccessibleInterface(switch)
    assert spoken.role() == QAccessible.Role.CheckBox
    assert spoken.text(QAccessible.Text.Name) == "Rules are running"


def test_a_switch_can_be_set_silently(shown, qtbot):
    switch = shown(Switch("x"))
    with qtbot.assertNotEmitted(switch.toggled):
        switch.show_state(on=True)
    assert switch.isChecked()


def test_a_hold_button_needs_the_whole_hold(shown, qtbot):
    button = shown(HoldButton("Hold", hold_ms=300))
    with qtbot.assertNotEmitted(button.held, wait=400):
        qtbot.mouseClick(button, LEFT)
    with qtbot.waitSignal(button.held, timeout=5000):
        qtbot.mousePress(button, LEFT)
    qtbot.mouseRelease(button, LEFT)


def test_a_hold_button_works_with_the_space_key(shown, qtbot):
    button = shown(HoldButton("Hold", hold_ms=200))
    button.setFocus()
    with qtbot.waitSignal(button.held, timeout=5000):
        qtbot.keyPress(button, Qt.Key.Key_Space)
    qtbot.keyRelease(button, Qt.Key.Key_Space)


def test_segments_tell_which_was_chosen(shown, qtbot):
    choice = shown(Segments([("a", "All"), ("b", "Gifts")], "Filter"))
    with qtbot.waitSignal(choice.chosen) as chosen:
        qtbot.mouseClick(choice.buttons["b"], LEFT)
    assert chosen.args == ["b"]


def test_a_chip_speaks_its_state_and_keeps_its_warning_when_narrow(shown):
    chip = shown(Chip("Devices"))
    chip.show_word("3 / 4", "warn")
    wide = chip.sizeHint().width()
    chip.set_compact(compact=True)
    assert chip.sizeHint().width() == wide
    chip.show_word("4 / 4", "ok")
    assert chip.sizeHint().width() < wide
    assert chip.accessibleName() == "Devices: 4 / 4"


def test_stop_has_its_size_and_name(shown):
    stop = shown(StopButton())
    assert (stop.width(), stop.height()) == (176, 56)
    assert stop.accessibleName().startswith("STOP ALL")


def test_a_number_ignores_the_wheel_without_focus(shown):
    box = NumberBox("Rounds", 1, 10, 3)
    assert box.accessibleName() == "Rounds"
    shown(box)
    box.setValue(99)
    assert box.value() == 10


def test_an_icon_button_is_named_by_its_source(shown):
    button = shown(Button("Close", "icon", "cross", shortcut="Esc"))
    assert (button.accessibleName(), button.toolTip(), button.text()) == (
        "Close",
        "Close (Esc)",
        "",
    )


def test_a_long_line_is_elided_with_a_tooltip(shown):
    label = ElidedLabel(kind="body")
    label.show_text("a very long name that will not fit")
    shown(label)
    label.resize(60, 20)
    assert label.toolTip() == "a very long name that will not fit"


def test_wrapped_text_shows_markup_as_text(shown):
    label = shown(Label(wrap=True))
    label.show_text("<b>not bold</b> & fine")
    assert label.words() == "<b>not bold</b> & fine"
    assert "&lt;b&gt;" in label.text()


def test_a_flow_wraps_and_never_overlaps(shown):
    box = QWidget()
    flow = Flow(*(QLabel(f"label number {n}") for n in range(6)))
    outer = QVBoxLayout(box)
    outer.addLayout(flow)
    box.resize(220, 300)
    shown(box)
    places = [flow.itemAt(n).geometry() for n in range(flow.count())]
    assert len({place.top() for place in places}) > 1
    assert not any(a.intersects(b) for n, a in enumerate(places) for b in places[n + 1 :])
    assert flow.itemAt(99) is None


def test_the_wheel_takes_no_field_on_its_way(shown):
    for field in (NumberBox("How many", 1, 9, 5), ComboBox("Gift")):
        policy = shown(field).focusPolicy()
        assert policy & Qt.FocusPolicy.TabFocus
        assert policy & Qt.FocusPolicy.WheelFocus != Qt.FocusPolicy.WheelFocus
