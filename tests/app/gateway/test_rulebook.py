"""The engine runs what the document says; edits are saved; files edited elsewhere are taken."""

import asyncio
import json
import time
from dataclasses import replace

import pytest

from app.core.edits import DropRule, PutRule, Several, to_wire
from app.core.events import Gift, Source, Viewer
from app.core.notices import NoticeCode
from app.core.rules import RulesError
from app.gateway.rulebook import RuleBook, StaleError
from app.gateway.rulefiles import ProfileRefusedError, starter_rules
from app.store.documents import SaveError
from app.store.settings import Settings
from app.tasks import Tasks

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
async def make(profile, notices):
    profile.mkdir(exist_ok=True)
    tasks = Tasks()
    settings = Settings(profile / "settings.json", notices.append)

    def made(path=None):
        book = RuleBook(
            path or profile / "rules.json",
            settings,
            Motors(),
            notices.append,
            tasks=tasks,
            now=time.monotonic,
        )
        book.load()
        return book

    yield made
    await tasks.cancel_all()


@pytest.fixture
async def book(make):
    return make()


def ran(book, event=ROSE):
    outcome = book.engine.handle(event, 1.0, book.gate(stopped=False))
    book.note(outcome)
    return [one.rule_id for one in outcome.traces if one.ran]


async def test_tests_and_played_streams_are_not_counted_as_runs(book):
    for source in (Source.PRETEND, Source.REPLAY):
        event = replace(ROSE, id=source, source=source)
        assert ran(book, event) == ["rose-spin"]
        assert (view(book).ran, view(book).considered) == (0, 0)
    assert ran(book) == ["rose-spin"]
    assert (view(book).ran, view(book).considered) == (1, 1)


def view(book, rule_id="rose-spin"):
    return next(one for one in book.views() if one.id == rule_id)


def named(book, name, rule_id="rose-spin"):
    return to_wire(PutRule(book.rule(rule_id).model_copy(update={"name": name})))


def saved(path):
    return {one["id"]: one for one in json.loads(path.read_text(encoding="utf-8"))["rules"]}


async def test_a_new_profile_begins_with_the_starter_rules(book, notices):
    assert ran(book) == ["rose-spin"]
    assert view(book).name == book.name_of("rose-spin") == "Spin for roses"
    assert view(book).gift == "Rose"
    assert notices == []


async def test_starter_rules_are_named_in_the_language_of_the_settings():
    english, own = starter_rules("en").rules.rules, starter_rules("vi").rules.rules
    assert (english[0].name, own[0].name) == ("Spin for roses", "Quay khi có hoa hồng")
    for before, after in zip(english, own, strict=True):
        assert before.name != after.name
        assert before == after.model_copy(update={"name": before.name})


async def test_a_rule_turned_off_runs_no_more_and_stays_off(book, make):
    await book.turn("rose-spin", on=False)
    assert ran(book) == []
    assert not view(book).on
    await book.flush()
    assert ran(make()) == []


async def test_a_rule_nobody_has_cannot_be_turned(book):
    with pytest.raises(KeyError):
        await book.turn("none", on=True)


async def test_of_many_turns_at_once_the_last_stays(book, profile):
    await asyncio.gather(*(book.turn("rose-spin", on=bool(n % 2)) for n in range(21)))
    await book.flush()
    assert saved(profile / "rules.json")["rose-spin"]["on"] == view(book).on


async def test_all_rules_can_be_paused(book):
    book.running = False
    assert ran(book) == []
    book.running = True
    assert ran(book) == ["rose-spin"]


async def test_runs_and_considerations_are_counted(book):
    before = view(book)
    ran(book)
    ran(book)
    assert (view(book).ran, view(book).considered) == (before.ran + 2, before.considered + 2)
    assert book.take_counted() == ()
    ran(book)
    assert "rose-spin" in [one.id for one in book.take_counted()]


async def test_what_a_rule_was_not_meant_for_is_not_counted_against_it(book):
    before = view(book)
    step = replace(ROSE, id="step", final=False, streak="s")
    book.note(book.engine.handle(step, 2.0, book.gate(stopped=False)))
    assert view(book).considered == before.considered


async def test_uses_counts_the_rules_that_are_on_and_name_the_device(book):
    before = book.uses("x", "motor", frozenset())
    assert before >= 1
    assert book.uses("x", "nobody", frozenset()) == 0
    await book.turn("rose-spin", on=False)
    assert book.uses("x", "motor", frozenset()) == before - 1


async def test_an_edit_holds_at_once_and_tells_the_next_revision(book, profile):
    revision = book.revision
    assert await book.edit(named(book, "Turn"), revision) == revision + 1
    assert view(book).name == "Turn"
    assert await book.edit(to_wire(DropRule("rose-spin")), revision + 1) == revision + 2
    assert ran(book) == []
    await book.flush()
    assert "rose-spin" not in saved(profile / "rules.json")


