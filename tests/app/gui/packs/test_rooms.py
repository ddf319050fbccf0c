"""The rooms over the rules: built when first opened, and left again."""

import pytest

ROOMS = {"packs": "shelf", "give": "giving", "gifts": "catalogue"}


@pytest.mark.parametrize("about", ROOMS)
def test_a_room_is_built_when_it_is_first_opened(rules, about):
    page = rules().page
    built = {"shelf", "preview", "giving", "catalogue", "reader", "taking"} & set(vars(page.rooms))
    assert not built
    page.show_about(about)
    room = page.rooms.currentWidget()
    assert room is getattr(page.rooms, ROOMS[about])
    page.escape()
    assert not page.rooms.away
    page.show_about(about)
    assert page.rooms.currentWidget() is room
