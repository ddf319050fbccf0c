"""A good document is never lost, whatever was done to its file."""

import json
import os
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from app.core import rules
from app.core.notices import NOTICE_WORDS, NoticeCode
from app.store.documents import Document, Format, SaveError, model_format
from tests.app.store.rig import Clock, files_no_longer_than
from tests.app.store.unprivileged import unprivileged


class Notes(BaseModel):
    model_config = ConfigDict(extra="forbid")

    version: int = 2
    text: str = ""


def one_to_two(content):
    return {"text": content["words"]}


FORM = model_format(2, Notes, Notes, {1: one_to_two})


@pytest.fixture
def notices():
    return []


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def make(tmp_path, notices, clock):
    def opened(form=FORM):
        return Document(tmp_path / "notes.json", form, notices.append, clock=clock)

    return opened


@pytest.fixture
def path(tmp_path):
    return tmp_path / "notes.json"


def save(document, *texts):
    for text in texts:
        document.save(Notes(text=text))


def backups(path):
    return [
        json.loads(copy.read_text())["text"] for copy in sorted((path.parent / "backups").iterdir())
    ]


def test_without_a_file_there_is_a_fresh_document_and_no_file(make, path, notices):
    assert make().load() == Notes()
    assert not path.exists()
    assert notices == []


def test_what_was_saved_is_loaded(make, path):
    save(make(), "đẹp")
    assert make().load() == Notes(text="đẹp")
    assert "đẹp" in path.read_text(encoding="utf-8")


def test_an_older_document_is_upgraded_when_it_is_read(make, path, notices):
    path.write_text('{"version": 1, "words": "old"}')
    assert make().load() == Notes(text="old")
    assert notices == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        b"null",
        b"[[1, 2]]",
        b"\xff\xfe\x00",
        b"\x00" * 500,
        b'{"version": 2, "text": 7}',
        b'{"version": 2, "more": 7}',
        b'{"version": "2"}',
        b'{"version": true}',
        b'{"version": 0}',
        b'{"version": 1}',
        b"[" * 100_000,
    ],
    ids=lambda content: content[:20].decode("latin-1"),
)
def test_a_damaged_document_is_kept_aside_and_the_last_good_one_used(make, path, notices, content):
    save(make(), "first", "good")
    path.write_bytes(content)
    assert make().load() == Notes(text="good")
    assert [notice.code for notice in notices] == [NoticeCode.DOCUMENT_RESTORED]
    (kept,) = path.parent.glob("notes.json.broken-*")
    assert kept.read_bytes() == content
    assert make().load() == Notes(text="good")
    assert len(notices) == 1


def test_a_damaged_copy_is_passed_over(make, path, clock, notices):
    document = make()
    save(document, "first")
    clock.now += 100
    save(document, "second")
    (path.parent / "backups" / "notes.1.json").write_text("{")
    path.write_text("{")
    assert make().load() == Notes(text="first")
    assert [notice.code for notice in notices] == [NoticeCode.DOCUMENT_RESTORED]


def test_without_any_good_copy_it_begins_afresh(make, path, notices):
    path.write_text("{")
    assert make().load() == Notes()
    assert [notice.code for notice in notices] == [NoticeCode.DOCUMENT_STARTED_FRESH]
    assert len(list(path.parent.glob("notes.json.broken-*"))) == 1


def test_a_document_that_is_gone_comes_back(make, path, notices):
    save(make(), "good")
    path.unlink()
    assert make().load() == Notes(text="good")
    assert path.exists()
    assert [notice.code for notice in notices] == [NoticeCode.DOCUMENT_WAS_GONE]


def test_the_words_for_every_notice_can_be_filled_in(make, path, notices):
    save(make(), "good")
    path.write_text("{")
    make().load()
    path.unlink()
    make().load()
    for notice in notices:
        words = NOTICE_WORDS[notice.code]
        assert "notes.json" in words.sentence.format(**notice.values)
        words.hint.format(**notice.values)


