"""Trying a rule in the editor against a whole core: dry, one step, for real, and what to change."""

import itertools

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.gateway.messages import DryRun, Resume, Stop, TryRule
from app.gui.widgets.basic import parts_of
from app.gui.widgets.trace_lines import TraceLine
from tests.app.gateway.play import rule
from tests.app.gui.near_core import near_core

LEFT = Qt.MouseButton.LeftButton
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
FOLLOWERS = [{"key": "sender_is_follower"}]
TURN = {"key": "rotate", "device": "motor", "rounds": "count", "rpm": "100"}
RELAY = {"key": "switch_on", "device": "relay", "seconds": "1"}


def lines(panel):
    """Return what the lines of the result say: word, sentence, and what may be done."""
    found = parts_of(panel.result.lines)
    return [
        (one.word.words() if hasattr(one, "word") else "", one.words.words(), one.action.text())
        for one in found
        if isinstance(one, TraceLine)
    ]


async def acting(near, panel):
    """Return the line with something to do, once it can be clicked."""

    def found():
        every = panel.result.findChildren(TraceLine)
        return next((one for one in every if one.action.isVisible()), None)

    return await near.until(found, "a line with something to do")


async def opened(near, *raws):
    page = await near.rules(*raws)
    await near.until(lambda: page.editor.session.rule is not None, "a rule in the editor")
    return page, page.testing.panel


async def tried(near, panel, how):
    """Try by a button or a key, and wait for the answer."""
    before = panel.result.tried
    how()
    await near.until(lambda: panel.result.tried not in (None, before), "an answer")
    return panel.result


async def test_a_dry_run_shows_every_gate_and_the_command_and_sends_nothing(profile, language):
    async with near_core(profile, language) as near:
        _page, panel = await opened(near, rule("a", do=[TURN], limits={"ceiling": 3}))
        result = await tried(near, panel, lambda: QTest.mouseClick(panel.dry, LEFT))
        assert result.title.words() == "It would run. Nothing was sent."
        assert ("Passed", "When: it fits and counts as 10", "") in lines(panel)
        assert ("Cut down", "Limits: cut down from 10 to 3", "") in lines(panel)
        assert any("3 rounds at 100 RPM" in text for _, text, _ in lines(panel))
        assert not near.bridge.state.running
        assert not [one for one in near.line.asked if isinstance(one, TryRule)]


async def test_a_rule_that_is_off_and_would_run_is_turned_on_with_one_click(profile, language):
    async with near_core(profile, language) as near:
        page, panel = await opened(near, rule("a", on=False))
        await tried(near, panel, lambda: QTest.mouseClick(panel.dry, LEFT))
        assert ("Off", "The rule is off, and is tried all the same.", "") in lines(panel)
        assert panel.result.turn_on.isVisible()
        QTest.mouseClick(panel.result.turn_on, LEFT)
        await near.until(lambda: page.rules.rule("a").on, "the rule on")
        await near.until(lambda: not panel.result.turn_on.isVisible(), "no more hint")
        assert near.window.focusWidget() is panel.dry


async def test_what_failed_leads_to_its_field_and_the_answer_follows_the_change(profile, language):
    async with near_core(profile, language) as near:
        page, panel = await opened(near, rule("a", only_if=FOLLOWERS))
        QTest.mouseClick(panel.form.ticks.buttons["follower"], LEFT)
        assert not near.bridge.state.stop.stopped
        result = await tried(near, panel, lambda: QTest.mouseClick(panel.dry, LEFT))
        assert result.title.words().startswith("It would not run")
        (failed,) = [one for one in lines(panel) if one[2]]
        assert failed[0] == "Stopped here"
        assert failed[2] == "Change the condition"
        line = await acting(near, panel)
        QTest.mouseClick(line.action, LEFT)
        row = page.editor.kit.rows["only_if", 0]
        assert row.isAncestorOf(near.window.focusWidget())
        QTest.mouseClick(panel.form.ticks.buttons["follower"], LEFT)
        await near.until(
            lambda: panel.result.title.words().startswith("It would run."), "the new answer"
        )


async def test_the_keys_try_it_from_any_field_with_what_is_being_typed(profile, language):
    async with near_core(profile, language) as near:
        page, panel = await opened(near, rule("a", do=[TURN]))
        line = page.editor.kit.rows["do", 0].block.fields["rpm"].line
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, "60")
        await tried(near, panel, lambda: QTest.keyClick(line, Qt.Key.Key_Return, CTRL))
        assert [one.rule["do"][0]["rpm"] for one in near.line.asked if isinstance(one, DryRun)][
            -1
        ] == "60"
        assert any("60 RPM" in text for _, text, _ in lines(panel))
        await tried(near, panel, lambda: QTest.keyClick(line, Qt.Key.Key_Return, CTRL | SHIFT))
        await near.until(lambda: near.bridge.state.running, "a motor that turns")
        assert not panel.run.isEnabled()
        assert "left" in panel.run.text() or panel.run.text().startswith("Runs")