async def test_an_edit_on_an_older_revision_changes_nothing(book):
    first, second = named(book, "First"), named(book, "Second")
    revision = book.revision
    await book.edit(first, revision)
    with pytest.raises(StaleError) as stale:
        await book.edit(second, revision)
    assert stale.value.revision == book.revision == revision + 1
    assert view(book).name == "First"


@pytest.mark.parametrize(
    "wire",
    [
        {},
        {"edit": "explode"},
        {"edit": "drop_rule", "id": "none"},
        {"edit": "put_rule", "rule": {"id": "x", "when": {"key": "nonsense"}}, "position": 0},
    ],
)
async def test_an_edit_that_does_not_fit_changes_nothing(book, profile, wire):
    before = await book.content()
    with pytest.raises(RulesError):
        await book.edit(wire, book.revision)
    assert await book.content() == before
    assert not (profile / "rules.json").exists()


async def test_several_edits_are_all_done_or_none(book):
    name = PutRule(book.rule("rose-spin").model_copy(update={"name": "Turn"}))
    with pytest.raises(RulesError):
        await book.edit(to_wire(Several((name, DropRule("none")))), book.revision)
    assert view(book).name == "Spin for roses"


async def test_thirty_edits_in_a_storm_are_few_files_and_the_last_one_holds(book, profile):
    path, writes = profile / "rules.json", set()
    for number in range(30):
        await book.edit(named(book, f"Turn {number}"), book.revision)
        await asyncio.sleep(0.01)
        if path.exists():
            writes.add(path.stat().st_mtime_ns)
    # The first one was written at once, though more were coming.
    assert 1 <= len(writes) <= 3
    await book.flush()
    assert saved(path)["rose-spin"]["name"] == "Turn 29"


async def test_what_cannot_be_saved_is_told_once_holds_and_is_tried_again(tmp_path, make, notices):
    (tmp_path / "file").write_text("")
    book = make(tmp_path / "file" / "rules.json")
    await book.turn("rose-spin", on=False)
    for _ in range(2):
        with pytest.raises(SaveError):
            await book.flush()
    assert ran(book) == []
    assert [one.code for one in notices] == [NoticeCode.NOT_SAVED]
    (tmp_path / "file").unlink()
    await book.flush()
    assert saved(tmp_path / "file" / "rules.json")["rose-spin"]["on"] is False
    assert [one.code for one in notices][1:] == [NoticeCode.DOCUMENT_SAVED]


async def test_a_bad_rule_is_told_kept_and_the_good_ones_run(book, make, profile, notices):
    await book.turn("rose-spin", on=True)
    await book.flush()
    content = json.loads((profile / "rules.json").read_text())
    content["rules"].append({"id": "bad", "name": "Bad one", "when": {"key": "nonsense"}})
    (profile / "rules.json").write_text(json.dumps(content))
    again = make()
    (told,) = [one for one in notices if one.code is NoticeCode.RULE_SET_ASIDE]
    assert told.values["rule"] == "Bad one"
    assert told.values["why"]
    (aside,) = (await again.content()).set_aside
    assert (aside.name, bool(aside.problem)) == ("Bad one", True)
    assert ran(again) == ["rose-spin"]
    await again.turn("rose-spin", on=False)
    await again.flush()
    assert "nonsense" in (profile / "rules.json").read_text()


async def test_an_edit_from_outside_is_taken_and_is_another_revision(book, profile):
    await book.turn("rose-spin", on=True)
    await book.flush()
    assert not await book.reload_if_changed()
    revision = book.revision
    content = json.loads((profile / "rules.json").read_text())
    content["rules"] = [one for one in content["rules"] if one["id"] != "rose-spin"]
    (profile / "rules.json").write_text(json.dumps(content))
    assert await book.reload_if_changed()
    assert book.revision == revision + 1
    assert ran(book) == []
    assert book.name_of("rose-spin") == "rose-spin"


