"""Own rules as a pack or as a copy: what goes in, what stays at home, and that it comes back."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLineEdit

from app.core.packs import read_pack
from app.core.rules import dump, load
from app.gateway.views import VariableView
from app.gui.widgets.basic import Label
from tests.app.gui import sample_rules
from tests.app.gui.packs.conftest import raw_pack
from tests.app.gui.rules.driving import LEFT


def said(at):
    labels = at.rooms.giving.findChildren(Label)
    return "\n".join(one.words() for one in labels if one.parent() is not None)


def give(at, path, button, name="save_pack"):
    at.qtbot.mouseClick(button, LEFT)
    at.open_dialog(path, name)


def own():
    hook = {"key": "webhook", "url": "http://192.168.0.9/x", "secret": "my key", "body": ""}
    count = {"key": "add_variable", "name": "waves", "amount": "1"}
    listed = {"key": "sender_is_listed", "people": ["anna", "minh"], "listed": "on"}
    made = sample_rules.content()
    made["rules"][0] |= {"do": [*made["rules"][0]["do"], hook, count], "only_if": [listed]}
    return made


def test_all_rules_go_into_a_file_that_can_be_taken_again(packs, tmp_path):
    at = packs()
    at.window.go("rules", "give")
    form = at.rooms.giving
    assert form.what.hasFocus()
    assert form.name.text() == "Evening"
    form.author.setText("Anna")
    form.note.setPlainText("Have fun")
    path = tmp_path / "mine.json"
    give(at, path, form.save)
    pack = read_pack(path.read_bytes())
    assert (pack.name.en, pack.author, pack.note.en, len(pack.rules)) == (
        "Evening", "Anna", "Have fun", 6,
    )  # fmt: skip
    assert at.told[-1].endswith("mine.json")
    assert not at.rooms.away
    at.rooms.open_file(path)
    at.wait_for(at.preview)
    at.qtbot.mouseClick(at.preview.accept, LEFT)
    after = at.desk.document.rules.rules[6:]
    devices = ["motor", "light", "relay", "pump", "light", "motor"]
    assert [rule.do[0].device for rule in after] == devices


def test_what_stays_at_home_is_said_and_stays(packs, tmp_path):
    at = packs(own(), variables=(VariableView(name="waves", value=12),))
    at.window.go("rules", "give")
    words = said(at)
    assert "Motor 1 goes in as “A motor”: others choose their own" in words
    assert "1 name of a secret" in words
    assert "1 address that is called" in words
    assert "1 list of people" in words
    assert "Variables begin anew: waves" in words
    path = tmp_path / "mine.json"
    give(at, path, at.rooms.giving.save)
    text = path.read_text(encoding="utf-8")
    for private in ("192.168", "my key", "minh", "Motor 1"):
        assert private not in text
    (variable,) = read_pack(text).variables
    assert (variable.name, variable.value) == ("waves", 0.0)


def test_a_group_and_the_chosen_rules_can_be_given_alone(packs, tmp_path):
    at = packs()
    at.view.choose(["r1", "r3"])
    at.window.go("rules", "give")
    form = at.rooms.giving
    assert form.what.currentText() == "2 rules chosen"
    assert [rule.id for rule in form.rules()] == ["r1", "r3"]
    form.what.setCurrentIndex(form.what.findText("Group Thanks"))
    assert form.name.text() == "Thanks"
    give(at, tmp_path / "thanks.json", form.save)
    pack = read_pack((tmp_path / "thanks.json").read_bytes())
    assert [rule.name for rule in pack.rules] == ["Thank new followers", "Coffee wave"]


def test_a_copy_is_the_rules_file_to_the_byte(packs, tmp_path):
    at = packs(own())
    at.window.go("rules", "give")
    path = tmp_path / "copy.json"
    give(at, path, at.rooms.giving.plain)
    assert path.read_text(encoding="utf-8") == dump(at.desk.document)
    assert load(path.read_text(encoding="utf-8")) == at.desk.document


def test_a_folder_that_cannot_be_written_is_told(packs, tmp_path):
    at = packs()
    at.window.go("rules", "give")
    at.qtbot.mouseClick(at.rooms.giving.plain, LEFT)
    dialog = at.window.findChild(QFileDialog, "save_pack")
    dialog.fileSelected.emit(str(tmp_path / "gone" / "copy.json"))
    assert at.told[-1] == "The file could not be written. Choose another folder."
    dialog.reject()


def test_without_rules_there_is_nothing_to_give(packs):
    at = packs({"version": 2, "groups": [], "rules": []})
    at.window.go("rules", "give")
    assert not at.rooms.giving.save.isEnabled()
    assert at.rooms.giving.problem.words()


def test_a_name_is_needed(packs):
    at = packs()
    at.window.go("rules", "give")
    at.rooms.giving.name.setText("  ")
    assert not at.rooms.giving.save.isEnabled()


@pytest.mark.parametrize("room", ["packs", "give", "gifts", "preview"])
def test_everything_that_can_be_used_has_a_name_and_esc_leads_back(packs, file, room):
    at = packs()
    if room == "preview":
        content = json.loads(json.dumps(raw_pack()).replace("https://example.com/hook", ""))
        at.rooms.open_file(file(content))
        at.wait_for(at.preview)
    else:
        at.window.go("rules", room)
    shown = at.rooms.currentWidget()
    for kind in (QAbstractButton, QLineEdit):
        for one in shown.findChildren(kind):
            if one.isVisible() and one.objectName() != "qt_spinbox_lineedit":
                assert one.accessibleName() or getattr(one, "text", str)(), one
    assert at.page.regions() == [shown]
    for _ in range(2 if room == "preview" else 1):
        assert at.rooms.away
        at.qtbot.keyClick(at.window, Qt.Key.Key_Escape)
    assert not at.rooms.away
