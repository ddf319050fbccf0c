"""The History page on a whole core: pages, search, filter, why, and what it says without any."""

import csv

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.core.events import Follow, Viewer
from app.core.links import LinkReason, LinkStage, LinkState
from app.gateway.messages import Fire, Stop
from app.gui.history.export import PAGE as EXPORT_PAGE
from app.gui.history.past import PAGE
from tests.app.gateway.play import LAN, MAI, ROOM, begin, gift, live, now_ms, rule
from tests.app.gui.near_core import near_core

LEFT = Qt.MouseButton.LeftButton
FOLLOWERS = [{"key": "sender_is_follower"}]


def texts(page):
    model = page.model
    return [
        model.index(place, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        for place in range(model.rowCount())
    ]


async def read(near, page):
    """Wait until what was asked for is there."""
    await near.until(lambda: page.model.known and not page.model.reading, "the history")


async def kept(near, count):
    """Wait until the journal holds this many gifts."""
    from app.gateway.messages import PastGifts

    async def there():
        past = (await near.line.ask(PastGifts(limit=500, pretend=True))).past
        return len(past.gifts) >= count

    while not await there():
        pass


async def test_past_gifts_come_page_by_page_as_the_list_is_scrolled(profile, language):
    async with near_core(profile, language) as near:
        await near.rules(rule("spin"))
        begin(near.core)
        total = PAGE + 30
        for number in range(total):
            gift(near.core, number, viewer=LAN if number % 2 else MAI)
        await kept(near, total)
        page = near.page("history")
        await read(near, page)
        assert page.model.rowCount() == PAGE
        assert "older ones come as you scroll" in page.note.words()
        page.view.setFocus()
        QTest.keyClick(page.view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
        page.view.scrollToBottom()
        await near.until(lambda: page.model.rowCount() == total, "the rest")
        await read(near, page)
        assert "that is all" in page.note.words()


async def test_a_search_and_the_filter_ask_the_core(profile, language):
    async with near_core(profile, language) as near:
        await near.rules(rule("spin"))
        begin(near.core)
        gift(near.core, 1, viewer=MAI)
        gift(near.core, 2, viewer=LAN)
        await near.line.ask(Fire(gift="Rose", gift_id=5655, coins=1, count=1, who="practice"))
        await kept(near, 3)
        page = near.page("history")
        await read(near, page)
        assert page.model.rowCount() == 2
        page.search.setFocus()
        QTest.keyClicks(page.search, "lan")
        await near.until(lambda: page.model.rowCount() == 1, "one gift")
        assert texts(page)[0].startswith("@lan sent Rose. SPIN ran")
        QTest.keyClicks(page.search, "zzz")
        await near.until(lambda: page.cover.title.words() == "No gift fits", "none")
        QTest.mouseClick(page.clear, LEFT)
        await near.until(lambda: page.model.rowCount() == 2, "all again")
        QTest.mouseClick(page.filter.buttons["all"], LEFT)
        await near.until(lambda: page.model.rowCount() == 3, "practice too")
        assert "practice" in texts(page)[0]


async def test_a_row_says_why_not_and_opens_the_explanation_by_keyboard(profile, language):
    async with near_core(profile, language) as near:
        await near.rules(rule("fans", only_if=FOLLOWERS))
        begin(near.core)
        gift(near.core, 1)
        await kept(near, 1)
        page = near.page("history")
        await read(near, page)
        assert "FANS skipped: the sender is not a follower" in texts(page)[0]
        page.search.setFocus()
        QTest.keyClick(page.search, Qt.Key.Key_Down)
        QTest.keyClick(page.view, Qt.Key.Key_Return)
        await near.until(lambda: page.sheet._dry is not None, "what all rules say")
        assert [card.trace.rule_id for card in page.sheet.explained.cards] == ["fans"]
        assert page.escape()
        assert not page.sheet.isVisible()


async def test_without_any_gift_it_offers_practise(profile, language):
    async with near_core(profile, language) as near:
        page = near.page("history")
        await read(near, page)
        assert page.cover.title.words() == "No gift yet"
        QTest.mouseClick(page.practise, LEFT)
        assert near.window.page.key == "live"
        assert near.window.page.practise.isVisible()


async def test_new_gifts_are_offered_and_never_move_the_list_under_the_mouse(profile, language):
    async with near_core(profile, language) as near:
        await near.rules(rule("spin"))
        begin(near.core)
        gift(near.core, 1)
        await kept(near, 1)
        page = near.page("history")
        await read(near, page)
        gift(near.core, 2, viewer=LAN)
        await near.until(page.fresh.isVisible, "the offer")
        assert page.model.rowCount() == 1
        await kept(near, 2)
        QTest.mouseClick(page.fresh, LEFT)
        await near.until(lambda: page.model.rowCount() == 2, "both")
        assert not page.fresh.isVisible()


async def test_without_the_engine_it_says_so_and_keeps_what_was_read(profile, language):
    async with near_core(profile, language) as near:
        page = near.page("history")
        await read(near, page)
        near.bridge.take_link(LinkState(LinkStage.WAITING, 0.0, LinkReason.CRASHED))
        assert "engine" in page.cover.title.words().casefold()
        language.choose("vi")
        await near.until(
            lambda: page.search.accessibleName() == "Tìm người xem và quà", "the other language"
        )
        assert page.cover.title.words()


async def test_filters_ask_for_kinds_streams_and_trouble(profile, language):
    async with near_core(profile, language) as near:
        await near.rules(rule("fans", only_if=FOLLOWERS))
        begin(near.core)
        gift(near.core, 1)
        gift(near.core, 2, gift_id=9, name="Lion")
        live(near.core, Follow(id="f1", at_ms=now_ms(near.core), viewer=LAN))
        begin(near.core, ROOM + 1)
        gift(near.core, 3, viewer=LAN)
        await kept(near, 3)
        page = near.page("history")
        await read(near, page)
        filters = page.filters
        await near.until(lambda: filters.stream.count() == 3, "two streams")
        assert "1 gift, 1 coin · 1 viewer" in filters.stream.itemText(1)

        async def choose(box, data, count):
            box.setCurrentIndex(box.findData(data))
            box.activated.emit(box.currentIndex())
            await near.until(lambda: page.model.rowCount() == count, f"{count} rows")
            await read(near, page)

        await choose(filters.kind, "follow", 1)
        assert texts(page)[0].startswith("@lan followed you.")
        # Begins of two streams, three gifts, one follow.
        await choose(filters.kind, "", 6)
        await choose(filters.only, "trouble", 2)
        await choose(filters.stream, str(ROOM), 1)
        assert texts(page)[0].startswith("@mai sent Rose. FANS skipped")
        assert filters.over
        await choose(filters.device, "outlet:obs", 0)
        assert page.cover.title.words() == "Nothing fits"
        QTest.mouseClick(page.clear, LEFT)
        await near.until(lambda: page.model.rowCount() == 3, "all gifts")
        assert not filters.any
        assert not filters.over


async def moved(near):
    """Let a gift move the motor, and return its id."""
    await near.until(lambda: near.bridge.state.devices, "the devices")
    devices = near.bridge.state.devices
    (motor,) = [key for key, one in devices.items() if one.name == "Motor"]
    await near.until(lambda: devices[motor].link.stage == "online", "the motor")
    begin(near.core)
    gift(near.core, 1)
    return motor


async def test_what_was_not_done_says_so_with_its_device(profile, language):
    async with near_core(profile, language) as near:
        await near.rules(rule("spin", do=[{"key": "rotate", "device": "motor", "rounds": "9"}]))
        motor = await moved(near)
        await near.until(lambda: near.bridge.state.running, "the turn")
        await near.line.ask(Stop())
        await kept(near, 1)
        page = near.page("history")
        await read(near, page)
        page.reload()
        await near.until(lambda: "cut off by STOP" in texts(page)[0], "what became of it")
        page.filters.device.setCurrentIndex(page.filters.device.findData(motor))
        page.filters.device.activated.emit(page.filters.device.currentIndex())
        await read(near, page)
        assert page.model.rowCount() == 1


async def test_what_is_shown_is_kept_as_a_table_however_long_it_is(profile, language, tmp_path):
    async with near_core(profile, language) as near:
        await near.rules(rule("spin"))
        begin(near.core)
        total = EXPORT_PAGE + 20
        evil = Viewer(9, "=cmd|' /C calc'!A0", "\u202eEvil\r\nTwo")
        for number in range(total):
            gift(near.core, number, viewer=evil if number == 3 else MAI)
        await near.line.ask(Fire(gift="Rose", gift_id=5655, coins=1, count=1, who="practice"))
        await kept(near, EXPORT_PAGE)
        page = near.page("history")
        await read(near, page)
        path = tmp_path / "history.csv"
        page.export_to(str(path))
        assert not page.save.isEnabled()
        await near.until(page.save.isEnabled, "the file")
        with path.open(encoding="utf-8-sig", newline="") as file:
            head, *lines = list(csv.reader(file))
        assert len(lines) == total
        assert {len(line) for line in lines} == {len(head)}
        assert [line[2] for line in lines if line[2] != "mai"] == ["'=cmd|' /C calc'!A0"]
        assert not any(path.parent.glob("*.part"))
        assert path.read_bytes().count(b"\r\n") == total + 1


async def test_a_table_that_cannot_be_written_or_is_cancelled_leaves_nothing(
    profile, language, tmp_path
):
    async with near_core(profile, language) as near:
        await near.rules(rule("spin"))
        begin(near.core)
        gift(near.core, 1)
        await kept(near, 1)
        page = near.page("history")
        await read(near, page)
        told = []
        page.desk.told.connect(told.append)
        page.export_to(str(tmp_path / "none" / "history.csv"))
        await near.until(lambda: bool(told), "a word")
        assert told[0].startswith("The file could not be written")
        page.export_to(str(tmp_path / "history.csv"))
        page.stop.click()
        assert told[1] == "Nothing was saved."
        assert list(tmp_path.glob("history*")) == []
