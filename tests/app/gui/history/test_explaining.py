"""Why rules ran or not, asked from a row of the activity list, with a whole core behind it."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.gateway.messages import Resume, Stop
from drivers.contract import Switch
from tests.app.gateway.play import begin, gift, rule
from tests.app.gui.near_core import near_core

LEFT = Qt.MouseButton.LeftButton
FOLLOWERS = [{"key": "sender_is_follower"}]
LION = {"key": "gift", "gifts": [{"id": 6369, "name": "Lion"}]}
RULES = (
    rule("spin"),
    rule("fans", only_if=FOLLOWERS),
    rule("off", on=False),
    rule("lion", when=LION),
    rule("hello", when={"key": "follow"}),
)


def names(traces):
    return [one.rule_id for one in traces]


async def row_of_gift(near, number=1, **changes):
    """Let a gift come and return its row on the Live page."""
    begin(near.core)
    gift(near.core, number, **changes)
    page = near.page("live")
    model = page.activity.model

    def found():
        entries = (model.entry(model.index(place, 0)) for place in range(model.rowCount()))
        return next((one for one in entries if one.row.event_id == f"gift/{number}"), None)

    return page, await near.until(found, "the row of the gift")


async def opened(near, page, entry):
    """Open the sheet for a row, as clicking it does, and wait until it explains every rule."""
    page.explaining.open_entry(entry)
    await near.until(lambda: page.sheet._dry is not None, "what all rules say")
    await near.until(lambda: page.sheet.explained is not None, "the rules")
    return page.sheet


async def test_all_rules_are_there_in_three_groups_each_with_its_reason(profile, language):
    async with near_core(profile, language) as near:
        await near.rules(*RULES)
        page, entry = await row_of_gift(near)
        sheet = await opened(near, page, entry)
        groups = sheet.explained.groups
        assert names(groups.ran) == ["spin"]
        assert names(groups.held) == ["fans", "off"]
        assert [rule_id for rule_id, _ in groups.others] == ["lion", "hello"]
        said = [card.accessibleName() for card in sheet.explained.cards]
        assert said == [
            "SPIN. It ran.",
            "FANS. Held back: the sender is not a follower.",
            "OFF. Held back: the rule is turned off.",
        ]


async def test_a_held_back_rule_leads_to_the_rule_and_its_field(profile, language):
    async with near_core(profile, language) as near:
        await near.rules(*RULES)
        page, entry = await row_of_gift(near)
        sheet = await opened(near, page, entry)
        card = next(one for one in sheet.explained.cards if one.trace.rule_id == "fans")
        QTest.mouseClick(card.name, LEFT)
        assert near.window.page.key == "rules"
        rules = near.window.page
        assert rules.editor.session.rule.id == "fans"
        row = rules.editor.kit.rows["only_if", 0]
        await near.until(
            lambda: row.isAncestorOf(near.window.focusWidget()), "the keyboard in the condition"
        )
        page.sheet.dismiss()


async def test_rules_it_was_not_for_are_named_and_lead_to_themselves(profile, language):
    async with near_core(profile, language) as near:
        await near.rules(*RULES)
        page, entry = await row_of_gift(near)
        sheet = await opened(near, page, entry)
        assert sheet.explained.others.text() == "Not for this: 2 rules"
        QTest.mouseClick(sheet.explained.others, LEFT)
        assert [one.text() for one in sheet.explained.names] == ["LION", "HELLO"]
        sheet.explained.names[1].click()
        assert near.window.page.editor.session.rule.id == "hello"


async def test_again_sends_it_to_all_rules_or_to_one_marked_as_practice(profile, language):
    async with near_core(profile, language) as near:
        await near.rules(*RULES)
        page, entry = await row_of_gift(near)
        sheet = await opened(near, page, entry)
        model = page.activity.model
        before = model.rowCount()
        QTest.mouseClick(sheet.again, LEFT)
        await near.until(lambda: model.rowCount() > before, "another row")
        assert model.entry(model.index(0, 0)).row.source == "pretend"
        card = next(one for one in sheet.explained.cards if one.trace.rule_id == "off")
        QTest.mouseClick(card.again, LEFT)
        await near.until(
            lambda: any(one.rule_name == "OFF" for one in near.bridge.state.running),
            "the rule that is off, by hand",
        )
        await near.until(lambda: near.bridge.state.stats.gifts == 1, "one gift that counts")


async def test_nothing_is_sent_again_while_everything_is_stopped(profile, language):
    async with near_core(profile, language) as near:
        await near.rules(*RULES)
        page, entry = await row_of_gift(near)
        sheet = await opened(near, page, entry)
        await near.line.ask(Stop())
        await near.until(lambda: not sheet.again.isEnabled(), "a button that waits")
        assert "Press Resume" in sheet.blocked.words()
        await near.line.ask(Resume())
        await near.until(sheet.again.isEnabled, "a button that works")
        assert not sheet.blocked.isVisible()


async def test_a_gift_without_a_rule_becomes_one_that_is_off_and_open(profile, language):
    async with near_core(profile, language) as near:
        await near.rules(rule("lion", when=LION))
        page, entry = await row_of_gift(near)
        assert entry.row.result == "none"
        sheet = await opened(near, page, entry)
        QTest.mouseClick(sheet.make, LEFT)
        assert near.window.page.key == "rules"
        made = near.window.page.editor.session.rule
        assert (made.on, [(one.id, one.name) for one in made.when.gifts]) == (
            False,
            [(5655, "Rose")],
        )


async def test_the_row_itself_offers_a_rule_and_its_menu_the_rest(profile, language):
    from PySide6.QtCore import QRectF

    from app.gui.widgets.feed_view import make_rect

    async with near_core(profile, language) as near:
        await near.rules(rule("lion", when=LION))
        page, entry = await row_of_gift(near)
        view = page.activity.view
        index = next(
            one
            for place in range(view.model().rowCount())
            if (one := view.model().index(place, 0)).data(Qt.ItemDataRole.UserRole + 1) is entry
        )
        menu = page.explaining.menu_for(entry)
        assert [one.text() for one in menu.actions()] == [
            "Why did my rules run, or not?",
            "Again",
            "Make a rule",
        ]
        menu.actions()[0].trigger()
        assert page.sheet.isVisible()
        page.sheet.dismiss()
        menu.close()
        spot = make_rect(QRectF(view.visualRect(index)), entry.worded()).center().toPoint()
        QTest.mouseClick(view.viewport(), LEFT, pos=spot)
        assert near.window.page.key == "rules"
        assert near.window.page.editor.session.rule.when.gifts[0].id == 5655
        assert not page.sheet.isVisible()


async def test_a_rule_that_is_gone_by_now_is_said_to_be(profile, language):
    async with near_core(profile, language) as near:
        rules = await near.rules(*RULES)
        page, entry = await row_of_gift(near)
        sheet = await opened(near, page, entry)
        told = []
        near.window.desk.told.connect(told.append)
        rules.rules.remove(["fans"])
        next(one for one in sheet.explained.cards if one.trace.rule_id == "fans").name.click()
        assert told[-1] == "This rule is gone."


async def test_the_key_for_menus_opens_the_menu_of_the_row(profile, language):
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QContextMenuEvent
    from PySide6.QtWidgets import QApplication, QMenu

    async with near_core(profile, language) as near:
        await near.rules(*RULES)
        page, _entry = await row_of_gift(near)
        view = page.activity.view
        view.setFocus()
        view.setCurrentIndex(view.model().index(0, 0))
        by_key = QContextMenuEvent.Reason.Keyboard
        asked = QContextMenuEvent(by_key, QPoint(0, 0), view.mapToGlobal(QPoint(0, 0)))
        QApplication.sendEvent(view.viewport(), asked)
        (menu,) = page.findChildren(QMenu)
        assert menu.actions()[1].text() == "Again"
        menu.close()


async def test_the_feed_names_the_condition_that_held_a_rule_back(profile, language):
    async with near_core(profile, language) as near:
        await near.rules(rule("fans", only_if=FOLLOWERS))
        _page, entry = await row_of_gift(near)
        assert entry.worded().result == "FANS skipped: the sender is not a follower"
        language.choose("vi")
        _page, entry = await row_of_gift(near, 2)
        assert "người gửi chưa theo dõi bạn" in entry.worded().result


async def test_what_home_assistant_asked_for_offers_no_rule(profile, language):
    async with near_core(profile, language) as near:
        ask = near.core.runtime._outside.home_assistant._operate
        ask("practice-relay", "relay", (Switch(on=True), 1.0))
        page = near.page("live")
        model = page.activity.model
        await near.until(model.rowCount, "its row")
        page.explaining.open_entry(model.entry(model.index(0, 0)))
        await near.until(lambda: page.sheet.explained and page.sheet.explained.cards, "its card")
        card = page.sheet.explained.cards[0]
        assert card.name.text() == "Home Assistant"
        assert not card.name.isEnabled()
        assert card.again.isHidden()
        assert page.sheet.again.isHidden()
        assert page.sheet.make.isHidden()
