"""The receipt of one gift: of groups and scenes it says how each part ended."""

import pytest

from app.gui.models.feed import Entry
from app.gui.widgets.basic import Label
from app.gui.widgets.receipt import ReceiptSheet
from tests.app.gui import sample
from tests.app.gui.sample_receipt import receipt


@pytest.fixture
def sheet(show):
    window = show(sample.snapshot())
    window.go("live")
    page = window.pages["live"]
    entry = page.activity.model.entry(page.activity.model.index(0, 0))
    assert isinstance(entry, Entry)
    page.sheet.open_entry(entry)
    page.sheet.show_receipt(receipt(), {})
    assert isinstance(page.sheet, ReceiptSheet)
    return page.sheet


def test_a_group_that_did_it_in_part_names_who_did_not(sheet):
    words = [label.words() for label in sheet.findChildren(Label)]
    whole = next(place for place, text in enumerate(words) if text.startswith("All lamps"))
    assert any(one.startswith("LED strip:") for one in words[whole:])
    assert any(one.startswith("Stage lights:") and "offline" in one for one in words[whole:])
