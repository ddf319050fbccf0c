"""Pages are found by their cards, come with their first visit, and a broken one is told of."""

import json
import subprocess
import sys
from dataclasses import replace

from app.gui.page import FoundPages, broken_pages, find_pages
from tests.app.gui.test_window import PAGES


def test_the_pages_are_found_in_the_folder():
    found = find_pages()
    assert [page.key for page in found.pages] == PAGES
    assert not found.broken


def test_the_first_page_comes_without_the_editor_of_rules():
    code = """
import sys
import app.gui.application, app.gui.live.page
names = ("app.core.rules", "app.gui.rule_editor.test_panel", "app.gui.packs")
print(*(name for name in names if name in sys.modules))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.split() == []


def test_no_page_is_imported_before_its_first_visit():
    code = """
import json, sys
from app.gui.page import FoundPages, broken_pages, find_pages
found = [card.key for card in find_pages().pages]
rooms = [f"app.gui.{key}.page" for key in found if f"app.gui.{key}.page" in sys.modules]
print(json.dumps([found, rooms]))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    assert json.loads(done.stdout) == [PAGES, []]


class NoSuchThing:
    """The cards of the folder, one of whose pages cannot be imported while `broken`."""

    def __init__(self, key):
        self.key, self.broken = key, True
        self.found = FoundPages(tuple(self._bend(card) for card in find_pages().pages))

    def _bend(self, card):
        def page():
            if self.broken:
                raise ImportError("no such thing")
            return card.page()

        return replace(card, page=page) if card.key == self.key else card


def test_every_page_can_be_imported_and_one_that_cannot_is_named():
    assert broken_pages(find_pages()) == {}
    assert broken_pages(NoSuchThing("history").found) == {"history": "ImportError: no such thing"}


def test_a_page_that_cannot_be_loaded_is_told_of_and_stops_nothing_else(show, expect_log):
    expect_log.announce("the page history could not be loaded")
    bent = NoSuchThing("history")
    window = show(found=bent.found)
    window.go("devices")
    assert not window.banner.isVisible()
    assert not window.go("history")
    assert window.page.key == "devices"
    assert window.rail.list.currentItem().text() == "Devices"
    assert window.banner.title.text() == "A page could not be loaded."
    assert window.banner.words.words() == "History"
    window.banner.action.click()
    assert not window.banner.isVisible()
    bent.broken = False
    assert window.go("history")
    assert window.page.key == "history"


def test_the_window_opens_with_the_first_page_that_works(show, expect_log):
    expect_log.announce("the page live could not be loaded")
    window = show(found=NoSuchThing("live").found)
    assert window.page.key == "rules"
