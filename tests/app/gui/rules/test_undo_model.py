"""Whatever is done to the list, taking it all back leaves the document byte for byte as it was."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.links import LinkStage, LinkState
from app.core.rules import dump
from app.gui.bridge import Bridge
from app.gui.rules.desk import RuleDesk
from tests.app.gui import sample, sample_rules

RULES = [f"r{n}" for n in range(1, 7)]
GROUPS = ["", "evening", "thanks"]
ids = st.lists(st.sampled_from(RULES), min_size=1, max_size=4, unique=True)
acts = st.one_of(
    st.tuples(st.just("turn"), ids, st.booleans()),
    st.tuples(st.just("rename"), st.sampled_from(RULES), st.text(max_size=8)),
    st.tuples(st.just("remove"), ids),
    st.tuples(st.just("duplicate"), ids),
    st.tuples(st.just("move"), ids, st.sampled_from(["", *RULES]), st.sampled_from(GROUPS)),
    st.tuples(st.just("step"), ids, st.sampled_from([-1, 1])),
    st.tuples(st.just("group"), st.text(max_size=5), ids),
    st.tuples(st.just("group_turn"), st.sampled_from(GROUPS[1:]), st.booleans()),
    st.tuples(st.just("dissolve"), st.sampled_from(GROUPS[1:])),
    st.tuples(st.just("group_remove"), st.sampled_from(GROUPS[1:])),
    st.tuples(st.just("paste"), st.sampled_from(["", *RULES])),
    st.tuples(st.just("undo")),
    st.tuples(st.just("redo")),
)


def act(desk, verb, *about):
    there = {rule.id for rule in desk.document.rules.rules}
    if about and isinstance(about[0], list):
        about = ([one for one in about[0] if one in there], *about[1:])
    if verb == "move":
        chosen, before, group = about
        target = desk.rule(before)
        group = target.group if target else group
        if desk.group(group) or not group:
            desk.move(chosen, before if target else "", group)
    elif verb == "group":
        desk.groups.add(about[0], [one for one in about[1] if one in there])
    elif verb in ("group_turn", "dissolve", "group_remove"):
        getattr(desk.groups, verb.removeprefix("group_"))(*about)
    elif verb == "paste":
        first = desk.document.rules.served()[:1]
        desk.paste(desk.copy_text([rule.id for rule in first]), about[0])
    else:
        getattr(desk, verb)(*about)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(acts, max_size=12), aside=st.booleans())
def test_undoing_everything_gives_the_same_file(qapp, steps, aside):
    bridge = Bridge(lambda _, coro: coro.close())
    core = sample_rules.RuleCore(bridge, sample_rules.content(aside=aside))
    bridge.take_link(LinkState(LinkStage.ONLINE, 0.0))
    bridge.take_snapshot(sample.snapshot(rules_revision=1))
    desk = RuleDesk(bridge)
    before = dump(desk.document)
    for step in steps:
        act(desk, *step)
        assert dump(core.document) == dump(desk.document)
    after = dump(desk.document)
    count = desk.stack.index()
    for _ in range(count):
        desk.undo()
    assert dump(desk.document) == before
    for _ in range(count):
        desk.redo()
    assert dump(desk.document) == after == dump(core.document)
    desk.deleteLater()
