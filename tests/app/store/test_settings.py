"""Every setting holds, is saved, and says where it comes from."""

import json
import os

import pytest

from app.core.notices import NoticeCode
from app.store.documents import SaveError
from app.store.settings import Origin, SettingError, Settings
from app.store.values import KEYS, SECRET_KEYS, Values
from tests.app.store.rig import files_no_longer_than


@pytest.fixture
def notices():
    return []


@pytest.fixture
def path(tmp_path):
    return tmp_path / "settings.json"


@pytest.fixture
def make(path, notices):
    def loaded(environ=None, path=path):
        settings = Settings(path, notices.append, environ=environ or {})
        settings.load()
        return settings

    return loaded


def test_every_setting_has_a_title_help_group_and_since():
    for key, declared in Values.model_fields.items():
        extra = declared.json_schema_extra
        assert declared.title, key
        assert declared.description, key
        assert declared.description.endswith("."), key
        assert isinstance(extra, dict), key
        assert extra["since"] >= 1, key
        groups = ("stream", "safety", "look", "history", "outside", "advanced")
        assert extra["group"] in groups, key


def test_every_default_is_a_value_that_may_be_set(make):
    settings = make()
    for key in KEYS:
        settings.change(key, getattr(Values(), key))
    assert settings.values == Values()


def test_a_change_holds_at_once_and_after_a_restart(make, path):
    settings = make()
    assert settings.change("text_percent", 130).text_percent == 130
    assert not path.exists()
    settings.save()
    assert make().values.text_percent == 130
    assert json.loads(path.read_text()) == {"version": 1, "text_percent": 130}


def test_settings_tell_where_they_come_from(make):
    settings = make({"GIFTWIRE_THEME": "light"})
    settings.change("language", "vi")
    assert [settings.origin(key) for key in ("theme", "language", "text_percent")] == [
        Origin.ENVIRONMENT,
        Origin.FILE,
        Origin.DEFAULT,
    ]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("text_percent", 99),
        ("text_percent", "130 %"),
        ("theme", "pink"),
        ("history_keep_days", 0),
        ("history_keep_days", 4000),
        ("default_max_level", 1.5),
        ("default_max_on_s", float("inf")),
        ("default_max_rpm", float("nan")),
        ("close_to_tray", "perhaps"),
        ("stream_user", "a b"),
        ("stream_user", "x"),
        ("stream_user", None),
    ],
)
def test_a_value_that_does_not_fit_changes_nothing(make, key, value):
    settings = make()
    with pytest.raises(SettingError) as caught:
        settings.change(key, value)
    assert caught.value.notice.code is NoticeCode.SETTING_WRONG
    assert caught.value.notice.values["key"] == key
    assert settings.values == Values()


def test_a_setting_nobody_knows_is_refused_by_name(make):
    with pytest.raises(SettingError) as caught:
        make().change("colour", "red")
    assert caught.value.notice.code is NoticeCode.SETTING_UNKNOWN


@pytest.mark.parametrize(
    "text",
    [
        "anna.smith",
        "@anna.smith",
        "  anna.smith ",
        "https://www.tiktok.com/@anna.smith/live?x=1",
        "tiktok.com/@anna.smith",
    ],
)
def test_a_user_name_may_be_pasted_in_any_common_form(make, text):
    assert make().change("stream_user", text).stream_user == "anna.smith"


def test_one_wrong_value_in_the_file_costs_only_itself(make, path, notices):
    path.write_text('{"version": 1, "theme": "pink", "text_percent": 115, "language": 5}')
    assert make().values == Values(text_percent=115)
    assert [(one.code, one.values["key"]) for one in notices] == [
        (NoticeCode.SETTING_IGNORED, "language"),
        (NoticeCode.SETTING_IGNORED, "theme"),
    ]


def test_fields_of_a_newer_program_are_kept(make, path):
    path.write_text('{"version": 1, "hologram": {"on": true}, "theme": "light"}')
    settings = make()
    settings.change("theme", "dark")
    settings.save()
    assert json.loads(path.read_text())["hologram"] == {"on": True}


