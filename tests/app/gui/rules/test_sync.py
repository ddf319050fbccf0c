"""Desk and core keep the same rules: whatever is refused, lost or changed elsewhere meanwhile."""

import pytest

from app.core.links import LinkReason, LinkStage, LinkState
from app.core.rules import dump, from_content, to_content
from app.gateway.messages import Changed
from app.gui.rules.desk import RuleDesk
from tests.app.gui import sample, sample_rules


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def core(bridge):
    made = sample_rules.RuleCore(bridge)
    bridge.take_link(LinkState(LinkStage.ONLINE, 0.0))
    bridge.take_snapshot(sample.snapshot(rules_revision=1))
    return made


@pytest.fixture
def desk(qapp, bridge, core, clock):
    made = RuleDesk(bridge, clock=clock)
    made.told_all = []
    made.told.connect(made.told_all.append)
    yield made
    made.deleteLater()


def go_away(bridge):
    bridge.take_link(LinkState(LinkStage.WAITING, 0.0, LinkReason.CRASHED))


def come_back(bridge, revision=1):
    bridge.take_link(LinkState(LinkStage.ONLINE, 0.0))
    bridge.take_snapshot(sample.snapshot(rules_revision=revision))


def same(core, desk):
    return dump(core.document) == dump(desk.document)


def names(desk):
    return [rule.name for rule in desk.document.rules.served()]


def elsewhere(core, bridge, change):
    """Somebody else changes the content; the core tells."""
    content = to_content(core.document)
    change(content)
    core.document = from_content(content)
    core.revision += 1
    bridge.take_changed(Changed(rules_revision=core.revision))
    bridge.flush()


def test_an_edit_shows_before_the_core_has_answered(core, desk):
    core.hold()
    desk.rename("r1", "Now")
    assert desk.rule("r1").name == "Now"
    assert core.document.rules.rules[0].name == "Spin for roses"
    core.let_go()
    assert same(core, desk)
    assert desk.revision == core.revision


def test_edits_made_while_one_is_under_way_go_together_after_it(core, desk):
    core.hold()
    desk.rename("r1", "One")
    desk.turn("r2", False)
    desk.turn("r3", False)
    core.let_go()
    kinds = [one.edit["edit"] for one in core.asked if one.type == "edit_rules"]
    assert kinds == ["put_rule", "several"]
    assert same(core, desk)


def test_our_own_edit_told_back_fetches_nothing(core, desk, bridge):
    desk.rename("r1", "One")
    before = core.kinds().count("get_rules")
    bridge.take_changed(Changed(rules_revision=core.revision))
    bridge.flush()
    assert core.kinds().count("get_rules") == before


def test_the_news_of_our_own_edit_may_come_before_its_answer(core, desk, bridge):
    core.hold()
    desk.rename("r1", "One")
    bridge.take_changed(Changed(rules_revision=2))
    bridge.flush()
    core.let_go()
    assert core.kinds().count("get_rules") == 1
    assert desk.stack.canUndo()


def test_what_others_change_is_shown_and_told(core, desk, bridge):
    desk.rename("r1", "Mine")
    elsewhere(core, bridge, lambda content: content["rules"][5].update(name="Theirs"))
    assert names(desk)[0] == "Mine"
    assert names(desk)[5] == "Theirs"
    assert same(core, desk)
    assert desk.told_all == ["The rules were changed elsewhere. This is how they are now."]
    assert not desk.stack.canUndo()


def test_an_edit_on_a_stale_revision_is_done_on_the_new_one_if_it_fits(core, desk, bridge):
    content = to_content(core.document)
    content["rules"][5].update(name="Theirs")
    core.document = from_content(content)
    core.revision = 9
    desk.rename("r1", "Mine")
    assert (names(desk)[0], names(desk)[5]) == ("Mine", "Theirs")
    assert same(core, desk)


def test_an_edit_of_what_others_changed_is_not_forced_on_them_but_told(core, desk, bridge):
    content = to_content(core.document)
    content["rules"][0].update(name="Theirs")
    core.document = from_content(content)
    core.revision = 9
    desk.rename("r1", "Mine")
    assert names(desk)[0] == "Theirs"
    assert "The rules were changed elsewhere. Not done: Renamed to Mine" in desk.told_all
    assert same(core, desk)


def test_a_refused_edit_is_taken_back_and_told(core, desk):
    core.refuse = "bad_rule"
    core.hold()
    desk.rename("r1", "Mine")
    core.let_go()
    assert names(desk)[0] == "Spin for roses"
    assert len(desk.told_all) == 1
    assert desk.told_all[0].startswith("Not done: Renamed to Mine.")
    assert not desk.stack.canUndo()
    core.refuse = ""
    desk.rename("r1", "Again")
    assert same(core, desk)


