"""A pack taken over on the whole program: device, rules and variables are in the core."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.gateway.messages import DryRun, PretendEvent
from app.gui.packs.shelf import starter_packs
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


def gift(name, coins=1, count=2, **more):
    return PretendEvent(kind="gift", gift=name, coins=coins, count=count, **more)


# For each pack an event, and what the practice devices and outlets are asked to do for it.
TRIED = {
    "Bubbles and confetti": (gift("Paper Crane", 99), ["pulse 1.0 s", "pulse 1.0 s"]),
    "The desk lamp follows the stream": (gift("Rose"), ["set_color 255 255 0 1.1 s"]),
    "Effects on demand": (gift("Confetti", 100), ["play 10.0 s"]),
    "Wind and dimmers": (gift("Rose"), ["set_level 6.0 s"]),
    "Gift lights": (
        gift("Lion", 1_000),
        ["flash 10 255 0 0", "flash 10 255 255 0"],
    ),
    "Light show on a strip": (
        gift("Paper Crane", 99),
        ["flash 4 0 0 255", "flash 4 255 0 0", "flash 4 0 0 255", "flash 4 255 0 0"],
    ),
    "Spin the wheel": (gift("Doughnut", 30), ["rotate 10.0 80.0"]),
    "On the screen only: thanks and goals": (
        gift("Rose"),
        ["ShowText Thank you, practice, for 2 × Rose! 5.0"],
    ),
    "Switch something on": (gift("Perfume", 20), ["switch 6.0 s"]),
    "Two teams: red against blue": (gift("Rose"), ["flash 3 255 0 0"]),
}


async def asked(program, request):
    answers = []
    program.bridge.ask(request, answers.append)
    await until(lambda: answers, "an answer")
    return answers[0]


async def take(program, page, number):
    """Take a pack over with practice devices, on; return its rules."""
    rooms, before = page.rooms, len(page.rules.document.rules.rules)
    program.window.go("rules", "packs")
    QTest.mouseClick(rooms.shelf.buttons[number], LEFT)
    choosing = rooms.preview.choosing
    for box in choosing.roles.values():
        box.setCurrentIndex([box.itemData(n) for n in range(box.count())].index(PRACTICE))
    QTest.mouseClick(choosing.on, LEFT)
    QTest.mouseClick(rooms.preview.accept, LEFT)
    wanted = before + len(starter_packs()[number].pack.rules)
    await until(lambda: len(page.rules.document.rules.rules) == wanted, f"pack {number}")
    return {rule.id for rule in page.rules.document.rules.rules[before:]}


def told(planned):
    shown = (one for name, one in planned.args.items() if name in SHOWN)
    lasting = [f"{planned.duration_s} s"] if planned.duration_s else []
    return " ".join([planned.instruction, *map(str, shown), *lasting])


SHOWN = ("times", "red", "green", "blue", "rounds", "rpm", "text", "seconds")


async def test_every_starter_pack_does_what_it_says(qapp, profile, language):
    """Each is looked into, taken over with practice devices, and tried with a gift."""
    async with program_of(profile, language) as program:
        page = await open_rules(program)
        assert [one.pack.name.en for one in starter_packs()] == list(TRIED)
        for number, (event, wanted) in enumerate(TRIED.values()):
            ids = await take(program, page, number)
            await until(
                lambda ids=ids: ids <= {rule.id for rule in program.bridge.state.rules},
                "the rules in the core",
            )
            answer = await asked(program, DryRun(event=event))
            done = [one for one in answer.dry.commands if one.rule_id in ids]
            assert [told(one) for one in done] == wanted, number
            devices = program.bridge.state.devices
            for one in done:
                assert one.device_id.startswith("outlet:") or devices[one.device_id].simulated
