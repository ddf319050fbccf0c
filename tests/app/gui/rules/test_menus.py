"""The menus of the list: what they offer, and that they do it."""

from PySide6.QtWidgets import QMenu

from tests.app.gui.rules.driving import LEFT


def popped_up(at):
    return next(one for one in at.page.findChildren(QMenu) if one.isVisible())


def test_the_menu_of_a_rule_does_what_the_keys_do(rules):
    at = rules()
    at.click("r2")
    at.view.customContextMenuRequested.emit(at.rect("r2").center())
    menu = popped_up(at)
    words = [action.text() for action in menu.actions() if action.text()]
    assert words == [
        "Turn on or off", "Rename", "Duplicate", "Copy", "Cut", "Paste", "Move to group",
        "Move up", "Move down", "Delete",
    ]  # fmt: skip
    at.choose(menu, "Move to group", "No group")
    assert at.desk.rule("r2").group == ""
    assert at.same()


def test_the_menu_of_a_group(rules):
    at = rules()
    at.click("evening", "group")
    at.click("evening", "group")
    at.view.customContextMenuRequested.emit(at.rect("evening", "group").center())
    at.choose(popped_up(at), "Ungroup")
    assert "EVENING SHOW" not in at.names()


def test_the_menu_beside_the_filter(rules, qtbot):
    at = rules()
    qtbot.mouseClick(at.page.more, LEFT)
    menu = popped_up(at)
    words = [action.text() for action in menu.actions() if action.text()]
    assert {"Paste", "New group…", "Undo", "Redo"} <= set(words)
    menu.close()
