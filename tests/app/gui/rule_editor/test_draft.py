"""Places in a raw rule: nothing that was there is lost by moving, whatever holds what."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.gui.rule_editor import draft

Tree = list[dict[str, Any]]


def trees() -> st.SearchStrategy[Tree]:
    leaf = st.fixed_dictionaries({"key": st.integers(0, 999).map(str)})
    return st.lists(
        st.recursive(
            leaf,
            lambda inner: st.fixed_dictionaries(
                {"key": st.just("group"), "of": st.lists(inner, max_size=4)}
            ),
            max_leaves=12,
        ),
        max_size=5,
    )


def lists_in(value: Any, place: draft.Place = ("do",)) -> list[draft.Place]:
    found = [place]
    for index, item in enumerate(value):
        if "of" in item:
            found += lists_in(item["of"], (*place, index, "of"))
    return found


def leaves(value: Any) -> list[str]:
    found: list[str] = []
    for item in value:
        found += [item["key"], *leaves(item.get("of", []))]
    return sorted(found)


@given(trees(), st.data())
def test_moving_keeps_every_part_and_lands_where_it_says(tree: Tree, data: st.DataObject) -> None:
    raw = {"do": tree}
    places = lists_in(tree)
    items = [(*p, i) for p in places for i in range(len(draft.value_at(raw, p)))]
    if not items:
        return
    source = data.draw(st.sampled_from(items))
    into = data.draw(st.sampled_from(places))
    target = (*into, data.draw(st.integers(0, len(draft.value_at(raw, into)))))
    before = copy.deepcopy(raw)
    if target[: len(source)] == source and target != source:
        with pytest.raises(ValueError, match="do"):
            draft.moved(raw, source, target)
        return
    after, landed = draft.moved(raw, source, target)
    assert raw == before, "the old one was changed"
    assert leaves(after["do"]) == leaves(tree)
    assert draft.value_at(after, landed) == draft.value_at(raw, source)


@given(trees(), st.data())
def test_what_is_put_in_and_taken_out_leaves_all_as_it_was(tree: Tree, data: st.DataObject) -> None:
    raw = {"do": tree}
    into = data.draw(st.sampled_from(lists_in(tree)))
    place = (*into, data.draw(st.integers(0, len(draft.value_at(raw, into)))))
    assert draft.without(draft.inserted(raw, place, {"key": "new"}), place) == raw


def test_a_place_that_is_not_there_is_said_to_be_none() -> None:
    raw = {"do": [{"key": "a"}]}
    assert draft.has(raw, ("do", 0, "key"))
    assert not draft.has(raw, ("do", 1))
    assert not draft.has(raw, ("do", 0, "key", "x"))
    assert not draft.has(raw, ("nothing",))


def test_a_part_that_is_held_without_a_list_takes_the_place() -> None:
    raw = {"of": None}
    assert draft.inserted(raw, ("of",), {"key": "a"}) == {"of": {"key": "a"}}