def test_a_damaged_file_gives_the_last_good_settings(make, path, notices):
    settings = make()
    settings.change("stream_user", "anna")
    settings.save()
    path.write_text('{"version": 1, "stream_')
    assert make().values.stream_user == "anna"
    assert [notice.code for notice in notices] == [NoticeCode.DOCUMENT_RESTORED]


@pytest.mark.parametrize(
    ("name", "text", "key", "value"),
    [
        ("GIFTWIRE_STREAM_USER", "12345", "stream_user", "12345"),
        ("GIFTWIRE_TEXT_PERCENT", "115", "text_percent", 115),
        ("GIFTWIRE_CLOSE_TO_TRAY", "false", "close_to_tray", False),
        ("GIFTWIRE_DEFAULT_MAX_RPM", "12.5", "default_max_rpm", 12.5),
        ("GIFTWIRE_LOG_LEVEL", "debug", "log_level", "debug"),
    ],
)
def test_the_environment_goes_first(make, path, name, text, key, value):
    path.write_text(json.dumps({"version": 1, "stream_user": "anna", "text_percent": 130}))
    settings = make({name: text})
    assert getattr(settings.values, key) == value
    with pytest.raises(SettingError) as caught:
        settings.change(key, value)
    assert caught.value.notice.code is NoticeCode.SETTING_FIXED
    assert caught.value.notice.values["variable"] == name


def test_what_the_environment_says_is_not_written_to_the_file(make, path):
    settings = make({"GIFTWIRE_THEME": "light"})
    settings.change("language", "vi")
    settings.save()
    assert json.loads(path.read_text()) == {"version": 1, "language": "vi"}


def test_a_wrong_wish_of_the_environment_is_told_and_left_out(make, notices):
    assert make({"GIFTWIRE_THEME": "pink", "GIFTWIRE_PROFILE": "/x"}).values == Values()
    assert [(one.code, one.values["key"]) for one in notices] == [
        (NoticeCode.SETTING_IGNORED, "theme")
    ]


def test_a_secret_in_the_environment_is_no_setting(make):
    assert make({"GIFTWIRE_SIGN_KEY": "very-secret"}).values.sign_key == ""


def test_a_view_never_shows_a_secret(make):
    settings = make()
    assert settings.view()["sign_key"] == ""
    settings.change("sign_key", "sign_key")
    assert settings.view()["sign_key"] == "set"
    assert set(settings.view()) == set(KEYS)
    assert set(KEYS) >= SECRET_KEYS


def test_listeners_hear_what_changed_after_it_did(make):
    settings = make()
    heard = []
    leave = settings.subscribe(lambda keys: heard.append((keys, settings.values.theme)))
    settings.change("theme", "light")
    settings.change("theme", "light")
    leave()
    leave()
    settings.change("theme", "dark")
    assert heard == [(frozenset({"theme"}), "light")]


def test_an_edit_by_hand_is_taken_over(make, path):
    settings = make()
    settings.change("theme", "light")
    settings.save()
    heard = []
    settings.subscribe(heard.append)
    assert not settings.reload_if_changed()
    path.write_text('{"version": 1, "theme": "system"}')
    assert settings.reload_if_changed()
    assert heard == [frozenset({"theme"})]
    assert not settings.reload_if_changed()


def test_without_a_file_settings_hold_for_this_run(make):
    settings = make(path=None)
    settings.change("theme", "light")
    settings.save()
    assert settings.values.theme == "light"
    assert not settings.reload_if_changed()
    assert make(path=None).values.theme == "dark"


@pytest.mark.skipif(os.name == "nt", reason="needs a limit on file sizes")
def test_a_full_disk_is_told_and_the_change_holds_for_this_run(make):
    settings = make()
    settings.change("theme", "light")
    with files_no_longer_than(3), pytest.raises(SaveError) as caught:
        settings.save()
    assert caught.value.notice.code is NoticeCode.NOT_SAVED
    assert settings.values.theme == "light"
    settings.save()
    assert make().values.theme == "light"
