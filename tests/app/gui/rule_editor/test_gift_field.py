"""The list of gifts of a trigger knows what TikTok told, whenever it told it."""

from __future__ import annotations

from PySide6.QtTest import QTest

from app.core.giftlist import GiftKind
from app.gui.rule_editor.gift_field import GiftsField
from tests.app.gateway.play import rule
from tests.app.gui.near_core import near_core

DRAGON = GiftKind(70_003, "New Dragon", 777, combo=False)


def titles(field):
    return [one.title for one in field.popup.model.shown if one.key is not None]


async def field_of(near):
    page = await near.rules(rule())
    page.show_about("r")
    return await near.until(lambda: page.editor.findChild(GiftsField), "the gifts")


async def test_a_gift_that_tiktok_lists_is_found_by_its_name_anywhere(profile, language):
    async with near_core(profile, language) as near:
        known = near.core.runtime._house.gifts
        known.take_list([GiftKind(70_003, "Rồng mới", 777), GiftKind(5655, "Bông hồng", 1)], "vi")
        field = await field_of(near)
        field.open_list()
        # The answer comes while the list is open.
        await near.until(lambda: "Rồng mới" in titles(field), "the new gift")
        known.take_list([DRAGON], "en")
        field.popup.hide()
        field.open_list()
        await near.until(lambda: "New Dragon" in titles(field), "its English name")
        for sought, found in (("rong moi", "New Dragon"), ("bong hong", "Rose")):
            field.popup.field.clear()
            QTest.keyClicks(field.popup.field, sought)
            assert found in titles(field)
        field.popup.hide()


async def test_a_gift_that_arrives_while_the_list_is_open_keeps_what_was_ticked(profile, language):
    async with near_core(profile, language) as near:
        field = await field_of(near)
        field.open_list()
        lion = next(one.key for one in field.popup.model.shown if one.title == "Lion")
        field.popup.model.ticked.add(lion)
        field.around.desk.gifts._learn([DRAGON])
        assert "New Dragon" in titles(field)
        assert lion in field.popup.model.ticked
        field.popup.hide()