def test_a_newer_document_is_left_alone(make, path, notices):
    text = '{"version": 3, "text": "from the future"}'
    path.write_text(text)
    document = make()
    assert document.load() == Notes()
    assert document.is_newer
    with pytest.raises(SaveError) as caught:
        save(document, "mine")
    assert caught.value.notice.code is NoticeCode.DOCUMENT_NEWER
    assert path.read_text() == text
    assert [notice.code for notice in notices] == [NoticeCode.DOCUMENT_NEWER]
    path.unlink()
    document.load()
    save(document, "mine")
    assert make().load() == Notes(text="mine")


def test_five_copies_reach_back_further_than_five_clicks(make, path, clock):
    document = make()
    for minute in range(8):
        save(document, f"{minute}a", f"{minute}b", f"{minute}c")
        clock.now += 61
    assert backups(path) == ["7c", "6c", "5c", "4c", "3c"]


def test_saving_the_same_again_makes_no_copy(make, path, clock):
    document = make()
    for _ in range(5):
        save(document, "same")
        clock.now += 100
    assert backups(path) == ["same"]


def test_a_good_edit_by_hand_is_noticed_and_copied(make, path, clock):
    document = make()
    assert not document.changed_outside()
    save(document, "mine")
    assert not document.changed_outside()
    clock.now += 100
    path.write_text('{"version": 2, "text": "by hand"}')
    assert document.changed_outside()
    assert document.load() == Notes(text="by hand")
    assert not document.changed_outside()
    assert backups(path) == ["by hand", "mine"]


def test_a_bad_edit_by_hand_is_undone_and_told(make, path, notices):
    document = make()
    save(document, "mine")
    path.write_text('{"version": 2, "txt": "by hand"}')
    assert document.changed_outside()
    assert document.load() == Notes(text="mine")
    assert not document.changed_outside()
    assert json.loads(path.read_text())["text"] == "mine"
    assert [notice.code for notice in notices] == [NoticeCode.DOCUMENT_RESTORED]


def test_an_editor_that_writes_a_mark_at_the_beginning_does_no_harm(make, path, notices):
    path.write_bytes(b"\xef\xbb\xbf" + b'{"version": 2, "text": "notepad"}')
    assert make().load() == Notes(text="notepad")
    assert notices == []


@pytest.mark.skipif(os.name == "nt", reason="needs a limit on file sizes")
def test_a_full_disk_leaves_the_old_document_and_says_so(make, path):
    document = make()
    save(document, "old")
    with files_no_longer_than(10), pytest.raises(SaveError) as caught:
        save(document, "x" * 100)
    assert caught.value.notice.code is NoticeCode.NOT_SAVED
    assert make().load() == Notes(text="old")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_folder_that_cannot_be_written_still_gives_the_last_good_document(notices):
    with unprivileged() as folder:
        document = Document(folder / "notes.json", FORM, notices.append)
        save(document, "good")
        (folder / "notes.json").write_text("{")
        folder.chmod(0o555)
        assert document.load() == Notes(text="good")
        with pytest.raises(SaveError):
            save(document, "more")
        assert [notice.code for notice in notices] == [NoticeCode.DOCUMENT_RESTORED]


def test_a_document_that_is_too_large_is_no_document(make, path, notices):
    save(make(), "good")
    with path.open("wb") as file:
        file.truncate(40 << 20)
    assert make().load() == Notes(text="good")


def rule_document(path, notices):
    form = Format(
        rules.VERSION, rules.from_content, rules.to_content, rules.RuleDocument, rules.UPGRADES
    )
    return Document(path, form, notices.append)


def test_the_starter_rules_go_to_a_file_and_back(tmp_path, notices):
    text = (Path(__file__).parents[3] / "resources/rules/starter.json").read_text(encoding="utf-8")
    starter = rules.load(text)
    document = rule_document(tmp_path / "rules.json", notices)
    document.save(starter)
    assert rule_document(tmp_path / "rules.json", notices).load() == starter
    assert notices == []


def test_a_damaged_rule_file_gives_the_last_good_rules(tmp_path, notices):
    text = (Path(__file__).parents[3] / "resources/rules/starter.json").read_text(encoding="utf-8")
    starter = rules.load(text)
    path = tmp_path / "rules.json"
    rule_document(path, notices).save(starter)
    path.write_text(path.read_text(encoding="utf-8")[:-20], encoding="utf-8")
    assert rule_document(path, notices).load() == starter
    assert [notice.code for notice in notices] == [NoticeCode.DOCUMENT_RESTORED]
