"""The engine runs what the document says; switches are saved; edits from outside are taken."""

import asyncio
import json

import pytest

from app import paths
from app.core.events import Gift, Viewer
from app.core.notices import NoticeCode
from app.gateway.rulebook import RuleBook
from app.store.documents import SaveError

STARTER = paths.resources() / "rules" / "starter.json"
ROSE = Gift(
    id="g",
    at_ms=1,
    viewer=Viewer(1, "mai"),
    gift_id=5655,
    name="Rose",
    coins=1,
    count=1,
    total=1,
    final=True,
    streak="",
)


class Motors:
    """A directory that has one of everything."""

    def find(self, device, _kind):
        return (f"my-{device}", "out")


@pytest.fixture
def notices():
    return []


@pytest.fixture
def book(profile, notices):
    profile.mkdir()
    made = RuleBook(profile / "rules.json", STARTER, Motors(), notices.append)
    made.load()
    return made


def ran(book):
    outcome = book.engine.handle(ROSE, 1.0, book.gate(stopped=False))
    book.note(outcome)
    return [one.rule_id for one in outcome.traces if one.ran]


def view(book, rule_id="rose-spin"):
    return next(one for one in book.views() if one.id == rule_id)


def test_a_new_profile_begins_with_the_starter_rules(book, notices):
    assert ran(book) == ["rose-spin"]
    assert view(book).name == book.name_of("rose-spin") == "Spin for roses"
    assert view(book).gift == "Rose"
    assert notices == []


async def test_a_rule_turned_off_runs_no_more_and_stays_off(book, profile, notices):
    await book.turn("rose-spin", on=False)
    assert ran(book) == []
    assert not view(book).on
    again = RuleBook(profile / "rules.json", STARTER, Motors(), notices.append)
    again.load()
    assert ran(again) == []


async def test_a_rule_nobody_has_cannot_be_turned(book):
    with pytest.raises(KeyError):
        await book.turn("none", on=True)


async def test_of_many_turns_at_once_the_last_stays(book, profile):
    await asyncio.gather(*(book.turn("rose-spin", on=bool(n % 2)) for n in range(21)))
    saved = json.loads((profile / "rules.json").read_text())["rules"]
    assert [one["on"] for one in saved if one["id"] == "rose-spin"] == [view(book).on]


def test_all_rules_can_be_paused(book):
    book.running = False
    assert ran(book) == []
    book.running = True
    assert ran(book) == ["rose-spin"]


def test_runs_and_considerations_are_counted(book):
    before = view(book)
    ran(book)
    ran(book)
    assert (view(book).ran, view(book).considered) == (before.ran + 2, before.considered + 2)


async def test_uses_counts_the_rules_that_are_on_and_name_the_device(book):
    before = book.uses("x", "motor", frozenset())
    assert before >= 1
    assert book.uses("x", "nobody", frozenset()) == 0
    await book.turn("rose-spin", on=False)
    assert book.uses("x", "motor", frozenset()) == before - 1


async def test_a_bad_rule_is_told_kept_and_the_good_ones_run(book, profile, notices):
    await book.turn("rose-spin", on=True)
    content = json.loads((profile / "rules.json").read_text())
    content["rules"].append({"id": "bad", "name": "Bad one", "when": {"key": "nonsense"}})
    (profile / "rules.json").write_text(json.dumps(content))
    again = RuleBook(profile / "rules.json", STARTER, Motors(), notices.append)
    again.load()
    (told,) = [one for one in notices if one.code is NoticeCode.RULE_SET_ASIDE]
    assert told.values["rule"] == "Bad one"
    assert told.values["why"]
    assert ran(again) == ["rose-spin"]
    await again.turn("rose-spin", on=False)
    assert "nonsense" in (profile / "rules.json").read_text()


async def test_an_edit_from_outside_is_taken(book, profile):
    await book.turn("rose-spin", on=True)
    assert not await book.reload_if_changed()
    content = json.loads((profile / "rules.json").read_text())
    content["rules"] = [one for one in content["rules"] if one["id"] != "rose-spin"]
    (profile / "rules.json").write_text(json.dumps(content))
    assert await book.reload_if_changed()
    assert ran(book) == []
    assert book.name_of("rose-spin") == "rose-spin"


async def test_a_switch_that_cannot_be_saved_holds_all_the_same(tmp_path, notices):
    (tmp_path / "file").write_text("")
    book = RuleBook(tmp_path / "file" / "rules.json", STARTER, Motors(), notices.append)
    book.load()
    assert ran(book) == ["rose-spin"]
    with pytest.raises(SaveError):
        await book.turn("rose-spin", on=False)
    assert ran(book) == []
