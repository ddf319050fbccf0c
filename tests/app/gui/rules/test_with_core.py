"""The Rules page on the whole program: edits reach the file, and survive a core that is killed."""

from __future__ import annotations

import os
import signal
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.core.rules import dump, load
from app.gateway.messages import DropProfile
from app.gui.dialogs import NameDialog
from tests.app.gui.test_whole import core_id, program_of, until

LEFT = Qt.MouseButton.LeftButton

pytestmark = pytest.mark.e2e


async def open_rules(program):
    program.window.go("rules")
    page = program.window.pages["rules"]
    await until(lambda: page.rules.known, "the rules")
    return page


def on_in_core(program, rule_id):
    return next(rule.on for rule in program.bridge.state.rules if rule.id == rule_id)


async def until_saved(page, profile):
    path = profile / "rules.json"

    def saved():
        return dump(load(path.read_text(encoding="utf-8"))) == dump(page.rules.document)

    await until(lambda: not page.rules.sync.pending and saved(), "the file as the page shows it")


async def test_what_is_done_on_the_page_is_in_the_file_and_undone_in_it(qapp, profile, language):
    async with program_of(profile, language) as program:
        page = await open_rules(program)
        view = page.view
        rule_id = page.rules.document.rules.served()[0].id
        was = dump(page.rules.document)
        switch = view.look.switch_rect(view.visualRect(view.rules.place("rule", rule_id)))
        QTest.mouseClick(view.viewport(), LEFT, pos=switch.center())
        await until(lambda: not on_in_core(program, rule_id), "a rule that is off in the core")
        view.setFocus()
        QTest.keyClick(view, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
        await until_saved(page, profile)
        for _ in range(3):
            QTest.keyClick(view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert dump(page.rules.document) == was
        await until_saved(page, profile)
        await until(lambda: on_in_core(program, rule_id), "the rule on again")


async def test_profiles_are_made_switched_and_deleted(qapp, profile, language):
    async with program_of(profile, language) as program:
        page = await open_rules(program)
        first = program.bridge.state.profiles.current
        page.profile._ask_name("", "", "", "new")
        dialog = program.window.findChild(NameDialog)
        dialog.field.setText("Morning")
        QTest.mouseClick(dialog.yes, LEFT)
        await until(lambda: page.all.currentWidget() is page.empty, "an empty profile")
        assert program.bridge.state.profiles.current == "Morning"
        # There is a way back to the rules of before.
        assert page.empty.profile.isVisible()
        QTest.mouseClick(page.empty.buttons["roses"], LEFT)
        await until(lambda: not page.rules.sync.pending, "its first rule")
        page.profile.switch(first)
        await until(lambda: len(page.rules.document.rules.rules) > 1, "the rules of before")
        page.profile.switch("Morning")
        await until(lambda: len(page.rules.document.rules.rules) == 1, "one rule again")
        page.profile.switch(first)
        await until(lambda: program.bridge.state.profiles.current == first, "the first profile")
        page.profile._bridge.ask(DropProfile(name="Morning"))
        await until(lambda: program.bridge.state.profiles.names == (first,), "one profile")


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX")
async def test_edits_made_while_the_core_is_dead_are_there_when_it_is_back(qapp, profile, language):
    async with program_of(profile, language) as program:
        page = await open_rules(program)
        rule_id = page.rules.document.rules.served()[0].id
        os.kill(await core_id(profile), signal.SIGKILL)
        await until(lambda: not program.bridge.state.connected, "the loss")
        page.rules.rename(rule_id, "Renamed meanwhile")
        assert page.rules.sync.pending
        await until(lambda: program.bridge.state.connected, "another core")
        await until(lambda: not page.rules.sync.pending, "the edit done")
        await until(
            lambda: (
                next(one.name for one in program.bridge.state.rules if one.id == rule_id)
                == "Renamed meanwhile"
            ),
            "the new name in the core",
        )
        await until_saved(page, profile)
