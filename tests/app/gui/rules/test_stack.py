"""The undo stack: merging, the way back, forgetting, and ending with its desk however that ends."""

import gc
import weakref

import pytest
from PySide6.QtCore import QObject

from app.core.edits import DropRule
from app.core.links import LinkStage, LinkState
from app.gui.bridge import Bridge
from app.gui.rules.desk import RuleDesk
from app.gui.rules.stack import EditStep, UndoStack
from tests.app.gui import sample, sample_rules


class Owner(QObject):
    """Notes what was carried out, as `forward` or `back`."""

    def __init__(self):
        super().__init__()
        self.done = []
        self.then = []
        self.stack = UndoStack(self.carry_out, self)

    def carry_out(self, edit, text):
        self.done.append((getattr(edit, "id", "several"), text))
        if self.then:
            self.then.pop()()


def step(name, merge_key="", at_s=0.0):
    return EditStep(name, DropRule(f"{name} forward"), DropRule(f"{name} back"), merge_key, at_s)


@pytest.fixture
def owner(qapp):
    return Owner()


def test_what_was_undone_is_done_again_and_forgotten_after_another_step(owner):
    stack = owner.stack
    for name in "abc":
        stack.push(step(name))
    stack.undo()
    stack.undo()
    assert (stack.undoText(), stack.redoText(), stack.index(), stack.count()) == ("a", "b", 1, 3)
    stack.redo()
    assert owner.done[3:] == [("c back", "c"), ("b back", "b"), ("b forward", "b")]
    stack.push(step("d"))
    assert (stack.undoText(), stack.canRedo(), stack.count()) == ("d", False, 3)


def test_a_step_merges_with_the_one_before_it_only(owner):
    stack = owner.stack
    stack.push(step("a", "field"))
    stack.push(step("b", "field", 0.5))
    assert (stack.count(), stack.undoText()) == (1, "b")
    stack.undo()
    stack.push(step("c", "field", 0.6))
    assert (stack.count(), stack.undoText()) == (1, "c")
    stack.push(step("d", "field", 1.7))
    stack.push(step("e", "other", 1.7))
    assert stack.count() == 3
    stack.undo()
    assert owner.done[-1] == ("e back", "e")


def test_other_words_for_the_same_number_of_steps_are_told(owner):
    told = []
    owner.stack.indexChanged.connect(told.append)
    owner.stack.push(step("a", "field"))
    owner.stack.push(step("b", "field"))
    owner.stack.clear()
    assert told == [1, 1, 0]


@pytest.mark.parametrize("verb", ["push", "undo", "redo"])
def test_a_step_that_ends_in_forgetting_all_is_forgotten_too(owner, verb):
    stack = owner.stack
    stack.push(step("a"))
    stack.push(step("b"))
    stack.undo()
    owner.then.append(stack.clear)
    stack.push(step("c")) if verb == "push" else getattr(stack, verb)()
    assert (stack.count(), stack.index(), stack.canUndo(), stack.canRedo()) == (0, 0, False, False)
    stack.push(step("d"))
    assert stack.undoText() == "d"


def test_a_desk_that_nobody_holds_is_collected_with_its_steps(qapp):
    """Qt's own stack died of this: its commands were gone before it."""
    desks = []
    for _ in range(10):
        bridge = Bridge(lambda _name, coro: coro.close())
        core = sample_rules.RuleCore(bridge)
        desk = RuleDesk(bridge)
        bridge.take_link(LinkState(LinkStage.ONLINE, 0.0))
        bridge.take_snapshot(sample.snapshot(rules_revision=1))
        for n in range(20):
            desk.turn("r1", n % 2 == 1)
        desk.undo()
        assert desk.stack.count() == 20
        desks.append(weakref.ref(desk))
        del desk, bridge, core
        gc.collect()
    assert not any(ref() for ref in desks)
