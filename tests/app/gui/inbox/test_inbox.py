"""New gifts as cards, and the list of all gifts: found by any name, put into rules."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from app.core.giftlist import GiftKind
from app.core.rules import dump
from app.gateway.messages import Changed, DismissGift
from app.gateway.views import GiftsResult, GiftView, NewGiftView
from app.gui.inbox.names import hear, local_name, shipped
from app.gui.inbox.use import used_by
from app.gui.words import gift_name
from tests.app.gui import sample, sample_rules
from tests.app.gui.rules.driving import CTRL, LEFT, Driving

WHALE = NewGiftView(gift_id=91234, name="Galaxy Whale", coins=2150, combo=False, who="linh")
BOLT = NewGiftView(gift_id=6652, name="Lightning Bolt", coins=1, combo=True, who="minh", times=14)


class GiftCore(sample_rules.RuleCore):
    """A core that tells what streams taught, and forgets what is dismissed."""

    def _reply(self, request):
        reply = super()._reply(request)
        if request.type == "get_gifts":
            told = GiftView(gift_id=5655, name="Rosa", coins=1, also=("Rose", "Hoa hồng"))
            return reply.model_copy(update={"gifts": GiftsResult(gifts=(told,))})
        if request.type == "dismiss_gift":
            left = [one for one in self.bridge.state.new_gifts if one.gift_id != request.gift_id]
            gifts = tuple(left) if request.gift_id else ()
            self.bridge.take_changed(Changed(new_gifts=gifts))
            self.bridge.flush()
        return reply


@pytest.fixture
def gifts(show, bridge, qtbot):
    def make(*new, content=None, size=(1280, 800)):
        core = GiftCore(bridge, content)
        views = sample_rules.views(core.document)
        window = show(sample.snapshot(rules=views, rules_revision=1, new_gifts=new), size)
        window.go("rules")
        return Driving(window, core, qtbot)

    return make


def menu_of(at):
    return next(one for one in at.window.findChildren(QMenu) if one.isVisible())


# ---------------------------------------------------------------- the inbox


def test_new_gifts_are_a_line_that_unfolds_into_cards(gifts):
    at = gifts(WHALE, BOLT)
    inbox = at.page.rooms.inbox
    assert inbox.isVisible()
    assert inbox.words.text() == "2 new gifts"
    assert not inbox.area.isVisible()
    QTest.keyClick(inbox.fold, Qt.Key.Key_Space)
    assert inbox.area.isVisible()
    card = inbox.cards[91234]
    assert card.make.accessibleName() == "Make a rule for Galaxy Whale"
    (about,) = [one for one in card.findChildren(type(inbox.words)) if "No. 91234" in one.words()]
    assert "2,150 coins" in about.words()
    assert "@linh" in about.words()


def test_without_new_gifts_there_is_no_line(gifts, bridge):
    at = gifts()
    assert not at.page.rooms.inbox.isVisible()
    bridge.take_changed(Changed(new_gifts=(WHALE,)))
    bridge.flush()
    assert at.page.rooms.inbox.isVisible()
    assert at.window.isActiveWindow()


def test_make_a_rule_opens_one_with_the_gift_off_in_the_editor(gifts):
    at = gifts(WHALE)
    at.page.rooms.inbox.toggle()
    at.qtbot.mouseClick(at.page.rooms.inbox.cards[91234].make, LEFT)
    rule = at.page.editor.session.rule
    assert (rule.on, rule.when.gifts[0].id) == (False, 91234)
    assert at.view.chosen_rules() == [rule.id]
    assert at.same()


def test_a_gift_is_added_to_a_rule_in_one_step(gifts):
    at = gifts(WHALE)
    before = dump(at.desk.document)
    at.page.rooms.inbox.toggle()
    at.qtbot.mouseClick(at.page.rooms.inbox.cards[91234].add, LEFT)
    menu = menu_of(at)
    names = [action.text() for action in menu.actions()]
    assert "Spin for roses" in names
    assert "Thank new followers" not in names
    at.choose(menu, "Spin for roses")
    assert [one.id for one in at.desk.rule("r1").when.gifts] == [5655, 91234]
    assert at.page.undo_toast.words.words() == "Galaxy Whale added to Spin for roses"
    at.qtbot.mouseClick(at.page.undo_toast.undo, LEFT)
    assert dump(at.desk.document) == before


def test_dismissing_leaves_the_keyboard_at_the_next_gift(gifts):
    at = gifts(WHALE, BOLT)
    inbox = at.page.rooms.inbox
    inbox.toggle()
    inbox.cards[91234].away.setFocus()
    QTest.keyClick(inbox.cards[91234].away, Qt.Key.Key_Space)
    assert [one.gift_id for one in at.core.asked if isinstance(one, DismissGift)] == [91234]
    assert list(inbox.cards) == [6652]
    assert inbox.cards[6652].make.hasFocus()
    assert not inbox.dismiss_all.isVisible()


def test_all_can_be_dismissed_at_once(gifts):
    at = gifts(WHALE, BOLT)
    at.page.rooms.inbox.toggle()
    at.qtbot.mouseClick(at.page.rooms.inbox.dismiss_all, LEFT)
    assert not at.page.rooms.inbox.isVisible()


def test_live_says_that_a_gift_is_new_and_leads_to_its_rule(gifts):
    at = gifts(WHALE)
    at.window.go("live")
    page = at.window.pages["live"]
    todo = [one for one in page.needs._todo if one[2] == "rules"]
    assert todo == [
        ("Galaxy Whale is new: 2,150 coins", "Make a rule", "rules", "gift:91234:Galaxy Whale")
    ]
    page.needs.acted.emit(*todo[0][2:])
    assert at.window.page is at.page
    assert at.page.editor.session.rule.when.gifts[0].id == 91234


def test_live_leads_to_the_cards_when_there_are_several(gifts):
    at = gifts(WHALE, BOLT)
    at.window.go("live")
    (todo,) = [one for one in at.window.pages["live"].needs._todo if one[2] == "rules"]
    assert todo[0] == "2 new gifts"
    at.window.desk.go(*todo[2:])
    assert at.page.rooms.inbox.area.isVisible()


# ---------------------------------------------------------------- all gifts


def opened(at):
    at.view.setFocus()
    at.key(Qt.Key.Key_G, CTRL)
    return at.page.rooms.catalogue


def shown(room):
    return [row.gift.id for row in room.table.shown]


def seek(at, room, text):
    room.field.clear()
    at.qtbot.keyClicks(room.field, text)
    room.seek_if_typing()


def test_all_gifts_are_there_with_those_that_streams_told_of(gifts):
    at = gifts(WHALE)
    room = opened(at)
    assert room.field.hasFocus()
    assert len(shown(room)) == len(shipped()) + 1
    assert 91234 in shown(room)


@pytest.mark.parametrize("text", ["Rose", "hoa hong", "Rosa", "5655", "ROSE"])
def test_a_gift_is_found_by_every_name_and_its_number(gifts, text):
    at = gifts()
    room = opened(at)
    seek(at, room, text)
    assert 5655 in shown(room)


def test_tiers_and_gifts_in_rules_can_be_shown_alone(gifts):
    at = gifts(WHALE)
    room = opened(at)
    at.qtbot.mouseClick(room.tiers.buttons["huge"], LEFT)
    assert 91234 in shown(room)
    assert all(row.gift.coins >= 500 for row in room.table.shown)
    at.qtbot.mouseClick(room.tiers.buttons["used"], LEFT)
    assert set(shown(room)) == {5655, 5327, 5585, 5333} & {one.id for one in at.desk.gifts.all()}


def test_which_rules_use_a_gift_is_shown_and_led_to(gifts):
    at = gifts()
    room = opened(at)
    seek(at, room, "5655")
    assert room.chosen().texts[-1] == "Spin for roses"
    at.qtbot.mouseClick(room.show_rule, LEFT)
    assert not at.page.rooms.away
    assert at.view.chosen_rules() == ["r1"]


def test_arrows_move_while_typing_and_enter_makes_a_rule(gifts):
    at = gifts()
    room = opened(at)
    seek(at, room, "rose")
    first = room.chosen().gift.id
    QTest.keyClick(room.field, Qt.Key.Key_Down)
    assert room.view.hasFocus()
    assert room.chosen().gift.id != first
    wanted = room.chosen().gift.id
    QTest.keyClick(room.view, Qt.Key.Key_Return)
    assert not at.page.rooms.away
    assert at.page.editor.session.rule.when.gifts[0].id == wanted


def test_nothing_found_offers_nothing(gifts):
    at = gifts()
    room = opened(at)
    seek(at, room, "zzzz")
    assert room.name.text() == "No such gift"
    assert not any(one.isEnabled() for one in (room.make, room.add, room.show_rule))
    QTest.keyClick(room.field, Qt.Key.Key_Return)
    assert at.page.rooms.away


def test_a_rule_by_name_alone_uses_the_gift_of_that_name(gifts):
    named = {"key": "gift", "gifts": [{"id": 0, "name": "hoa hồng"}]}
    made = sample_rules.content(rules=[sample_rules.rule("a", "By name", when=named)], groups=[])
    at = gifts(content=made)
    assert [rule.id for rule in used_by(at.desk)[5655]] == ["a"]


# ---------------------------------------------------------------- names


def test_gifts_go_by_their_names_in_the_language(language, gifts):
    assert local_name("Lightning Bolt") == "Lightning Bolt"
    language.choose("vi")
    assert local_name("Lightning Bolt") == "Tia chớp"
    assert gift_name("Rose") == "Hoa hồng"
    assert local_name("Galaxy Whale") == "Galaxy Whale"


def test_a_gift_the_program_has_no_name_for_goes_by_tiktoks_own(language):
    hear([GiftKind(70_002, "New Dragon", 9, local=(("vi", "Rồng mới"), ("en", "New Dragon")))])
    hear([GiftKind(5655, "Rose", 1, local=(("vi", "Bông hồng"),))])
    assert gift_name("New Dragon", 70_002) == "New Dragon"
    language.choose("vi")
    assert gift_name("New Dragon", 70_002) == "Rồng mới"
    assert gift_name("New Dragon") == "New Dragon"
    assert gift_name("Rose", 5655) == "Hoa hồng"


def test_a_written_vietnamese_name_becomes_the_gift_in_a_rule(gifts):
    at = gifts()
    at.click("r1")
    field = at.page.editor.when.block.fields["gifts"]
    field.take_typed("bánh donut")
    assert at.desk.rule("r1").when.gifts[-1].id == at.desk.gifts.find(0, "Doughnut").id
