"""The Live page: what shows when, the receipt, practise, and what its buttons ask the core."""

import pytest
from PySide6.QtCore import Qt

from app.gateway.messages import Changed, CheckLiveResult, Reply
from app.gateway.views import LinkView, StreamView
from app.gui.widgets.connect_card import clean_user
from tests.app.gui import sample
from tests.app.gui.sample_receipt import receipt

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def asked(bridge):
    """Return every (request, then) the page sends."""
    sent = []

    def ask(request, then=None):
        sent.append((request, then))

    bridge.ask = ask
    return sent


def kinds(asked):
    return [request.type for request, _ in asked]


def test_without_a_name_it_asks_for_one(show):
    page = show(sample.fresh()).pages["live"]
    assert page.form.isVisible()
    assert not page.form.listen.isEnabled()


def test_a_typed_name_is_checked_after_a_pause_and_answered(show, asked, qtbot):
    page = show(sample.fresh()).pages["live"]
    asked.clear()
    qtbot.keyClicks(page.form.field, "@linh.live")
    qtbot.waitUntil(lambda: "check_live" in kinds(asked), timeout=5000)
    request, then = next(one for one in asked if one[0].type == "check_live")
    assert request.user == "linh.live"
    assert kinds(asked).count("check_live") == 1
    then(Reply(id=1, check_live=CheckLiveResult(user="linh.live", answer="live")))
    assert page.form.answer.words() == "Found. LIVE right now."


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("live", "Found. LIVE right now."),
        ("offline", "Not live right now. We connect by ourselves when you start."),
        ("not_found", "TikTok knows no such user name. Check the spelling."),
        ("unknown", "It cannot be checked right now. You may still listen to this name."),
    ],
)
def test_each_answer_about_a_name_has_its_sentence(show, answer, said):
    page = show(sample.fresh()).pages["live"]
    page.form.field.setText("a.b")
    page.form.show_answer(CheckLiveResult(user="a.b", answer=answer))
    assert page.form.answer.words() == said
    page.form.field.setText("another")
    page.form.answer.show_text("")
    page.form.show_answer(CheckLiveResult(user="a.b", answer=answer))
    assert page.form.answer.words() == ""


def test_listening_sends_the_name_and_shows_why_it_was_refused(show, asked, qtbot):
    page = show(sample.fresh()).pages["live"]
    qtbot.keyClicks(page.form.field, "linh.live")
    asked.clear()
    qtbot.mouseClick(page.form.listen, LEFT)
    assert asked[0][0].type == "listen"
    asked[0][1](Reply(id=1, ok=False, code="bad_user_name"))
    said = "This is not a TikTok user name. Use 2 to 24 letters, digits, dots or underscores."
    assert page.form.answer.words() == said


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("@linh.live", "linh.live"),
        (" linh.live ", "linh.live"),
        ("https://www.tiktok.com/@linh.live/live?x=1", "linh.live"),
        ("tiktok.com/@linh_1", "linh_1"),
    ],
)
def test_a_pasted_link_gives_the_name(typed, name):
    assert clean_user(typed) == name


def test_not_live_waits_and_says_so(show):
    page = show(sample.offline()).pages["live"]
    assert page.waiting.isVisible()
    assert page.waiting.title.words() == "You are not live."
    assert "We connect by ourselves when you start." in page.waiting.words.words()


def test_a_refusal_says_why_and_offers_to_try_now(show, asked, qtbot):
    page = show(sample.refused()).pages["live"]
    assert page.waiting.title.words() == "TikTok cannot be reached."
    assert "Next try in" in page.waiting.words.words()
    asked.clear()
    qtbot.mouseClick(page.waiting.try_now, LEFT)
    assert kinds(asked) == ["try_now"]


def test_the_first_row_uncovers_the_list(show, bridge):
    page = show(sample.offline()).pages["live"]
    bridge.take_changed(Changed(feed=(sample.rose(0, "a", 1),)))
    bridge.flush()
    assert page.activity.view.isVisible()
    assert page.activity.model.rowCount() == 1


def test_changes_arrive_in_one_batch(show, bridge, qtbot):
    page = show(sample.offline()).pages["live"]
    inserts = []
    page.activity.model.rowsInserted.connect(lambda *_: inserts.append(1))
    for n in range(200):
        bridge.take_changed(Changed(feed=(sample.rose(n, f"v{n}", 1),)))
    assert not inserts
    qtbot.waitUntil(lambda: page.activity.model.rowCount() > 0, timeout=5000)
    assert len(inserts) == 1


def test_choosing_a_row_opens_its_receipt_and_esc_gives_the_focus_back(show, asked, qtbot):
    window = show()
    page = window.pages["live"]
    view = page.activity.view
    view.setFocus()
    asked.clear()
    spot = view.visualRect(view.model().index(0, 0)).center()
    qtbot.mouseClick(view.viewport(), LEFT, pos=spot)
    request, then = asked[0]
    assert (request.type, request.event_id) == ("get_receipt", "e0")
    then(Reply(id=1, receipt=receipt()))
    shown = [label.words() for label in page.sheet.findChildren(type(page.sheet.title))]
    assert "Confirmed by the device" in shown
    assert any(text.startswith("Rose ×12 · 12 coins · ") for text in shown)
    assert any("cooling down, 4 s left" in text for text in shown)
    assert "7,204 ms" in shown
    qtbot.keyClick(page.sheet.close_button, Qt.Key.Key_Escape)
    assert not page.sheet.isVisible()
    assert view.hasFocus()


