"""A pack taken over on the whole program: device, rules and variables are in the core."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.gui.packs.wishes import PRACTICE
from tests.app.gui.rules.test_with_core import open_rules, until_saved
from tests.app.gui.test_whole import program_of, until

pytestmark = pytest.mark.e2e
LEFT = Qt.MouseButton.LeftButton


async def test_a_starter_pack_comes_in_with_its_practice_device(qapp, profile, language):
    async with program_of(profile, language) as program:
        page = await open_rules(program)
        before = len(page.rules.document.rules.rules)
        program.window.go("rules", "packs")
        # The two teams have variables, and a lamp that a practice light stands in for.
        QTest.mouseClick(page.rooms.shelf.buttons[9], LEFT)
        preview = page.rooms.preview
        box = preview.choosing.roles["lamp"]
        box.setCurrentIndex([box.itemData(n) for n in range(box.count())].index(PRACTICE))
        QTest.mouseClick(preview.accept, LEFT)
        await until(lambda: len(page.rules.document.rules.rules) == before + 5, "five rules")
        await until(lambda: program.bridge.state.ready == 5, "the fifth device")
        await until(
            lambda: (
                {"red_points", "blue_points"}
                <= {one.name for one in program.bridge.state.variables}
            ),
            "the variables",
        )
        await until_saved(page, profile)
        lamp = next(
            one for one in program.bridge.state.devices.values() if one.name.startswith("A lamp")
        )
        assert lamp.simulated
        assert any(lamp.id in rule.model_dump_json() for rule in page.rules.document.rules.rules)
        assert not any(one.on for one in program.bridge.state.rules[before:])
        page.rules.undo()
        await until(lambda: len(program.bridge.state.rules) == before, "the rules of before")