async def test_a_real_run_counts_down_and_tells_what_the_device_did(profile, language):
    async with near_core(profile, language) as near:
        _page, panel = await opened(near, rule("a", on=False, do=[{**TURN, "rounds": "1"}]))
        await tried(near, panel, lambda: QTest.mouseClick(panel.run, LEFT))
        assert panel.result.title.words() == "It runs, marked as a test."
        await near.until(lambda: not panel.watch.running, "the end")
        await near.until(lambda: any(word == "Finished" for word, _, _ in lines(panel)), "done")
        assert panel.run.isEnabled()
        assert near.bridge.state.stats.actions == 0


async def test_one_step_alone_is_done_whatever_the_conditions_say(profile, language):
    async with near_core(profile, language) as near:
        _page, panel = await opened(near, rule("a", do=[TURN, RELAY], only_if=FOLLOWERS))
        assert len(panel.steps.steps) == 2
        await tried(near, panel, lambda: QTest.mouseClick(panel.steps.steps[1].button, LEFT))
        (running,) = await near.until(lambda: near.bridge.state.running, "the relay")
        assert running.device == "Relay"
        assert "Only this step" in panel.result.note.words()


async def test_nothing_runs_while_everything_is_stopped_and_the_reason_is_there(profile, language):
    async with near_core(profile, language) as near:
        _page, panel = await opened(near, rule("a"))
        await near.line.ask(Stop())
        await near.until(lambda: near.bridge.state.stop.stopped, "the stop")
        assert not panel.run.isEnabled()
        assert not panel.steps.steps[0].button.isEnabled()
        assert "Press Resume" in panel.hint.words()
        result = await tried(near, panel, lambda: QTest.mouseClick(panel.dry, LEFT))
        assert "everything is stopped" in result.title.words()
        await near.line.ask(Resume())
        await near.until(panel.run.isEnabled, "a button that works again")


WHENS = {
    "gift": {"gifts": [{"id": 5655, "name": "Rose"}]},
    "gift_any": {"least": 100},
    "gift_tier": {"tier": "big"},
    "combo_milestone": {"every": 25},
    "likes": {"likes": 100},
    "follow": {},
    "share": {},
    "join": {},
    "subscribe": {"months": 3},
    "chat_command": {"command": "!spin"},
    "chat_contains": {"texts": ["wow"]},
    "chat_pattern": {"pattern": "hel+o"},
    "battle": {"stage": "ended"},
    "viewers_reached": {"viewers": 50},
    "timer": {"every": 120},
    "time_of_day": {"time": "21:15", "weekdays": [4]},
    "stream_started": {},
    "stream_ended": {},
    "telemetry_crosses": {"device": "motor", "name": "rpm", "side": "below", "line": 30},
    "mqtt_message": {"topic": "home/+/lamp", "payload": "equals", "text": "on"},
    "button": {"name": "Party"},
    "hotkey": {"combination": "Ctrl+Alt+P"},
    "called": {"name": "party"},
}


async def test_every_kind_of_start_comes_with_an_event_that_fits_it(profile, language):
    from app.core.parts import Trigger, parts

    assert set(WHENS) == set(parts(Trigger).found)
    async with near_core(profile, language) as near:
        rules = [rule(key, when={"key": key, **raw}) for key, raw in WHENS.items()]
        page, panel = await opened(near, *rules)
        wrong = []
        for key in WHENS:
            page.show_about(key)
            await near.until(lambda key=key: page.editor.session.rule.id == key, key)
            await near.until(lambda key=key: panel._rule_id == key, key)
            result = await tried(near, panel, panel.dry_run)
            if not result.tried.trace.steps[0].passed:
                wrong.append((key, panel.form.event_now))
        assert not wrong