def test_enter_opens_the_chosen_row(show, asked, qtbot):
    page = show().pages["live"]
    view = page.activity.view
    view.setFocus()
    view.setCurrentIndex(view.model().index(2, 0))
    asked.clear()
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert asked[0][0].event_id == "e9"


def answered(asked, reply):
    """Answer what the sheet asked last about its event."""
    next(then for one, then in reversed(asked) if one.type == "get_receipt")(reply)


def test_a_receipt_that_comes_too_late_is_not_shown(show, asked):
    page = show().pages["live"]
    page.explaining.open_entry(page.activity.model.entry(page.activity.model.index(0, 0)))
    late = receipt().model_copy(update={"event_id": "another"})
    answered(asked, Reply(id=1, receipt=late))
    texts = [label.words() for label in page.sheet.findChildren(type(page.sheet.title))]
    assert "Looking it up…" in texts


def test_nothing_known_about_an_event_is_said(show, asked):
    page = show().pages["live"]
    page.explaining.open_entry(page.activity.model.entry(page.activity.model.index(0, 0)))
    answered(asked, Reply(id=1, ok=False, code="no_receipt"))
    texts = [label.words() for label in page.sheet.findChildren(type(page.sheet.title))]
    assert "Nothing more is known about this event." in texts


def test_a_row_of_gathered_likes_tells_what_it_gathers(show, asked, language):
    page = show().pages["live"]
    model = page.activity.model
    entries = [model.entry(model.index(place, 0)) for place in range(model.rowCount())]
    page.explaining.open_entry(next(entry for entry in entries if entry.row.kind == "like"))
    answered(asked, Reply(id=1, ok=False, code="unknown_event"))
    texts = [label.words() for label in page.sheet.findChildren(type(page.sheet.title))]
    assert "liked 1,380 times" in texts
    assert any(text.startswith("One row gathers 10 s") for text in texts)


def test_practise_sends_a_pretend_gift(show, asked, qtbot):
    page = show(sample.offline()).pages["live"]
    qtbot.mouseClick(page.waiting.practise, LEFT)
    assert page.practise.isVisible()
    page.practise.count.setValue(10)
    page.practise.combo.setChecked(True)
    asked.clear()
    qtbot.mouseClick(page.practise.send, LEFT)
    fire, then = asked[0]
    assert (fire.type, fire.gift, fire.count, fire.combo) == ("fire", "Rose", 10, True)
    told = []
    page.desk.told.connect(told.append)
    then(Reply(id=1, ok=False, code="stopped"))
    assert told == ["Everything is stopped. Press Resume first."]


def test_what_runs_is_shown_and_can_be_skipped(show, asked, bridge, qtbot):
    page = show().pages["live"]
    line = page.running._lines[0]
    assert line.title.text() == "Spin for roses"
    assert page.running.next.text() == "2 more waiting in line"
    asked.clear()
    qtbot.mouseClick(line.skip, LEFT)
    assert asked[0][0].command_id == "c1"
    bridge.take_changed(Changed(running=(), waiting=0))
    bridge.flush()
    assert page.running.idle_title.text() == "Nothing is running"


def test_an_offline_device_needs_you_and_offers_to_reconnect(show, asked, qtbot):
    window = show()
    page = window.pages["live"]
    tile = page.tiles["pump"]
    assert tile.state.text() == "Offline"
    asked.clear()
    qtbot.mouseClick(tile.reconnect, LEFT)
    assert asked[0][0].device_id == "pump"
    assert page.needs.isVisible()
    page.needs.acted.emit("devices", "pump")
    assert window.page.key == "devices"


def test_tiles_follow_devices_that_come_and_go(show, bridge):
    page = show().pages["live"]
    extra = sample.relay().model_copy(update={"id": "second", "name": "Second"})
    bridge.take_changed(Changed(devices=(extra,), gone=("pump",)))
    bridge.flush()
    assert list(page.tiles) == ["motor", "light", "relay", "second"]


def test_scrolling_away_holds_new_rows_back(show, bridge):
    page = show(size=(1000, 640)).pages["live"]
    bar = page.activity.view.verticalScrollBar()
    bar.setValue(200)
    bridge.take_changed(Changed(feed=(sample.row(0, key="fresh", gift="Lion", count=1),)))
    bridge.flush()
    assert page.activity.fresh.text() == "1 new"
    page.activity.fresh.click()
    assert bar.value() == 0
    assert page.activity.model.entry(page.activity.model.index(0, 0)).row.key == "fresh"


def test_rows_that_were_left_out_are_counted(show, bridge):
    page = show().pages["live"]
    bridge.take_changed(Changed(feed_skipped=312))
    bridge.flush()
    assert page.activity.skipped.text() == "312 not listed"


def test_going_live_shows_the_list(show, bridge):
    page = show(sample.offline()).pages["live"]
    bridge.take_changed(
        Changed(stream=StreamView(user="linh.live", link=LinkView(stage="online"), viewers=5))
    )
    bridge.flush()
    assert page.quiet.isVisible()
    assert not page.waiting.isVisible()


def test_changing_the_name_can_be_left_again(show, qtbot):
    window = show()
    window.go("live", "user")
    page = window.pages["live"]
    assert page.form.isVisible()
    assert page.form.field.user() == "linh.live"
    qtbot.mouseClick(page.form.back, LEFT)
    assert page.activity.view.isVisible()
    page.choose_user()
    assert page.escape()
    assert page.activity.view.isVisible()


def test_why_a_name_cannot_be_checked_is_said(show):
    page = show(sample.fresh()).pages["live"]
    page.form.field.setText("a.b")
    page.form.show_answer(CheckLiveResult(user="a.b", answer="unknown", reason="no_network"))
    assert page.form.answer.words().startswith("TikTok cannot be reached.")
