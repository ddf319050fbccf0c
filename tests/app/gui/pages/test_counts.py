"""The Counts page before a whole core: what is clicked there is so in the core."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.gateway.messages import GetReceipt, Resume, SetVariable, Stop
from tests.app.gateway.play import LAN, begin, gift, put, rule
from tests.app.gui.near_core import near_core

LEFT = Qt.MouseButton.LeftButton


def click(widget):
    assert widget.isVisible(), widget
    assert widget.isEnabled(), widget
    QTest.mouseClick(widget, LEFT)


def write(field, text):
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)


async def part(near, key):
    page = near.page("counts")
    click(page.tabs.buttons[key])
    return page, page.panels[key]


async def test_a_variable_is_added_changed_in_its_place_removed_and_brought_back(profile, language):
    async with near_core(profile, language) as near:
        await put(near.line, rule(do=[{"key": "add_variable", "name": "spins", "amount": "1"}]))
        page, panel = await part(near, "variables")
        write(panel.name, "spins")
        write(panel.value, "5")
        panel.lasting.setChecked(True)
        QTest.keyClick(panel.value, Qt.Key.Key_Return)
        (found,) = await near.until(lambda: near.bridge.state.variables, "the variable")
        assert (found.name, found.value, found.lasting) == ("spins", 5.0, True)
        await near.until(lambda: panel.used_by("spins") == "R", "who uses it")

        # Live: a gift counts, and the table shows it.
        gift(near.core, 1)
        await near.until(lambda: panel.rows.index(0, 1).data() == "6", "the count")

        panel.table.setFocus()
        QTest.keyClick(panel.table, Qt.Key.Key_F2)
        editor = await near.until(panel.table.focusWidget, "an editor")
        assert editor.accessibleName() == "Value of spins"
        write(editor, "2.5")
        QTest.keyClick(editor, Qt.Key.Key_Return)
        await near.until(lambda: near.bridge.state.variables[0].value == 2.5, "the value")

        click(panel.keep)
        await near.until(lambda: not near.bridge.state.variables[0].lasting, "this stream only")
        panel.table.setFocus()
        QTest.keyClick(panel.table, Qt.Key.Key_Delete)
        await near.until(lambda: not near.bridge.state.variables, "its end")
        assert page.offer.words.words() == "spins was removed."
        click(page.offer.undo)
        await near.until(lambda: near.bridge.state.variables, "its return")
        assert near.bridge.state.variables[0].value == 2.5


async def test_a_name_that_does_not_fit_is_told(profile, language):
    async with near_core(profile, language) as near:
        _, panel = await part(near, "variables")
        write(panel.name, "count")
        click(panel.add)
        await near.until(near.window.toast.isVisible, "why not")
        assert "does not fit a variable" in near.window.toast.words.words()
        assert not near.bridge.state.variables


async def test_a_goal_fills_up_is_changed_removed_and_brought_back(profile, language):
    async with near_core(profile, language) as near:
        page, panel = await part(near, "goals")
        assert panel.empty.isVisible()
        write(panel.form.name, "Dance")
        click(panel.form.put)
        assert panel.form.target.hasFocus()
        write(panel.form.target, "10")
        click(panel.form.put)
        await near.until(lambda: panel.cards, "the goal")
        (card,) = panel.cards.values()
        gift(near.core, 1, count=4, coins=1, total=4)
        await near.until(lambda: card.words.text() == "Coins: 4 of 10", "what came in")
        assert card.bar.accessibleName() == "Dance: 40 %"

        click(card.edit)
        write(panel.form.target, "4")
        QTest.keyClick(panel.form.target, Qt.Key.Key_Return)
        await near.until(lambda: "reached at" in card.words.text(), "the goal is reached")
        click(card.drop)
        await near.until(lambda: not near.bridge.state.goals, "its end")
        await near.until(page.offer.undo.isVisible, "the offer")
        click(page.offer.undo)
        (back,) = await near.until(lambda: near.bridge.state.goals, "its return")
        assert (back.name, back.target) == ("Dance", 4)


async def test_the_leaderboard_ranks_finds_and_follows(profile, language):
    async with near_core(profile, language) as near:
        _, panel = await part(near, "board")
        await near.until(lambda: panel.empty.title.words() == "Nobody gave anything yet", "empty")
        begin(near.core)
        gift(near.core, 1, coins=5)
        gift(near.core, 2, LAN, coins=9)
        await near.until(lambda: len(panel.rows.rows) == 2, "two viewers")
        cells = [[panel.rows.index(r, c).data() for c in range(5)] for r in range(2)]
        assert cells == [["1", "@lan", "", "9", "1"], ["2", "@mai", "Mai", "5", "1"]]
        write(panel.search, "mai")
        await near.until(lambda: len(panel.rows.rows) == 1, "one viewer")
        panel.search.clear()
        click(panel.period.buttons["ever"])
        await near.until(lambda: len(panel.rows.rows) == 2, "the same, ever")


async def owe(near, *numbers):
    """Let gifts come while everything is stopped, for a rule that keeps them."""
    limits = {"owed_for_s": 3600}
    await put(near.line, rule("spin", limits=limits))
    await near.line.ask(Stop())
    for number in numbers:
        gift(near.core, number)
    await near.until(lambda: len(near.bridge.state.owed) == len(numbers), "what is owed")
    near.bridge.flush()


async def test_owed_gifts_are_refused_with_why_and_paid_once_it_can_be(profile, language):
    async with near_core(profile, language) as near:
        _, panel = await part(near, "owed")
        await owe(near, 1, 2)
        assert panel.title.words() == "2 gifts owed"
        assert panel.rows.index(0, 3).data() == "everything is stopped"
        panel.table.setFocus()
        QTest.keyClick(panel.table, Qt.Key.Key_Return)
        await near.until(panel.answer.isVisible, "why not")
        assert panel.answer.words() == "Everything is stopped. Press Resume first."
        await near.line.ask(Resume())
        click(panel.pay)
        await near.until(lambda: len(near.bridge.state.owed) == 1, "one paid")
        receipt = (await near.line.ask(GetReceipt(event_id="gift/1"))).receipt
        assert receipt.deliveries
        await near.until(near.window.toast.isVisible, "that it runs")


async def test_forgetting_waits_for_its_undo(profile, language):
    async with near_core(profile, language) as near:
        page, panel = await part(near, "owed")
        await owe(near, 1, 2)
        panel.table.setFocus()
        QTest.keyClick(panel.table, Qt.Key.Key_Delete)
        assert len(panel.rows.rows) == 1
        assert len(near.bridge.state.owed) == 2
        click(page.offer.undo)
        assert len(panel.rows.rows) == 2

        QTest.keyClick(panel.table, Qt.Key.Key_Delete)
        page.offer._timer.timeout.emit()
        await near.until(lambda: len(near.bridge.state.owed) == 1, "the end of one")
        click(panel.forget)
        # Paying all forgets first what is being forgotten.
        await near.line.ask(Resume())
        panel._on_pay_all()
        await near.until(lambda: not near.bridge.state.owed, "the end of the other")
        receipt = (await near.line.ask(GetReceipt(event_id="gift/1"))).receipt
        assert not receipt.deliveries


async def test_live_pays_what_is_owed_in_one_click(profile, language):
    async with near_core(profile, language) as near:
        live = near.page("live")
        await owe(near, 1, 2, 3)
        await near.line.ask(Resume())
        await near.until(live.needs.isVisible, "the line")
        (line,) = [one for one in live.needs._todo if one[2] == "pay"]
        assert line[:2] == ("3 gifts owed", "Pay")
        live.needs.acted.emit(*line[2:])
        await near.until(lambda: not near.bridge.state.owed, "all paid")


async def test_a_button_runs_its_rule_here_and_on_live(profile, language):
    async with near_core(profile, language) as near:
        party = {"key": "button", "name": "Party & fun"}
        await put(
            near.line, rule("p", when=party), rule("off", when={**party, "name": "Off"}, on=False)
        )
        live = near.page("live")
        await near.until(live.presses.isVisible, "the card")
        _, panel = await part(near, "buttons")
        assert list(panel.grid.buttons) == ["Party & fun", "Off"]
        assert not panel.grid.buttons["Off"].isEnabled()
        click(panel.grid.buttons["Party & fun"])
        await near.until(lambda: near.bridge.state.rules[0].ran == 1, "the first run")
        pressed = "Party & fun was pressed at"
        await near.until(lambda: pressed in panel.note.words(), "word of the press")
        near.bridge.rules_changed.emit()
        assert pressed in panel.note.words()
        near.page("live")
        click(live.presses.grid.buttons["Party & fun"])
        await near.until(lambda: near.bridge.state.rules[0].ran == 2, "the second run")
        await near.line.ask(Stop())
        await near.until(lambda: not live.presses.grid.buttons["Party & fun"].isEnabled(), "STOP")


async def test_what_adds_a_goal_stands_where_what_adds_a_variable_does(profile, language):
    async with near_core(profile, language) as near:

        def place(line):
            return line.mapTo(near.window, line.rect().topLeft())

        _, panel = await part(near, "variables")
        await near.until(panel.name.isVisible, "the form of variables")
        wanted = place(panel.name)
        _, panel = await part(near, "goals")
        await near.until(lambda: place(panel.form.name) == wanted, "the form of goals there")


async def test_keys_work_in_our_window_where_the_system_keeps_them(profile, language):
    async with near_core(profile, language) as near:
        keys = {"key": "hotkey", "combination": "F9"}
        ours = {"key": "hotkey", "combination": "Ctrl+K"}
        await put(near.line, rule("k", when=keys), rule("p", when=ours))
        _, panel = await part(near, "buttons")
        await near.until(lambda: len(panel.lines) == 2, "both lines")
        assert "in this window only" in panel.lines[0].problem.words()
        assert panel.lines[1].problem.words() == "Giftwire itself uses these keys. Choose others."
        QTest.keyClick(near.window, Qt.Key.Key_F9)
        await near.until(lambda: near.bridge.state.rules[0].ran == 1, "the run")
        assert near.window.desk.rule_keys.problem("Ctrl+K")
        assert near.window.toast.words.words().startswith(("F9: ", "Ctrl+K: "))
        model = near.page("rules").model
        await near.until(lambda: any(one.id == "p" for one in model.rows()), "the list of rules")
        rows = {one.id: one for one in model.rows()}
        assert model.line(rows["p"]).meta.endswith(
            "Giftwire itself uses these keys. Choose others."
        )
        assert (model.line(rows["p"]).symbol, model.line(rows["k"]).symbol) == ("warn", "warn")
        await put(near.line, rule("k", when=keys, on=False))
        await near.until(lambda: not near.window.desk.rule_keys.problems(), "keys given back")
        assert model.line(rows["k"]).symbol != "warn"
        live = near.page("live")
        assert not live.presses.isVisible()


async def test_values_are_written_as_they_are_read(profile, language):
    from app.gui.counts.panel import read_value, written

    for code in ("en", "vi"):
        language.choose(code)
        for value in (0.0, 1234.5, -3.0, 1e12, 0.1, "linh", "1 or 2", 123456.789012):
            assert read_value(written(value)) == value, (code, value)
    assert read_value("nan") == "nan"
    async with near_core(profile, language) as near:
        await near.line.ask(SetVariable(name="x", value=1.5))
        _, panel = await part(near, "variables")
        await near.until(lambda: panel.rows.index(0, 1).data() == "1,5", "as written in Vietnam")
