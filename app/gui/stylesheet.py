"""The one stylesheet, as a template. Rule: state goes in dynamic properties, never in a widget."""

from __future__ import annotations

from typing import Final

QSS: Final = """
* { font-family: "Inter"; outline: 0 }
QMainWindow, QDialog, #canvas { background: $canvas }
QWidget { color: $text }
QLabel { background: transparent }
QLabel[kind="display"] { $t_display }
QLabel[kind="title"] { $t_title }
QLabel[kind="heading"] { $t_heading }
QLabel[kind="strong"] { $t_strong }
QLabel[kind="body"] { $t_body }
QLabel[kind="small"] { $t_small; color: $text2 }
QLabel[kind="small_strong"] { $t_small_strong }
QLabel[kind="caption"] { $t_caption; color: $muted }
QLabel[kind="caption_strong"] { $t_caption_strong }
QLabel[kind="over"] { $t_over; color: $muted; letter-spacing: 0.6px }
QLabel[tone="ok"] { color: $ok }
QLabel[tone="warn"] { color: $warn }
QLabel[tone="danger"] { color: $danger_text }
QLabel[tone="when"] { color: $when }
QLabel[tone="iff"] { color: $iff }
QLabel[tone="do"] { color: $do }
QLabel[tone="limit"] { color: $limit }
QLabel[tone="text"] { color: $text }
QLabel[tone="text2"] { color: $text2 }
QLabel[tone="muted"] { color: $muted }

#rail { background: $rail; border: 0; border-right: 1px solid $line }
#header { background: $canvas; border: 0; border-bottom: 1px solid $line }

QFrame[card="plain"] {
    background: $surface; border: 1px solid $line; border-radius: $r_lg
}
QFrame[card="inset"] {
    background: $canvas; border: 1px solid $line; border-radius: $r_md
}
QFrame[card="dashed"] {
    background: transparent; border: 1px dashed $control; border-radius: $r_lg
}
QFrame[card="warn"] {
    background: $surface; border: 1px solid $warn; border-radius: $r_lg
}
QFrame[card="danger"] {
    background: $surface; border: 1px solid $danger_text; border-radius: $r_lg
}
QFrame[card="segments"] {
    background: $raised; border: 1px solid $line; border-radius: $r_md
}
QFrame[card="sheet"] {
    background: $surface; border: 0; border-left: 1px solid $line_strong
}
QFrame[card="dialog"] {
    background: $surface; border: 1px solid $line_strong; border-radius: $r_lg
}
QFrame[card="toast"] {
    background: $raised; border: 1px solid $line_strong; border-radius: $r_md
}
QFrame[banner="danger"] {
    background: $danger_bg; border: 1px solid $danger; border-radius: $r_md
}
QFrame[banner="warn"] {
    background: $warn_bg; border: 1px solid $warn; border-radius: $r_md
}
QFrame[rule="true"] {
    background: $line; border: 0; max-height: 1px; min-height: 1px
}

QPushButton {
    background: $raised; border: 1px solid $line_strong; border-radius: $r_md;
    padding: 0 14px; min-height: $b_button; $t_small_strong; color: $text
}
QPushButton:hover { background: $hover }
QPushButton:pressed { background: $line }
QPushButton:focus { border: 2px solid $focus; padding: 0 13px; min-height: $b_button_focus }
QPushButton:disabled { color: $muted; background: $surface; border-color: $line }
QPushButton[kind="primary"] {
    background: $accent; border: 1px solid $accent; color: $on_accent
}
QPushButton[kind="primary"]:hover { background: $accent_hover }
QPushButton[kind="primary"]:pressed { background: $accent_press }
QPushButton[kind="primary"]:focus { border: 2px solid $text }
QPushButton[kind="primary"]:disabled {
    background: $raised; border: 1px solid $line; color: $muted
}
QPushButton[kind="ghost"] {
    background: transparent; border: 1px solid transparent; color: $text2; padding: 0 8px
}
QPushButton[kind="ghost"]:hover { background: $hover; color: $text }
QPushButton[kind="ghost"]:checked { background: $selected; color: $text }
QPushButton[kind="ghost"]:focus { border: 2px solid $focus; padding: 0 7px }
QPushButton[kind="icon"] {
    background: transparent; border: 1px solid transparent; color: $text2; padding: 0
}
QPushButton[kind="icon"]:hover { background: $hover }
QPushButton[kind="icon"]:checked { background: $selected }
QPushButton[kind="icon"]:focus { border: 2px solid $focus; padding: 0 }
QPushButton[kind="icon"]::menu-indicator { image: none; width: 0 }
QPushButton[kind="link"] {
    background: transparent; border: 1px solid transparent; color: $accent_text; padding: 0 5px;
    min-height: 26px
}
QPushButton[kind="link"]:hover { background: $hover }
QPushButton[kind="link"]:focus { border: 2px solid $focus; padding: 0 4px; min-height: 24px }
QPushButton[kind="link"]:disabled {
    color: $muted; background: transparent; border-color: transparent
}
QPushButton[kind="stop"] {
    background: $danger; border: 2px solid $danger; color: $on_danger; border-radius: $r_lg;
    padding: 0; min-height: 52px
}
QPushButton[kind="stop"]:hover { background: $danger_hover }
QPushButton[kind="stop"]:pressed { background: $danger_press }
QPushButton[kind="stop"]:focus { border: 2px solid $text }
QPushButton[kind="resume"] {
    background: $surface; border: 1px solid $danger; color: $danger_text
}
QPushButton[kind="resume"]:hover { background: $hover }
QPushButton[kind="resume"]:disabled { color: $muted; border-color: $line }
QPushButton[kind="resume"]:focus { border: 2px solid $focus; padding: 0 13px }
QPushButton[kind="segment"] {
    background: transparent; border: 1px solid transparent; color: $text2; min-height: 26px;
    padding: 0 10px; border-radius: $r_sm
}
QPushButton[kind="segment"]:hover { color: $text }
QPushButton[kind="segment"]:checked {
    background: $surface; border: 1px solid $line_strong; color: $text
}
QPushButton[kind="segment"]:focus { border: 2px solid $focus; padding: 0 9px; min-height: 24px }

QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox {
    background: $field; border: 1px solid $control; border-radius: $r_sm; padding: 0 10px;
    min-height: $b_input; $t_body; color: $text;
    selection-background-color: $accent; selection-color: $on_accent
}
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus {
    border: 2px solid $focus; padding: 0 9px; min-height: $b_input_focus
}
QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled {
    color: $muted; border-color: $line_strong
}
QLineEdit[invalid="true"], QSpinBox[invalid="true"] {
    border: 2px solid $danger_text; padding: 0 9px
}
QPushButton[invalid="true"], QComboBox[invalid="true"] { border: 2px solid $danger_text }
QPlainTextEdit {
    background: $field; border: 1px solid $control; border-radius: $r_sm; padding: 4px 6px;
    $t_body; color: $text;
    selection-background-color: $accent; selection-color: $on_accent
}
QPlainTextEdit:focus { border: 2px solid $focus; padding: 3px 5px }
QPlainTextEdit[invalid="true"] { border: 2px solid $danger_text; padding: 3px 5px }
QLineEdit#rule_name, QLineEdit#rule_note {
    background: transparent; border: 1px solid transparent; padding: 0
}
QLineEdit#rule_name { $t_heading }
QLineEdit#rule_note { color: $text2 }
QLineEdit#rule_name:hover, QLineEdit#rule_note:hover {
    border: 1px solid $control; padding: 0 4px
}
QLineEdit#rule_name:focus, QLineEdit#rule_note:focus {
    border: 2px solid $focus; padding: 0 4px
}
QSpinBox, QDoubleSpinBox { padding: 0; max-height: $b_input }
QSpinBox:focus, QDoubleSpinBox:focus { padding: 0; max-height: $b_input_focus }
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus {
    background: transparent; border: 0; padding: 0; min-height: 0
}
QSpinBox::up-button, QSpinBox::down-button,
QDoubleSpinBox::up-button, QDoubleSpinBox::down-button {
    subcontrol-origin: border; width: 22px; border: 0; background: transparent
}
QSpinBox::up-button, QDoubleSpinBox::up-button { subcontrol-position: top right }
QSpinBox::down-button, QDoubleSpinBox::down-button { subcontrol-position: bottom right }
QSpinBox::up-arrow, QSpinBox::down-arrow,
QDoubleSpinBox::up-arrow, QDoubleSpinBox::down-arrow { image: none; width: 0; height: 0 }
QComboBox { padding: 0 26px 0 10px }
QComboBox:focus { padding: 0 25px 0 9px }
QComboBox::drop-down {
    border: 0; width: 24px; subcontrol-origin: border; subcontrol-position: center right
}
QComboBox::down-arrow { image: none; width: 0; height: 0 }
QComboBox QAbstractItemView, QMenu {
    background: $raised; border: 1px solid $line_strong; border-radius: $r_md; padding: 4px;
    selection-background-color: $selected; selection-color: $text; $t_body
}
QMenu::item { padding: 8px 24px 8px 12px; border-radius: $r_sm; color: $text }
QMenu::item:selected { background: $selected }
QMenu::item:disabled { color: $muted }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px }
QMenu::icon { padding-left: 10px }

QTableView, QListView { background: transparent; border: 0; gridline-color: transparent }
QTableView QLineEdit { border-radius: 0 }
QHeaderView { background: transparent; border: 0 }
QHeaderView::section {
    background: transparent; border: 0; border-bottom: 1px solid $line; padding: 0 12px;
    min-height: 32px; color: $muted; $t_caption_strong
}
QTableView#gifts { selection-background-color: $selected; selection-color: $text }
QTableView#gifts::item { padding: 0 10px; border: 0 }
QTableView#feed { selection-background-color: transparent }
QListView#nav { background: transparent }
#palette QListView::item { padding: 8px 10px; border-radius: $r_sm; color: $text }
#palette QListView::item:selected { background: $selected; color: $text }
#palette QListView::item:hover { background: $hover }
QLineEdit QToolButton { background: transparent; border: 0; padding: 0; min-height: 0 }
QScrollArea, QScrollArea > QWidget > QWidget[scroll="true"] { background: transparent; border: 0 }
QScrollBar:vertical { background: transparent; width: 10px; margin: 2px }
QScrollBar::handle:vertical { background: $line_strong; border-radius: 3px; min-height: 40px }
QScrollBar::handle:vertical:hover { background: $control }
QScrollBar[idle="yes"]::handle:vertical { background: transparent }
QScrollBar:horizontal { height: 0 }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0 }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent }
QSlider { min-height: 28px }
QSlider::groove:horizontal { height: 4px; background: $line_strong; border-radius: 2px }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px }
QSlider::handle:horizontal {
    background: $accent_text; width: 16px; height: 16px; margin: -6px 0; border-radius: 8px
}
QSlider::handle:horizontal:focus { border: 2px solid $focus; background: $surface }
QToolTip {
    background: $raised; color: $text; border: 1px solid $line_strong; padding: 4px 8px; $t_small
}
"""