def test_edits_wait_while_the_core_is_away(core, desk, bridge):
    go_away(bridge)
    desk.rename("r1", "One")
    desk.remove(["r2"])
    assert desk.sync.pending == 2
    assert len(desk.told_all) == 1
    come_back(bridge)
    assert same(core, desk)
    assert desk.sync.pending == 0
    assert names(desk)[0] == "One"
    assert desk.stack.canUndo()


def test_an_edit_whose_answer_was_lost_is_sent_again(core, desk, bridge):
    core.hold()
    desk.rename("r1", "One")
    core.lose()
    go_away(bridge)
    come_back(bridge)
    assert same(core, desk)
    assert names(desk)[0] == "One"
    assert core.kinds().count("edit_rules") == 2


def test_an_edit_that_was_done_though_its_answer_was_lost_is_not_sent_again(core, desk, bridge):
    core.hold()
    desk.duplicate(["r1"])
    core.lose()
    from app.core.edits import from_wire

    core.document = from_wire(core.asked[-1].edit).apply(core.document)
    core.revision = 5
    go_away(bridge)
    come_back(bridge, 5)
    assert same(core, desk)
    assert names(desk).count("Spin for roses 2") == 1
    assert core.kinds().count("edit_rules") == 1


def test_a_core_that_begins_again_counts_its_revisions_anew(core, desk, bridge):
    desk.rename("r1", "One")
    go_away(bridge)
    core.revision = 1
    come_back(bridge, 1)
    desk.rename("r1", "Two")
    assert same(core, desk)
    assert desk.told_all == []


def test_edits_of_another_profile_are_told_as_not_done(core, desk, bridge):
    go_away(bridge)
    desk.rename("r1", "One")
    core.document = sample_rules.document(
        {"version": 2, "rules": [sample_rules.rule("m1", "Wake")]}
    )
    core.profile, core.revision = "Morning", 3
    come_back(bridge, 3)
    assert names(desk) == ["Wake"]
    assert "The rules were changed elsewhere. Not done: Renamed to One" in desk.told_all


def test_undo_is_sent_too(core, desk):
    desk.rename("r1", "One")
    desk.undo()
    assert same(core, desk)
    assert names(desk)[0] == "Spin for roses"


def test_steps_of_one_field_within_a_second_are_one(core, desk, clock):
    for text in ("S", "Sp", "Spi"):
        desk.rename("r1", text)
        clock.now += 0.5
    assert desk.stack.count() == 1
    desk.rename("r2", "Other")
    clock.now += 0.5
    desk.rename("r2", "Others")
    assert desk.stack.count() == 2
    clock.now += 1.5
    desk.rename("r2", "Third")
    assert desk.stack.count() == 3
    for _ in range(3):
        desk.undo()
    assert names(desk)[:2] == ["Spin for roses", "Party lights"]
    assert same(core, desk)


def test_two_hundred_steps_are_kept(core, desk, clock):
    for n in range(250):
        desk.turn("r1", bool(n % 2))
    assert desk.stack.count() == 200


def test_an_edit_that_fits_nothing_is_told_and_changes_nothing(core, desk):
    from app.core.edits import DropRule

    assert not desk.push("Gone", DropRule("nobody"))
    assert desk.told_all[0].startswith("That does not fit:")
    assert not desk.stack.canUndo()


def test_a_long_list_is_read_between_frames_and_the_same(bridge, qapp, qtbot):
    content = sample_rules.many(600)
    content["rules"][3]["id"] = "n2"
    content["rules"][7] = {"id": "n7", "when": {"key": "never heard of"}}
    content["rules"][9]["group"] = "gone"
    core = sample_rules.RuleCore(bridge, content)
    bridge.take_link(LinkState(LinkStage.ONLINE, 0.0))
    bridge.take_snapshot(sample.snapshot(rules_revision=1))
    desk = RuleDesk(bridge)
    assert not desk.document.rules.rules
    qtbot.waitUntil(lambda: desk.known, timeout=20_000)
    assert dump(desk.document) == dump(core.document)
    assert len(desk.document.set_aside) == 3
    desk.deleteLater()


def test_a_file_that_is_none_is_told(bridge, qapp):
    core = sample_rules.RuleCore(bridge)
    core.document = sample_rules.document({"version": 2, "rules": []})
    bridge.take_link(LinkState(LinkStage.ONLINE, 0.0))
    bridge.take_snapshot(sample.snapshot(rules_revision=1))
    desk = RuleDesk(bridge)
    told = []
    desk.told.connect(told.append)
    desk.sync._reader.read({"version": 2, "rules": "none"}, (2, ""))
    assert told[0].startswith("The rules could not be read")
    desk.deleteLater()


def test_a_profile_that_only_got_another_name_keeps_the_steps(core, desk):
    desk.rename("r1", "One")
    core.profile = "Evening 2"
    desk.sync.fetch()
    assert desk.stack.canUndo()
    assert desk.told_all == []