@pytest.mark.parametrize("code", ["en", "vi"])
async def test_everything_in_the_panel_has_a_name_and_tab_goes_through_it(profile, language, code):
    async with near_core(profile, language, size=(1000, 640)) as near:
        language.choose(code)
        _page, panel = await opened(near, rule("a", do=[TURN, RELAY]))
        await tried(near, panel, panel.dry_run)
        stops = [
            one
            for one in panel.findChildren(QWidget)
            if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        assert all(one.accessibleName() or getattr(one, "text", str)() for one in stops)
        # Tab goes through all of them from top to bottom, and none is a trap.
        panel.form.gift.button.setFocus()
        seen = [near.window.focusWidget()]
        while panel.isAncestorOf(near.window.focusWidget()):
            QTest.keyClick(near.window.focusWidget(), Qt.Key.Key_Tab)
            seen.append(near.window.focusWidget())
            assert len(seen) < 40
        tops = [one.mapTo(panel, QPoint(0, 0)).y() for one in seen[:-1]]
        assert len(tops) >= 10
        assert all(later >= earlier - 12 for earlier, later in itertools.pairwise(tops))
        assert panel.result.accessibleDescription().count("\n") >= 3


async def test_another_rule_brings_its_own_event_and_the_same_sender(profile, language):
    async with near_core(profile, language) as near:
        lion = {"key": "gift", "gifts": [{"id": 6369, "name": "Lion"}]}
        page, panel = await opened(near, rule("a"), rule("b", when=lion))
        panel.form.sender_name.replace("Mai")
        tick = panel.form.ticks.buttons["moderator"]
        empty = tick.icon().pixmap(18, 18).toImage()
        QTest.mouseClick(tick, LEFT)
        # Not by its shade alone: the box has a check in it.
        assert tick.icon().pixmap(18, 18).toImage() != empty
        page.show_about("b")
        await near.until(lambda: panel.form.event_now.gift == "Lion", "the other gift")
        who = panel.form.event_now.who
        assert (who.nickname, who.handle, who.moderator) == ("Mai", "Mai", True)
        result = await tried(near, panel, panel.dry_run)
        assert result.title.words() == "It would run. Nothing was sent."


async def test_the_gift_is_chosen_from_the_same_list_as_in_when(profile, language):
    async with near_core(profile, language) as near:
        _page, panel = await opened(near, rule("a"))
        field = panel.form.gift
        QTest.mouseClick(field.button, LEFT)
        QTest.keyClicks(field.popup.field, "6369")
        QTest.keyClick(field.popup.field, Qt.Key.Key_Return)
        assert (panel.form.event_now.gift_id, panel.form.event_now.gift) == (6369, "Lion")
        assert panel.form.event_now.coins > 1
        result = await tried(near, panel, panel.dry_run)
        assert "Lion" in result.title.words()


async def test_a_device_that_is_away_is_told_before_anything_is_sent(profile, language):
    async with near_core(profile, language) as near:
        _page, panel = await opened(near, rule("a", do=[TURN]))
        device = next(
            one
            for one in near.bridge.state.devices.values()
            if any(output.kind == "motor" for output in one.capabilities)
        )
        away = device.link.model_copy(update={"stage": "waiting"})
        near.bridge.state.devices[device.id] = device.model_copy(update={"link": away})
        await tried(near, panel, panel.dry_run)
        (warning,) = [one for one in lines(panel) if one[0] == "Offline"]
        assert warning[1].startswith("Motor is offline now")
        line = await acting(near, panel)
        QTest.mouseClick(line.action, LEFT)
        assert near.window.page.key == "devices"


async def test_what_is_not_set_up_outside_is_told_and_leads_to_its_setting(profile, language):
    scene = {"key": "obs_scene", "scene": "Break"}
    async with near_core(profile, language) as near:
        _page, panel = await opened(near, rule("a", do=[scene]))
        result = await tried(near, panel, panel.dry_run)
        assert result.title.words() == "It would run, but a part of it would not get through."
        (warning,) = [one for one in lines(panel) if one[0] == "Not set up"]
        assert warning[1] == "Enter the port of OBS first."
        line = await acting(near, panel)
        QTest.mouseClick(line.action, LEFT)
        assert near.window.page.key == "settings"
        outside = near.window.page.outside
        await near.until(lambda: outside.first_of("obs") is not None, "the settings")


async def test_stop_ends_a_test_and_the_result_says_so(profile, language):
    async with near_core(profile, language) as near:
        _page, panel = await opened(near, rule("a", do=[{**TURN, "rounds": "100"}]))
        await tried(near, panel, lambda: QTest.mouseClick(panel.run, LEFT))
        await near.until(lambda: near.bridge.state.running, "a motor that turns")
        assert panel.run.text().startswith("Runs, ")
        await near.line.ask(Stop())
        await near.until(lambda: not panel.watch.running, "the end")
        await near.until(lambda: any(word == "Stopped" for word, _, _ in lines(panel)), "told")
        assert not panel.run.isEnabled()
        assert panel.run.text() == "Like the real thing"


async def test_the_keys_work_from_the_list_too_and_what_goes_out_elsewhere_is_named(
    profile, language
):
    async with near_core(profile, language) as near:
        steps = [{"key": "notify", "text": "Thanks {user}"}, {"key": "wait", "seconds": "0.2"}]
        page, panel = await opened(near, rule("a", do=[*steps, RELAY]))
        page.view.setFocus()
        await tried(near, panel, lambda: QTest.keyClick(page.view, Qt.Key.Key_Return, CTRL))
        said = [text for _, text, _ in lines(panel)]
        assert "Do: is sent out (Notification)" in said
        assert "Notification: tell “Thanks Linh”" in said
        assert "Relay: switch on · for 1 s at most · after 0.2 s" in said
        again = CTRL | SHIFT
        await tried(near, panel, lambda: QTest.keyClick(page.view, Qt.Key.Key_Return, again))
        await near.until(lambda: not panel.watch.running, "the end")
