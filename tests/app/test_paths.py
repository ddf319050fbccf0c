"""Finding places touches nothing; preparing the profile says in one sentence what is wrong."""

import os
import stat
import sys
from pathlib import Path

import pytest

from app import paths
from app.core.notices import NOTICE_WORDS, NoticeCode
from tests.app.store.unprivileged import unprivileged


def test_the_environment_names_the_profile(profile):
    assert paths.default_profile() == profile
    assert not profile.exists()


def test_a_profile_in_the_home_folder_may_be_named_by_a_tilde(monkeypatch):
    monkeypatch.setenv(paths.PROFILE_VARIABLE, "~/giftwire")
    assert paths.default_profile() == Path.home() / "giftwire"


def test_without_a_wish_the_profile_is_where_the_system_keeps_program_data(monkeypatch):
    monkeypatch.delenv(paths.PROFILE_VARIABLE)
    found = paths.default_profile()
    assert found.is_absolute()
    assert found.name == "Giftwire"


def test_resources_of_the_source_are_those_of_the_clone():
    assert not paths.frozen()
    assert paths.resources() == Path(__file__).parents[2] / "resources"
    assert paths.resources().is_dir()


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Pretend to be the frozen program in `tmp_path`, as PyInstaller marks it."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "_internal"), raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "giftwire.exe"))
    monkeypatch.delenv(paths.PROFILE_VARIABLE)
    return tmp_path


def test_resources_of_the_frozen_program_are_its_own(installed):
    assert paths.resources() == installed / "_internal" / "resources"


def test_the_frozen_program_keeps_its_profile_beside_it_only_where_the_mark_is(installed):
    assert paths.portable_profile() is None
    assert paths.default_profile().parent != installed
    (installed / paths.PORTABLE_MARK).touch()
    assert paths.default_profile() == installed / paths.PORTABLE_FOLDER


def test_on_macos_the_mark_lies_beside_the_bundle(installed, monkeypatch):
    inside = installed / "Giftwire.app" / "Contents" / "MacOS"
    monkeypatch.setattr(sys, "executable", str(inside / "Giftwire"))
    (installed / paths.PORTABLE_MARK).touch()
    assert paths.default_profile() == installed / paths.PORTABLE_FOLDER


def test_from_source_there_is_no_portable_profile(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    (tmp_path / paths.PORTABLE_MARK).touch()
    assert paths.portable_profile() is None


def test_every_part_lies_in_the_profile(tmp_path):
    parts = paths.Parts(tmp_path)
    for place in (
        parts.settings,
        parts.rules,
        parts.devices,
        parts.journal,
        parts.ledger,
        parts.recordings,
        paths.logs(tmp_path),
    ):
        assert tmp_path in place.parents
    assert not any(tmp_path.iterdir())


def test_a_new_profile_is_for_this_user_only(profile):
    paths.prepare(profile)
    assert not any(profile.iterdir())
    if os.name != "nt":
        assert stat.S_IMODE(profile.stat().st_mode) == 0o700


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_an_existing_folder_keeps_its_permissions(tmp_path):
    tmp_path.chmod(0o755)
    paths.prepare(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_profile_that_cannot_be_written_is_told_in_words(tmp_path):
    with unprivileged() as folder:
        folder.chmod(0o555)
        for profile in (folder, folder / "inside"):
            with pytest.raises(paths.ProfileError) as caught:
                paths.prepare(profile)
            notice = caught.value.notice
            assert notice.code is NoticeCode.PROFILE_READ_ONLY
            words = NOTICE_WORDS[notice.code]
            assert str(profile) in words.sentence.format(**notice.values)


def test_a_file_in_the_place_of_the_profile_is_told_in_words(tmp_path):
    taken = tmp_path / "taken"
    taken.write_text("mine")
    for profile in (taken, taken / "inside"):
        with pytest.raises(paths.ProfileError) as caught:
            paths.prepare(profile)
        assert caught.value.notice.code is NoticeCode.PROFILE_NOT_A_FOLDER
    assert taken.read_text() == "mine"