async def test_a_file_that_is_half_written_is_neither_taken_nor_set_aside(book, profile, notices):
    await book.turn("rose-spin", on=True)
    await book.flush()
    path = profile / "rules.json"
    content = json.loads(path.read_text())
    content["rules"] = [one for one in content["rules"] if one["id"] != "rose-spin"]
    text = json.dumps(content)
    for part in ("", text[: len(text) // 2]):
        path.write_text(part)
        assert not await book.reload_if_changed()
    path.unlink()
    assert not await book.reload_if_changed()
    path.write_text(text)
    assert await book.reload_if_changed()
    assert ran(book) == []
    assert notices == []
    assert list(profile.glob("*broken*")) == []


async def test_a_file_that_stays_damaged_is_set_aside(book, profile, notices):
    await book.turn("rose-spin", on=True)
    await book.flush()
    (profile / "rules.json").write_text("{nonsense")
    assert not await book.reload_if_changed()
    assert await book.reload_if_changed()
    assert ran(book) == ["rose-spin"]
    assert [one.code for one in notices] == [NoticeCode.DOCUMENT_RESTORED]
    assert len(list(profile.glob("*broken*"))) == 1


async def test_edited_here_and_outside_at_once_neither_version_is_lost(book, profile, notices):
    await book.edit(named(book, "Before"), book.revision)
    await book.flush()
    content = json.loads((profile / "rules.json").read_text())
    content["rules"] = []
    await book.edit(named(book, "Here"), book.revision)
    (profile / "rules.json").write_text(json.dumps(content))
    assert not await book.reload_if_changed()
    await book.flush()
    assert saved(profile / "rules.json")["rose-spin"]["name"] == "Here"
    (told,) = [one for one in notices if one.code is NoticeCode.DOCUMENT_EDITED_TWICE]
    assert json.loads((profile / told.values["kept"]).read_text())["rules"] == []


# --- profiles


async def test_another_profile_runs_from_the_next_event_on_and_after_a_restart(book, make):
    await book.add_profile("Trận đấu", {"version": 2, "rules": []})
    assert book.profiles().names == ("Main", "Trận đấu")
    assert ran(book) == ["rose-spin"]
    revision = book.revision
    await book.switch("trận ĐẤU")
    assert ran(book) == []
    assert book.profiles().current == "Trận đấu"
    assert book.revision > revision
    again = make()
    assert (again.profiles().current, ran(again)) == ("Trận đấu", [])
    await again.switch("Main")
    assert ran(again) == ["rose-spin"]


async def test_edits_go_to_the_profile_that_runs(book, profile):
    await book.add_profile("Second", None)
    await book.edit(named(book, "In main"), book.revision)
    await book.switch("Second")
    assert saved(profile / "rules.json")["rose-spin"]["name"] == "In main"
    await book.edit(named(book, "In second"), book.revision)
    await book.flush()
    assert saved(profile / "rules" / "Second.json")["rose-spin"]["name"] == "In second"
    assert saved(profile / "rules.json")["rose-spin"]["name"] == "In main"
    assert (await book.content("Main")).content["rules"] != (await book.content()).content["rules"]


@pytest.mark.parametrize(
    ("doing", "code"),
    [
        (lambda book: book.switch("none"), "not_found"),
        (lambda book: book.add_profile("main", None), "name_taken"),
        (lambda book: book.add_profile("  ", None), "bad_name"),
        (lambda book: book.add_profile("../up", None), "bad_name"),
        (lambda book: book.add_profile("con", None), "bad_name"),
        (lambda book: book.add_profile(".hidden", None), "bad_name"),
        (lambda book: book.add_profile("x" * 61, None), "bad_name"),
        (lambda book: book.rename_profile("Main", "Other"), "main_profile"),
        (lambda book: book.drop_profile("Main"), "main_profile"),
        (lambda book: book.content("none"), "not_found"),
    ],
)
async def test_what_cannot_be_done_with_profiles_says_why(book, doing, code):
    with pytest.raises(ProfileRefusedError) as refused:
        await doing(book)
    assert refused.value.code == code


async def test_a_profile_is_renamed_and_removed_and_its_file_is_kept(book, profile):
    await book.add_profile("One", None)
    await book.switch("One")
    await book.rename_profile("One", "one")
    await book.rename_profile("one", "Two")
    assert book.profiles() == book.profiles().model_copy(
        update={"current": "Two", "names": ("Main", "Two")}
    )
    await book.edit(named(book, "Still saved"), book.revision)
    await book.flush()
    assert saved(profile / "rules" / "Two.json")["rose-spin"]["name"] == "Still saved"
    with pytest.raises(ProfileRefusedError) as refused:
        await book.drop_profile("Two")
    assert refused.value.code == "in_use"
    await book.switch("Main")
    await book.drop_profile("Two")
    assert book.profiles().names == ("Main",)
    assert list((profile / "rules" / "backups").glob("Two.dropped-*"))


async def test_without_the_file_of_its_profile_a_core_begins_with_the_main_one(book, make, profile):
    await book.add_profile("Gone", None)
    await book.switch("Gone")
    (profile / "rules" / "Gone.json").unlink()
    assert make().profiles().current == "Main"


async def test_a_file_put_into_the_folder_is_another_profile(book, profile):
    assert not await book.look_for_profiles()
    (profile / "rules").mkdir()
    (profile / "rules" / "Shared.json").write_text('{"version": 2, "rules": []}')
    assert await book.look_for_profiles()
    assert book.profiles().names == ("Main", "Shared")
    assert not await book.look_for_profiles()
    await book.switch("shared")
    assert ran(book) == []
